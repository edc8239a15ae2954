import type { PayeeOnRecord } from '#shared/application/partner-terms';
import type { StatementSummary } from '#shared/application/payouts/ports';
import type { Currency } from '#shared/domain/money/money';
import {
  attemptOf,
  NOTHING_BEFORE,
  type RailProblem,
  type ReviewedAmounts,
  type ReviewFacts,
} from '#shared/domain/run/review';
import type { WaitingPayout } from '#shared/domain/run/waiting-payouts';
import { compareText } from '#shared/domain/time/instant';
import type { PaidBefore } from './runs-before.ts';

export type PartnerFacts = {
  readonly partnerId: string;
  readonly statements: readonly StatementSummary[];
  readonly waiting: readonly WaitingPayout[];
  readonly payee: PayeeOnRecord | undefined;
  readonly standingHolds: readonly string[];
  readonly openDisputes: number;
  readonly heldSales: readonly { readonly currency: Currency; readonly count: number; readonly amountMinor: bigint }[];
  readonly earlier: PaidBefore;
  readonly hasLast: boolean;
  readonly hasAttemptBefore: boolean;
  /** Why the payee's rail cannot carry a payment. */
  readonly railProblem:
    | ((payment: { readonly currency: Currency; readonly amountMinor: bigint }) => RailProblem | undefined)
    | undefined;
};

/**
 * The facts of a partner by currency: of each in which it has a statement or something waits, and of each that the month or
 * attempt before had and this run has not, so that what disappeared is seen too.
 */
export function partnerFacts(partner: PartnerFacts): readonly ReviewFacts[] {
  const { statements, waiting, heldSales, earlier } = partner;
  const earned = earlier.statements.filter(({ earnedMinor, payableMinor }) => earnedMinor > 0n || payableMinor > 0n);
  const currencies = new Set(
    [...statements, ...waiting, ...heldSales, ...earned, ...earlier.attempt].map(({ currency }) => currency),
  );
  return [...currencies].sort(compareText).map((currency) => factsIn(partner, currency));
}

function factsIn(partner: PartnerFacts, currency: Currency): ReviewFacts {
  const { partnerId, payee, earlier, standingHolds, openDisputes } = partner;
  const inCurrency = <T extends { readonly currency: Currency }>(list: readonly T[]): readonly T[] =>
    list.filter((one) => one.currency === currency);
  const [statement] = inCurrency(partner.statements);
  const waiting = inCurrency(partner.waiting);
  const [held] = inCurrency(partner.heldSales);
  const [last] = inCurrency(earlier.statements);
  const [attempt] = inCurrency(earlier.attempt);
  const railProblem = [statement?.payableMinor ?? 0n, ...waiting.map(({ amountMinor }) => amountMinor)]
    .filter((amountMinor) => amountMinor > 0n)
    .map((amountMinor) => partner.railProblem?.({ currency, amountMinor }))
    .find((problem) => problem !== undefined);
  const lastPaid = earlier.lastPaidOf(payee);
  return {
    partnerId,
    currency,
    ...(statement ? { statement: amountsOf(statement) } : {}),
    waitingPayouts: waiting.length,
    waitingMinor: waiting.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    ...(payee ? { payee: approvedPayee(payee) } : {}),
    ...(railProblem ? { railProblem } : {}),
    ...(lastPaid ? { lastPaid } : {}),
    ...(partner.hasLast
      ? { before: { earnedMinor: last?.earnedMinor ?? 0n, payableMinor: last?.payableMinor ?? 0n } }
      : {}),
    standingHolds,
    openDisputes,
    heldSales: held?.count ?? 0,
    heldSalesMinor: held?.amountMinor ?? 0n,
    ...(partner.hasAttemptBefore ? { attemptBefore: attempt ? attemptOf(attempt) : NOTHING_BEFORE } : {}),
  };
}

export function amountsOf(statement: StatementSummary): ReviewedAmounts {
  const { earnedMinor, clawbackMinor, adjustmentMinor, openingBalanceMinor, payableMinor, closingBalanceMinor } =
    statement;
  return { earnedMinor, clawbackMinor, adjustmentMinor, openingBalanceMinor, payableMinor, closingBalanceMinor };
}

function approvedPayee({ payeeId, rail, usableFrom }: PayeeOnRecord): NonNullable<ReviewFacts['payee']> {
  return { payeeId, rail, ...(usableFrom === undefined ? {} : { usableFrom }) };
}
