import type { ExplainedStatement } from '#shared/application/payouts/explain/explanation';
import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns, StatementHeader, StatementReader } from '#shared/application/payouts/ports';
import { money } from '#shared/domain/explain/explain-words';
import { payoutIdOf, statementIdOf } from '#shared/domain/ledger/money-ids';
import type { Payout, PayoutStatus } from '#shared/domain/ledger/payout';
import type { Currency } from '#shared/domain/money/money';
import { type PayoutRun, statementState } from '#shared/domain/run/payout-run';
import type { Period } from '#shared/domain/time/instant';

export type StatementDeps = {
  readonly runs: Pick<PayoutRuns, 'latestOf'>;
  readonly statements: Pick<StatementReader, 'header'>;
  readonly payouts: Pick<Payouts, 'get'>;
};

/**
 * The statement that holds a partner's facts of a period, with what became of it. None while the month is open or being
 * computed, and none that is not approved for a caller who may see final statements alone.
 */
export async function findStatement(
  deps: StatementDeps,
  asked: { readonly programId: string; readonly onlyPartners?: readonly string[] | undefined },
  fact: { readonly partnerId: string; readonly period: Period; readonly currency: Currency },
): Promise<ExplainedStatement | undefined> {
  const run = await deps.runs.latestOf(asked.programId, fact.period);
  const state = run && statementState(run);
  if (!run || !state || state === 'void') return undefined;
  // Drafts are whole once their run is summarised.
  if (state === 'draft' && (asked.onlyPartners || run.contentHash === undefined)) return undefined;
  const statementId = statementIdOf(run.runId, fact.partnerId, fact.currency);
  const header = await deps.statements.header(asked.programId, statementId);
  if (!header) return undefined;
  const payout = state === 'final' ? await deps.payouts.get(asked.programId, payoutIdOf(statementId)) : undefined;
  const { runId, period } = run;
  const sentence = statementSentence(header, run, state, payout);
  return { statementId, runId, period, state, payout: payout && shown(payout), sentence };
}

function shown({ payoutId, status, amountMinor, currency, updatedAt }: Payout): ExplainedStatement['payout'] {
  return { payoutId, status, amountMinor, currency, updatedAt };
}

const PAYOUT_WORDS: Readonly<Record<PayoutStatus, string>> = {
  created: 'is not sent yet',
  submitting: 'is being sent',
  submitted: 'was sent',
  unknown: 'was sent, but its rail has not answered yet',
  settled: 'was paid',
  failed: 'failed: it stays in the balance',
  returned: 'came back: it is in the balance again',
};

function statementSentence(
  { statementId, partnerId, payableMinor, closingBalanceMinor, currency }: StatementHeader,
  run: PayoutRun,
  state: 'draft' | 'final',
  payout: Payout | undefined,
): string {
  const named = `Statement ${statementId}`;
  if (state === 'draft') return `${named} is a draft until its run is approved.`;
  if (payout)
    return `${named} is final; its payout of ${money(payout.amountMinor, currency)} ${PAYOUT_WORDS[payout.status]}.`;
  if (payableMinor === 0n) {
    return `${named} is final and pays nothing out: it carries ${money(closingBalanceMinor, currency)} forward.`;
  }
  if (run.holds.includes(partnerId)) {
    return `${named} is final; its payout of ${money(payableMinor, currency)} is held back and stays in the balance.`;
  }
  return `${named} is final; its payout of ${money(payableMinor, currency)} is being made.`;
}
