import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeLinkSource } from '#shared/adapters/dynamodb/referrals/links/link-source';
import { makeLinkStore } from '#shared/adapters/dynamodb/referrals/links/links';
import { linkKey, linkListing } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { makeApplyTrackingSettings } from '#shared/application/tracking/links/apply-tracking-settings';
import { makeChangeLink } from '#shared/application/tracking/links/change-link';
import type { LinkChange, LinkStore, StoredLink } from '#shared/application/tracking/ports';
import { DEFAULT_SETTINGS } from '#shared/contracts/payouts/programs/program-settings';
import { aLink, instant } from '#test/support/builders/referrals';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeLinks } from '#test/support/fakes/tracking';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

const NOW = Date.parse('2026-01-16T00:00:00Z');
const retry = { pause: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)), random: Math.random };

function aChange(sequence: number, overrides: Partial<LinkChange> = {}): LinkChange {
  return {
    sequence,
    at: instant('2026-01-16T00:00:00Z'),
    by: 'person:manager',
    before: { status: 'active' },
    after: { status: 'paused', pausedBy: 'staff' },
    ...overrides,
  };
}

const implementations: readonly [string, () => LinkStore][] = [
  ['on the engine', () => makeLinkStore(table)],
  ['in memory', () => makeFakeLinks()],
];

describe.each(implementations)('links %s', (_name, make) => {
  let links: LinkStore;
  beforeAll(() => {
    links = make();
  });

  it("refuse another partner's look-alike, also of another programme, and take the own", async () => {
    expect(await links.add(aLink({ slug: 'modern' }))).toBe('added');
    expect(await links.add(aLink({ slug: 'rnodern', partnerId: 'noor' }))).toBe('looks_alike');
    expect(await links.add(aLink({ slug: 'm0dern', programId: 'other' }))).toBe('looks_alike');
    expect(await links.find('rnodern')).toBeUndefined();
    expect(await links.add(aLink({ slug: 'mod-ern' }))).toBe('added');
    expect(await links.add(aLink({ slug: 'modern', partnerId: 'noor' }))).toBe('taken');
    expect((await links.list('shop', { limit: 10, partnerId: 'noor' })).items).toEqual([]);
  });

  it('give a look to one of twenty partners that ask for it at once', async () => {
    const slugs = Array.from({ length: 20 }, (_, index) => `wi${'-'.repeat(index)}llow`);
    const add = async (slug: string, index: number): Promise<string> => {
      for (;;) {
        const outcome = await links.add(aLink({ slug, partnerId: `partner-${index}` }));
        if (outcome !== 'contended') return outcome;
      }
    };
    const outcomes = await Promise.all(slugs.map(add));
    expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'looks_alike')).toHaveLength(19);
  });

  it('are counted of a partner that makes them itself, also when it makes twenty at once', async () => {
    const add = async (index: number, ownLimit?: number): Promise<string> => {
      for (;;) {
        const outcome = await links.add(aLink({ slug: `own-${index}-x`, partnerId: 'eager' }), ownLimit);
        if (outcome !== 'contended') return outcome;
      }
    };
    expect(await add(100)).toBe('added');
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, index) => add(index, 5)));
    expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === 'too_many')).toHaveLength(15);
    expect(await add(101)).toBe('added');
    expect(await add(101, 5)).toBe('taken');
  });

  it('change from one version to the next, in their list too, and keep each change', async () => {
    const link = aLink({ slug: 'changing', programId: 'changes', campaign: 'may', utmTemplates: { source: 'x' } });
    await links.add(link);
    const { campaign: _, ...rest } = link;
    const paused: StoredLink = { ...rest, status: 'paused', pausedBy: 'staff', utm: 'utm_source=x', version: 1 };
    expect(await links.change(paused, aChange(1))).toBe('changed');
    expect(await links.change(paused, aChange(1))).toBe('contended');
    const ended: StoredLink = { ...paused, validUntil: instant('2026-02-01T00:00:00Z'), version: 2 };
    const second = aChange(2, { onBehalfOf: 'person:maker', before: {}, after: { validUntil: ended.validUntil } });
    expect(await links.change(ended, second)).toBe('changed');
    expect(await links.find('changing')).toEqual(ended);
    expect((await links.list('changes', { limit: 10 })).items).toEqual([ended]);
    expect(await links.changes('changes', 'changing', 10)).toEqual([second, aChange(1)]);
    expect(await links.changes('changes', 'changing', 1)).toEqual([second]);
    expect(await links.change({ ...link, slug: 'nowhere', version: 1 }, aChange(1))).toBe('contended');
  });

  it('take every one of ten changes at once', async () => {
    await links.add(aLink({ slug: 'busy-link' }));
    const programs = makeFakePrograms(aProgram());
    const change = makeChangeLink({ links, programs, clock: () => NOW, ...retry });
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        change({
          programId: 'shop',
          slug: 'busy-link',
          change: { campaign: `campaign-${index}` },
          side: 'staff',
          by: `person:${index}`,
        }),
      ),
    );
    expect(await links.find('busy-link')).toMatchObject({ version: 10 });
    expect(new Set((await links.changes('shop', 'busy-link', 50)).map(({ by }) => by)).size).toBe(10);
  });

  it('are brought in line with new settings, page by page', async () => {
    for (let index = 0; index < 5; index += 1) {
      const destination = index % 2 ? 'https://lost.example/' : 'https://shop.example/';
      await links.add(aLink({ programId: 'sweep', slug: `swept-${index}x`, destination }));
    }
    const tracking = { ...DEFAULT_SETTINGS.tracking, destinationHosts: ['shop.example'], utm: { source: 'new' } };
    const programs = makeFakePrograms(aProgram({ programId: 'sweep', tracking }));
    const sweep = makeApplyTrackingSettings({ links, programs, clock: () => NOW, ...retry });
    expect(await sweep('sweep')).toEqual({ seen: 5, changed: 5 });
    expect(await sweep('sweep')).toEqual({ seen: 5, changed: 0 });
    const { items } = await links.list('sweep', { limit: 10 });
    expect(items.map(({ status }) => status)).toEqual(['active', 'paused', 'active', 'paused', 'active']);
    expect(new Set(items.map(({ utm }) => utm))).toEqual(new Set(['utm_source=new']));
  });
});

