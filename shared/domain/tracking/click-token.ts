import type { EpochMs } from '../time/instant.ts';

/** What a click token says: who sent the customer, through which link, when. Self-contained, so that no table is needed to attribute. */
export type Click = {
  readonly clickId: string;
  readonly programId: string;
  readonly partnerId: string;
  readonly slug: string;
  readonly at: EpochMs;
  readonly flags: ClickFlags;
};

/** What the redirect saw of the visit, so that a sale can be judged without the click's line. */
export type ClickFlags = {
  readonly isBot: boolean;
  /** Fetched ahead by a browser (prefetch, prerender, preview): nobody has looked at it. */
  readonly isPrefetch: boolean;
  /** `gclid`, `msclkid` or `fbclid` was in the query: an advertisement led to the link. */
  readonly isPaidSearch: boolean;
};

/** A person's ordinary click; also what tokens of version 1 say, which had no flags. */
export const NO_FLAGS: ClickFlags = { isBot: false, isPrefetch: false, isPaidSearch: false };

/** Version 1 has no flags byte; its tokens verify as long as their key does. */
const VERSION_WITHOUT_FLAGS = 1;
export const CLICK_TOKEN_VERSION = 2;
const FLAG_BITS = { isBot: 1, isPrefetch: 2, isPaidSearch: 4 } as const;
const KNOWN_BITS = FLAG_BITS.isBot | FLAG_BITS.isPrefetch | FLAG_BITS.isPaidSearch;
export const KEY_ID_BYTES = 4;
/** 80 random bits: two clicks of one instance-second do not meet. */
export const CLICK_ID_BYTES = 10;
/** HMAC-SHA256 cut to 132 bits, in base64url (RFC 2104, section 5: not below half the hash). */
export const MAC_CHARACTERS = 22;
const TIME_BYTES = 6;
const MAX_TEXT_LENGTH = 64;
const TIME_AT = 1 + KEY_ID_BYTES;
const FLAGS_AT = TIME_AT + TIME_BYTES + CLICK_ID_BYTES;
const HEADER_BYTES = FLAGS_AT + 1;
/** Long enough for three ids of 64 characters; anything longer was not made here. */
export const MAX_SIGNED_BYTES = HEADER_BYTES + 3 * (1 + MAX_TEXT_LENGTH);

/**
 * Writes the signed part of a token into `bytes` ({@link MAX_SIGNED_BYTES} long) and answers how many it takes: version,
 * key id, time, click id, flags and the three ids, each after its length.
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
  bytes[FLAGS_AT] = flagsByte(click.flags);
  const afterSlug = writeText(bytes, HEADER_BYTES, click.slug);
  return writeText(bytes, writeText(bytes, afterSlug, click.partnerId), click.programId);
}

function flagsByte({ isBot, isPrefetch, isPaidSearch }: ClickFlags): number {
  return (
    (isBot ? FLAG_BITS.isBot : 0) |
    (isPrefetch ? FLAG_BITS.isPrefetch : 0) |
    (isPaidSearch ? FLAG_BITS.isPaidSearch : 0)
  );
}

function readFlags(byte: number): ClickFlags {
  return {
    isBot: (byte & FLAG_BITS.isBot) !== 0,
    isPrefetch: (byte & FLAG_BITS.isPrefetch) !== 0,
    isPaidSearch: (byte & FLAG_BITS.isPaidSearch) !== 0,
  };
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
  const hasFlags = body[0] === CLICK_TOKEN_VERSION;
  if (!hasFlags && body[0] !== VERSION_WITHOUT_FLAGS) return undefined;
  const textsAt = hasFlags ? HEADER_BYTES : FLAGS_AT;
  if (body.length < textsAt) return undefined;
  const flagged = hasFlags ? (body[FLAGS_AT] ?? 0) : 0;
  if ((flagged & ~KNOWN_BITS) !== 0) return undefined;
  const texts = readTexts(body, textsAt);
  const [slug, partnerId, programId, more] = texts ?? [];
  if (slug === undefined || partnerId === undefined || programId === undefined || more !== undefined) return undefined;
  const at = body.subarray(TIME_AT, TIME_AT + TIME_BYTES).reduce((ms, byte) => ms * 256 + byte, 0);
  return {
    click: { slug, partnerId, programId, at, flags: readFlags(flagged) },
    clickId: body.subarray(TIME_AT + TIME_BYTES, FLAGS_AT),
    keyId: body.subarray(1, TIME_AT),
  };
}

function readTexts(body: Uint8Array, from: number): readonly string[] | undefined {
  const texts: string[] = [];
  for (let position = from; position < body.length; ) {
    const length = body[position] ?? 0;
    const text = body.subarray(position + 1, position + 1 + length);
    if (length === 0 || text.length !== length) return undefined;
    texts.push(String.fromCharCode(...text));
    position += 1 + length;
  }
  return texts;
}
