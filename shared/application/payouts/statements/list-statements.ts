import { Failure } from '#shared/application/failure';
import type { PayoutRuns, ProgramStore, StatementHeader, StatementReader } from '#shared/application/payouts/ports';
import type { Page } from '#shared/application/ports';
import { parseStatementId } from '#shared/domain/ledger/money-ids';
import { type PayoutRun, statementState } from '#shared/domain/run/payout-run';
import type { Period } from '#shared/domain/time/instant';
import { makeGetProgram } from '../programs/get-program.ts';

/** Runs looked through for one page: a programme closes twelve a year. */
const MAX_RUNS = 200;

export type ListedStatement = StatementHeader & {
  readonly state: 'draft' | 'final' | 'void';
  /** The approvers kept the payout back: the payable amount stays owed and opens the next statement. */
  readonly held: boolean;
};

export type ListStatements = (input: {
  readonly programId: string;
  readonly period?: Period | undefined;
  readonly partnerId?: string | undefined;
  /** Partners whose final statements alone the caller may see; `undefined` for staff. */
  readonly onlyPartners?: readonly string[] | undefined;
  /** Id of the last statement of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}) => Promise<Page<ListedStatement> & { readonly after?: string | undefined }>;

/**
 * Lists statements, newest month first: of each month the newest attempt, with the state that follows from its run.
 * @throws Failure unknown_program, invalid_request (cursor)
 */
export function makeListStatements(deps: {
  programs: Pick<ProgramStore, 'get'>;
  runs: Pick<PayoutRuns, 'list' | 'latestOf'>;
  statements: Pick<StatementReader, 'list'>;
}): ListStatements {
  const getProgram = makeGetProgram(deps);
  return async (input) => {
    await getProgram(input.programId);
    const scopes = scopesOf(input, await runsToList(deps.runs, input));
    const start = positionOf(input.after, scopes);
    const items: ListedStatement[] = [];
    for (let index = start.index; index < scopes.length; index += 1) {
      const { run, partnerId } = scopes[index] as Scope;
      const limit = input.limit - items.length;
      if (limit <= 0) return { items, after: items.at(-1)?.statementId };
      const after = index === start.index ? start.after : undefined;
      const page = await deps.statements.list(input.programId, run, { partnerId, after, limit });
      const state = statementState(run);
      items.push(...page.items.map((header) => ({ ...header, state, held: run.holds.includes(header.partnerId) })));
      if (page.after !== undefined) return { items, after: page.after };
    }
    return { items };
  };
}

type Scope = { readonly run: PayoutRun; readonly partnerId: string | undefined };

async function runsToList(
  runs: Pick<PayoutRuns, 'list' | 'latestOf'>,
  { programId, period, onlyPartners }: Parameters<ListStatements>[0],
): Promise<readonly PayoutRun[]> {
  const found = period
    ? [await runs.latestOf(programId, period)]
    : (await runs.list(programId, { limit: MAX_RUNS })).items;
  const newest = new Map<Period, PayoutRun>();
  for (const run of found) if (run && !newest.has(run.period)) newest.set(run.period, run);
  return [...newest.values()].filter((run) => !onlyPartners || statementState(run) === 'final');
}

/** A list goes through one scope after the other: a run, of all partners or of one. */
function scopesOf({ partnerId, onlyPartners }: Parameters<ListStatements>[0], runs: readonly PayoutRun[]): Scope[] {
  if (!onlyPartners) return runs.map((run) => ({ run, partnerId }));
  const visible = onlyPartners.filter((id) => partnerId === undefined || id === partnerId).toSorted();
  return runs.flatMap((run) => visible.map((id) => ({ run, partnerId: id })));
}

function positionOf(
  after: string | undefined,
  scopes: readonly Scope[],
): { readonly index: number; readonly after?: string | undefined } {
  if (after === undefined) return { index: 0 };
  const parts = parseStatementId(after);
  const index = scopes.findIndex(
    (scope) =>
      scope.run.runId === parts?.runId && (scope.partnerId === undefined || scope.partnerId === parts?.partnerId),
  );
  if (index >= 0) return { index, after };
  throw new Failure('invalid_request', 'Start the list again without a cursor: it has changed since.', {
    errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned' }],
  });
}
