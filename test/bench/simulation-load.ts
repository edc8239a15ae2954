import { makeGetSimulation } from '#shared/application/payouts/simulations/get-simulation';
import {
  makeFinishSimulation,
  makePlanSimulation,
  makeSimulateShard,
} from '#shared/application/payouts/simulations/run-simulation';
import { makeSimulatePlan, type SimulatePlanDeps } from '#shared/application/payouts/simulations/simulate-plan';
import type { Component } from '#shared/domain/plan/plan';
import { openStatement } from '#shared/domain/statement/open-statement';
import { sha256 } from '#test/support/builders/payouts';
import { aProgramme } from '#test/support/builders/runs';
import { makeFakeSimulations } from '#test/support/fakes/simulations';
import {
  firstPurchaseAt,
  GRADUATED,
  generatedFacts,
  MONTHS,
  partnerIds,
  salesOf,
  termsOf,
  USED,
  VOLUME,
  ZONE,
} from './simulation-facts.ts';

/**
 * Simulates in a process of its own, so that its memory is its own: `node simulation-load.ts PARTNERS SALES`. Prints one line
 * of JSON. Stores are in memory; use cases, engine and the text of the files are those of the installation.
 */
const [partnerCount, salesAMonth] = process.argv.slice(2).map(Number) as [number, number];
const ids = partnerIds(partnerCount);
const program = aProgramme({ currency: 'EUR', timeZone: ZONE.id });
const { programId } = program;

const MS_PER_SECOND = 1_000;
const MICROSECONDS_PER_SECOND = 1_000_000;

/** What the process worked, whoever else was on the machine. */
function cpuSecondsSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / MICROSECONDS_PER_SECOND;
}

/** What closing the months by the plan in force earns, by the engine alone: what was paid, and the time to compare with. */
function closeMonths(): { readonly paid: ReadonlyMap<string, bigint>; readonly cpuSeconds: number } {
  const paid = new Map<string, bigint>();
  const begun = process.cpuUsage();
  for (const partnerId of ids) {
    const terms = termsOf(partnerId);
    for (const period of MONTHS) {
      const open = openStatement({
        partnerId,
        period,
        currency: program.currency,
        programCurrency: program.currency,
        zone: ZONE,
        minimumPayoutMinor: 0n,
        openingBalanceMinor: 0n,
        terms,
        plans: new Map([[USED.version, USED]]),
      });
      for (const fact of salesOf(partnerId, period, salesAMonth)) {
        open.conversion({
          ...fact,
          conversionId: fact.orderId,
          firstPurchase: { at: firstPurchaseAt(fact.customerId) },
        });
      }
      open.endConversions();
      paid.set(`${partnerId} ${period}`, open.close().earnedMinor);
    }
  }
  return { paid, cpuSeconds: cpuSecondsSince(begun) };
}

async function simulate(
  name: string,
  components: readonly Component[],
  paid: ReadonlyMap<string, bigint>,
): Promise<Record<string, unknown>> {
  const fake = makeFakeSimulations();
  const deps: SimulatePlanDeps = {
    programs: { get: async () => program, zone: () => ZONE },
    runs: { latestOf: async (_programId, period) => ({ period, runId: `${period}.1`, decision: 'approve' }) as never },
    shards: {
      async *results(_programId, runId) {
        const period = runId.slice(0, 7);
        const statements = ids.map((partnerId) => {
          const earnedMinor = paid.get(`${partnerId} ${period}`) ?? 0n;
          return { partnerId, currency: program.currency, earnedMinor };
        });
        yield { shard: '0', factCount: ids.length * salesAMonth, factsDigest: '', statements: statements as never };
      },
    },
    partners: { terms: async (_programId, partnerId) => termsOf(partnerId), listIds: async () => ids },
    plans: { get: async (_programId, version) => (version === USED.version ? USED : { version, components }) },
    drafts: { get: async () => undefined },
    read: () => ({ readable: [], broken: [] }),
    facts: generatedFacts(salesAMonth),
    ...fake,
    digest: sha256,
    clock: Date.now,
  };
  const begun = performance.now();
  const begunCpu = process.cpuUsage();
  const [from, to] = [MONTHS[0]!, MONTHS.at(-1)!];
  const id = { programId, simulationId: name };
  await makeSimulatePlan(deps)({ ...id, by: 'bench', asked: { planVersion: 2, from, to } });
  const steps = { ...deps, ...fake };
  const { shards } = await makePlanSimulation(steps)(id);
  for (const shard of shards) await makeSimulateShard(steps)({ ...id, shard });
  await makeFinishSimulation(steps)(id);
  const { simulation, progress, result } = await makeGetSimulation(fake)(id);
  const seconds = (performance.now() - begun) / MS_PER_SECOND;
  const cpuSeconds = cpuSecondsSince(begunCpu);
  if (simulation.status !== 'done' || !result) throw new Error(`${name} is ${simulation.status}`);
  if (result.mismatches.length > 0) throw new Error(`${name}: the plan that was used is not what was paid`);
  return {
    seconds,
    cpuSeconds,
    facts: progress.conversionsDone,
    shards: shards.length,
    bracketChanges: result.bracketChangeCount,
  };
}

const baseline = closeMonths();
const graduated = await simulate('graduated', GRADUATED, baseline.paid);
const volume = await simulate('volume', VOLUME, baseline.paid);
const KB_PER_MB = 1_024;
const peakMb = process.resourceUsage().maxRSS / KB_PER_MB;
console.log(JSON.stringify({ baselineCpuSeconds: baseline.cpuSeconds, graduated, volume, peakMb }));
