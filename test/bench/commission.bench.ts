import { timeZoneOf } from '#shared/adapters/time-zones';
import type { Plan } from '#shared/domain/plan/plan';
import { type OpenStatement, openStatement } from '#shared/domain/statement/open-statement';
import type { MaturedConversion } from '#shared/domain/statement/statement';
import type { StatementContext } from '#shared/domain/statement/statement-context';
import { type Instant, type Period, toInstant } from '#shared/domain/time/instant';
import type { Figure } from './run.ts';

/** design.md, Budgets: lines computed a second on one core, pure; memory flat in the number of lines. */
const LINES_PER_SECOND = 500_000;

/** Ten times the lines may not keep more than this, which is noise of the collector: a line kept would be 100 bytes. */
const HEAP_GROWTH_BUDGET_MB = 8;

const FEW = 100_000;
const MANY = 1_000_000;
const ROUNDS = 12;
const CUSTOMERS = 20_000;

const plan: Plan = {
  version: 1,
  components: [
    { kind: 'revenue_share', id: 'base', ratesByTier: { certified: 1250 }, windowMonths: 12 },
    {
      kind: 'revenue_share',
      id: 'growth',
      mode: 'graduated',
      metric: 'revenue',
      brackets: [
        { upTo: 1_000_000n, rateBps: 100 },
        { upTo: 100_000_000n, rateBps: 250 },
        { upTo: 2_000_000_000n, rateBps: 325 },
        { upTo: null, rateBps: 475 },
      ],
      windowMonths: 12,
    },
    { kind: 'referral_fee', id: 'welcome', amountMinor: 500n },
  ],
};

const context: StatementContext = {
  partnerId: 'bench',
  period: '2026-03' as Period,
  currency: 'EUR',
  programCurrency: 'EUR',
  zone: timeZoneOf('Europe/Berlin'),
  minimumPayoutMinor: 50_00n,
  terms: {
    partnerId: 'bench',
    agreements: [{ from: '2025-01-01T00:00:00.000Z' as Instant, planVersion: 1, sequence: 0 }],
    tiers: [
      { from: '2025-01-01T00:00:00.000Z' as Instant, tier: 'referral', sequence: 0 },
      { from: '2025-06-01T00:00:00.000Z' as Instant, tier: 'certified', sequence: 1 },
    ],
  },
  plans: new Map([[1, plan]]),
  openingBalanceMinor: 0n,
};

/** First purchases spread over two years, so that windows end before, in and after the month. */
const firstPurchases: readonly Instant[] = Array.from({ length: CUSTOMERS }, (_, customer) =>
  toInstant(Date.UTC(2024, 3, 1) + ((customer * 7_919) % CUSTOMERS) * 3_153_600),
);

function conversionAt(index: number): MaturedConversion {
  const customer = (index * 31) % CUSTOMERS;
  const at = firstPurchases[customer];
  return {
    conversionId: `c${index}`,
    customerId: `u${customer}`,
    occurredAt: toInstant(Date.UTC(2026, 2, 1) + index * 2_000),
    amountMinor: BigInt(1_000 + ((index * 7_907) % 90_000)),
    nettedMinor: 0n,
    firstPurchase: at === undefined ? undefined : { at, conversionId: `first-of-u${customer}` },
  };
}

/** Pushes conversions until `lines` lines came out; nothing is kept. Seconds are those inside the engine only. */
function pushLines(lines: number, open: OpenStatement): { readonly lines: number; readonly seconds: number } {
  const batch = 10_000;
  let written = 0;
  let spentMs = 0;
  for (let start = 0; written < lines; start += batch) {
    const facts = Array.from({ length: batch }, (_, offset) => conversionAt(start + offset));
    const begun = performance.now();
    for (const fact of facts) written += open.conversion(fact).lines.length;
    spentMs += performance.now() - begun;
  }
  return { lines: written, seconds: spentMs / 1_000 };
}

function linesPerSecond(): number {
  const rates = Array.from({ length: ROUNDS }, () => {
    const { lines, seconds } = pushLines(FEW, openStatement(context));
    return lines / seconds;
  });
  // The best round says what the code can do; the others say what else the machine was doing.
  return Math.max(...rates);
}

/** What a streamed statement still holds at its end, after a collection. */
function heapKeptMb(lines: number): number {
  const collect = (globalThis as { gc?: () => void }).gc;
  collect?.();
  const before = process.memoryUsage().heapUsed;
  const open = openStatement(context);
  pushLines(lines, open);
  collect?.();
  const kept = process.memoryUsage().heapUsed - before;
  // Closed only now, so that the statement is alive, with all that it keeps, while it is measured.
  open.endConversions();
  open.close();
  return kept / 1_048_576;
}

/** Gives this process a collector to call, so that the heap can be read without its litter. */
async function exposeCollector(): Promise<void> {
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  (globalThis as { gc?: () => void }).gc = runInNewContext('gc') as () => void;
}

export async function run(): Promise<Figure[]> {
  await exposeCollector();
  const rate = Math.round(linesPerSecond());
  const growthMb = heapKeptMb(MANY) - heapKeptMb(FEW);
  return [
    {
      name: 'statement lines computed a second, windows and graduated brackets',
      value: rate,
      unit: 'lines/s',
      budget: `at least ${LINES_PER_SECOND}`,
      ok: rate >= LINES_PER_SECOND,
    },
    {
      name: `heap kept by ${MANY} lines above that of ${FEW}`,
      value: growthMb,
      unit: 'MB',
      budget: `at most ${HEAP_GROWTH_BUDGET_MB}`,
      ok: growthMb <= HEAP_GROWTH_BUDGET_MB,
    },
  ];
}
