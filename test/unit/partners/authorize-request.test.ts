import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { principalSchema } from '#functions/runtime/principal';
import { digest } from '#shared/adapters/digest';
import { makeIdentityVerifier } from '#shared/adapters/identity-tokens';
import { CALLER_CACHE_MS, type Identity, makeAuthorizeRequest } from '#shared/application/partners/authorize-request';
import { makeCreateApiKey } from '#shared/application/partners/create-api-key';
import { makeListApiKeys } from '#shared/application/partners/list-api-keys';
import { makeRevokeApiKey } from '#shared/application/partners/revoke-api-key';
import { acme, aProfile, aStanding, instant } from '#test/support/builders/partners';
import { makeMemoryApiKeys } from '#test/support/fakes/api-key-store';
import { makeMemoryPartners } from '#test/support/fakes/partner-store';
import { makeFakePrograms } from '#test/support/fakes/programs';

vi.stubEnv('PARTNERS_TABLE', 'Partners');
vi.stubEnv('OIDC_ISSUER', 'https://id.example');
vi.stubEnv('OIDC_AUDIENCE', 'client-1');
const { makeHandler } = await import('#functions/partners/authorize-request');

const START = Date.parse('2026-03-01T00:00:00Z');
const owner = { id: 'person:owner', adminOf: ['*'] };

let now = START;
const clock = () => now;
let keys: ReturnType<typeof makeMemoryApiKeys>;
let secrets = 0;
const createKey = (over: Partial<Parameters<ReturnType<typeof makeCreateApiKey>>[0]> = {}) =>
  makeCreateApiKey({
    apiKeys: keys,
    programs: makeFakePrograms(acme()),
    randomSecret: () => `secret-${++secrets}`,
    clock,
    digest,
  })({ keyId: 'k1', name: 'Shop', role: 'merchant', programId: 'acme', by: owner, ...over });

beforeEach(() => {
  now = START;
  keys = makeMemoryApiKeys();
});

