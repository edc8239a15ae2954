import { Failure } from '#shared/application/failure';
import type { PayoutRuns, StatementHeader, StatementReader } from '#shared/application/payouts/ports';
import { type PayoutRun, statementState } from '#shared/domain/run/payout-run';

export type StatementAsked = {
  readonly programId: string;
  readonly statementId: string;
  /** Partners whose final statements alone the caller may see; `undefined` for staff. */
  readonly onlyPartners?: readonly string[] | undefined;
};

export type StatementAccessDeps = {
  readonly runs: Pick<PayoutRuns, 'get'>;
  readonly statements: Pick<StatementReader, 'header'>;
};

export type VisibleStatement = {
  readonly header: StatementHeader;
  readonly run: PayoutRun;
  readonly state: ReturnType<typeof statementState>;
};

/** A statement that the caller may see. @throws Failure not_found, also for another partner's and for a partner's own draft */
export async function visibleStatement(
  deps: StatementAccessDeps,
  { programId, statementId, onlyPartners }: StatementAsked,
): Promise<VisibleStatement> {
  const header = await deps.statements.header(programId, statementId);
  const run = header && (await deps.runs.get(programId, header.runId));
  const state = run && statementState(run);
  const isHidden = onlyPartners && !(header && onlyPartners.includes(header.partnerId) && state === 'final');
  if (header && run && state && !isHidden) return { header, run, state };
  throw new Failure('not_found', 'Check the statement id; the list of statements names those you may see.', {
    errors: [{ pointer: 'path:statementId', rule: 'must be the id of a statement' }],
  });
}
