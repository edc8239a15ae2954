import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/** Reasons that pass by themselves: the same transaction may be tried again. */
const PASSING = new Set(['None', 'ConditionalCheckFailed', 'TransactionConflict']);

/**
 * The reason a cancelled transaction gives for each of its items, in their order; `undefined` for any other error,
 * and for reasons that a repeat does not mend (validation, size, throttling, which the SDK has retried).
 */
export function cancellationCodes(error: unknown): readonly string[] | undefined {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
  return codes.length > 0 && codes.every((code) => PASSING.has(code)) ? codes : undefined;
}
