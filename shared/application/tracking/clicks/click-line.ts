import type { ClickLine } from '#shared/application/tracking/ports';

/** With the newline. Every click pays for each byte, and CloudWatch bills by them. */
export const MAX_LINE_BYTES = 200;
/** `,"c":"DE"` */
const COUNTRY_BYTES = 9;
/** The longer of `,"k":"b"` and `,"g":1`: a line never has both. */
const MARK_BYTES = 8;
/** `,"u":[]` */
const SUBS_BYTES = 7;
/** Quotes and comma of one sub-id. */
const SUB_BYTES = 3;

/**
 * One click as one line of JSON, at most {@link MAX_LINE_BYTES} with its newline, for any slug (40), programme id (64) and
 * sub-ids. Where there is no room for all, the sub-ids give way first, the last of them before the first; then the
 * country. That the visit was a machine's, or that an advertisement led to it, is always there; of a machine the latter is
 * not said. The room for sub-ids follows from the link alone, so that the same sub-id of a link always reads the same.
 */
export function clickLine(click: ClickLine): string {
  const { clickId, slug, programId, at, visitor, kind, isPaidSearch, country, subs } = click;
  const body = `{"type":"click","i":"${clickId}","s":"${slug}","p":"${programId}","t":${at},"v":"${visitor}"`;
  const mark = kind === 'human' ? (isPaidSearch ? ',"g":1' : '') : `,"k":"${kind === 'bot' ? 'b' : 'p'}"`;
  if (country === undefined && subs.length === 0) return `${body}${mark}}\n`;
  const room = MAX_LINE_BYTES - body.length - '}\n'.length;
  const from = country === undefined || room - mark.length < COUNTRY_BYTES ? '' : `,"c":"${country}"`;
  return `${body}${mark}${from}${subsMember(subs, room - MARK_BYTES - COUNTRY_BYTES - SUBS_BYTES)}}\n`;
}

function subsMember(subs: readonly string[], room: number): string {
  const kept: string[] = [];
  let left = room;
  for (const sub of subs) {
    if (left <= SUB_BYTES) break;
    const text = sub.slice(0, left - SUB_BYTES);
    left -= text.length + SUB_BYTES;
    kept.push(text);
  }
  while (kept.at(-1) === '') kept.pop();
  return kept.length === 0 ? '' : `,"u":["${kept.join('","')}"]`;
}

const MAX_LOGGED_SUB_LENGTH = 32;
/** An address has no place in a log: neither a person's nor a machine's. */
const PERSONAL = /@|%40|\d{1,3}(\.\d{1,3}){3}|^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*$/i;

/** A sub-id as it may stand in a log: other characters become `_`; what looks like an e-mail or IP address is left empty. */
export function loggableSub(sub: string): string {
  if (PERSONAL.test(sub)) return '';
  return sub.slice(0, MAX_LOGGED_SUB_LENGTH).replace(/[^A-Za-z0-9._-]/g, '_');
}
