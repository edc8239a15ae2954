import type { Billing, BillingReader } from '#shared/application/billing';
import { Failure } from '#shared/application/failure';
import type { Invoices } from '#shared/application/payouts/ledger/invoices';
import type { ProgramStore, StatementHeader, StatementReader } from '#shared/application/payouts/ports';
import type { PayoutRules, Program, ProgramReader } from '#shared/application/programs';
import type { ReferralFacts } from '#shared/application/referral-facts';
import type { Invoice } from '#shared/domain/ledger/invoice';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import type { StatementLine } from '#shared/domain/statement/statement';
import { policyOfRun } from '../runs/policy-of-run.ts';
import { type LineFacts, readLineFacts } from './line-facts.ts';
import { type StatementAccessDeps, type StatementAsked, visibleStatement } from './statement-access.ts';

/** A page has at most 60 kB: as many as one query answers. */
const PAGES_AT_ONCE = 16;

/** Names of partners: personal data that stays where it is and is only shown. */
export type PartnerNames = {
  /** `undefined` for a partner whose personal data was erased. */
  name(programId: string, partnerId: string): Promise<string | undefined>;
};

/** Who invoices whom; absent until somebody has said it. */
export type Parties = {
  readonly billing: Billing | undefined;
  readonly issuer: PayoutRules['issuer'];
};

/** A whole statement, for a file of it. */
export type ReadStatement = {
  readonly program: Program;
  readonly header: StatementHeader;
  readonly state: 'draft' | 'final' | 'void';
  /** The payout was held back: what is payable stays owed. */
  readonly held: boolean;
  readonly partnerName: string | undefined;
  /** Of a final statement that moved money, since there are invoices. */
  readonly invoice?: Invoice | undefined;
  /** Of an invoice that is printed. */
  readonly parties?: Parties | undefined;
  readonly lines: readonly StatementLine[];
  /** Days and kinds of the facts that the lines follow from, as far as they are known. */
  readonly facts: LineFacts;
  /** When its run had it computed. */
  readonly computedAt: string;
};

export type ReadStatementDeps = StatementAccessDeps & {
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly statements: Pick<StatementReader, 'pages'>;
  readonly partners: PartnerNames;
  /** Without, nobody's address is read. */
  readonly parties?: PartiesDeps | undefined;
  readonly invoices: Pick<Invoices, 'ofPartner'>;
  readonly facts: Pick<ReferralFacts, 'conversions' | 'refunds'>;
};

/**
 * Reads a statement with all its lines.
 * @throws Failure not_found, also for another partner's; invalid_request with `tooLong` beyond `maxLines`
 */
export async function readStatement(
  deps: ReadStatementDeps,
  asked: StatementAsked,
  limit: { readonly maxLines: number; readonly tooLong: string },
): Promise<ReadStatement> {
  const { header, run, state } = await visibleStatement(deps, asked);
  if (header.lineCount > limit.maxLines) {
    throw new Failure('invalid_request', limit.tooLong, {
      errors: [{ pointer: 'path:statementId', rule: `must have at most ${limit.maxLines} lines` }],
    });
  }
  const [program, partnerName, invoices, lines] = await Promise.all([
    deps.programs.get(asked.programId),
    deps.partners.name(asked.programId, header.partnerId),
    state === 'final' ? deps.invoices.ofPartner(asked.programId, header.partnerId) : [],
    readLines(deps.statements, asked),
  ]);
  const facts = await readLineFacts(deps.facts, { ...header, programId: asked.programId }, lines);
  const held = state === 'final' && run.holds.includes(header.partnerId) && header.payableMinor > 0n;
  const invoice = invoices.find(({ statementId }) => statementId === header.statementId);
  const parties = invoice && deps.parties && (await partiesOf(deps.parties, program, run, invoice));
  const computedAt = run.summarisedAt ?? run.openedAt;
  return { program, header, state, held, partnerName, invoice, parties, lines, facts, computedAt };
}

type PartiesDeps = { readonly billings: BillingReader; readonly policies: Pick<ProgramStore, 'policyChanges'> };

/** As they were when the invoice was issued: what is said later changes no invoice. */
async function partiesOf(
  { billings, policies }: PartiesDeps,
  program: Program,
  run: PayoutRun,
  { programId, partnerId, issuedAt }: Invoice,
): Promise<Parties> {
  const [billing, { payouts }] = await Promise.all([
    billings.billing(programId, partnerId, issuedAt),
    policyOfRun(policies, program, run),
  ]);
  return { billing, issuer: payouts.issuer };
}

async function readLines(
  statements: Pick<StatementReader, 'pages'>,
  { programId, statementId }: StatementAsked,
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
