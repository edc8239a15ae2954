import { timingSafeEqual } from 'node:crypto';
import type { SigningKey, SigningKeys } from '#shared/adapters/signing-keys';
import {
  CLICK_ID_BYTES,
  type Click,
  decodeClick,
  encodeClick,
  KEY_ID_BYTES,
  MAC_BYTES,
  MAX_TOKEN_BYTES,
} from '#shared/domain/click-token';

const MAX_TOKEN_CHARACTERS = Math.ceil((MAX_TOKEN_BYTES * 4) / 3);

export type SignedClick = { readonly token: string | undefined; readonly clickId: string };

export type ClickTokens = {
  /** The token of a new click with a new random id; `undefined` while no key can be had: the customer still goes on. */
  sign(click: Omit<Click, 'clickId'>): SignedClick | Promise<SignedClick>;
  /** `undefined` for anything that this installation did not sign. */
  verify(token: string): Promise<Click | undefined>;
};

/**
 * Click tokens as base64url of the signed part and HMAC-SHA256 cut to 128 bits (RFC 2104, RFC 4648 section 5).
 * Any key of the installation that is still kept verifies, so that keys rotate without losing live tokens.
 */
export function makeClickTokens(deps: {
  readonly keys: SigningKeys;
  readonly randomBytes: (size: number) => Uint8Array;
}): ClickTokens {
  let signing: SigningKey | undefined;
  const signWith = (key: SigningKey | undefined, click: Omit<Click, 'clickId'>): SignedClick => {
    const id = deps.randomBytes(CLICK_ID_BYTES);
    const clickId = Buffer.from(id.buffer, id.byteOffset, id.length).toString('base64url');
    if (!key) return { token: undefined, clickId };
    const body = encodeClick(click, id, key.keyId);
    const token = Buffer.allocUnsafe(body.length + MAC_BYTES);
    token.set(body);
    key.hmac(body).copy(token, body.length, 0, MAC_BYTES);
    return { token: token.toString('base64url'), clickId };
  };
  return {
    sign: (click) => {
      if (signing) return signWith(signing, click);
      return deps.keys.current('click-token/v1').then((key) => {
        signing = key;
        return signWith(key, click);
      });
    },
    verify: async (token) => {
      if (token.length > MAX_TOKEN_CHARACTERS || !/^[A-Za-z0-9_-]+$/.test(token)) return undefined;
      const bytes = Buffer.from(token, 'base64url');
      const body = bytes.subarray(0, -MAC_BYTES);
      const decoded = decodeClick(body);
      // Another spelling of the same bytes is not the token that was given out.
      if (!decoded || bytes.toString('base64url') !== token) return undefined;
      const key = await deps.keys.byId('click-token/v1', Buffer.from(decoded.keyId).toString('hex', 0, KEY_ID_BYTES));
      if (!key || !timingSafeEqual(macOf(body, key), bytes.subarray(-MAC_BYTES))) return undefined;
      return { ...decoded.click, clickId: Buffer.from(decoded.clickId).toString('base64url') };
    },
  };
}

function macOf(body: Uint8Array, key: SigningKey): Buffer {
  return key.hmac(body).subarray(0, MAC_BYTES);
}
