import { beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, makeApiClient } from '#infra/api-client';
import { signInAgain } from '#infra/local/demo/sign-in';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { asPartner } from '#test/support/partner-token';
import { aPartner, aProgramme, aSale, closePeriod } from '#test/support/programme';

type Scheme = { version: number; tiers: { tier: string; requires: object }[]; recordedBy?: string };
type Progress = {
  tier: string;
  summary: string;
  next?: { tier: string; isWithinReach: boolean; distances: { missing: number; words: string }[]; ratesBps: number[] };
};

const DAY_MS = 86_400_000;
const yesterday = new Date(Date.now() - DAY_MS).toISOString();
/** Two customers make it; a manager's word is what is left. */
const TIERS = {
  tiers: [
    { tier: 'referral', suggestedRateBps: 900 },
    {
      tier: 'certified',
      requires: {
        all: [
          { fact: 'qualified_referrals', atLeast: 3, withinMonths: 12 },
          { any: [{ fact: 'confirmation', confirmation: 'strategic_fit' }, { fact: 'certification' }] },
        ],
      },
      suggestedRateBps: 1_400,
    },
    { tier: 'house', byInvitation: true },
  ],
  nudgeFromBps: 6_000,
};

let stack: SharedStack;
let programId: string;
let admin: ApiClient;
let anna: ApiClient;
const path = (rest: string): string => `/v1/programs/${programId}${rest}`;
const set = (body: object, who = admin): Promise<Scheme & { stillHeld: object[] }> =>
  who.put(path('/tier-scheme'), { ...TIERS, expectedVersion: 0, reason: 'Spring', ...body });

beforeAll(async () => {
  stack = await sharedLocalStack();
  const adminEmail = stack.endpoints.people.find(({ role }) => role === 'admin')?.email ?? '';
  admin = makeApiClient(stack.endpoints.apiUrl, await signInAgain(stack.dataDir, adminEmail));
  programId = await aProgramme(stack.as('admin'));
  const email = `anna.${programId}@partners.example`;
  await aPartner(stack.as('partner_manager'), programId, 'anna', { email });
  await aPartner(stack.as('partner_manager'), programId, 'bob');
  anna = await asPartner(stack, email);
}, 120_000);

describe("a programme's tiers", () => {
  it('are the default until an admin says otherwise, afresh and over what was read', async () => {
    const before = await anna.get<Scheme>(path('/tier-scheme'));
    expect(before).toMatchObject({ version: 0, graceDays: 60, promotion: 'at_once' });
    expect(before.tiers.map(({ tier }) => tier)).toEqual(['referral', 'certified', 'premium', 'strategic']);

    const broken = { tiers: [{ tier: 'a', requires: { fact: 'qualified_referrals', atLeast: 0, withinMonths: 99 } }] };
    await expect(set(broken)).rejects.toMatchObject({
      status: 422,
      problem: {
        errors: [
          { pointer: '/tiers/0/requires/atLeast', rule: 'must be at least 1' },
          { pointer: '/tiers/0/requires/withinMonths', rule: 'must be at most 36' },
        ],
      },
    });
    await expect(set({}, stack.as('admin_key'))).rejects.toMatchObject({ code: 'person_required' });
    await expect(set({}, anna)).rejects.toMatchObject({ status: 403 });

    expect(await set({})).toMatchObject({ version: 1, stillHeld: [] });
    await expect(set({ graceDays: 30 })).rejects.toMatchObject({
      status: 409,
      code: 'tier_scheme_changed',
      problem: { currentVersion: 1 },
    });
    const after = await anna.get<Scheme>(path('/tier-scheme'));
    expect(after.tiers[1]?.requires).toEqual(TIERS.tiers[1]?.requires);
    expect(after).not.toHaveProperty('recordedBy');
    const { items } = await stack.as('finance').get<{ items: Scheme[] }>(path('/tier-scheme/versions'));
    expect(items).toMatchObject([{ version: 1, reason: 'Spring' }]);
    await eventually(async () => {
      const chain = await stack.as('finance').get<{ items: { kind: string }[] }>(path('/audit-trail?limit=200'));
      expect(chain.items.map(({ kind }) => kind)).toContain('tier_scheme.changed');
    });
  });

  it('tell a partner how far it is from the next one, and nobody of another partner', async () => {
    for (const order of ['o1', 'o2']) {
      const sale = { partnerId: 'anna', occurredAt: yesterday, customerId: `${order}-customer` };
      await aSale(stack.as('merchant_key'), programId, order, 5_000, sale);
    }
    const progress = (query = ''): Promise<Progress> => anna.get(path(`/partners/anna/tier-progress${query}`));
    const now = await progress();
    expect(now).toMatchObject({
      tier: 'referral',
      next: { tier: 'certified', isWithinReach: true, ratesBps: [1_500] },
    });
    expect(now.next?.distances[0]).toMatchObject({ found: 2, wanted: 3, missing: 1 });
    expect(now.next?.distances[0]?.words).toMatch(/^1 more qualified referral by /);
    expect((await progress('?lang=de')).summary).toMatch(
      /^Für Certified fehlt: noch 1 qualifizierte Empfehlung bis zum /,
    );
    const past = await progress(`?asOf=${new Date(Date.now() - 2 * DAY_MS).toISOString()}`);
    expect(past).toMatchObject({ schemeVersion: 0 });
    await expect(anna.get(path('/partners/bob/tier-progress'))).rejects.toMatchObject({ status: 404 });
    await expect(progress('?lang=xx')).rejects.toMatchObject({ status: 422 });
  });

  it('say what a new plan draft pays', async () => {
    const draft = await stack
      .as('admin')
      .put<{ components: object[]; brokenRules: object[] }>(path('/plan-drafts/spring'), {
        ...{ name: 'Spring', fromTierScheme: true },
      });
    expect(draft.brokenRules).toEqual([]);
    expect(draft.components).toMatchObject([{ ratesByTier: { referral: 900, certified: 1_400 } }]);
  });
});

