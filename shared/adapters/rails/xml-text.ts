/** An element: its name, its text or its children, and its attributes. Children may be made one at a time. */
export type XmlElement = readonly [
  name: string,
  content: string | Iterable<XmlElement>,
  attributes?: Readonly<Record<string, string>>,
];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * An XML document, indented. Written child by child: a tree in memory of a file of a hundred thousand payments takes
 * more than a function has. Characters that XML 1.0 does not know are not expected here.
 */
export function toXmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${toXml(root, '')}`;
}

function toXml([name, content, attributes = {}]: XmlElement, indent: string): string {
  const set = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('');
  if (typeof content === 'string') return `${indent}<${name}${set}>${escaped(content)}</${name}>`;
  const children: string[] = [];
  for (const child of content) children.push(toXml(child, `${indent}  `));
  return `${indent}<${name}${set}>\n${children.join('\n')}\n${indent}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
