import { timingSafeEqual } from 'node:crypto';
import type { SigningKey, SigningKeys } from '#shared/adapters/signing-keys';
import { isKind, mayBeOff } from '#shared/application/notifications/cadences';
import type { UnsubscribeTokens } from '#shared/application/notifications/mail/unsubscribe-tokens';
import type { UnsubscribeFrom, UnsubscribeKind } from '#shared/application/notifications/unsubscribe';
import { KEY_ID_BYTES, MAC_CHARACTERS } from '#shared/domain/tracking/click-token';

const PURPOSE = 'unsubscribe/v1';
/** Ids have at most 64 characters, a recipient's 8 more, and no kind has as many. */
const MAX_CHARACTERS = 320;
const TOKEN = new RegExp(`^([A-Za-z0-9_-]{8,${MAX_CHARACTERS}})\\.([A-Za-z0-9_-]{${MAC_CHARACTERS}})$`);
/** Stands in no id and no kind. */
const SEPARATOR = '\n';

/**
 * The id of a key, programme, recipient and kind in base64url, a dot, and their HMAC-SHA256 cut short (RFC 2104). It works for as long
 * as its key is kept, 400 days after a rotation at least: an old e-mail must still end what it began (RFC 8058).
 */
export function makeUnsubscribeTokens(keys: SigningKeys): UnsubscribeTokens {
  return {
    async sign({ programId, recipientId, kind }) {
      const key = await keys.current(PURPOSE);
      if (!key) return undefined;
      const body = Buffer.concat([key.keyId, Buffer.from([programId, recipientId, kind].join(SEPARATOR), 'utf8')]);
      return `${body.toString('base64url')}.${macOf(body, key)}`;
    },
    async read(token) {
      const [, text = '', mac = ''] = TOKEN.exec(token) ?? [];
      const body = Buffer.from(text, 'base64url');
      // Another spelling of the same bytes is not the token that was given out.
      if (body.length <= KEY_ID_BYTES || body.toString('base64url') !== text) return undefined;
      const key = await keys.byId(PURPOSE, body.toString('hex', 0, KEY_ID_BYTES));
      if (!key || !timingSafeEqual(Buffer.from(macOf(body, key)), Buffer.from(mac))) return undefined;
      return parse(body.toString('utf8', KEY_ID_BYTES));
    },
  };
}

/** A kind that cannot be off any more, or is no more, has no link. */
function parse(text: string): UnsubscribeFrom | undefined {
  const [programId, recipientId, kind, ...more] = text.split(SEPARATOR);
  if (!programId || !recipientId || !kind || more.length > 0 || !isUnsubscribeKind(kind)) return undefined;
  return { programId, recipientId, kind };
}

function isUnsubscribeKind(text: string): text is UnsubscribeKind {
  return text === 'digest.daily' || text === 'digest.monthly' || (isKind(text) && mayBeOff(text));
}

function macOf(body: Uint8Array, key: SigningKey): string {
  return key.hmac(body).slice(0, MAC_CHARACTERS);
}
