import { Failure } from '#shared/application/failure';
import type { PayoutRuns, StatementHeader, StatementReader } from '#shared/application/payouts/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { statementState } from '#shared/domain/payout-run';
import type { StatementLine } from '#shared/domain/statement';

/** A page has at most 60 kB: as many as one query answers. */
const PAGES_AT_ONCE = 16;

/** Names of partners: personal data that stays where it is and is only shown. */
export type PartnerNames = {
  /** `undefined` for a partner whose personal data was erased. */
  name(programId: string, partnerId: string): Promise<string | undefined>;
};

/** A whole statement, for a file of it. */
export type ReadStatement = {
  readonly program: Program;
  readonly header: StatementHeader;
  readonly state: 'draft' | 'final' | 'void';
  /** The payout was held back: what is payable stays owed. */
  readonly held: boolean;
  readonly partnerName: string | undefined;
  readonly lines: readonly StatementLine[];
  /** When its run had it computed. */
  readonly computedAt: string;
};

export type ReadStatementDeps = {
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly runs: Pick<PayoutRuns, 'get'>;
  readonly statements: Pick<StatementReader, 'header' | 'pages'>;
  readonly partners: PartnerNames;
};

export type StatementAsked = {
  readonly programId: string;
  readonly statementId: string;
  /** Partners whose final statements alone the caller may see; `undefined` for staff. */
  readonly onlyPartners?: readonly string[] | undefined;
};

/**
 * Reads a statement with all its lines.
 * @throws Failure not_found, also for another partner's; invalid_request with `tooLong` beyond `maxLines`
 */
export async function readStatement(
  deps: ReadStatementDeps,
  { programId, statementId, onlyPartners }: StatementAsked,
  limit: { readonly maxLines: number; readonly tooLong: string },
): Promise<ReadStatement> {
  const header = await deps.statements.header(programId, statementId);
  const run = header && (await deps.runs.get(programId, header.runId));
  const state = run && statementState(run);
  if (!header || !run || !state || (onlyPartners && !(onlyPartners.includes(header.partnerId) && state === 'final'))) {
    throw new Failure('not_found', 'Check the statement id; the list of statements names those you may see.', {
      errors: [{ pointer: 'path:statementId', rule: 'must be the id of a statement' }],
    });
  }
  if (header.lineCount > limit.maxLines) {
    throw new Failure('invalid_request', limit.tooLong, {
      errors: [{ pointer: 'path:statementId', rule: `must have at most ${limit.maxLines} lines` }],
    });
  }
  const [program, partnerName, lines] = await Promise.all([
    deps.programs.get(programId),
    deps.partners.name(programId, header.partnerId),
    readLines(deps.statements, programId, statementId),
  ]);
  const held = state === 'final' && run.holds.includes(header.partnerId) && header.payableMinor > 0n;
  return { program, header, state, held, partnerName, lines, computedAt: run.summarisedAt ?? run.openedAt };
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
