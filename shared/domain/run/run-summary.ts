import { canonicalJson, type Plain } from '../audit/canonical-json.ts';
import type { Currency } from '../money/money.ts';
import type { StatementAmounts } from '../statement/statement.ts';
import { compareText, type Instant } from '../time/instant.ts';
import type { PayoutRun, RunAnomaly, RunTotal } from './payout-run.ts';
import { makeTopList } from './top-list.ts';

type Stated = StatementAmounts & { readonly partnerId: string; readonly currency: Currency };

type Sums = { -readonly [K in keyof RunTotal]: RunTotal[K] };

const SUMMED = [
  'earnedMinor',
  'clawbackMinor',
  'adjustmentMinor',
  'openingBalanceMinor',
  'payableMinor',
  'closingBalanceMinor',
] as const;

/** Adds statements up by currency, one at a time. */
export function makeRunTally(): {
  readonly add: (statement: Stated) => void;
  /** By currency code; `last` are the totals of the period before. */
  readonly totals: (last: readonly RunTotal[]) => readonly RunTotal[];
} {
  const byCurrency = new Map<Currency, Sums>();
  return {
    add: (statement) => {
      const total = byCurrency.get(statement.currency) ?? zeroTotal(statement.currency);
      byCurrency.set(statement.currency, total);
      total.statements += 1;
      if (isActive(statement)) total.partners += 1;
      for (const name of SUMMED) total[name] += statement[name];
    },
    totals: (last) =>
      [...byCurrency.values()]
        .sort((a, b) => compareText(a.currency, b.currency))
        .map((total) => {
          const before = last.find((other) => other.currency === total.currency);
          return before ? { ...total, earnedChangeMinor: total.earnedMinor - before.earnedMinor } : { ...total };
        }),
  };
}

/** Of a currency without statements. */
export function zeroTotal(currency: Currency): Sums {
  return {
    currency,
    statements: 0,
    partners: 0,
    earnedMinor: 0n,
    clawbackMinor: 0n,
    adjustmentMinor: 0n,
    openingBalanceMinor: 0n,
    payableMinor: 0n,
    closingBalanceMinor: 0n,
  };
}

function isActive(statement: StatementAmounts): boolean {
  return statement.earnedMinor !== 0n || statement.clawbackMinor !== 0n || statement.adjustmentMinor !== 0n;
}

/** A review shows the worst first and no more than a person reads. */
const MAX_NEGATIVE_BALANCES = 50;
/** Earned against the last period: above half more or half less, somebody should know why. */
const JUMP_PERCENT = 50n;
/** One partner with more than this part of what is paid. */
const LARGE_SHARE_PERCENT = 50n;

/** A balance that has been negative for longer than the programme allows. */
export type AgedBalance = {
  readonly partnerId: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly since: Instant;
};

/** The oldest debts, of those the largest; no more than a person reads. */
export function agedAnomalies(aged: readonly AgedBalance[]): readonly RunAnomaly[] {
  return [...aged]
    .sort(
      (a, b) =>
        compareText(a.since, b.since) ||
        compareAmounts(a.amountMinor, b.amountMinor) ||
        compareText(a.partnerId, b.partnerId),
    )
    .slice(0, MAX_NEGATIVE_BALANCES)
    .map((balance) => ({ kind: 'aged_negative_balance' as const, ...balance }));
}

/** By currency, what waits for a second person and so is not in this run: how many, and their sum. */
export function pendingAnomalies(
  pending: readonly { readonly currency: Currency; readonly amountMinor: bigint }[],
): readonly RunAnomaly[] {
  const sums = new Map<Currency, { count: number; amountMinor: bigint }>();
  for (const { currency, amountMinor } of pending) {
    const { count, amountMinor: before } = sums.get(currency) ?? { count: 0, amountMinor: 0n };
    sums.set(currency, { count: count + 1, amountMinor: before + amountMinor });
  }
  return [...sums.entries()]
    .sort(([a], [b]) => compareText(a, b))
    .map(([currency, sum]) => ({ kind: 'adjustments_pending' as const, currency, ...sum }));
}

/** By person, what was changed of a programme's controls: names alone, the changes themselves are kept. */
export function controlsAnomalies(
  changes: readonly {
    readonly by: string;
    readonly onBehalfOf?: string | undefined;
    readonly before: object;
    readonly after: object;
  }[],
  currency: Currency,
): readonly RunAnomaly[] {
  const people = new Map<string, { by: string; onBehalfOf?: string; names: Set<string> }>();
  for (const { by, onBehalfOf, before, after } of changes) {
    const key = JSON.stringify([by, onBehalfOf]);
    const person = people.get(key) ?? { by, ...(onBehalfOf === undefined ? {} : { onBehalfOf }), names: new Set() };
    people.set(key, person);
    for (const name of changedNames(before, after)) person.names.add(name);
  }
  return [...people.values()]
    .sort((a, b) => compareText(a.by, b.by))
    .map(({ names, ...actor }) => ({
      kind: 'controls_changed' as const,
      currency,
      ...actor,
      controls: [...names].sort(compareText),
    }));
}

