import * as z from 'zod';
import { periodField } from '#shared/adapters/dynamodb/money/money-fields';
import { planToStore, simulationPlanFields } from '#shared/adapters/dynamodb/money/simulations/simulation-item';
import type { Documents } from '#shared/application/payouts/ledger/ledger-ports';
import type { SimulationFiles, SimulationId } from '#shared/application/payouts/simulations/simulation';
import type { Digest } from '#shared/application/ports';

/** Bank files lie in the folder of their programme, whose id never starts with an underscore. */
export const SIMULATIONS_FOLDER = '_simulations';

const JSON_TYPE = 'application/json';
const ORDINAL_DIGITS = 6;
const NAME_DIGEST_DIGITS = 12;

/** Amounts are decimal texts in a file: JSON's numbers end at 2^53. */
const minor = z.string().transform((text) => BigInt(text));

const costFields = {
  currency: z.string(),
  paidEarnedMinor: minor,
  estimatedEarnedMinor: minor.optional(),
  simulatedEarnedMinor: minor,
  differenceMinor: minor,
};
const partnerCost = z.object({ partnerId: z.string(), ...costFields });
const monthCost = z.object({ period: periodField, ...costFields });
const ranked = partnerCost.extend({ changeBps: minor.optional() });
const place = z.object({
  planVersion: z.number(),
  bracket: z.number(),
  of: z.number(),
  rateBps: z.number(),
  metric: z.enum(['revenue', 'conversions']),
  counted: minor,
});
const bracketChange = z.object({
  partnerId: z.string(),
  period: periodField,
  componentId: z.string(),
  currency: z.string(),
  used: place.optional(),
  simulated: place.optional(),
});
const tierSums = { usedEarnedMinor: minor, simulatedEarnedMinor: minor };
const tierChange = z.object({
  partnerId: z.string(),
  tier: z.string(),
  currency: z.string(),
  effect: z.enum(['no_longer_paid', 'newly_paid', 'earns_more', 'earns_less']),
  ...tierSums,
});
const mismatch = z.object({ period: periodField, currency: z.string() });

const partnersSchema = z.array(
  z.object({
    partnerId: z.string(),
    months: z.array(
      z.object({
        period: periodField,
        paid: z.array(z.object({ currency: z.string(), earnedMinor: minor })).optional(),
      }),
    ),
  }),
);
const outcomesSchema = z.array(
  z.object({
    partnerId: z.string(),
    costs: z.array(partnerCost),
    // Absent in files written before cost was told by month.
    months: z.array(monthCost).default([]),
    bracketChanges: z.array(bracketChange),
    tierChanges: z.array(tierChange),
    mismatches: z.array(mismatch),
  }),
);
const resultSchema = z.object({
  simulationId: z.string(),
  ...simulationPlanFields,
  totals: z.array(z.object({ ...costFields, better: z.number(), worse: z.number(), same: z.number() })),
  monthTotals: z.array(monthCost).default([]),
  items: z.array(partnerCost),
  winners: z.array(ranked),
  losers: z.array(ranked),
  largestChanges: z.array(ranked),
  bracketChangeCount: z.number(),
  bracketChanges: z.array(bracketChange),
  tierChangeCount: z.number(),
  tierChanges: z.array(tierChange),
  tiers: z.array(
    z.object({
      tier: z.string(),
      currency: z.string(),
      partners: z.number(),
      ...tierSums,
      differenceMinor: minor,
    }),
  ),
  mismatches: z.array(mismatch.extend({ partnerId: z.string() })),
});

/** The files of a simulation in the documents bucket, each written once under a key that is its own. */
export function makeSimulationFiles(deps: { documents: Documents; digest: Digest }): SimulationFiles {
  const { documents, digest } = deps;
  const keyOf = ({ programId, simulationId }: SimulationId, name: string): string =>
    `${SIMULATIONS_FOLDER}/${programId}/${simulationId}/${name}.json`;
  const put = async (key: string, text: string): Promise<string> => {
    await documents.putOnce(key, text, JSON_TYPE);
    return key;
  };
  const named = (text: string): string => digest(text).slice(0, NAME_DIGEST_DIGITS);
  return {
    async putPartners(simulation, ordinal, partners) {
      const text = toText(partners);
      const shard = `${String(ordinal).padStart(ORDINAL_DIGITS, '0')}-${named(text)}`;
      await put(keyOf(simulation, `partners-${shard}`), text);
      return shard;
    },
    async partners(simulation, shard) {
      return partnersSchema.parse(JSON.parse(await documents.get(keyOf(simulation, `partners-${shard}`))));
    },
    async putOutcomes(simulation, shard, outcomes) {
      await put(keyOf(simulation, `outcomes-${shard}`), toText(outcomes));
    },
    async outcomes(simulation, shard) {
      return outcomesSchema.parse(JSON.parse(await documents.get(keyOf(simulation, `outcomes-${shard}`))));
    },
    putResult(simulation, result) {
      const text = toText({ ...result, plan: planToStore(result.plan) });
      return put(keyOf(simulation, `result-${named(text)}`), text);
    },
    async result(resultKey) {
      return resultSchema.parse(JSON.parse(await documents.get(resultKey)));
    },
  };
}

function toText(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));
}
