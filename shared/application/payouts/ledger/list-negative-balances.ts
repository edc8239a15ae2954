import { Failure } from '#shared/application/failure';
import type { Balances } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns, RunShards, StatementReader, StatementSummary } from '#shared/application/payouts/ports';
import type { Clock, Page } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { ageInMonths, isAged, negativeSince } from '#shared/domain/ledger/ageing';
import type { Currency } from '#shared/domain/money/money';
import { type PayoutRun, statementState } from '#shared/domain/run/payout-run';
import { previousPeriod } from '#shared/domain/time/calendar';
import { type Instant, type Period, toInstant } from '#shared/domain/time/instant';
import { makeNegativeSince } from './negative-since.ts';

export type NegativeBalance = {
  readonly partnerId: string;
  readonly currency: Currency;
  readonly balanceMinor: bigint;
  readonly sincePeriod: Period;
  readonly since: Instant;
  readonly ageMonths: number;
  readonly aged: boolean;
};

export type ListNegativeBalances = (input: {
  readonly programId: string;
  /** Only those older than the programme allows, or only the others. */
  readonly aged?: boolean | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<NegativeBalance>>;

/**
 * What partners owe now, and since when. Only a statement makes a balance negative, so that the statements of the newest run
 * that was posted name them all; the balance itself is read as it is, and one that a returned payout has lifted is left out.
 * What waits in payouts that were not sent is no debt: nobody was paid it.
 * @throws Failure unknown_program; invalid_request for a cursor that this list did not give
 */
export function makeListNegativeBalances(deps: {
  programs: ProgramReader;
  runs: Pick<PayoutRuns, 'latestOf'>;
  shards: Pick<RunShards, 'results'>;
  statements: Pick<StatementReader, 'header'>;
  balances: Balances;
  clock: Clock;
}): ListNegativeBalances {
  return async ({ programId, aged, cursor, limit }) => {
    const program = await deps.programs.get(programId);
    const run = await postedRun(deps, program);
    const debts = run ? await debtsOf(deps, run) : [];
    const from = cursor === undefined ? 0 : positionOf(debts, cursor);
    const page = debts.slice(from, from + limit);
    const since = makeNegativeSince(deps);
    const found = await Promise.all(
      page.map((debt) => (run ? look(deps, program, run, debt, since) : Promise.resolve(undefined))),
    );
    const items = found.filter((one) => one !== undefined).filter((one) => (aged ?? one.aged) === one.aged);
    const last = page.at(-1);
    return from + limit < debts.length && last ? { items, nextCursor: encode(last) } : { items };
  };
}

const POSTED: ReadonlySet<PayoutRun['status']> = new Set(['submitting', 'completed', 'completed_with_failures']);

/** A run that is still being posted has moved some balances and others not: the one before names the debts then. */
async function postedRun(
  deps: { readonly runs: Pick<PayoutRuns, 'latestOf'> },
  { programId, closedThrough }: Program,
): Promise<PayoutRun | undefined> {
  const isPosted = (run: PayoutRun | undefined): boolean =>
    run !== undefined && statementState(run) === 'final' && POSTED.has(run.status);
  const last = await deps.runs.latestOf(programId, closedThrough);
  return isPosted(last) ? last : deps.runs.latestOf(programId, previousPeriod(closedThrough));
}

/** By partner, then currency. */
async function debtsOf(
  deps: { readonly shards: Pick<RunShards, 'results'> },
  run: PayoutRun,
): Promise<readonly StatementSummary[]> {
  const debts: StatementSummary[] = [];
  for await (const { statements } of deps.shards.results(run.programId, run.runId)) {
    debts.push(...statements.filter(({ closingBalanceMinor }) => closingBalanceMinor < 0n));
  }
  return debts;
}

async function look(
  deps: { readonly programs: ProgramReader; readonly balances: Balances; readonly clock: Clock },
  program: Program,
  run: PayoutRun,
  debt: StatementSummary,
  since: ReturnType<typeof makeNegativeSince>,
): Promise<NegativeBalance | undefined> {
  const { partnerId, currency } = debt;
  const [balances, sincePeriod] = await Promise.all([
    deps.balances.of(program.programId, partnerId),
    since(program.programId, debt, run.period),
  ]);
  const balance = balances.find((one) => one.currency === currency);
  const balanceMinor = balance?.payableMinor ?? 0n;
  if (balanceMinor >= 0n || sincePeriod === undefined) return undefined;
  const zone = deps.programs.zone(program.timeZone);
  const now = toInstant(deps.clock());
  return {
    partnerId,
    currency,
    balanceMinor,
    sincePeriod,
    since: negativeSince(sincePeriod, zone),
    ageMonths: ageInMonths(sincePeriod, now, zone),
    aged: isAged(sincePeriod, program.controls.negativeBalanceAgeMonths, now, zone),
  };
}

function encode({ partnerId, currency }: StatementSummary): string {
  return Buffer.from(`${partnerId}~${currency}`).toString('base64url');
}

function positionOf(debts: readonly StatementSummary[], cursor: string): number {
  const index = debts.findIndex((debt) => encode(debt) === cursor);
  if (index >= 0) return index + 1;
  throw new Failure('invalid_request', 'Start the list again without a cursor: it has changed since.', {
    errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned' }],
  });
}
