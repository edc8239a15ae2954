import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { AdjustmentStore } from '#shared/application/payouts/ports';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { nextPeriod, startOfPeriod } from '#shared/domain/time/calendar';
import { type Instant, toInstant } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';
import { FactsChanged } from './stop-run.ts';

const PAGE = 1_000;

/** When a partner was enrolled; read consistently. */
export type Enrolments = { at(programId: string, partnerId: string): Promise<Instant | undefined> };

/** Partners with a statement. */
type Stated = { has(partnerId: string): boolean };

export type CheckPartners = (run: PayoutRun, zone: TimeZone, stated: Stated) => Promise<void>;

/**
 * Lists a programme's partners again after the computation: the index that the shards were cut from may have lagged.
 * A partner that was enrolled after the close needs no statement: what is recorded for it belongs to open periods, unless
 * the closed month was stamped on it in the moments before every writer knew of the close.
 * @throws FactsChanged naming a partner without a statement
 */
export function makeCheckPartners(deps: {
  partners: Pick<PartnerTermsReader, 'listIds' | 'terms'>;
  enrolments: Enrolments;
  adjustments: Pick<AdjustmentStore, 'ofPartner'>;
}): CheckPartners {
  return async (run, zone, stated) => {
    let after: string | undefined;
    do {
      const partnerIds = await deps.partners.listIds(run.programId, { after, limit: PAGE });
      for (const partnerId of partnerIds) {
        if (stated.has(partnerId) || !(await belongs(run, zone, partnerId))) continue;
        throw new FactsChanged(
          `Partner ${partnerId} came into sight after the statements were computed: open the period again.`,
        );
      }
      after = partnerIds.at(-1);
    } while (after !== undefined);
  };

  async function belongs({ programId, period, openedAt }: PayoutRun, zone: TimeZone, id: string): Promise<boolean> {
    const enrolledAt = await deps.enrolments.at(programId, id);
    if (enrolledAt === undefined || enrolledAt <= openedAt) return true;
    const end = toInstant(startOfPeriod(nextPeriod(period), zone));
    const terms = await deps.partners.terms(programId, id);
    if (terms?.agreements.some(({ from }) => from < end)) return true;
    return (await deps.adjustments.ofPartner(programId, id, period)).length > 0;
  }
}