describe('a stored link', () => {
  const source = () =>
    makeLinkSource({
      tableName: table.tableName,
      environment: {
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
      },
    });

  it('tells the redirect all it needs in one read', async () => {
    const link = aLink({
      slug: 'whole',
      status: 'paused',
      utm: 'utm_term={sub1}',
      validUntil: instant('2026-02-01T00:00:00Z'),
    });
    await makeLinkStore(table).add({ ...link, utmTemplates: { term: '{sub1}' }, description: 'Ten off' });
    const { linkId: _id, createdAt: _at, ...known } = link;
    expect(await source()('whole')).toEqual(known);
  });

  it('from before links could be paused is active, can be changed, and stays where it is', async () => {
    const { status: _, ...old } = aLink({ slug: 'older', programId: 'old-shop' });
    for (const key of [linkKey('older'), linkListing('old-shop', 'mira', 'older')]) {
      await table.documents.send(new PutCommand({ TableName: table.tableName, Item: { ...key, ...old } }));
    }
    const links = makeLinkStore(table);
    expect(await links.find('older')).toEqual({ ...old, status: 'active' });
    expect(await source()('older')).toMatchObject({ status: 'active', destination: old.destination });
    const paused: StoredLink = { ...old, status: 'paused', version: 1 };
    expect(await links.change(paused, aChange(1))).toBe('changed');
    expect((await source()('older'))?.status).toBe('paused');
  });

  it('in a state that is not known is not followed', async () => {
    await table.documents.send(
      new PutCommand({
        TableName: table.tableName,
        Item: { ...linkKey('future'), ...aLink({ slug: 'future' }), status: 'sealed' },
      }),
    );
    expect((await source()('future'))?.status).toBe('paused');
  });
});
