import * as z from 'zod';
import { instantField, minorField, periodField } from '#shared/adapters/dynamodb/money/money-fields';
import { postedStatementKey } from '#shared/adapters/dynamodb/money/money-keys';
import type { PostedStatement, StatementPosting } from '#shared/application/payouts/ledger/ledger-ports';

/** Of an item that says nothing but that a statement was posted which neither moves nor pays anything. */
export const POSTED_STATEMENT_ITEM_TYPE = 'posted_statement';

const postedSchema = z.object({
  programId: z.string(),
  partnerId: z.string(),
  posted: z.object({
    statementId: z.string(),
    period: periodField,
    currency: z.string(),
    payableMinor: minorField,
    postedAt: instantField,
  }),
});

/**
 * That a statement was posted, as a part of the one item that its posting writes anyway: the entry, else the payout. A posting is
 * told from the stream by it, and costs no write more. A later version of the payout leaves it out: it was told by the first.
 */
export function postedField({ statement, currency, postedAt }: StatementPosting): Record<string, unknown> {
  return statement ? { posted: { ...statement, currency, postedAt } } : {};
}

/** The item of a statement that neither moves nor pays anything. */
export function postedStatementItem(posting: StatementPosting, statementId: string): Record<string, unknown> {
  const { programId, partnerId } = posting;
  const key = postedStatementKey(programId, statementId);
  return { ...key, type: POSTED_STATEMENT_ITEM_TYPE, programId, partnerId, ...postedField(posting) };
}

/** What an item says of a posting; `undefined` of one that says nothing, as those from before postings were told. */
export function postedStatementOfItem(item: Record<string, unknown>): PostedStatement | undefined {
  if (item.posted === undefined) return undefined;
  const { programId, partnerId, posted } = postedSchema.parse(item);
  return { programId, partnerId, ...posted };
}
