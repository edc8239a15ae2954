/** An element: its name, its text or its children, and its attributes. Children may be made one at a time. */
export type XmlElement = readonly [
  name: string,
  content: string | Iterable<XmlElement>,
  attributes?: Readonly<Record<string, string>>,
];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Pieces of text that are joined at once. */
const A_CHUNK = 5_000;

/**
 * An XML document, indented. Written child by child, and joined once: a tree in memory of a file of a hundred thousand payments,
 * or a copy of it at each depth, takes more than a function has. Characters that XML 1.0 does not know are not expected here.
 */
export function toXmlDocument(root: XmlElement): string {
  const chunks: string[] = [];
  let pieces: string[] = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  const write = (piece: string): void => {
    if (pieces.push(piece) < A_CHUNK) return;
    chunks.push(pieces.join(''));
    pieces = [];
  };
  writeElement(root, '', write);
  return [...chunks, ...pieces].join('');
}

function writeElement(
  [name, content, attributes = {}]: XmlElement,
  indent: string,
  write: (piece: string) => void,
): void {
  const set = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('');
  if (typeof content === 'string') {
    write(`${indent}<${name}${set}>${escaped(content)}</${name}>`);
    return;
  }
  write(`${indent}<${name}${set}>`);
  let isFirst = true;
  for (const child of content) {
    write('\n');
    writeElement(child, `${indent}  `, write);
    isFirst = false;
  }
  write(`${isFirst ? '\n' : ''}\n${indent}</${name}>`);
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
