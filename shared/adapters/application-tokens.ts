import { timingSafeEqual } from 'node:crypto';
import type { SigningKey, SigningKeys } from '#shared/adapters/signing-keys';
import type { ApplicationTokens } from '#shared/application/partners/applications/ports';
import { KEY_ID_BYTES, MAC_CHARACTERS } from '#shared/domain/tracking/click-token';

const PURPOSE = 'application/v1';
const MAX_CHARACTERS = 320;
const TOKEN = new RegExp(`^([A-Za-z0-9_-]{8,${MAX_CHARACTERS}})\\.([A-Za-z0-9_-]{${MAC_CHARACTERS}})$`);
/** Stands in no id. */
const SEPARATOR = '\n';
/** What a text is for stands in it: a form's time is no link. */
const FORM = 'form';
const LINK = 'link';

/** The id of a key and a few ids in base64url, a dot, and their HMAC-SHA256 cut short (RFC 2104). */
export function makeApplicationTokens(keys: SigningKeys): ApplicationTokens {
  const sign = async (...parts: string[]): Promise<string | undefined> => {
    const key = await keys.current(PURPOSE);
    if (!key) return undefined;
    const body = Buffer.concat([key.keyId, Buffer.from(parts.join(SEPARATOR), 'utf8')]);
    return `${body.toString('base64url')}.${macOf(body, key)}`;
  };
  const read = async (token: string, what: string): Promise<readonly string[] | undefined> => {
    const [, text = '', mac = ''] = TOKEN.exec(token) ?? [];
    const body = Buffer.from(text, 'base64url');
    // Another spelling of the same bytes is not the token that was given out.
    if (body.length <= KEY_ID_BYTES || body.toString('base64url') !== text) return undefined;
    const key = await keys.byId(PURPOSE, body.toString('hex', 0, KEY_ID_BYTES));
    if (!key || !timingSafeEqual(Buffer.from(macOf(body, key)), Buffer.from(mac))) return undefined;
    const [named, ...parts] = body.toString('utf8', KEY_ID_BYTES).split(SEPARATOR);
    return named === what ? parts : undefined;
  };
  return {
    signForm: (programId, shownAt) => sign(FORM, programId, String(shownAt)),
    async readForm(token, programId) {
      const [named, shownAt] = (await read(token, FORM)) ?? [];
      return named === programId && shownAt !== undefined ? Number(shownAt) : undefined;
    },
    signLink: ({ programId, applicationId, version }) => sign(LINK, programId, applicationId, String(version)),
    async readLink(token) {
      const [programId, applicationId, version] = (await read(token, LINK)) ?? [];
      if (!programId || !applicationId || !version) return undefined;
      return { programId, applicationId, version: Number(version) };
    },
  };
}

function macOf(body: Uint8Array, key: SigningKey): string {
  return key.hmac(body).slice(0, MAC_CHARACTERS);
}
