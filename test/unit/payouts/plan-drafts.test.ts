import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { readComponents as read } from '#functions/payouts/plans/read-components';
import { makeDiscardPlanDraft } from '#shared/application/payouts/plans/discard-plan-draft';
import { makeGetPlanDraft } from '#shared/application/payouts/plans/get-plan-draft';
import { makeListPlanDrafts } from '#shared/application/payouts/plans/list-plan-drafts';
import { checkComponents, type DraftComponent } from '#shared/application/payouts/plans/plan-draft';
import { makePublishPlan } from '#shared/application/payouts/plans/publish-plan';
import { makePublishPlanDraft } from '#shared/application/payouts/plans/publish-plan-draft';
import { makeSavePlanDraft } from '#shared/application/payouts/plans/save-plan-draft';
import { planBodySchema } from '#shared/contracts/payouts/plans/plan';
import { savePlanDraftRoute } from '#shared/contracts/payouts/plans/save-plan-draft';
import { aProgramme } from '#test/support/builders/runs';
import { makeFakeMoney } from '#test/support/fakes/money';
import { makeFakePlanDrafts } from '#test/support/fakes/plan-drafts';

const SHARE = { kind: 'revenue_share', id: 'share', ratesByTier: { referral: 1000 } };
const HALF_TYPED = { kind: 'fixed_fee', id: 'fee' };

function aDesk() {
  const money = makeFakeMoney();
  const { programs, plans } = money;
  const drafts = makeFakePlanDrafts(plans);
  const time = { now: Date.parse('2026-02-01T10:00:00Z') };
  const clock = (): number => time.now;
  const save = makeSavePlanDraft({ programs, drafts, read, clock });
  return {
    ...money,
    drafts,
    time,
    save: (over: Partial<Parameters<typeof save>[0]> = {}) =>
      save({ programId: 'acme', draftId: 'spring', name: 'Spring', components: [SHARE], by: 'person:a', ...over }),
    read: makeGetPlanDraft({ programs, drafts, read }),
    list: makeListPlanDrafts({ programs, drafts, read }),
    discard: makeDiscardPlanDraft({ programs, drafts, clock }),
    publish: makePublishPlanDraft({ programs, plans, drafts, read, clock }),
    publishDirectly: makePublishPlan({ programs, plans, clock }),
  };
}
const spring = { programId: 'acme', draftId: 'spring' };

let desk: ReturnType<typeof aDesk>;
beforeEach(async () => {
  desk = aDesk();
  await desk.programs.create(aProgramme());
});

describe('saving a draft', () => {
  it('creates it, then replaces the revision that was seen, and says who and when', async () => {
    expect(await desk.save()).toMatchObject({ created: true, draft: { revision: 1, savedBy: 'person:a' } });
    desk.time.now += 60_000;
    const second = await desk.save({ revision: 1, components: [SHARE, HALF_TYPED], by: 'person:b' });
    expect(second).toMatchObject({
      created: false,
      draft: { revision: 2, createdBy: 'person:a', savedBy: 'person:b', savedAt: '2026-02-01T10:01:00.000Z' },
      brokenRules: [{ pointer: '/components/1/amountMinor', rule: 'is missing' }],
    });
  });

  it('refuses to overwrite what somebody else saved, and shows it', async () => {
    await desk.save();
    await desk.save({ revision: 1, by: 'person:b', name: 'Theirs' });
    await expect(desk.save({ revision: 1, name: 'Mine' })).rejects.toMatchObject({
      code: 'plan_draft_changed',
      errors: [{ pointer: '/revision', rule: 'must be 2' }],
      extra: { current: { name: 'Theirs', revision: 2 } },
    });
    await expect(desk.save({ name: 'A new one' })).rejects.toMatchObject({ code: 'plan_draft_changed' });
  });

  it('lets one of two editors win who save over the same revision at once', async () => {
    await desk.save();
    const both = await Promise.allSettled(['b', 'c'].map((by) => desk.save({ revision: 1, name: by, by })));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await desk.read(spring)).draft.revision).toBe(2);
  });

  it('takes the same request again as the same revision', async () => {
    await desk.save();
    await desk.save({ revision: 1, name: 'Again' });
    expect(await desk.save({ revision: 1, name: 'Again' })).toMatchObject({ draft: { revision: 2 } });
  });

  it('wants a new draft to come without a revision', async () => {
    await expect(desk.save({ revision: 4 })).rejects.toMatchObject({
      code: 'plan_draft_changed',
      errors: [{ rule: 'must be left out for a new draft' }],
    });
  });

  it('is refused for an unknown programme', async () => {
    await expect(desk.save({ programId: 'nowhere' })).rejects.toMatchObject({ code: 'unknown_program' });
  });
});

