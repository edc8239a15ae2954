import type { PayoutRuns, StatementReader, StatementSummary } from '#shared/application/payouts/ports';
import { becameNegativeIn, mayBeOlder, type StatedBalance } from '#shared/domain/ledger/ageing';
import { statementIdOf } from '#shared/domain/ledger/money-ids';
import { type PayoutRun, statementState } from '#shared/domain/run/payout-run';
import { previousPeriod } from '#shared/domain/time/calendar';
import type { Period } from '#shared/domain/time/instant';

/** Statements looked back through for one debt: older ones count as this old. */
const MAX_MONTHS_BACK = 120;

export type NegativeSince = (
  programId: string,
  statement: Omit<StatedBalance, 'period'> & Pick<StatementSummary, 'partnerId' | 'currency'>,
  period: Period,
) => Promise<Period | undefined>;

/**
 * Finds the period in which a statement's balance last became negative, by the final statements before it: one read a month
 * that the debt lasted. `undefined` when the statement closed at zero or above.
 */
export function makeNegativeSince(deps: {
  readonly runs: Pick<PayoutRuns, 'latestOf'>;
  readonly statements: Pick<StatementReader, 'header'>;
}): NegativeSince {
  const known = new Map<string, Promise<PayoutRun | undefined>>();
  const finalRun = (programId: string, period: Period): Promise<PayoutRun | undefined> => {
    const key = `${programId}#${period}`;
    const asked =
      known.get(key) ??
      deps.runs.latestOf(programId, period).then((run) => (run && statementState(run) === 'final' ? run : undefined));
    known.set(key, asked);
    return asked;
  };
  return async (programId, statement, period) => {
    const history: StatedBalance[] = [{ ...statement, period }];
    let last: StatedBalance = { ...statement, period };
    while (mayBeOlder(last) && history.length < MAX_MONTHS_BACK) {
      const before = previousPeriod(last.period);
      const run = await finalRun(programId, before);
      const id = run && statementIdOf(run.runId, statement.partnerId, statement.currency);
      const header = id && (await deps.statements.header(programId, id));
      if (!header) break;
      last = header;
      history.push(last);
    }
    return becameNegativeIn(history);
  };
}
