import { XMLParser } from 'fast-xml-parser';
import { Failure } from '#shared/application/failure';

/** ISO 20022 messages are about twelve levels deep. */
const MAX_DEPTH = 32;
const MAX_ELEMENTS = 2_000_000;

/** An element: its text, or its children by local name. Every child is a list, as most may be repeated. */
export type XmlNode = string | { readonly [name: string]: readonly XmlNode[] };

/**
 * Reads XML whatever its prefixes are. A document type is refused before anything is parsed, so that nothing can define
 * entities, and with them no text grows and no file is fetched; depth and number of elements are bounded.
 * @throws Failure invalid_request
 */
export function readXml(text: string): XmlNode {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw refused('must not have a document type or entities');
  const encoding = /^\uFEFF?\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/i.exec(text.slice(0, 200))?.[1];
  if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) {
    throw refused(`must be encoded in UTF-8, and says that it is ${encoding.slice(0, 20)}`);
  }
  if (countOf(text, '<') > 2 * MAX_ELEMENTS) throw refused(`must have at most ${MAX_ELEMENTS} elements`);
  try {
    return parserOf().parse(text.replace(/^\uFEFF/, ''), true) as XmlNode;
  } catch (error) {
    throw refused(`must be well-formed XML: ${error instanceof Error ? error.message.slice(0, 200) : 'unreadable'}`);
  }
}

function parserOf(): XMLParser {
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    // An amount or an id that looks like a number keeps its digits.
    parseTagValue: false,
    parseAttributeValue: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    maxNestedTags: MAX_DEPTH,
    isArray: () => true,
  });
}

function countOf(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}

/** The elements at a path of local names below a node. */
export function nodesAt(node: XmlNode | undefined, ...path: readonly string[]): readonly XmlNode[] {
  let found: readonly XmlNode[] = node === undefined ? [] : [node];
  for (const name of path) found = found.flatMap((one) => (typeof one === 'string' ? [] : (one[name] ?? [])));
  return found;
}

/** The first element at a path. */
export function nodeAt(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  return nodesAt(node, ...path)[0];
}

/** The text of the first element at a path; `undefined` without one or when it is empty. */
export function textAt(node: XmlNode | undefined, ...path: readonly string[]): string | undefined {
  const found = nodeAt(node, ...path);
  const text = typeof found === 'string' ? found : (found as { '#text'?: unknown } | undefined)?.['#text'];
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

export function refused(rule: string): Failure {
  return new Failure(
    'invalid_request',
    `This cannot be read: the file ${rule}. Nothing was recorded; send it as the bank gave it.`,
    {
      errors: [{ pointer: '', rule }],
    },
  );
}
