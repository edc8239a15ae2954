import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { Store } from './store.ts';

const ALGORITHM = 'RS256';
const KEY_SETTING = 'identity/key';
const PASSWORD_SETTING = 'identity/password';
const PASSWORD_BYTES = 24;
const PERSON_SETTING = 'identity/person';
/** Of the tokens in `endpoints.json`; one that a sign-in page gives lasts an hour, as Cognito's. */
const EXPIRES_IN = '30d';

export type Person = {
  readonly email: string;
  /** Installation-wide roles, as Cognito puts a user's groups into its tokens. */
  readonly groups?: readonly string[] | undefined;
  /** Derived from the e-mail address when not given, so that a person stays the same across starts. */
  readonly sub?: string | undefined;
  readonly name?: string | undefined;
};

export type KnownPerson = Person & { readonly sub: string; readonly groups: readonly string[] };

export type Identity = {
  readonly issuer: string;
  readonly audience: string;
  /** The one key that signs here. */
  readonly key: JWK;
  /** Its public half, as `/.well-known/jwks.json` shows it: asked for by the first request of every stack, so it takes no provider. */
  readonly publicKeys: object;
  /** What is known of a person by its address; whoever was never seen has no role. */
  readonly meet: (email: string) => KnownPerson;
  readonly personOf: (sub: string) => KnownPerson | undefined;
  /** Whoever was signed in here before or has a token in `endpoints.json`, by address. */
  readonly known: () => readonly KnownPerson[];
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
  const secret = JSON.parse(store.get(KEY_SETTING) ?? '{}') as JWK;
  const kid = createHash('sha256').update(String(secret.n)).digest('base64url').slice(0, 16);
  const key = await importJWK(secret, ALGORITHM);
  const people = makePeople(store);
  const mintToken: Identity['mintToken'] = (person) => {
    const known = people.keep(person);
    return new SignJWT({ ...claimsOf(known), auth_time: Math.floor(Date.now() / 1000) })
      .setProtectedHeader({ alg: ALGORITHM, kid })
      .setSubject(known.sub)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(EXPIRES_IN)
      .sign(key);
  };
  return {
    issuer,
    audience,
    key: { ...secret, kid, use: 'sig', alg: ALGORITHM },
    publicKeys: { keys: [{ kty: 'RSA', use: 'sig', alg: ALGORITHM, kid, n: secret.n, e: secret.e }] },
    meet: people.meet,
    personOf: people.bySub,
    known: people.all,
    mintToken,
    password,
    signIn: async (email, given) => {
      if (!timingSafeEqual(digestOf(given), digestOf(password))) return undefined;
      return mintToken(people.meet(email));
    },
  };
}

/** What Cognito's ID tokens say about a person beside the standard's own. */
export function claimsOf({ sub, email, groups, name }: KnownPerson): Record<string, unknown> {
  return {
    email,
    email_verified: true,
    'cognito:username': sub,
    token_use: 'id',
    ...(groups.length > 0 ? { 'cognito:groups': groups } : {}),
    ...(name ? { name } : {}),
  };
}

/** People by subject, kept across starts. */
function makePeople(store: Store) {
  const bySub = (sub: string): KnownPerson | undefined => {
    const text = store.get(`${PERSON_SETTING}/${sub}`);
    return text === undefined ? undefined : (JSON.parse(text) as KnownPerson);
  };
  const keep = ({ email, groups = [], sub = subjectOf(email), name }: Person): KnownPerson => {
    const person = { email, groups: [...groups], sub, ...(name ? { name } : {}) };
    store.set(`${PERSON_SETTING}/${sub}`, JSON.stringify(person));
    return person;
  };
  return {
    bySub,
    keep,
    meet: (email: string): KnownPerson => bySub(subjectOf(email)) ?? keep({ email }),
    all: (): readonly KnownPerson[] =>
      store.db
        .prepare('SELECT value FROM settings WHERE name LIKE ?')
        .all(`${PERSON_SETTING}/%`)
        .map(({ value }) => JSON.parse(String(value)) as KnownPerson)
        .sort((a, b) => (a.email < b.email ? -1 : 1)),
  };
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function subjectOf(email: string): string {
  const hex = createHash('sha256').update(`local-subject/${email.toLowerCase()}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
