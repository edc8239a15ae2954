import { PAYPAL_MAX_PER_SECOND } from '#shared/adapters/rails/paypal-payouts';
import { STRIPE_MAX_PER_SECOND } from '#shared/adapters/rails/stripe-connect';
import { PARTNERS_PER_SHARD } from '#shared/application/payouts/runs/plan-payout-run';
import { childrenOf } from '#shared/application/payouts/runs/shard-ranges';
import type { Counted, Sample } from './close-units.ts';

/** Default quotas of an account, per region; the smaller where regions differ. Source: the services' quota pages. */
const QUOTA = {
  lambdaConcurrency: 1_000,
  newAccountConcurrency: 10,
  lambdaSeconds: 900,
  tableUnitsPerSecond: 40_000,
  keyUnitsPerSecond: 1_000,
  transitionsPerSecond: 800,
  startsPerSecond: 150,
  kmsPerSecond: 10_000,
} as const;

/** Assumed, not measured: one call of a service in the region, and what the SDK takes of a full CPU for it. */
const CALL_MS = 8;
const CALL_CPU_MS = 1.1;
const MARGIN_SECONDS = 60;
/** As the workflow's maps are declared (shardsAtOnce in cdk.json), on default quotas. */
const CHILDREN_AT_ONCE = 5;
/** Entered states of one child whose range is done in one call: the task, the choice, the end. */
const TRANSITIONS_A_CHILD = 3;
const MAPS = 4;

/**
 * Calls of one partner with ten lines outside the counted adapters, by reading the code: terms, balances, sales, refunds,
 * adjustments and one batch of first purchases; sales, refunds and adjustments again; the payee.
 */
const UNCOUNTED = { compute: 6, recount: 3, post: 1, submit: 1 } as const;
/** Partners, statements or payouts of one child that are worked on at once, as the use cases have it. */
const AT_ONCE = { compute: 4, recount: 1, post: 8, submit: 8 } as const;
type MapStage = keyof typeof AT_ONCE;
const MAP_STAGES = Object.keys(AT_ONCE) as MapStage[];

const LINES = 10_000_000;

/** Ten million lines on default quotas, from the calls that were counted; every line shows its arithmetic. */
export function modelOf(sample: Sample): readonly string[] {
  const partners = (LINES / sample.lines) * sample.partners;
  const children = childrenOf(Math.ceil(partners / PARTNERS_PER_SHARD));
  const say: string[] = [
    `modelled, not measured: ${n(LINES)} lines of ${n(partners)} partners, ${CALL_MS} ms and ${CALL_CPU_MS} ms of CPU a call assumed`,
    `shards: ${n(partners)} / ${PARTNERS_PER_SHARD} = ${n(children.shardCount)}; children a map: ${n(children.shardCount)} / ${children.shardsAChild} = ${n(children.childCount)}, ${CHILDREN_AT_ONCE} at once`,
  ];
  let total = 0;
  for (const stage of MAP_STAGES) {
    const { seconds, lines } = stageTime(stage, sample, partners, children.childCount);
    total += seconds;
    say.push(...lines);
  }
  say.push(`the four maps one after the other: ${n(total)} s = ${(total / 3_600).toFixed(1)} h`);
  const transitions = MAPS * children.childCount * TRANSITIONS_A_CHILD;
  say.push(
    `Step Functions: ${MAPS} maps x ${n(children.childCount)} children x ${TRANSITIONS_A_CHILD} states = ${n(transitions)} transitions, at ${QUOTA.transitionsPerSecond}/s ${s(transitions / QUOTA.transitionsPerSecond)}; ${n(MAPS * children.childCount)} starts at ${QUOTA.startsPerSecond}/s ${s((MAPS * children.childCount) / QUOTA.startsPerSecond)}`,
    `Lambda: ${CHILDREN_AT_ONCE} at once of ${n(QUOTA.lambdaConcurrency)}; of a new account's ${QUOTA.newAccountConcurrency} the others stay with the API; with more, raise shardsAtOnce`,
    `KMS: one Decrypt a payout handed over, ${n(partners)} / ${n(QUOTA.kmsPerSecond)}/s = ${s(partners / QUOTA.kmsPerSecond)} at least, within the submission`,
    `Stripe: ${n(partners)} / ${STRIPE_MAX_PER_SECOND}/s = ${h(partners / STRIPE_MAX_PER_SECOND)}; PayPal: ${n(partners)} / ${PAYPAL_MAX_PER_SECOND}/s = ${h(partners / PAYPAL_MAX_PER_SECOND)}: the rails, not AWS, set the time of a submission`,
  );
  return say;
}

