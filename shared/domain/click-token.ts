import type { EpochMs } from './instant.ts';

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
/** HMAC-SHA256 cut to 128 bits (RFC 2104, section 5: not below half the hash). */
export const MAC_BYTES = 16;
const TIME_BYTES = 6;
const HEADER_BYTES = 1 + KEY_ID_BYTES + TIME_BYTES + CLICK_ID_BYTES;
/** Long enough for three ids of 64 characters; anything longer was not made here. */
export const MAX_TOKEN_BYTES = HEADER_BYTES + 3 * 65 + MAC_BYTES;

/** The signed part of a token: version, key id, time, click id and the three ids, each after its length. */
export function encodeClick(click: Omit<Click, 'clickId'>, clickId: Uint8Array, keyId: Uint8Array): Uint8Array {
  if (clickId.length !== CLICK_ID_BYTES || keyId.length !== KEY_ID_BYTES) throw new RangeError('wrong length of an id');
  const bytes: number[] = [CLICK_TOKEN_VERSION, ...keyId, ...timeBytes(click.at), ...clickId];
  for (const text of [click.slug, click.partnerId, click.programId]) bytes.push(text.length, ...asciiBytes(text));
  return Uint8Array.from(bytes);
}

/** Reads the signed part; `undefined` for bytes that were not made by {@link encodeClick}. Does not check the signature. */
export function decodeClick(
  body: Uint8Array,
): { readonly click: Omit<Click, 'clickId'>; readonly clickId: Uint8Array; readonly keyId: Uint8Array } | undefined {
  if (body.length < HEADER_BYTES || body[0] !== CLICK_TOKEN_VERSION) return undefined;
  const keyId = body.subarray(1, 1 + KEY_ID_BYTES);
  const timeAt = 1 + KEY_ID_BYTES;
  const at = body.subarray(timeAt, timeAt + TIME_BYTES).reduce((ms, byte) => ms * 256 + byte, 0);
  const clickId = body.subarray(timeAt + TIME_BYTES, HEADER_BYTES);
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

function timeBytes(ms: EpochMs): number[] {
  const bytes: number[] = [];
  for (let rest = ms, index = 0; index < TIME_BYTES; index += 1) {
    bytes.unshift(rest % 256);
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

function asciiBytes(text: string): number[] {
  return Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    if (code > 127) throw new RangeError('ids in a click token are ASCII');
    return code;
  });
}
