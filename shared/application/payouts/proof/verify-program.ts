import { Failure } from '#shared/application/failure';
import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { BankEntries } from '#shared/application/payouts/bank-reports/bank-report-ports';
import type { Invoices } from '#shared/application/payouts/ledger/invoices';
import type { PayoutHistory, PayoutResolutions } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns, StatementSummary } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { Program } from '#shared/application/programs';
import type { JournalEntry } from '#shared/domain/ledger/journal';
import { type PayoutRun, statementState } from '#shared/domain/run/payout-run';
import { nextPeriod } from '#shared/domain/time/calendar';
import { type Period, toInstant } from '#shared/domain/time/instant';
import { forEachConcurrently } from '../concurrency.ts';
import { type VerifiedAudit, type VerifyAuditDeps, verifyAudit } from './verify-audit.ts';
import { type Difference, type Differences, MISSING, makeDifferences } from './verify-differences.ts';
import { verifyInvoices } from './verify-invoices.ts';
import { type LedgerReaders, readLedger, type StatedPartner, verifyLedger, withAmountsOf } from './verify-ledger.ts';
import type { PartnerLedger } from './verify-opening.ts';
import { verifyPayoutHistories } from './verify-payout-history.ts';
import { type IndexPlaces, verifyPlaces } from './verify-places.ts';
import { PARTNERS_AT_ONCE, type VerifiedRun, type VerifyRunDeps, verifyRun } from './verify-run.ts';

const A_PAGE = 100;

export type VerifyProgramDeps = VerifyRunDeps &
  LedgerReaders & {
    /** Without, the audit chain is left alone. */
    readonly audit?: Pick<VerifyAuditDeps, 'trail' | 'audited'> | undefined;
    /** Without, self-billing invoices are left alone. */
    readonly invoices?: Pick<Invoices, 'ofPartner'> | undefined;
    /** Without, histories of payouts are left alone. */
    readonly history?: PayoutHistory | undefined;
    readonly resolutions?: Pick<PayoutResolutions, 'ofPayout'> | undefined;
    readonly bankEntries?: Pick<BankEntries, 'getMany'> | undefined;
    /** Without, tiers and their history are left alone. @returns how many reviews of partners were gone through */
    readonly replayReviews?:
      | ((programId: string, tell: (found: ReplayedDifference) => void) => Promise<number>)
      | undefined;
    /** Without, index keys are left alone. */
    readonly places?: IndexPlaces | undefined;
    readonly partners: Pick<PartnerTermsReader, 'listIds'>;
    readonly journal: { ofMonth(programId: string, month: string): AsyncIterable<JournalEntry> };
    readonly clock: Clock;
  };

/** Something of a partner's tiers that its facts do not say. */
type ReplayedDifference = {
  readonly partnerId: string;
  readonly field: string;
  readonly stored: unknown;
  readonly recomputed: unknown;
};

export type Verification = {
  readonly runs: number;
  readonly statements: number;
  readonly entries: number;
  readonly balances: number;
  /** Of a whole programme: tier reviews, partner by partner. */
  readonly tierReviews?: number | undefined;
  /** Of a whole programme. */
  readonly audit?: VerifiedAudit | undefined;
  readonly differences: readonly Difference[];
  /** Differences that were found beyond those that are named. */
  readonly unnamed: number;
};

export type VerifyProgram = (input: {
  readonly programId: string;
  /** One month's run instead of all of them. */
  readonly period?: Period | undefined;
  /** Told of each run when it is recomputed, oldest first. */
  readonly onRun?: ((verified: VerifiedRun, differences: number) => void) | undefined;
}) => Promise<Verification>;

/**
 * Proves a programme's closed months from what is stored, read-only (design.md, Commission semantics: the same facts give the
 * same bytes, for ever):
 * 1. every closed month has its run; 2. every final statement is recomputed from its facts and compared line by line, and the
 * content hash with the one that was approved; 3. every journal entry, payout and balance follows from the statements; 4. the audit
 * chain holds link by link, and says what is stored; 5. reviews of tiers come out again from the facts as they were known; 6. what is read by its key is found by the indexes too.
 * Memory grows with the statements, entries and audit records, never with the lines.
 * @throws Failure unknown_program; not_found for a period without an approved run
 */