describe('API keys', () => {
  it('are kept as a hash: what is stored does not hold the secret', async () => {
    const { secret, key } = await createKey();
    expect(secret).toMatch(/^tsk_secret-/);
    expect(JSON.stringify(key)).not.toContain(secret.slice(4));
    expect(await keys.byHash(digest(secret))).toEqual(key);
  });

  it('are not made twice by one request, which names the first', async () => {
    await createKey();
    await expect(createKey()).rejects.toMatchObject({ code: 'already_exists', extra: { keyId: 'k1' } });
  });

  it('are not made for another request under the same key, which is refused without the first key changing', async () => {
    const { key } = await createKey();
    for (const other of [{ name: 'Other' }, { role: 'admin' as const }, { programId: undefined }]) {
      await expect(createKey(other)).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    }
    expect(await keys.byId('k1')).toEqual(key);
  });

  it('never reach further than who makes them', async () => {
    const by = { id: 'key:small', adminOf: ['acme'] };
    await expect(createKey({ by, programId: undefined })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(createKey({ by, programId: 'other' })).rejects.toMatchObject({ code: 'forbidden' });
    expect((await createKey({ by, role: 'admin' })).key.role).toBe('admin');
  });

  it('are refused for a programme that does not exist', async () => {
    await expect(createKey({ programId: 'nobody' })).rejects.toMatchObject({ code: 'unknown_program' });
  });

  it('are listed and ended within the rights of the caller alone', async () => {
    await createKey();
    await createKey({ keyId: 'k2', programId: undefined });
    const by = { id: 'key:small', adminOf: ['acme'] };
    const { items } = await makeListApiKeys({ apiKeys: keys })({ by, limit: 10 });
    expect(items.map(({ keyId }) => keyId)).toEqual(['k1']);
    const revoke = makeRevokeApiKey({ apiKeys: keys, clock });
    await expect(revoke({ keyId: 'k2', by })).rejects.toMatchObject({ code: 'not_found' });
    expect((await revoke({ keyId: 'k1', by })).revokedAt).toBe('2026-03-01T00:00:00.000Z');
  });
});

describe('authorize request', () => {
  const partners = makeMemoryPartners();
  const nobody = async (): Promise<undefined> => undefined;
  const ada: Identity = {
    subject: 's1',
    verifiedEmail: 'Ada@partners.example',
    groups: ['finance', 'guests', 'merchant'],
  };
  const authorize = (verifyIdentity: (token: string) => Promise<Identity | undefined> = nobody) =>
    makeAuthorizeRequest({ apiKeys: keys, people: partners.people, verifyIdentity, clock, digest });
  beforeAll(async () => {
    await partners.store.enrol(aStanding(), aProfile(), undefined);
    await partners.store.enrol(aStanding({ partnerId: 'p2' }), aProfile({ partnerId: 'p2' }), undefined);
  });

  it.each([undefined, '', 'Bearer', 'Basic dXNlcg==', 'Bearer two words', `Bearer ${'x'.repeat(9000)}`])(
    'takes %s for nobody',
    async (header) => {
      expect(await authorize()(header)).toBeUndefined();
    },
  );

  it('passes on when a person signed in', async () => {
    const find = authorize(async () => ({ ...ada, signedInAt: 5_000 }));
    expect(await find('Bearer a.b.c')).toMatchObject({ kind: 'person', signedInAt: 5_000 });
  });

  it('knows an API key by its secret, with its role in its programme', async () => {
    const { secret } = await createKey();
    expect(await authorize()(`Bearer ${secret}`)).toEqual({
      kind: 'api_key',
      id: 'key:k1',
      createdBy: 'person:owner',
      grants: [{ programId: 'acme', role: 'merchant' }],
    });
  });

  it('names the person behind a key that another key made', async () => {
    const by = { id: 'key:k0', onBehalfOf: 'person:admin', adminOf: ['*'] };
    const { secret } = await createKey({ by });
    expect(await authorize()(`Bearer ${secret}`)).toMatchObject({ id: 'key:k1', createdBy: 'person:admin' });
  });

  it('takes an unknown and a revoked key for nobody', async () => {
    const { secret } = await createKey();
    await keys.revoke('k1', instant('2026-03-01T00:00:00Z'));
    const find = authorize();
    expect(await find(`Bearer ${secret}`)).toBeUndefined();
    expect(await find('Bearer tsk_wrong')).toBeUndefined();
  });

  it('remembers a key for half a minute, no longer, and an unknown one never', async () => {
    const { secret } = await createKey();
    const find = authorize();
    await find(`Bearer ${secret}`);
    await keys.revoke('k1', instant('2026-03-01T00:00:00Z'));
    now = START + CALLER_CACHE_MS - 1;
    expect(await find(`Bearer ${secret}`)).toBeDefined();
    expect(keys.reads.byHash).toBe(1);
    now = START + CALLER_CACHE_MS;
    expect(await find(`Bearer ${secret}`)).toBeUndefined();
    await find(`Bearer ${secret}`);
    expect(keys.reads.byHash).toBe(3);
  });

  it('gives a person the staff roles of their groups and every partner of their verified address', async () => {
    expect(await authorize(async () => ada)('Bearer token')).toEqual({
      kind: 'person',
      id: 'person:s1',
      emailHash: digest('ada@partners.example'),
      grants: [
        { programId: '*', role: 'finance' },
        { programId: 'acme', partnerId: 'p1', role: 'partner' },
        { programId: 'acme', partnerId: 'p2', role: 'partner' },
      ],
    });
  });

  it('gives a person the roles that were given to its verified address, each in its programme', async () => {
    const people = {
      grantsByEmailHash: async (emailHash: string) =>
        emailHash === digest('ada@partners.example')
          ? [
              { programId: 'shop', roles: ['approver' as const, 'finance' as const] },
              { programId: 'acme', partnerId: 'p1' },
            ]
          : [],
    };
    const who = async (identity: Identity) =>
      makeAuthorizeRequest({ apiKeys: keys, people, verifyIdentity: async () => identity, clock, digest })('Bearer t');
    expect(await who({ ...ada, groups: [] })).toEqual({
      kind: 'person',
      id: 'person:s1',
      emailHash: digest('ada@partners.example'),
      grants: [
        { programId: 'shop', role: 'approver' },
        { programId: 'shop', role: 'finance' },
        { programId: 'acme', partnerId: 'p1', role: 'partner' },
      ],
    });
    expect(await who({ ...ada, groups: [], verifiedEmail: undefined })).toMatchObject({ grants: [] });
  });

  it('gives no partner to an address that nobody verified', async () => {
    const caller = await authorize(async () => ({ ...ada, verifiedEmail: undefined }))('Bearer token');
    expect(caller?.grants).toEqual([{ programId: '*', role: 'finance' }]);
  });

  it('lets nobody in as anonymous when the store is down', async () => {
    const down = { byHash: () => Promise.reject(new Error('down')) };
    const find = makeAuthorizeRequest({
      apiKeys: down,
      people: partners.people,
      verifyIdentity: nobody,
      clock,
      digest,
    });
    await expect(find('Bearer tsk_any')).rejects.toThrow('down');
  });
});

describe('identity tokens', () => {
  const issuer = 'https://id.example';
  const audience = 'client-1';
  let keyPair: Awaited<ReturnType<typeof generateKeyPair>>;
  let otherPair: Awaited<ReturnType<typeof generateKeyPair>>;
  let verify: ReturnType<typeof makeIdentityVerifier>;
  beforeAll(async () => {
    keyPair = await generateKeyPair('ES256');
    otherPair = await generateKeyPair('ES256');
    const jwks = createLocalJWKSet({ keys: [{ ...(await exportJWK(keyPair.publicKey)), kid: 'one', alg: 'ES256' }] });
    verify = makeIdentityVerifier({ issuer, audience, keys: jwks });
  });
  const token = (
    claims: Record<string, unknown> = {},
    over: { key?: Awaited<ReturnType<typeof generateKeyPair>>['privateKey']; kid?: string; expires?: string } = {},
  ) =>
    new SignJWT({
      sub: 's1',
      iss: issuer,
      aud: audience,
      email: 'ada@partners.example',
      email_verified: true,
      'cognito:groups': ['finance'],
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: over.kid ?? 'one' })
      .setIssuedAt()
      .setExpirationTime(over.expires ?? '5m')
      .sign(over.key ?? keyPair.privateKey);

  it('vouch for a person', async () => {
    expect(await verify(await token())).toEqual({
      subject: 's1',
      verifiedEmail: 'ada@partners.example',
      groups: ['finance'],
    });
  });

  it('say when the person signed in, which renewing a token does not change', async () => {
    const signedIn = { auth_time: Date.parse('2026-03-01T00:00:00Z') / 1000 };
    expect(await verify(await token(signedIn))).toMatchObject({ signedInAt: Date.parse('2026-03-01T00:00:00Z') });
  });

  it('vouch for no address that is not verified', async () => {
    expect(await verify(await token({ email_verified: false }))).toMatchObject({ verifiedEmail: undefined });
  });

  it.each([
    ['expired', {}, { expires: '-1m' }],
    ['of another issuer', { iss: 'https://other.example' }, {}],
    ['for another audience', { aud: 'client-2' }, {}],
    ['an access token', { token_use: 'access' }, {}],
    ['without a subject', { sub: '' }, {}],
    ['of an unknown key', {}, { kid: 'two' }],
  ])('are refused when %s', async (_what, claims, over) => {
    expect(await verify(await token(claims, over))).toBeUndefined();
  });

  it('are refused when signed by somebody else, unsigned or not a token', async () => {
    expect(await verify(await token({}, { key: otherPair.privateKey }))).toBeUndefined();
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"s1"}').toString('base64url')}.`;
    expect(await verify(unsigned)).toBeUndefined();
    expect(await verify('not-a-token')).toBeUndefined();
  });

  it('are neither good nor bad when the keys cannot be fetched', async () => {
    const unreachable = makeIdentityVerifier({
      issuer,
      audience,
      keys: () => Promise.reject(new TypeError('fetch failed')),
    });
    await expect(unreachable(await token())).rejects.toThrow('fetch failed');
  });
});

describe('the authorizer', () => {
  it('hands a caller to the function as the principal that it parses', async () => {
    const caller = { kind: 'api_key' as const, id: 'key:k1', grants: [{ programId: '*', role: 'admin' as const }] };
    const answer = await makeHandler(async () => caller)({ headers: { authorization: 'Bearer tsk_x' } });
    expect(answer.isAuthorized).toBe(true);
    expect(principalSchema.parse(JSON.parse(answer.context.principal ?? ''))).toEqual(caller);
  });

  it('lets nobody through without a principal, so that the function answers', async () => {
    expect(await makeHandler(async () => undefined)({ headers: {} })).toEqual({ isAuthorized: true, context: {} });
  });

  it('rejects in an outage', async () => {
    const handle = makeHandler(() => Promise.reject(new Error('down')));
    await expect(handle({ headers: { authorization: 'Bearer tsk_x' } })).rejects.toThrow('down');
  });
});
