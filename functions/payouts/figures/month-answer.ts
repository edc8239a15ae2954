import type { MayChange, MonthSoFar } from '#shared/application/payouts/figures/month-so-far';
import { nothingCountSentence } from '#shared/domain/explain/explain-month';
import { reasonForPartner } from '#shared/domain/fraud/hold';

const MAY_CHANGE: Readonly<Record<MayChange, string>> = {
  refunds: 'A refund or chargeback takes back what its sale earned.',
  later_sales: 'Sales that are still told of this month are added.',
  volume_brackets: 'What the whole month comes to sets one rate for all its sales: each new sale can move it up.',
  guarantee: 'The guarantee fills what is missing: each commission that comes in makes it smaller.',
  fixed_fee: 'The fixed amount is that of the whole month, by the agreement that is in force at its end.',
  review: 'Sales under review are added once they are accepted.',
  earlier_months: 'Months before it are not closed yet: what they leave over, or take back, opens this one.',
};

/** A month so far as the API shows it. A partner is not told that a review is about fraud. */
export function monthAnswer(month: MonthSoFar, timeZone: string, isForPartner: boolean): Record<string, unknown> {
  const { statements, mayChange, work: _work, ...rest } = month;
  return {
    ...rest,
    timeZone,
    estimate: true,
    statements: statements.map((statement) => ({
      ...statement,
      nothing: statement.nothing.map((one) => ({
        ...one,
        reason: isForPartner ? reasonForPartner(one.reason) : one.reason,
        sentence: nothingCountSentence(one),
      })),
    })),
    mayChange: mayChange.map((what) => ({ what, sentence: MAY_CHANGE[what] })),
  };
}
