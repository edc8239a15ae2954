import type { EpochMs } from '../time/instant.ts';

/** What a click token says: who sent the customer, through which link, when. Self-contained, so that no table is needed to attribute. */
export type Click = {
  readonly clickId: string;
  readonly programId: string;
  readonly partnerId: string;
  readonly slug: string;
  readonly at: EpochMs;
};

export const CLICK_TOKEN_VERSION = 1;
export const KEY_ID_BYTES = 4;
/** 80 random bits: two clicks of one instance-second do not meet. */
export const CLICK_ID_BYTES = 10;
/** HMAC-SHA256 cut to 132 bits, in base64url (RFC 2104, section 5: not below half the hash). */
export const MAC_CHARACTERS = 22;
const TIME_BYTES = 6;
const MAX_TEXT_LENGTH = 64;
const TIME_AT = 1 + KEY_ID_BYTES;
const HEADER_BYTES = TIME_AT + TIME_BYTES + CLICK_ID_BYTES;
/** Long enough for three ids of 64 characters; anything longer was not made here. */
export const MAX_SIGNED_BYTES = HEADER_BYTES + 3 * (1 + MAX_TEXT_LENGTH);

/**
 * Writes the signed part of a token into `bytes` ({@link MAX_SIGNED_BYTES} long) and answers how many it takes: version,
 * key id, time, click id and the three ids, each after its length.
 */
export function encodeClick(
  bytes: Uint8Array,
  click: Omit<Click, 'clickId'>,
  clickId: Uint8Array,
  keyId: Uint8Array,
): number {
  if (clickId.length !== CLICK_ID_BYTES || keyId.length !== KEY_ID_BYTES) throw new RangeError('wrong length of an id');
  bytes[0] = CLICK_TOKEN_VERSION;
  bytes.set(keyId, 1);
  for (let rest = click.at, index = TIME_AT + TIME_BYTES - 1; index >= TIME_AT; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(clickId, TIME_AT + TIME_BYTES);
  const afterSlug = writeText(bytes, HEADER_BYTES, click.slug);
  return writeText(bytes, writeText(bytes, afterSlug, click.partnerId), click.programId);
}

function writeText(bytes: Uint8Array, at: number, text: string): number {
  if (text.length > MAX_TEXT_LENGTH) throw new RangeError('ids in a click token have at most 64 characters');
  bytes[at] = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 127) throw new RangeError('ids in a click token are ASCII');
    bytes[at + 1 + index] = code;
  }
  return at + 1 + text.length;
}

/** Reads the signed part; `undefined` for bytes that were not made by {@link encodeClick}. Does not check the signature. */
export function decodeClick(
  body: Uint8Array,
): { readonly click: Omit<Click, 'clickId'>; readonly clickId: Uint8Array; readonly keyId: Uint8Array } | undefined {
  if (body.length < HEADER_BYTES || body[0] !== CLICK_TOKEN_VERSION) return undefined;
  const keyId = body.subarray(1, TIME_AT);
  const at = body.subarray(TIME_AT, TIME_AT + TIME_BYTES).reduce((ms, byte) => ms * 256 + byte, 0);
  const clickId = body.subarray(TIME_AT + TIME_BYTES, HEADER_BYTES);
  const texts: string[] = [];
  let position = HEADER_BYTES;
  while (position < body.length) {
    const length = body[position] ?? 0;
    const text = body.subarray(position + 1, position + 1 + length);
    if (length === 0 || text.length !== length) return undefined;
    texts.push(String.fromCharCode(...text));
    position += 1 + length;
  }
  const [slug, partnerId, programId, more] = texts;
  if (slug === undefined || partnerId === undefined || programId === undefined || more !== undefined) return undefined;
  return { click: { slug, partnerId, programId, at }, clickId, keyId };
}
