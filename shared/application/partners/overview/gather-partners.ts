import type { MailRecord } from '#shared/application/notifications/mail/mail-records';
import type { PayeeOnRecord } from '#shared/application/partner-terms';
import type {
  OverviewCommission,
  OverviewFacts,
  ReturnedPayouts,
} from '#shared/application/partners/overview/overview';
import { type KnownOfPartner, PAYEE_REASONS } from '#shared/application/partners/overview/situation-of';
import type { PartnerProfile, PartnerStore, Standing } from '#shared/application/partners/ports';
import type { Page } from '#shared/application/ports';
import type { BlockedReason, Payout } from '#shared/domain/ledger/payout';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { type Instant, toEpochMs, toInstant } from '#shared/domain/time/instant';

const PAGE = 100;
/** Runs that are shown with their commission: those of a year, and some attempts that were rejected. */
const RUNS = 30;
/** Days for which a payout that came back is told: by then another run has paid it anew. */
const RETURNED_DAYS = 35;
const DAY_MS = 86_400_000;
const PAID: ReadonlySet<PayoutRun['status']> = new Set([
  'completed',
  'completed_with_failures',
  'submitting',
  'posting',
]);

export type Member = { readonly standing: Standing; readonly profile: PartnerProfile };

export type GatherDependencies = {
  readonly partners: Pick<PartnerStore, 'list'>;
  readonly payees: {
    payeesOnRecord(programId: string, partnerIds: readonly string[]): Promise<ReadonlyMap<string, PayeeOnRecord>>;
  };
  readonly disputes: { count(programId: string): Promise<ReadonlyMap<string, number>> };
  readonly mail: {
    stopped(programId: string, page: { cursor?: string | undefined; limit: number }): Promise<Page<MailRecord>>;
  };
  readonly payouts: {
    reserved(programId: string, range: { first: string; last: string }): AsyncIterable<Payout>;
  };
  readonly returned: Pick<ReturnedPayouts, 'count'>;
  readonly runs: { list(programId: string, page: { limit: number }): Promise<Page<PayoutRun>> };
  readonly facts: OverviewFacts;
};

export type Gathered = {
  readonly members: readonly Member[];
  readonly heldSales: Awaited<ReturnType<OverviewFacts['heldSales']>>;
  readonly commissions: readonly OverviewCommission[];
  of(member: Member): Omit<KnownOfPartner, 'lastSaleAt' | 'firstStep'>;
};

/** Everything about a programme's partners but their sales: each list is read once. */
export async function gatherPartners(deps: GatherDependencies, programId: string, now: Instant): Promise<Gathered> {
  const runs = (await deps.runs.list(programId, { limit: RUNS })).items.filter(({ status }) => PAID.has(status));
  const [members, heldSales, disputes, stopped, payouts, returned] = await Promise.all([
    allMembers(deps, programId),
    deps.facts.heldSales(programId),
    deps.disputes.count(programId),
    stoppedAddresses(deps, programId),
    payoutStates(deps, programId),
    deps.returned.count(programId, toInstant(toEpochMs(now) - RETURNED_DAYS * DAY_MS)),
  ]);
  const ids = members.map(({ profile }) => profile.partnerId);
  const payees = await deps.payees.payeesOnRecord(programId, ids);
  return {
    members,
    heldSales,
    commissions: runs.map(({ period, runId, totals }) => ({
      period,
      runId,
      totals: totals.map(({ currency, earnedMinor, clawbackMinor, adjustmentMinor }) => ({
        ...{ currency, earnedMinor, clawbackMinor, adjustmentMinor },
      })),
    })),
    of: ({ profile: { partnerId, emailHash } }) => ({
      payeeChangedAt: payees.get(partnerId)?.changedAt,
      waitsFor: payouts.waiting.get(partnerId),
      unknownPayouts: payouts.unknown.get(partnerId) ?? 0,
      returnedPayouts: returned.get(partnerId) ?? 0,
      openDisputes: disputes.get(partnerId) ?? 0,
      heldSales: heldSales.of.get(partnerId) ?? 0,
      mailStopped: stopped.has(emailHash),
    }),
  };
}

async function allMembers({ partners }: GatherDependencies, programId: string): Promise<readonly Member[]> {
  const members: Member[] = [];
  let cursor: string | undefined;
  do {
    const page = await partners.list(programId, { cursor, limit: PAGE });
    members.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return members;
}

async function stoppedAddresses({ mail }: GatherDependencies, programId: string): Promise<ReadonlySet<string>> {
  const hashes = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await mail.stopped(programId, { cursor, limit: PAGE });
    for (const { addressHash } of page.items) hashes.add(addressHash);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return hashes;
}

async function payoutStates(
  { payouts }: GatherDependencies,
  programId: string,
): Promise<{ readonly waiting: ReadonlyMap<string, BlockedReason>; readonly unknown: ReadonlyMap<string, number> }> {
  const waiting = new Map<string, BlockedReason>();
  const unknown = new Map<string, number>();
  for await (const { partnerId, status, blockedReason } of payouts.reserved(programId, { first: '', last: '~' })) {
    if (status === 'unknown') unknown.set(partnerId, (unknown.get(partnerId) ?? 0) + 1);
    if (blockedReason !== undefined && PAYEE_REASONS.has(blockedReason)) waiting.set(partnerId, blockedReason);
  }
  return { waiting, unknown };
}
