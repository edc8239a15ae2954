import type { Currency } from '../money/money.ts';
import type { Period } from '../time/instant.ts';

/** Ids of runs, statements and payouts: readable, safe in a path, and the same whoever makes them. Ids of partners hold no `~`. */

/** `2010-12.1`: the first attempt to close December 2010. */
export function runIdOf(period: Period, attempt: number): string {
  return `${period}.${attempt}`;
}

/** The parts of a run id; `undefined` for a text that is none. */
export function parseRunId(runId: string): { readonly period: Period; readonly attempt: number } | undefined {
  const match = /^(\d{4}-\d{2})\.([1-9]\d{0,3})$/.exec(runId);
  return match ? { period: match[1] as Period, attempt: Number(match[2]) } : undefined;
}

/** `2010-12.1~p1~GBP` */
export function statementIdOf(runId: string, partnerId: string, currency: Currency): string {
  return `${runId}~${partnerId}~${currency}`;
}

/** The parts of a statement id; `undefined` for a text that is none. */
export function parseStatementId(
  statementId: string,
): { readonly runId: string; readonly partnerId: string; readonly currency: Currency } | undefined {
  const [runId, partnerId, currency, ...rest] = statementId.split('~');
  if (!runId || !partnerId || !currency || rest.length > 0 || !parseRunId(runId)) return undefined;
  return { runId, partnerId, currency };
}

/** `po~2010-12.1~p1~GBP`: a statement has at most one payout. */
export function payoutIdOf(statementId: string): string {
  return `po~${statementId}`;
}
