import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { AdjustmentStore, RecordedAdjustment } from '#shared/application/payouts/adjustments/adjustment-ports';
import type { Journal } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Program } from '#shared/application/programs';
import { isKnownAt, type LedgerFold, makeLedgerFold } from '#shared/domain/ledger/liability';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { nextPeriod } from '#shared/domain/time/calendar';
import type { Instant, Period } from '#shared/domain/time/instant';
import { forEachConcurrently } from '../concurrency.ts';
import type { Asked } from './as-of.ts';
import type { Budget } from './liability-budget.ts';

const MONTHS_AT_ONCE = 8;
const A_PAGE = 1_000;

/** Every run, newest first. */
export async function runsOf(
  deps: { readonly runs: Pick<PayoutRuns, 'list'> },
  programId: string,
): Promise<readonly PayoutRun[]> {
  const runs: PayoutRun[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.runs.list(programId, { cursor, limit: A_PAGE });
    runs.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return runs;
}

/** What the journal says is owed at an instant, and which statements it had posted. */
export async function foldJournal(
  deps: { readonly journal: Pick<Journal, 'ofMonth'> },
  program: Program,
  at: Instant,
  budget: Budget,
): Promise<{ readonly fold: LedgerFold; readonly posted: ReadonlySet<string> }> {
  const fold = makeLedgerFold();
  const posted = new Set<string>();
  const last = at.slice(0, 7) as Period;
  for (let month = program.createdAt.slice(0, 7) as Period; month <= last; month = nextPeriod(month)) {
    for await (const entry of deps.journal.ofMonth(program.programId, month)) {
      budget.read();
      if (entry.postedAt > at) break;
      fold.add(entry);
      if (entry.kind === 'statement' && entry.links.statementId) posted.add(entry.links.statementId);
    }
  }
  return { fold, posted };
}

/** Adjustments of the open months that count, by partner, each month in the order of its statement. */
export async function knownAdjustments(
  deps: { readonly adjustments: Pick<AdjustmentStore, 'ofPeriod'> },
  programId: string,
  periods: readonly Period[],
  { at, knownAt }: Asked,
  budget: Budget,
): Promise<ReadonlyMap<string, readonly RecordedAdjustment[]>> {
  const known = new Map<string, RecordedAdjustment[]>();
  await forEachConcurrently(periods, MONTHS_AT_ONCE, async (period) => {
    for await (const adjustment of deps.adjustments.ofPeriod(programId, period)) {
      budget.read();
      if (!isKnownAt(adjustment, at, knownAt)) continue;
      const { partnerId } = adjustment;
      known.set(partnerId, [...(known.get(partnerId) ?? []), adjustment]);
    }
  });
  return known;
}

/** @throws Failure liability_too_large */
export async function allPartners(
  deps: { readonly partners: Pick<PartnerTermsReader, 'listIds'> },
  programId: string,
  budget: Budget,
): Promise<readonly string[]> {
  const all: string[] = [];
  let after: string | undefined;
  do {
    const ids = await deps.partners.listIds(programId, { after, limit: A_PAGE });
    for (const id of ids) {
      budget.partner();
      all.push(id);
    }
    after = ids.length < A_PAGE ? undefined : ids.at(-1);
  } while (after !== undefined);
  return all;
}