function changedNames(before: object, after: object): readonly string[] {
  const [was, is] = [before, after].map((controls) => new Map<string, unknown>(Object.entries(controls)));
  return [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].filter(
    (name) => was?.get(name) !== is?.get(name),
  );
}

function compareAmounts(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** What stands out among a run's statements, one at a time. */
export type Outliers = {
  readonly add: (statement: Stated) => void;
  /** The lowest balances below zero. */
  readonly negative: () => readonly Stated[];
  /** The statement that pays most; of equal ones the first. */
  readonly largestIn: (currency: Currency) => Stated | undefined;
};

export function makeOutliers(): Outliers {
  const negative = makeTopList<Stated>(
    MAX_NEGATIVE_BALANCES,
    (a, b) => compareAmounts(a.closingBalanceMinor, b.closingBalanceMinor) || compareText(a.partnerId, b.partnerId),
  );
  const largest = new Map<Currency, Stated>();
  return {
    add: (statement) => {
      const { currency, payableMinor, closingBalanceMinor } = statement;
      if (closingBalanceMinor < 0n) negative.add(statement);
      if (payableMinor > (largest.get(currency)?.payableMinor ?? 0n)) largest.set(currency, statement);
    },
    negative: negative.items,
    largestIn: (currency) => largest.get(currency),
  };
}

/** What the approvers of a run should look at first. `sales` are its conversions by currency, also those that earn nothing. */
export function findAnomalies(
  outliers: Outliers,
  totals: readonly RunTotal[],
  sales: ReadonlyMap<Currency, number> = new Map(),
): readonly RunAnomaly[] {
  const negative = outliers.negative().map(({ partnerId, currency, closingBalanceMinor }) => ({
    kind: 'negative_balance' as const,
    currency,
    partnerId,
    amountMinor: closingBalanceMinor,
  }));
  return [
    ...totals.flatMap((total) =>
      anomaliesOf(total, outliers.largestIn(total.currency), sales.get(total.currency) ?? 0),
    ),
    ...negative,
  ];
}

function anomaliesOf(total: RunTotal, largest: Stated | undefined, sales: number): readonly RunAnomaly[] {
  const { currency, earnedMinor, earnedChangeMinor = 0n } = total;
  const found: RunAnomaly[] = [];
  const before = earnedMinor - earnedChangeMinor;
  if (earnedMinor === 0n && (before > 0n || sales > 0)) found.push({ kind: 'nothing_earned', currency });
  const change = earnedChangeMinor < 0n ? -earnedChangeMinor : earnedChangeMinor;
  if (before > 0n && change * 100n > before * JUMP_PERCENT) {
    found.push({ kind: 'earned_jump', currency, amountMinor: earnedChangeMinor });
  }
  if (largest && total.statements > 1 && largest.payableMinor * 100n > total.payableMinor * LARGE_SHARE_PERCENT) {
    found.push({ kind: 'largest_share', currency, partnerId: largest.partnerId, amountMinor: largest.payableMinor });
  }
  return found;
}

/** The root of a run's review, and what stands on the screen beside it. */
export type Reviewed = {
  readonly root: string;
  readonly anomalies: readonly RunAnomaly[];
  readonly approvalsRequired: number;
};

function shownOf({ anomalies, approvalsRequired }: Reviewed): Plain {
  return { anomalies: anomalies.map((anomaly) => ({ ...anomaly })), approvalsRequired };
}

/**
 * The text whose hash a decision approves: run, totals, the root of its statements' digests, only when payouts of earlier
 * runs are paid too (`digestToApprove`) the digest of their list, and the root of its review with what its approvers were shown
 * beside it. A run that was summarised before there were reviews has the first version of the text.
 */
export function runContent(
  run: Pick<PayoutRun, 'programId' | 'runId' | 'period'>,
  totals: readonly RunTotal[],
  statementsRoot: string,
  waitingDigest?: string | undefined,
  reviewed?: Reviewed | undefined,
): string {
  const rows = totals.map((total) => [
    total.currency,
    total.statements,
    total.partners,
    ...SUMMED.map((name) => total[name].toString()),
  ]);
  const version = reviewed === undefined ? 'tallystick/run/v1' : 'tallystick/run/v2';
  return JSON.stringify([
    ...[version, run.programId, run.runId, run.period, statementsRoot, rows],
    ...(waitingDigest === undefined ? [] : [['waiting', waitingDigest]]),
    ...(reviewed === undefined ? [] : [['review', reviewed.root, canonicalJson(shownOf(reviewed))]]),
  ]);
}