describe('the review at a close', () => {
  it('promotes who has earned it, keeps what it was decided on, and tells the partner once', async () => {
    const programId = await aProgramme(stack.as('admin'));
    const whose = `/v1/programs/${programId}/partners/mira`;
    const email = `mira.${programId}@partners.example`;
    await aPartner(stack.as('partner_manager'), programId, 'mira', { email });
    const learned = { certification: 'product-basics', certifiedAt: '2026-01-05T09:00:00Z' };
    const certify = (body: object) => stack.as('partner_manager').post(`${whose}/certifications`, body);
    expect(await certify(learned)).not.toHaveProperty('hint');
    expect(await certify({ ...learned, certification: 'strategic-fit' })).toMatchObject({
      hint: expect.stringContaining('Did you mean strategic_fit?'),
    });
    for (const order of ['a', 'b', 'c', 'd', 'e']) {
      await aSale(stack.as('merchant_key'), programId, order, 10_000, { partnerId: 'mira' });
    }
    await closePeriod(stack, programId, '2026-01');

    const mira = await asPartner(stack, email);
    const history = await eventually(async () => {
      const found = await mira.get<{ tiers: object[]; items: object[] }>(`${whose}/tier-history`);
      expect(found.items).toHaveLength(1);
      return found;
    });
    expect(history.items).toMatchObject([{ kind: 'promoted', tier: 'referral', to: 'certified', schemeVersion: 0 }]);
    expect(history.tiers.at(-1)).toMatchObject({ tier: 'certified', from: '2026-02-01T00:00:00.000Z' });
    // A repeat of the event would have come by the time that the statement's notice is there.
    await eventually(async () => {
      const { items } = await mira.get<{ items: { kind: string }[] }>(`${whose}/inbox`);
      const told = items
        .map(({ kind }) => kind)
        .filter((kind) => kind.startsWith('tier.') || kind === 'statement.ready');
      expect(told.toSorted()).toEqual(['statement.ready', 'tier.promoted']);
    });

    await aSale(stack.as('merchant_key'), programId, 'f', 10_000, {
      partnerId: 'mira',
      occurredAt: '2026-02-10T12:00:00Z',
    });
    const { runId } = await closePeriod(stack, programId, '2026-02');
    expect(runId).toBe('2026-02.1');
    const { items } = await mira.get<{ items: { earnedMinor: number }[] }>(
      `/v1/programs/${programId}/statements?period=2026-02&partnerId=mira`,
    );
    // 15 % of 100.00 and 5.00 for a new customer.
    expect(items).toMatchObject([{ earnedMinor: 2_000 }]);
  });
});
