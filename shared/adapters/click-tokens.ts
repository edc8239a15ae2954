import { timingSafeEqual } from 'node:crypto';
import type { SigningKey, SigningKeys } from '#shared/adapters/signing-keys';
import {
  CLICK_ID_BYTES,
  type Click,
  decodeClick,
  encodeClick,
  KEY_ID_BYTES,
  MAC_CHARACTERS,
  MAX_SIGNED_BYTES,
} from '#shared/domain/tracking/click-token';

const TOKEN = new RegExp(
  `^([A-Za-z0-9_-]{1,${Math.ceil((MAX_SIGNED_BYTES * 4) / 3)}})\\.([A-Za-z0-9_-]{${MAC_CHARACTERS}})$`,
);

export type SignedClick = { readonly token: string | undefined; readonly clickId: string };

export type ClickTokens = {
  /** The token of a new click with a new random id; `undefined` while no key can be had: the customer still goes on. */
  sign(click: Omit<Click, 'clickId'>): SignedClick | Promise<SignedClick>;
  /** `undefined` for anything that this installation did not sign. */
  verify(token: string): Promise<Click | undefined>;
};

/**
 * Click tokens: the signed part in base64url (RFC 4648, section 5), a dot, and its HMAC-SHA256 cut short (RFC 2104).
 * Any key of the installation that is still kept verifies, so that keys rotate without losing live tokens.
 */
export function makeClickTokens(deps: {
  readonly keys: SigningKeys;
  readonly randomBytes: (size: number) => Buffer;
}): ClickTokens {
  let signing: SigningKey | undefined;
  // Filled and read within one call: nothing is allocated for a click but its texts.
  const signed = Buffer.alloc(MAX_SIGNED_BYTES);
  const signWith = (key: SigningKey | undefined, click: Omit<Click, 'clickId'>): SignedClick => {
    const id = deps.randomBytes(CLICK_ID_BYTES);
    const clickId = id.toString('base64url');
    if (!key) return { token: undefined, clickId };
    const length = encodeClick(signed, click, id, key.keyId);
    const token = `${signed.toString('base64url', 0, length)}.${macOf(signed.subarray(0, length), key)}`;
    return { token, clickId };
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
      const [, text = '', mac = ''] = TOKEN.exec(token) ?? [];
      const body = Buffer.from(text, 'base64url');
      const decoded = decodeClick(body);
      // Another spelling of the same bytes is not the token that was given out.
      if (!decoded || body.toString('base64url') !== text) return undefined;
      const key = await deps.keys.byId('click-token/v1', Buffer.from(decoded.keyId).toString('hex', 0, KEY_ID_BYTES));
      if (!key || !timingSafeEqual(Buffer.from(macOf(body, key)), Buffer.from(mac))) return undefined;
      return { ...decoded.click, clickId: Buffer.from(decoded.clickId).toString('base64url') };
    },
  };
}

function macOf(body: Uint8Array, key: SigningKey): string {
  return key.hmac(body).slice(0, MAC_CHARACTERS);
}
