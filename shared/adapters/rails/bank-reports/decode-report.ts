import { refused } from './read-xml.ts';

/** Bytes that are not UTF-8 came through a gateway as this character. */
const REPLACEMENT = '\uFFFD';

/** The text of a bank's file. A byte order mark is kept, so that the text has the bytes of the file. @throws Failure invalid_request */
export function decodeReport(bytes: Uint8Array): string {
  const rule = 'must be encoded in UTF-8';
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refused(rule);
  }
  if (text.includes(REPLACEMENT) || text.includes('\u0000')) throw refused(rule);
  return text;
}