describe('the rules that a draft breaks', () => {
  const brokenBy = (...components: readonly DraftComponent[]): readonly string[] =>
    checkComponents(components, read, 'GBP').brokenRules.map(({ pointer, rule }) => `${pointer} ${rule}`);

  it('are those of its shape and those of a plan together, by pointer', () => {
    const rate = 'must be a whole number of basis points from 0 to 10000';
    expect(brokenBy(SHARE, { kind: 'revenue_share', id: 'share', ratesByTier: { referral: -5, gold: 'x' } })).toEqual([
      '/components/1/id must be unique in the plan',
      '/components/1/ratesByTier/gold must be a number',
      `/components/1/ratesByTier/referral ${rate}`,
    ]);
  });

  it('hide none behind a component without a kind, nor behind a field that cannot be read', () => {
    const brackets = [{ upTo: 'x', rateBps: 99_999 }, 5, { upTo: 100, rateBps: 1 }, { upTo: 50, rateBps: 1 }];
    expect(
      brokenBy(
        { id: 'a' },
        { kind: 'revenue_share', id: 'a', mode: 'volume', metric: 'revenue', brackets, windowMonths: -1 },
        { kind: 'revenue_share', id: 'b', mode: 'volume', ratesByTier: { gold: 'x' }, rates: 'x' },
      ).map((text) => text.split(' ')[0]),
    ).toEqual([
      '/components/0/kind',
      '/components/1/brackets/0/rateBps',
      '/components/1/brackets/0/upTo',
      '/components/1/brackets/1',
      // Once because it must be above the one before, once because it is the last.
      '/components/1/brackets/3/upTo',
      '/components/1/brackets/3/upTo',
      '/components/1/id',
      '/components/1/windowMonths',
      '/components/2/mode',
      '/components/2/rates',
      '/components/2/ratesByTier/gold',
    ]);
  });

  it('stand in the order of the places, the tenth after the second', () => {
    expect(
      brokenBy(...Array.from({ length: 11 }, () => HALF_TYPED)).filter((text) => text.includes('amountMinor')),
    ).toEqual(Array.from({ length: 11 }, (_, place) => `/components/${place}/amountMinor is missing`));
  });
});

