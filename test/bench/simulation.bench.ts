import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { conversionItem } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import type { ConversionRecord } from '#shared/application/referrals/ports';
import { toInstant } from '#shared/domain/time/instant';
import { aReferralsTable } from '#test/support/referrals-table';
import type { Figure } from './run.ts';
import { MONTHS, salesOf } from './simulation-facts.ts';

/** 240 partners, twelve months, 350 sales each: 1,008,000 facts, far above what one answer waits for. */
const PARTNERS = 240;
const SALES_A_MONTH = 350;
const FACTS = PARTNERS * MONTHS.length * SALES_A_MONTH;
const SECONDS_BUDGET = 60;
const MEMORY_BUDGET_MB = 512;
/** The rest of the memory is the runtime's own. */
const HEAP_LIMIT_MB = 320;

const STORED_FACTS = 5_000;
const BATCH = 25;
const READS = 3;

type Side = { readonly seconds: number; readonly cpuSeconds: number; readonly facts: number; readonly shards: number };
type Load = { baselineCpuSeconds: number; graduated: Side; volume: Side; peakMb: number };

/**
 * A simulation of a million generated facts through the real use cases, from the request to the result, in a process of its
 * own; beside it the pure engine that closes the same months once, in the same process; and how fast the embedded engine
 * delivers stored facts, which is what bounds a simulation on one machine. The budget is held against CPU time, because a
 * busy machine's clock says what else it did; the clock is shown beside it.
 */
export async function run(): Promise<Figure[]> {
  const load = await simulateInOwnProcess();
  const perSecond = await factsDeliveredPerSecond();
  const name = `simulation of ${FACTS} generated facts`;
  return [
    figure(`${name}, ${load.graduated.shards} shards one by one`, load.graduated.cpuSeconds, 'CPU s', SECONDS_BUDGET),
    figure(`${name}, volume brackets: each read twice`, load.volume.cpuSeconds, 'CPU s', SECONDS_BUDGET),
    figure('peak resident memory of that process', load.peakMb, 'MB', MEMORY_BUDGET_MB),
    shown('the same by the clock, on this machine now', load.graduated.seconds, 's'),
    shown('the same with volume brackets', load.volume.seconds, 's'),
    shown(
      'CPU of both plans and the comparison, against closing the months once by the pure engine',
      load.graduated.cpuSeconds / load.baselineCpuSeconds,
      'times',
    ),
    shown(`stored facts that the embedded engine delivers (${STORED_FACTS} of one month)`, perSecond, 'facts/s'),
  ];
}

function shown(name: string, value: number, unit: string): Figure {
  return { name, value, unit, ok: true };
}

function figure(name: string, value: number, unit: string, budget: number): Figure {
  return { name, value, unit, budget: `at most ${budget} ${unit}`, ok: value <= budget };
}

async function simulateInOwnProcess(): Promise<Load> {
  const script = join(import.meta.dirname, 'simulation-load.ts');
  const args = [`--max-old-space-size=${HEAP_LIMIT_MB}`, script, String(PARTNERS), String(SALES_A_MONTH)];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, MALLOC_ARENA_MAX: '2' },
  });
  const load = JSON.parse(stdout) as Load;
  for (const side of [load.graduated, load.volume]) {
    if (side.facts !== FACTS) throw new Error(`${side.facts} facts were simulated, not ${FACTS}`);
  }
  return load;
}

/** The embedded engine through the same reader that a simulation uses, the best of a few readings. */
async function factsDeliveredPerSecond(): Promise<number> {
  const table = await aReferralsTable();
  const period = MONTHS[0]!;
  const partnerId = 'partner-000000';
  try {
    const items = [...salesOf(partnerId, period, STORED_FACTS)].map((fact) => {
      const { occurredAt } = fact;
      const record = {
        ...fact,
        programId: 'acme',
        contentHash: 'x'.repeat(64),
        recordedAt: toInstant(Date.parse(occurredAt)),
      };
      return conversionItem({
        ...record,
        attribution: { touches: [], why: 'named_by_merchant' },
      } as unknown as ConversionRecord);
    });
    for (let start = 0; start < items.length; start += BATCH) {
      const puts = items.slice(start, start + BATCH).map((Item) => ({ PutRequest: { Item } }));
      await table.documents.send(new BatchWriteCommand({ RequestItems: { [table.tableName]: puts } }));
    }
    const facts = makeReferralFacts(table);
    let best = 0;
    for (let reading = 0; reading < READS; reading += 1) {
      const begun = performance.now();
      let count = 0;
      for await (const _fact of facts.conversions('acme', partnerId, period)) count += 1;
      if (count !== STORED_FACTS) throw new Error(`${count} of ${STORED_FACTS} facts were delivered`);
      best = Math.max(best, count / ((performance.now() - begun) / 1_000));
    }
    return Math.round(best);
  } finally {
    await table.stop();
  }
}
