import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { auditedEffectOfItem } from '#shared/adapters/dynamodb/partners/partner-audit';
import { tierSchemesPk } from '#shared/adapters/dynamodb/partners/partners-keys';
import { makeTierSchemes } from '#shared/adapters/dynamodb/partners/tier-schemes';
import { effectRecordedEvent } from '#shared/application/partners/audited-effect';
import type { TierSchemeStore, TierSchemeVersion } from '#shared/application/partners/tiers/tier-schemes';
import { partnerEffect } from '#shared/application/payouts/proof/audit-effects';
import { effectRecordedSchema } from '#shared/contracts/effect-recorded';
import { DEFAULT_TIER_SCHEME, type TierScheme } from '#shared/domain/partner/tiers/tier-scheme';
import { instant } from '#test/support/builders/partners';
import { makeFakeTierSchemes } from '#test/support/fakes/tier-schemes';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

/** Every kind of condition, with an amount beyond what 32 bits hold. */
const scheme: TierScheme = {
  ...DEFAULT_TIER_SCHEME,
  tiers: [
    { tier: 'basic', requires: { all: [] }, byInvitation: false },
    {
      tier: 'gold',
      requires: {
        any: [
          { fact: 'partner_revenue', atLeastMinor: 9_000_000_000n, withinMonths: 6 },
          {
            all: [
              { fact: 'retention', atLeastBps: 5_000, withinMonths: 12, minimumCustomers: 10 },
              { fact: 'certification', certification: 'product-basics' },
              { fact: 'certification' },
              { fact: 'confirmation', confirmation: 'audited' },
              { fact: 'qualified_referrals', atLeast: 3, withinMonths: 36 },
              { fact: 'terms_accepted' },
            ],
          },
        ],
      },
      byInvitation: false,
      suggestedRateBps: 1_250,
    },
    { tier: 'house', requires: { all: [] }, byInvitation: true },
  ],
  promotion: 'next_period',
};
const version = (programId: string, number: number, at: string, by = 'person:ada'): TierSchemeVersion => ({
  programId,
  version: number,
  scheme: { ...scheme, graceDays: 10 + number },
  recorded: { at: instant(at), by, reason: `Reason ${number}` },
});

describe.each(['the engine', 'the fake'])('the tiers of programmes on %s', (which) => {
  const make = (): TierSchemeStore => (which === 'the fake' ? makeFakeTierSchemes() : makeTierSchemes(table));

  it('are the default until somebody says something, and then the newest, as it was said', async () => {
    const schemes = make();
    const before = await schemes.current('acme');
    expect(before).toEqual({ programId: 'acme', version: 0, scheme: DEFAULT_TIER_SCHEME });
    const [first, second] = [
      version('acme', 1, '2026-01-10T00:00:00Z'),
      version('acme', 2, '2026-02-10T00:00:00Z', 'person:bob'),
    ];
    expect(await schemes.add(first)).toBe(true);
    expect(await schemes.current('acme')).toEqual(first);
    expect(await schemes.add(second)).toBe(true);
    expect(await schemes.current('acme')).toEqual(second);
    expect((await schemes.current('other')).version).toBe(0);

    expect((await schemes.at('acme', instant('2026-01-09T23:59:59Z'))).version).toBe(0);
    expect(await schemes.at('acme', instant('2026-01-10T00:00:00Z'))).toEqual(first);
    expect((await schemes.at('acme', instant('2026-02-09T23:59:59Z'))).version).toBe(1);
    expect((await schemes.at('acme', instant('2036-01-01T00:00:00Z'))).version).toBe(2);

    expect(await schemes.since('acme', instant('2026-01-10T00:00:01Z'))).toEqual([
      { by: 'person:bob', at: instant('2026-02-10T00:00:00Z') },
    ]);
    expect(await schemes.since('acme', instant('2026-01-10T00:00:00Z'))).toHaveLength(2);
    expect(await schemes.since('other', instant('2000-01-01T00:00:00Z'))).toEqual([]);
  });

  it('take each number once, whoever comes together', async () => {
    const schemes = make();
    const racers = ['person:a', 'person:b', 'person:c'].map((by) =>
      schemes.add(version('race', 1, '2026-01-10T00:00:00Z', by)),
    );
    expect((await Promise.all(racers)).filter(Boolean)).toHaveLength(1);
  });

  it('are listed by page, the newest first', async () => {
    const schemes = make();
    for (const number of [1, 2, 3]) await schemes.add(version('listed', number, `2026-01-1${number}T00:00:00Z`));
    const first = await schemes.list('listed', { limit: 2 });
    expect(first.items.map((one) => one.version)).toEqual([3, 2]);
    const last = await schemes.list('listed', { cursor: first.nextCursor, limit: 2 });
    expect(last.items.map((one) => one.version)).toEqual([1]);
    expect(last.nextCursor).toBeUndefined();
  });
});

it('refuses a cursor that no list gave', async () => {
  const schemes = makeTierSchemes(table);
  await expect(schemes.list('acme', { cursor: 'bm9uc2Vuc2U', limit: 2 })).rejects.toMatchObject({
    code: 'invalid_request',
  });
});

it('each version is in the audit chain by its digest, under the programme and no partner', async () => {
  await makeTierSchemes(table).add(version('audited', 1, '2026-01-10T00:00:00Z'));
  const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': tierSchemesPk('audited') } };
  const { Items = [] } = await table.documents.send(new QueryCommand({ TableName: table.tableName, ...query }));
  const effects = Items.map(auditedEffectOfItem);
  expect(effects).toMatchObject([
    {
      kind: 'tier_scheme.changed',
      programId: 'audited',
      subjectId: '1',
      occurredAt: '2026-01-10T00:00:00.000Z',
      recordedBy: 'person:ada',
    },
  ]);
  const [event] = effects.flatMap((effect) => (effect ? [effectRecordedEvent(effect, digest)] : []));
  const parsed = effectRecordedSchema.parse(event);
  expect(partnerEffect(parsed).content).toEqual({ contentDigest: parsed.contentDigest });
});
