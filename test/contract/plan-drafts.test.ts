import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePlanDrafts } from '#shared/adapters/dynamodb/money/plans/plan-drafts';
import { makePlans } from '#shared/adapters/dynamodb/money/plans/plans';
import type { PlanDraft, PlanDraftStore } from '#shared/application/payouts/plans/plan-draft';
import type { PlanStore, PublishedPlan } from '#shared/application/payouts/ports';
import { instant } from '#test/support/builders/runs';
import { makeFakeMoney } from '#test/support/fakes/money';
import { makeFakePlanDrafts } from '#test/support/fakes/plan-drafts';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

const AT = instant('2026-02-01T10:00:00.000Z');
const aDraft = (over: Partial<PlanDraft> = {}): PlanDraft => ({
  draftId: 'spring',
  name: 'Spring plan',
  components: [{ kind: 'revenue_share', id: 'share', half: { a: [1, null] } }],
  revision: 1,
  status: 'open',
  createdBy: 'person:m',
  createdAt: AT,
  savedBy: 'person:m',
  savedAt: AT,
  ...over,
});
const aPlan = (version: number): PublishedPlan => ({
  version,
  components: [{ kind: 'fixed_fee', id: 'fee', amountMinor: 100n }],
  publishedBy: 'person:m',
  publishedAt: AT,
});

type Stores = { readonly plans: PlanStore; readonly drafts: PlanDraftStore };
const implementations: readonly [string, () => Stores][] = [
  ['on the engine', () => ({ plans: makePlans(table), drafts: makePlanDrafts(table) })],
  [
    'in memory',
    () => {
      const { plans } = makeFakeMoney();
      return { plans, drafts: makeFakePlanDrafts(plans) };
    },
  ],
];

describe.each(implementations)('plan drafts %s', (name, make) => {
  let stores: Stores;
  let programId: string;
  let count = 0;
  beforeEach(() => {
    stores ??= make();
    count += 1;
    programId = `${name.replaceAll(' ', '-')}-${count}`;
  });

  it('reads back what was saved, whatever the components hold', async () => {
    expect(await stores.drafts.save(programId, aDraft())).toBe(true);
    expect(await stores.drafts.get(programId, 'spring')).toEqual(aDraft());
    expect(await stores.drafts.get(programId, 'autumn')).toBeUndefined();
  });

  it('is created once and replaced over exactly the revision before', async () => {
    await stores.drafts.save(programId, aDraft());
    expect(await stores.drafts.save(programId, aDraft({ name: 'again' }))).toBe(false);
    expect(await stores.drafts.save(programId, aDraft({ revision: 3 }))).toBe(false);
    const both = ['one', 'other'].map((by) => stores.drafts.save(programId, aDraft({ revision: 2, savedBy: by })));
    expect((await Promise.all(both)).filter(Boolean)).toHaveLength(1);
  });

  it('lists by id, page by page, of one status if asked', async () => {
    for (const draftId of ['a', 'b', 'c']) await stores.drafts.save(programId, aDraft({ draftId }));
    await stores.drafts.discard(programId, aDraft({ draftId: 'a', status: 'discarded', closedBy: 'person:x' }));
    const first = await stores.drafts.list(programId, { limit: 2 });
    expect(first.items.map(({ draftId }) => draftId)).toEqual(['a', 'b']);
    const next = await stores.drafts.list(programId, { limit: 2, cursor: first.nextCursor });
    expect(next.items.map(({ draftId }) => draftId)).toEqual(['c']);
    const open = await stores.drafts.list(programId, { limit: 10, status: 'open' });
    expect(open.items.map(({ draftId }) => draftId)).toEqual(['b', 'c']);
  });

  it('changes no more once it is discarded', async () => {
    await stores.drafts.save(programId, aDraft());
    const discarded = aDraft({ status: 'discarded', closedBy: 'person:x', closedAt: AT });
    expect(await stores.drafts.discard(programId, discarded)).toBe(true);
    expect(await stores.drafts.get(programId, 'spring')).toEqual(discarded);
    expect(await stores.drafts.save(programId, aDraft({ revision: 2 }))).toBe(false);
    expect(await stores.drafts.publish(programId, aDraft({ status: 'published' }), aPlan(1))).toBe(false);
    expect(await stores.plans.get(programId, 1)).toBeUndefined();
  });

  it('is published with its version in one write, at its revision only', async () => {
    await stores.drafts.save(programId, aDraft());
    const published = (revision: number, version: number) =>
      stores.drafts.publish(
        programId,
        aDraft({ revision, status: 'published', publishedVersion: version, closedBy: 'person:x', closedAt: AT }),
        aPlan(version),
      );
    expect(await published(2, 1)).toBe(false);
    expect(await stores.plans.get(programId, 1)).toBeUndefined();
    expect(await published(1, 1)).toBe(true);
    expect(await published(1, 2)).toBe(false);
    expect(await stores.plans.get(programId, 1)).toEqual(aPlan(1));
    expect(await stores.plans.get(programId, 2)).toBeUndefined();
  });

  it('stays open when the version is taken', async () => {
    await stores.plans.publish(programId, aPlan(1));
    await stores.drafts.save(programId, aDraft());
    expect(await stores.drafts.publish(programId, aDraft({ status: 'published' }), aPlan(1))).toBe(false);
    expect(await stores.drafts.get(programId, 'spring')).toEqual(aDraft());
  });
});
