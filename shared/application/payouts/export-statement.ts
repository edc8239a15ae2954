import { Failure } from '#shared/application/failure';
import type { PayoutRuns, StatementReader } from '#shared/application/payouts/ports';
import type { ProgramReader } from '#shared/application/programs';
import { statementState } from '#shared/domain/payout-run';
import type { StatementLine } from '#shared/domain/statement';
import { statementCsv } from './statement-csv.ts';

/** At some 250 bytes a line about 4 MB: a Lambda answer holds 6 MB. */
const MAX_LINES = 15_000;
/** A page has at most 60 kB: as many as one query answers. */
const PAGES_AT_ONCE = 16;

export type ExportStatement = (input: {
  readonly programId: string;
  readonly statementId: string;
  /** Partners whose final statements alone the caller may see; `undefined` for staff. */
  readonly onlyPartners?: readonly string[] | undefined;
}) => Promise<string>;

/**
 * A statement as CSV, with programme, partner, period, its lines, totals and both balances.
 * @throws Failure not_found, also for another partner's; invalid_request when it has more lines than one answer holds
 */
export function makeExportStatement(deps: {
  programs: Pick<ProgramReader, 'get'>;
  runs: Pick<PayoutRuns, 'get'>;
  statements: Pick<StatementReader, 'header' | 'pages'>;
}): ExportStatement {
  return async ({ programId, statementId, onlyPartners }) => {
    const header = await deps.statements.header(programId, statementId);
    const run = header && (await deps.runs.get(programId, header.runId));
    const state = run && statementState(run);
    if (!header || !state || (onlyPartners && !(onlyPartners.includes(header.partnerId) && state === 'final'))) {
      throw new Failure('not_found', 'Check the statement id; the list of statements names those you may see.', {
        errors: [{ pointer: 'path:statementId', rule: 'must be the id of a statement' }],
      });
    }
    if (header.lineCount > MAX_LINES) {
      throw new Failure('invalid_request', 'This statement is too long for one file: page through its lines instead.', {
        errors: [{ pointer: 'path:statementId', rule: `must have at most ${MAX_LINES} lines` }],
      });
    }
    const program = await deps.programs.get(programId);
    return statementCsv(program, header, state, await readLines(deps.statements, programId, statementId));
  };
}

async function readLines(
  statements: Pick<StatementReader, 'pages'>,
  programId: string,
  statementId: string,
): Promise<readonly StatementLine[]> {
  const lines: StatementLine[] = [];
  let after: string | undefined;
  do {
    const { items, more } = await statements.pages(programId, statementId, { after, limit: PAGES_AT_ONCE });
    for (const page of items) lines.push(...page.lines);
    after = more ? items.at(-1)?.sk : undefined;
  } while (after !== undefined);
  return lines;
}
