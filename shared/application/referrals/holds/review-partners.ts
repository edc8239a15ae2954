import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { PayeeAccounts } from '#shared/application/payee-accounts';
import { forEachConcurrently } from '#shared/application/payouts/concurrency';
import type { Clock, Log } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import type { ReferralFacts } from '#shared/application/referral-facts';
import type { HoldSale } from '#shared/application/referrals/holds/hold-sale';
import type { PartnerSignals } from '#shared/application/referrals/holds/partner-signals';
import { periodOfConversion } from '#shared/domain/facts/facts';
import {
  type FraudSignal,
  fewestRefundsThatMatter,
  refundRateSignal,
  samePayeeEvidence,
} from '#shared/domain/fraud/fraud-signal';
import { nextPeriod, previousPeriod } from '#shared/domain/time/calendar';
import { type Period, toInstant } from '#shared/domain/time/instant';

const PARTNERS_A_PAGE = 100;
const PARTNERS_AT_ONCE = 8;
/** Sales of one partner that one review holds; the next day's goes on. Each is a transaction. */
const MAX_HELD_A_PARTNER = 1_000;

type Deps = {
  readonly programs: ProgramReader & { list(): AsyncIterable<Program> };
  readonly partners: Pick<PartnerTermsReader, 'listIds'>;
  readonly accounts: Pick<PayeeAccounts, 'of'>;
  readonly facts: Pick<ReferralFacts, 'conversions' | 'refunds'>;
  readonly found: PartnerSignals;
  readonly holdSale: HoldSale;
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * Looks once a day (UTC) at each partner of each programme for what no single sale shows: too many sales given back, and an
 * account that another partner is paid into. What is found is kept for the run's approvers; where the programme says `hold`, the
 * partner's sales of open months are held too. Closed months are left alone. Reads for a partner a query a month for its
 * refunds, and its sales only where there are enough refunds to matter. A programme that fails is looked at again the next hour.
 */
export function makeReviewPartners(deps: Deps): () => Promise<{ readonly reviewed: number; readonly failed: number }> {
  return async () => {
    const today = toInstant(deps.clock()).slice(0, 10);
    let reviewed = 0;
    let failed = 0;
    for await (const program of deps.programs.list()) {
      const { programId, fraud } = program;
      if (fraud.refundRate === 'off' && fraud.samePayee === 'off') continue;
      try {
        if ((await deps.found.reviewedOn(programId)) === today) continue;
        await reviewProgram(deps, program);
        await deps.found.markReviewed(programId, today);
        reviewed += 1;
      } catch (error) {
        failed += 1;
        deps.log.error('the partners of a programme could not be reviewed', { programId, error: String(error) });
      }
    }
    return { reviewed, failed };
  };
}

async function reviewProgram(deps: Deps, program: Program): Promise<void> {
  const { programId } = program;
  const at = toInstant(deps.clock());
  let after: string | undefined;
  for (;;) {
    const ids = await deps.partners.listIds(programId, { after, limit: PARTNERS_A_PAGE });
    await forEachConcurrently(ids, PARTNERS_AT_ONCE, async (partnerId) => {
      for (const signal of await signalsOf(deps, program, partnerId)) {
        await deps.found.keep(programId, { partnerId, ...signal, foundAt: at });
        if (signal.action === 'hold') await holdOpenSales(deps, program, partnerId, signal);
      }
    });
    if (ids.length < PARTNERS_A_PAGE) return;
    after = ids.at(-1);
  }
}

async function signalsOf(deps: Deps, program: Program, partnerId: string): Promise<readonly FraudSignal[]> {
  const { programId, fraud } = program;
  const account = fraud.samePayee === 'off' ? undefined : await deps.accounts.of(programId, partnerId);
  const [evidence] = samePayeeEvidence(account?.samePayeeAs ?? []);
  const samePayee: readonly FraudSignal[] =
    evidence === undefined || fraud.samePayee === 'off'
      ? []
      : [{ code: 'same_payee_on_two_partners', action: fraud.samePayee, evidence }];
  const refundRate = fraud.refundRate === 'off' ? undefined : await refundRateOf(deps, program, partnerId);
  return [...samePayee, ...(refundRate ? [refundRate] : [])];
}

async function refundRateOf(deps: Deps, program: Program, partnerId: string): Promise<FraudSignal | undefined> {
  const { programId, fraud } = program;
  const periods = lastPeriods(currentPeriod(deps, program), fraud.refundRatePeriods);
  const refunded = new Set<string>();
  for (const period of periods) {
    for await (const { orderId } of deps.facts.refunds(programId, partnerId, period)) refunded.add(orderId);
  }
  if (refunded.size < fewestRefundsThatMatter(fraud)) return undefined;
  let sales = 0;
  // A refund of a sale from before says nothing about these: a partner that sells less would look like one that cheats.
  const givenBack = new Set<string>();
  for (const period of periods) {
    for await (const { orderId, refundedMinor } of deps.facts.conversions(programId, partnerId, period)) {
      sales += 1;
      if (refundedMinor > 0n) givenBack.add(orderId);
    }
  }
  return refundRateSignal({ sales, givenBack: givenBack.size }, fraud);
}

/** The month that a sale made now would count in. */
function currentPeriod({ programs, clock }: Deps, { timeZone, holdDays, closedThrough }: Program): Period {
  return periodOfConversion(toInstant(clock()), holdDays, closedThrough, programs.zone(timeZone));
}

function lastPeriods(last: Period, count: number): readonly Period[] {
  const periods = [last];
  while (periods.length < count) periods.unshift(previousPeriod(periods[0] ?? last));
  return periods;
}

async function holdOpenSales(deps: Deps, program: Program, partnerId: string, signal: FraudSignal): Promise<void> {
  const { programId, closedThrough } = program;
  const last = currentPeriod(deps, program);
  const found: string[] = [];
  // Books may be years behind; each open month costs a query.
  for (let period = nextPeriod(closedThrough); period <= last; period = nextPeriod(period)) {
    for await (const sale of deps.facts.conversions(programId, partnerId, period)) {
      // One that was held before was released: counted here, such sales would keep out those that came since.
      const isOpen = sale.earnsNothing === undefined && sale.holdChanges === undefined;
      if (isOpen && found.length < MAX_HELD_A_PARTNER) found.push(sale.orderId);
    }
  }
  let held = 0;
  for (const orderId of found) if ((await deps.holdSale({ programId, orderId, signal })) === 'held') held += 1;
  if (held > 0) deps.log.info('sales were held', { programId, partnerId, code: signal.code, held });
}
