import type { HeldSalesReader } from '#shared/application/held-sales';
import type { AdjustmentStore } from '#shared/application/payouts/adjustments/adjustment-ports';
import type { PayoutRuns, ProgramStore, StatementReader, StatementSummary } from '#shared/application/payouts/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import type { PartnerSignalsReader } from '#shared/application/referrals/holds/partner-signals';
import { closedAt, isAged, negativeSince } from '#shared/domain/ledger/ageing';
import { flaggedAnomalies, heldAnomalies } from '#shared/domain/run/held-anomalies';
import type { PayoutRun, RunAnomaly } from '#shared/domain/run/payout-run';
import { policyAnomalies } from '#shared/domain/run/policy-anomalies';
import { type AgedBalance, agedAnomalies, controlsAnomalies, pendingAnomalies } from '#shared/domain/run/run-summary';
import { makeTopList, type TopList } from '#shared/domain/run/top-list';
import { nextPeriod, startOfPeriod } from '#shared/domain/time/calendar';
import { compareText, toInstant } from '#shared/domain/time/instant';
import { forEachConcurrently } from '../concurrency.ts';
import { makeNegativeSince } from '../ledger/negative-since.ts';
import { openingBefore } from './run-exclusions.ts';

/** A summary counts this many proposals; who has more looks at the list. */
const MAX_PENDING = 5_000;
const A_PAGE = 200;
/** Debts whose age is looked up: the largest. Each costs one read a month that it lasted. */
const MAX_DEBTS = 2_000;
const LOOK_UPS_AT_ONCE = 16;

/** What belongs before the approvers' eyes beside the sums: sales and proposals that this run leaves out, old debts, and changed limits. */
export type FindWarnings = (program: Program, run: PayoutRun, debts: Debts) => Promise<readonly RunAnomaly[]>;

/** The statements of a run that closed below zero, the largest debts; all are added, those without are left out. */
export type Debts = TopList<StatementSummary>;

export function makeDebts(): Debts {
  const debts = makeTopList<StatementSummary>(MAX_DEBTS, (a, b) => {
    const [left, right] = [closedAt(a), closedAt(b)];
    if (left !== right) return left < right ? -1 : 1;
    return compareText(a.partnerId, b.partnerId) || compareText(a.currency, b.currency);
  });
  return {
    ...debts,
    add: (statement) => {
      if (closedAt(statement) < 0n) debts.add(statement);
    },
  };
}

export function makeFindWarnings(deps: {
  readonly adjustments: Pick<AdjustmentStore, 'list'>;
  readonly runs: Pick<PayoutRuns, 'latestOf'>;
  readonly statements: Pick<StatementReader, 'header'>;
  readonly controls: Pick<ProgramStore, 'controlsChanges' | 'policyChanges'>;
  readonly heldSales: HeldSalesReader;
  readonly partnerSignals: PartnerSignalsReader;
  readonly zone: ProgramReader['zone'];
}): FindWarnings {
  return async (program, run, debts) => [
    ...controlsAnomalies(
      await deps.controls.controlsChanges(run.programId, await openingBefore(deps.runs, program, run)),
      program.currency,
    ),
    ...policyAnomalies(
      await deps.controls.policyChanges(run.programId, await openingBefore(deps.runs, program, run)),
      program.currency,
    ),
    ...heldAnomalies(await deps.heldSales.inPeriod(run.programId, run.period)),
    ...flaggedAnomalies(
      await deps.partnerSignals.list(run.programId),
      program.currency,
      await openingBefore(deps.runs, program, run),
    ),
    ...pendingAnomalies(await pendingThrough(deps, run)),
    ...agedAnomalies(await agedOf(deps, program, run, debts)),
  ];
}

async function pendingThrough(
  deps: { readonly adjustments: Pick<AdjustmentStore, 'list'> },
  { programId, period }: PayoutRun,
): Promise<readonly { readonly currency: string; readonly amountMinor: bigint }[]> {
  const found = [];
  let page: Awaited<ReturnType<AdjustmentStore['list']>> | undefined;
  do {
    const after = page?.items.at(-1);
    page = await deps.adjustments.list(programId, { of: 'pending', throughPeriod: period }, { after, limit: A_PAGE });
    found.push(...page.items);
  } while (page.more && found.length < MAX_PENDING);
  return found;
}

/** Balances that are older than the programme allows at the end of the run's period. */
async function agedOf(
  deps: Parameters<typeof makeFindWarnings>[0],
  program: Program,
  run: PayoutRun,
  debts: Debts,
): Promise<readonly AgedBalance[]> {
  const since = makeNegativeSince(deps);
  const zone = deps.zone(program.timeZone);
  const at = toInstant(startOfPeriod(nextPeriod(run.period), zone));
  const aged: AgedBalance[] = [];
  await forEachConcurrently(debts.items(), LOOK_UPS_AT_ONCE, async (debt) => {
    const { partnerId, currency } = debt;
    const period = await since(run.programId, debt, run.period);
    if (period === undefined || !isAged(period, program.controls.negativeBalanceAgeMonths, at, zone)) return;
    aged.push({ partnerId, currency, amountMinor: closedAt(debt), since: negativeSince(period, zone) });
  });
  return aged;
}
