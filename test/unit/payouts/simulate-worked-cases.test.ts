import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '#shared/domain/plan/plan';
import { aSimulator } from '#test/support/builders/simulating';
import { aWorkedCase } from '#test/support/builders/worked-case';
import { type VectorCase, vectorFile } from '#test/support/vector-file';

const folder = join(import.meta.dirname, '../../vectors');

/** Everything a plan can hold, so that each rule is met by some case: none of the cases was ever paid by it. */
const ANOTHER: VectorCase['history']['planHistory'][number]['components'] = [
  { kind: 'revenue_share', id: 'by-tier', ratesByTier: { referral: 333, certified: 1250, premium: 1777 } },
  {
    kind: 'revenue_share',
    id: 'by-volume',
    mode: 'volume',
    metric: 'revenue',
    brackets: [
      { upTo: 50_000n, rateBps: 125 },
      { upTo: null, rateBps: 275 },
    ],
    windowMonths: 6,
  },
  {
    kind: 'revenue_share',
    id: 'by-count',
    mode: 'graduated',
    metric: 'conversions',
    brackets: [
      { upTo: 2n, rateBps: 50 },
      { upTo: null, rateBps: 75 },
    ],
  },
  { kind: 'referral_fee', id: 'welcome', amountMinor: 321n },
  { kind: 'fixed_fee', id: 'retainer', amountMinor: 777n },
  { kind: 'minimum_commitment', id: 'guarantee', amountMinor: 5_000n },
];
const ANOTHER_VERSION = 999;

/** The case as if its agreements had named this plan from the start. */
function paidBy(vector: VectorCase, { version, components }: Plan): VectorCase {
  const planHistory = vector.history.planHistory.map((entry) => ({ ...entry, version, components: [...components] }));
  return { ...vector, history: { ...vector.history, planHistory } } as VectorCase;
}

/** Closes every month of a case and answers what was earned in all, with a simulation over those months. */
async function closed(vector: VectorCase) {
  const { half, history, facts, close } = await aWorkedCase(vector);
  const { programId } = half.program;
  const [from, to] = [history.periods[0]!, history.periods.at(-1)!];
  let earnedMinor = 0n;
  for await (const period of close()) {
    const { items } = await half.list({ programId, period, limit: 10 });
    for (const statement of items) earnedMinor += statement.earnedMinor;
  }
  const simulator = (plans: readonly Plan[]) =>
    aSimulator({ half, facts, plans: new Map(plans.map((plan) => [plan.version, plan])) });
  const simulate = async (plan: Plan) => {
    const used = [...history.plans.values()].filter(({ version }) => version !== plan.version);
    const { result } = await simulator([...used, plan]).ask({ planVersion: plan.version, from, to });
    expect(result?.mismatches).toEqual([]);
    return result?.items;
  };
  const simulateInForce = async () => {
    const { result } = await simulator([...history.plans.values()]).ask({ planVersion: 'in_force', from, to });
    return result;
  };
  const { partnerId, programCurrency: currency } = history;
  const costOf = (paidEarnedMinor: bigint, simulatedEarnedMinor: bigint) => [
    {
      partnerId,
      currency,
      paidEarnedMinor,
      simulatedEarnedMinor,
      differenceMinor: simulatedEarnedMinor - paidEarnedMinor,
    },
  ];
  return { plans: [...history.plans.values()], earnedMinor, simulate, simulateInForce, costOf };
}

describe.each(['statements.json', 'statements-random.json'])('simulating the months of %s', (name) => {
  const cases = vectorFile
    .parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .map((vector) => ({ ...vector, title: vector.why ?? 'a generated history' }));
  const another = { version: ANOTHER_VERSION, components: ANOTHER } as Plan;

  it.each(cases)(
    '$name: what was used differs by nothing, any plan costs what closing under it would ($title)',
    async (vector) => {
      const { plans, earnedMinor, simulate, simulateInForce, costOf } = await closed(vector);
      const inForce = await simulateInForce();
      expect(inForce).toMatchObject({ mismatches: [], bracketChanges: [], tierChanges: [] });
      expect(inForce?.items).toEqual(costOf(earnedMinor, earnedMinor));
      if (plans.length === 1) expect(await simulate(plans[0]!)).toEqual(costOf(earnedMinor, earnedMinor));
      for (const plan of [...plans, another]) {
        const under = await closed(paidBy(vector, plan));
        expect(await simulate(plan)).toEqual(costOf(earnedMinor, under.earnedMinor));
      }
    },
  );
});