export function makeVerifyProgram(deps: VerifyProgramDeps): VerifyProgram {
  return async ({ programId, period, onRun }) => {
    const program = await deps.programs.get(programId);
    const all = await runsOf(deps, programId);
    const final = all.filter((run) => statementState(run) === 'final').reverse();
    const runs = final.filter((run) => period === undefined || run.period === period);
    if (period !== undefined && runs.length === 0) {
      throw new Failure('not_found', `${period} has no approved run in this programme: name a closed month.`);
    }
    const differences = makeDifferences();
    if (period === undefined) findMissingRuns(program, all, differences);

    const ledgers = new Map<string, Promise<PartnerLedger>>();
    const ledgerOf = (partnerId: string): Promise<PartnerLedger> => {
      const known = ledgers.get(partnerId) ?? readLedger(deps, programId, partnerId, final);
      ledgers.set(partnerId, known);
      return known;
    };
    const followed = new Map<string, PartnerLedger>();
    const followedOf = async (partnerId: string): Promise<PartnerLedger> =>
      followed.get(partnerId) ?? (await ledgerOf(partnerId));
    const partners = new Map<string, StatedPartner['statements'][number][]>();
    let statements = 0;
    for (const run of runs) {
      const before = differences.found.length;
      const verified = await verifyRun(deps, program, run, followedOf, differences);
      statements += verified.statements.length;
      for (const statement of verified.statements) {
        add(partners, { run, statement });
        const { partnerId } = statement;
        followed.set(partnerId, await withAmountsOf(programId, run, statement, await followedOf(partnerId)));
      }
      onRun?.(verified, differences.found.length - before);
    }
    if (period === undefined) {
      for await (const partnerId of everyPartner(deps, program, final)) {
        if (!partners.has(partnerId)) partners.set(partnerId, []);
      }
    }
    const ledger = await verifyLedgers(
      deps,
      { programId, partners, isWhole: period === undefined },
      ledgerOf,
      differences,
    );
    const statementIds = [...partners.values()].flat().map(({ statement }) => statement.statementId);
    const found = { programId, statementIds, partnerIds: [...partners.keys()] };
    if (deps.invoices) {
      await verifyInvoices(deps.invoices, { programId, partners, isWhole: period === undefined }, differences);
    }
    if (deps.places) await verifyPlaces(deps.places, found, differences);
    const audit = period === undefined ? await verifyChain(deps, program, all, differences) : undefined;
    const tierReviews =
      period === undefined
        ? await deps.replayReviews?.(programId, ({ partnerId, field, stored, recomputed }) =>
            differences.of('partner', partnerId)(field, stored ?? MISSING, recomputed ?? MISSING),
          )
        : undefined;
    return {
      runs: runs.length,
      statements,
      ...ledger,
      ...(tierReviews === undefined ? {} : { tierReviews }),
      audit,
      differences: differences.found,
      unnamed: differences.unnamed(),
    };
  };
}

async function verifyChain(
  { audit, digest, clock }: VerifyProgramDeps,
  { programId, booksOpenFrom }: Program,
  runs: readonly PayoutRun[],
  differences: Differences,
): Promise<VerifiedAudit | undefined> {
  const given = { programId, runIds: runs.map(({ runId }) => runId), since: booksOpenFrom };
  return audit && verifyAudit({ ...audit, digest, clock }, given, differences);
}

/** Newest first. */
async function runsOf(deps: { runs: Pick<PayoutRuns, 'list'> }, programId: string): Promise<readonly PayoutRun[]> {
  const runs: PayoutRun[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.runs.list(programId, { cursor, limit: A_PAGE });
    runs.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return runs;
}

/** Months close in order, each by a run: one without a run has lost it. */
function findMissingRuns(program: Program, runs: readonly PayoutRun[], differences: Differences): void {
  for (let period = program.booksOpenFrom; period <= program.closedThrough; period = nextPeriod(period)) {
    if (runs.some((run) => run.period === period)) continue;
    differences.of('programme', program.programId)(`run of ${period}`, MISSING, 'closed');
  }
}

function add(
  partners: Map<string, { run: PayoutRun; statement: StatementSummary }[]>,
  stated: { run: PayoutRun; statement: StatementSummary },
): void {
  const { partnerId } = stated.statement;
  partners.set(partnerId, [...(partners.get(partnerId) ?? []), stated]);
}

/** Everybody who has terms, an entry or a payout, also without a statement. */
async function* everyPartner(
  deps: VerifyProgramDeps,
  program: Program,
  runs: readonly PayoutRun[],
): AsyncIterable<string> {
  const { programId } = program;
  let after: string | undefined;
  do {
    const ids = await deps.partners.listIds(programId, { after, limit: A_PAGE });
    yield* ids;
    after = ids.length < A_PAGE ? undefined : ids.at(-1);
  } while (after !== undefined);
  const now = toInstant(deps.clock()).slice(0, 7) as Period;
  for (let month = program.createdAt.slice(0, 7) as Period; month <= now; month = nextPeriod(month)) {
    for await (const { partnerId } of deps.journal.ofMonth(programId, month)) yield partnerId;
  }
  for (const { runId } of runs) {
    let last: string | undefined;
    do {
      const page = await deps.payouts.ofRun(programId, runId, { after: last, limit: A_PAGE });
      for (const { partnerId } of page.items) yield partnerId;
      last = page.nextCursor;
    } while (last !== undefined);
  }
}

async function verifyLedgers(
  deps: VerifyProgramDeps,
  given: {
    readonly programId: string;
    readonly partners: ReadonlyMap<string, StatedPartner['statements']>;
    readonly isWhole: boolean;
  },
  ledgerOf: (partnerId: string) => Promise<PartnerLedger>,
  differences: Differences,
): Promise<{ readonly entries: number; readonly balances: number }> {
  let entries = 0;
  let balances = 0;
  await forEachConcurrently(given.partners, PARTNERS_AT_ONCE, async ([partnerId, statements]) => {
    try {
      const partner = { ledger: await ledgerOf(partnerId), statements, isWhole: given.isWhole };
      const { entryCount, balanceCount } = await verifyLedger(given.programId, partner, differences);
      const { history, resolutions, bankEntries, payouts } = deps;
      if (history && resolutions && bankEntries) {
        await verifyPayoutHistories({ history, resolutions, bankEntries, payouts }, partner.ledger, differences);
      }
      entries += entryCount;
      balances += balanceCount;
    } catch (error) {
      if (deps.isOutage(error)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      differences.of('partner', partnerId)('ledger', 'unreadable', reason);
    }
  });
  return { entries, balances };
}