/** The slowest of what bounds a map: its children's time, the table's write units, those of the hottest key. */
function stageTime(
  stage: MapStage,
  sample: Sample,
  partners: number,
  children: number,
): { readonly seconds: number; readonly lines: readonly string[] } {
  const counted = sample.stages.get(stage) as Counted;
  const each = (value: number): number => value / sample.partners;
  const calls = each(counted.calls) + UNCOUNTED[stage];
  const waitMs = (calls * CALL_MS) / AT_ONCE[stage];
  const cpuMs = calls * CALL_CPU_MS;
  const partnerMs = Math.max(waitMs, cpuMs);
  const byTime = (partners * partnerMs) / 1_000 / CHILDREN_AT_ONCE;
  const units = each(counted.writeUnits) * partners;
  const hottest = Math.max(counted.byPeriodUnits, counted.contractUnits, counted.runUnits);
  const byKey = (each(hottest) * partners) / QUOTA.keyUnitsPerSecond;
  const byTable = units / QUOTA.tableUnitsPerSecond;
  const seconds = Math.max(byTime, byTable, byKey);
  const childSeconds = (seconds / children) * Math.min(CHILDREN_AT_ONCE, children);
  const callsOfLambda = Math.ceil(childSeconds / (QUOTA.lambdaSeconds - MARGIN_SECONDS));
  const lines = [
    `${stage}: a partner (${each(counted.calls).toFixed(2)} counted + ${UNCOUNTED[stage]}) calls; max(${calls.toFixed(1)} x ${CALL_MS} / ${AT_ONCE[stage]} at once, ${calls.toFixed(1)} x ${CALL_CPU_MS} CPU) = ${partnerMs.toFixed(1)} ms; x ${n(partners)} / ${CHILDREN_AT_ONCE} = ${s(byTime)}`,
    `  ${each(counted.writeUnits).toFixed(2)} write units a partner: ${n(units)} / ${n(QUOTA.tableUnitsPerSecond)}/s = ${s(byTable)}; hottest key ${each(hottest).toFixed(2)} a partner / ${n(QUOTA.keyUnitsPerSecond)}/s = ${s(byKey)}`,
    `  so ${s(seconds)}; a child takes ${s(childSeconds)}: ${callsOfLambda} call(s) of at most ${QUOTA.lambdaSeconds - MARGIN_SECONDS} s`,
  ];
  return { seconds, lines };
}

/** One partner with everything: what a call gets through, and where its twelve tries end. */
export function giantOf(sample: Sample, factsPerSecond: number): readonly string[] {
  const counted = sample.stages.get('compute') as Counted;
  const unitsALine = counted.writeUnits / sample.lines;
  const writes = QUOTA.keyUnitsPerSecond / unitsALine;
  const seconds = QUOTA.lambdaSeconds - MARGIN_SECONDS;
  const linesAFact = 2;
  const reads = factsPerSecond * linesAFact;
  let reached = 0;
  const tries: string[] = [];
  for (let call = 1; call <= 12 && reached < LINES; call += 1) {
    reached += Math.max(0, seconds - reached / reads) * Math.min(writes, reads);
    tries.push(n(Math.min(reached, LINES)));
  }
  return [
    `one partner: ${unitsALine.toFixed(3)} write units a line on one key: ${n(QUOTA.keyUnitsPerSecond)} / ${unitsALine.toFixed(3)} = ${n(writes)} lines/s written`,
    `  each call of ${seconds} s reads again from the first sale: ${n(factsPerSecond)} sales/s (half of this machine's CPU) x ${linesAFact} lines = ${n(reads)} lines/s, so at most ${n(reads * seconds)} lines whatever the number of calls`,
    `  lines stored after each call: ${tries.join(', ')}`,
  ];
}

const n = (value: number): string => Math.round(value).toLocaleString('en-GB');
const s = (seconds: number): string => `${n(seconds)} s`;
const h = (seconds: number): string => `${(seconds / 3_600).toFixed(1)} h`;
