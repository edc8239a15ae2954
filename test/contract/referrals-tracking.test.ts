import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCodeStore } from '#shared/adapters/dynamodb/referrals/codes/codes';
import { makeLinkSource } from '#shared/adapters/dynamodb/referrals/links/link-source';
import { makeLinkStore } from '#shared/adapters/dynamodb/referrals/links/links';
import type { CodeCatalogue, LinkStore } from '#shared/application/tracking/ports';
import { aCode, aLink } from '#test/support/builders/referrals';
import { makeFakeCodes, makeFakeLinks } from '#test/support/fakes/tracking';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

type Tracking = { readonly links: LinkStore; readonly codes: CodeCatalogue };
const implementations: readonly [string, () => Tracking][] = [
  [
    'on the engine',
    () => ({
      links: makeLinkStore(table),
      codes: makeCodeStore(table),
    }),
  ],
  ['in memory', () => ({ links: makeFakeLinks(), codes: makeFakeCodes() })],
];

describe.each(implementations)('links and codes %s', (name, make) => {
  let tracking: Tracking;
  let programs = 0;
  const aShop = (): string => `${name.replaceAll(' ', '-')}-${++programs}`;
  beforeAll(() => {
    tracking = make();
  });

  it('gives a slug to one link of the installation', async () => {
    const link = aLink({ programId: aShop(), slug: 'only-one' });
    expect(await tracking.links.add(link)).toBe('added');
    expect(await tracking.links.add({ ...link, programId: aShop() })).toBe('taken');
    expect(await tracking.links.find('only-one')).toEqual(link);
    expect(await tracking.links.find('none')).toBeUndefined();
  });

  it('lists links by partner and slug, page by page, and one partner alone', async () => {
    const programId = aShop();
    const slugs = ['b', 'a', 'c'].map((slug) => `${programId}-${slug}`);
    for (const slug of slugs) await tracking.links.add(aLink({ programId, slug }));
    await tracking.links.add(aLink({ programId, slug: `${programId}-x`, partnerId: 'mira2' }));
    const first = await tracking.links.list(programId, { limit: 2 });
    expect(first.items.map((link) => link.slug)).toEqual([`${programId}-a`, `${programId}-b`]);
    const second = await tracking.links.list(programId, { limit: 3, cursor: first.nextCursor });
    expect(second.items.map((link) => link.slug)).toEqual([`${programId}-c`, `${programId}-x`]);
    const mine = await tracking.links.list(programId, { limit: 10, partnerId: 'mira' });
    expect(mine.items).toHaveLength(3);
    expect((await tracking.links.list(aShop(), { limit: 10 })).items).toEqual([]);
  });

  it('gives a code to one partner of the installation, and the same one to a repeated request', async () => {
    const programId = aShop();
    const code = aCode({ programId, code: `${programId}-UNIQUE`.toUpperCase(), maxRedemptions: 3 });
    expect(await tracking.codes.add(code, 'request-1')).toBe('added');
    expect(await tracking.codes.add({ ...code, code: 'ANOTHER' }, 'request-1')).toBe('request_done');
    expect(await tracking.codes.add({ ...code, code: code.code.toLowerCase() }, 'request-2')).toBe('taken');
    expect(await tracking.codes.createdBy(programId, 'request-1')).toEqual(code);
    expect(await tracking.codes.createdBy(programId, 'request-2')).toBeUndefined();
    expect((await tracking.codes.list(programId, { limit: 10 })).items).toEqual([code]);
  });
});

describe('the one read of a cold redirect', () => {
  it('reads a link by signed fetch as it was stored', async () => {
    const { linkId: _id, createdAt: _at, ...link } = aLink({ slug: 'by-fetch' });
    await makeLinkStore(table).add(aLink({ slug: 'by-fetch' }));
    const environment = {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    };
    const read = makeLinkSource({ tableName: table.tableName, environment });
    expect(await read('by-fetch')).toEqual(link);
    expect(await read('nowhere')).toBeUndefined();
    const missing = makeLinkSource({ tableName: 'NoSuchTable', environment });
    await expect(missing('by-fetch')).rejects.toThrow(/ResourceNotFound/);
  });
});
