import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { Store } from './store.ts';

const ALGORITHM = 'RS256';
const KEY_SETTING = 'identity/key';
const PASSWORD_SETTING = 'identity/password';
const PASSWORD_BYTES = 24;
const EXPIRES_IN = '30d';

export type Person = {
  readonly email: string;
  /** Installation-wide roles, as Cognito puts a user's groups into its tokens. */
  readonly groups?: readonly string[] | undefined;
  /** Derived from the e-mail address when not given, so that a person stays the same across starts. */
  readonly sub?: string | undefined;
  readonly name?: string | undefined;
};

export type Identity = {
  readonly issuer: string;
  /** Documents below the issuer's address, or `undefined`. */
  readonly document: (path: string) => object | undefined;
  /** An ID token as Cognito's user pools sign it (RS256), for a person of the demo. */
  readonly mintToken: (person: Person) => Promise<string>;
  /** The one password of everybody here, made at the first start: it stands for password and second factor. */
  readonly password: string;
  /** A token of a sign-in that happens now; `undefined` for another password. Whoever was never seen signs in without a role. */
  readonly signIn: (email: string, password: string) => Promise<string | undefined>;
};

/** The local stand-in for a user pool: one persisted key, discovery documents, tokens, and a sign-in without a page. */
export async function makeIdentity(store: Store, issuer: string, audience: string): Promise<Identity> {
  if (store.get(KEY_SETTING) === undefined) {
    const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    store.set(KEY_SETTING, JSON.stringify(await exportJWK(privateKey)));
  }
  if (store.get(PASSWORD_SETTING) === undefined) {
    store.set(PASSWORD_SETTING, randomBytes(PASSWORD_BYTES).toString('base64url'));
  }
  const password = store.get(PASSWORD_SETTING) ?? '';
  const groupsOf = new Map<string, readonly string[]>();
  const secret = JSON.parse(store.get(KEY_SETTING) ?? '{}') as JWK;
  const kid = createHash('sha256').update(String(secret.n)).digest('base64url').slice(0, 16);
  const key = await importJWK(secret, ALGORITHM);
  const published = { kty: 'RSA', use: 'sig', alg: ALGORITHM, kid, n: secret.n, e: secret.e };
  const documents: Record<string, object> = {
    '/.well-known/jwks.json': { keys: [published] },
    '/.well-known/openid-configuration': {
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [ALGORITHM],
    },
  };
  const mintToken: Identity['mintToken'] = ({ email, groups = [], sub = subjectOf(email), name }) => {
    groupsOf.set(email.toLowerCase(), groups);
    return new SignJWT({
      email,
      email_verified: true,
      'cognito:username': sub,
      token_use: 'id',
      auth_time: Math.floor(Date.now() / 1000),
      ...(groups.length > 0 ? { 'cognito:groups': groups } : {}),
      ...(name ? { name } : {}),
    })
      .setProtectedHeader({ alg: ALGORITHM, kid })
      .setSubject(sub)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(EXPIRES_IN)
      .sign(key);
  };
  return {
    issuer,
    document: (path) => documents[path],
    mintToken,
    password,
    signIn: async (email, given) => {
      if (!timingSafeEqual(digestOf(given), digestOf(password))) return undefined;
      return mintToken({ email, groups: [...(groupsOf.get(email.toLowerCase()) ?? [])] });
    },
  };
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function subjectOf(email: string): string {
  const hex = createHash('sha256').update(`local-subject/${email.toLowerCase()}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