describe('reading drafts', () => {
  it('counts the rules each one breaks', async () => {
    await desk.save();
    await desk.save({ draftId: 'autumn', components: [HALF_TYPED, {}] });
    const { items } = await desk.list({ programId: 'acme', limit: 10 });
    expect(items.map(({ draftId, brokenRules }) => [draftId, brokenRules])).toEqual([
      ['autumn', 2],
      ['spring', 0],
    ]);
  });

  it('answers 404 for one that was never saved', async () => {
    await expect(desk.read({ programId: 'acme', draftId: 'none' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('publishing a draft', () => {
  it('publishes the revision on the screen once; a repeat answers the same', async () => {
    await desk.save();
    const asked = { ...spring, version: 3, revision: 1, by: 'person:b' };
    const first = await desk.publish(asked);
    expect(first).toMatchObject({ created: true, plan: { version: 3, components: [SHARE], publishedBy: 'person:b' } });
    expect(await desk.publish({ ...asked, by: 'person:c' })).toEqual({ created: false, plan: first.plan });
    expect((await desk.read(spring)).draft).toMatchObject({
      status: 'published',
      publishedVersion: 3,
      closedBy: 'person:b',
    });
    await expect(desk.publish({ ...asked, version: 4 })).rejects.toMatchObject({ code: 'plan_draft_closed' });
    await expect(desk.save({ revision: 1, name: 'later' })).rejects.toMatchObject({ code: 'plan_draft_closed' });
  });

  it('refuses another revision than the one on the screen', async () => {
    await desk.save();
    await desk.save({ revision: 1, components: [{ ...SHARE, ratesByTier: { referral: 9000 } }] });
    await expect(desk.publish({ ...spring, version: 1, revision: 1, by: 'person:b' })).rejects.toMatchObject({
      code: 'plan_draft_changed',
    });
    expect(await desk.plans.get('acme', 1)).toBeUndefined();
  });

  it('refuses one that breaks rules, naming each', async () => {
    await desk.save({ components: [HALF_TYPED, SHARE, SHARE] });
    await expect(desk.publish({ ...spring, version: 1, revision: 1, by: 'person:b' })).rejects.toMatchObject({
      code: 'plan_invalid',
      errors: [{ pointer: '/components/0/amountMinor' }, { pointer: '/components/2/id' }],
    });
  });

  it('leaves the draft open when the version is taken, also by the same content', async () => {
    await desk.save();
    const plan = { version: 1, components: [SHARE] } as never;
    await desk.publishDirectly({ programId: 'acme', plan, by: 'person:z' });
    await expect(desk.publish({ ...spring, version: 1, revision: 1, by: 'person:b' })).rejects.toMatchObject({
      code: 'already_exists',
      errors: [{ pointer: '/version' }],
    });
    expect((await desk.read(spring)).draft.status).toBe('open');
    expect(await desk.publish({ ...spring, version: 2, revision: 1, by: 'person:b' })).toMatchObject({ created: true });
  });

  it('is not done for one that was discarded; discarding twice is once', async () => {
    await desk.save();
    const discarded = await desk.discard({ ...spring, revision: 1, by: 'person:b' });
    expect(discarded).toMatchObject({ status: 'discarded', closedBy: 'person:b' });
    expect(await desk.discard({ ...spring, revision: 1, by: 'person:c' })).toEqual(discarded);
    await expect(desk.discard({ ...spring, revision: 2, by: 'person:c' })).rejects.toMatchObject({
      code: 'plan_draft_changed',
    });
    await expect(desk.publish({ ...spring, version: 1, revision: 1, by: 'person:b' })).rejects.toMatchObject({
      code: 'plan_draft_closed',
    });
  });
});

describe('validating components', () => {
  const pointersOf = (...components: DraftComponent[]): string[] =>
    checkComponents(components, read, 'GBP').brokenRules.map(({ pointer }) => pointer);

  it('finds nothing wrong with a sound plan', () => {
    expect(checkComponents([SHARE], read, 'GBP')).toMatchObject({ brokenRules: [], components: [SHARE] });
  });

  it("knows the programme's currency, in which one guarantee may stand", () => {
    const floor = { kind: 'minimum_commitment', amountMinor: 500 };
    const pounds = { ...floor, id: 'b', currency: 'GBP' };
    expect(pointersOf({ ...floor, id: 'a' }, pounds)).toEqual(['/components/1']);
    expect(pointersOf({ ...floor, id: 'a' }, { ...pounds, currency: 'EUR' })).toEqual([]);
  });

  it.each<[string, DraftComponent[], string[]]>([
    ['no component at all', [], ['/components']],
    ['a component of no kind', [{}], ['/components/0/kind']],
    ['an unknown field', [{ ...SHARE, rate: 5 }], ['/components/0/rate']],
    ['a text in the place of a number', [{ ...HALF_TYPED, amountMinor: '12' }], ['/components/0/amountMinor']],
    [
      'a rate above the whole',
      [{ ...SHARE, ratesByTier: { referral: 10_001 } }],
      ['/components/0/ratesByTier/referral'],
    ],
    [
      'brackets that go downwards, in a component without its mode',
      [
        {
          kind: 'revenue_share',
          id: 'b',
          metric: 'revenue',
          brackets: [
            { upTo: 5, rateBps: 1 },
            { upTo: 3, rateBps: 1 },
          ],
        },
      ],
      ['/components/0/mode', '/components/0/brackets/1/upTo', '/components/0/brackets/1/upTo'],
    ],
  ])('names %s', (_what, components, pointers) => {
    expect(pointersOf(...components).sort()).toEqual([...pointers].sort());
  });

  it('answers for whatever an editor holds, and calls sound only what may be published', () => {
    const kinds = ['revenue_share', 'referral_fee', 'fixed_fee', 'minimum_commitment', 'other'];
    const bracket = fc.record({
      upTo: fc.oneof(fc.integer(), fc.constant(null)),
      rateBps: fc.integer({ min: -5, max: 10_005 }),
    });
    const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.double(), fc.integer());
    const component = fc.record(
      {
        kind: fc.oneof(fc.constantFrom(...kinds), value),
        id: fc.oneof(fc.constantFrom('a', 'b', ''), value),
        ratesByTier: fc.oneof(fc.dictionary(fc.constantFrom('gold', 'Not/a~tier'), value), value),
        brackets: fc.oneof(fc.array(bracket, { maxLength: 3 }), value),
        rates: value,
        mode: fc.oneof(fc.constantFrom('graduated', 'volume'), value),
        metric: fc.oneof(fc.constantFrom('revenue', 'conversions'), value),
        windowMonths: value,
        amountMinor: value,
        currency: fc.oneof(fc.constantFrom('EUR', 'ZZZ'), value),
        capPerPeriodMinor: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(component, { maxLength: 4 }), (components) => {
        const { brokenRules, components: sound } = checkComponents(components, read, 'GBP');
        expect(sound === undefined).toBe(brokenRules.length > 0);
        if (sound) expect(planBodySchema.safeParse({ version: 1, components }).success).toBe(true);
        for (const { pointer } of brokenRules) expect(pointer).toMatch(/^\/components/);
        expect(new Set(brokenRules.map(({ pointer, rule }) => `${pointer} ${rule}`)).size).toBe(brokenRules.length);
      }),
      { numRuns: 300 },
    );
  });

  it('tells what a sound component breaks beside one that cannot be read, in its own place', () => {
    expect(pointersOf({ kind: 'unknown' }, SHARE, { ...SHARE, windowMonths: 0 })).toEqual([
      '/components/0/kind',
      '/components/2/id',
      '/components/2/windowMonths',
    ]);
  });
});

describe('PUT plan-drafts/{draftId}', () => {
  it('takes half a plan, but none that would not fit', () => {
    const { body } = savePlanDraftRoute;
    expect(body.safeParse({ name: 'x', components: [{}, { kind: 7 }] }).success).toBe(true);
    const long = { name: 'x', components: [{ text: 'x'.repeat(70_000) }] };
    expect(body.safeParse(long).error?.issues[0]?.message).toMatch(/at most 65536 bytes/);
  });
});
