import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { railEventKey, railRequestKey } from '#shared/adapters/dynamodb/money/money-keys';
import { type TransactItems, writeTogether } from '#shared/adapters/dynamodb/money/money-transaction';
import type { Payee } from '#shared/application/payees';
import type { Rail, RailAnswer, RailFinding } from '#shared/application/payouts/paying/rail';
import type { Clock } from '#shared/application/ports';
import type { Payout } from '#shared/domain/ledger/payout';
import { type Instant, toInstant } from '#shared/domain/time/instant';

const REPORT = {
  settle: { outcome: 'settled' },
  fail: { outcome: 'failed', reason: 'The sandbox account refuses payments.' },
  return: { outcome: 'returned', reason: 'The sandbox account sends payments back.' },
} as const;

const requestSchema = z.object({ answer: z.enum(['accepted', 'rejected']) });
const reportSchema = z.object({ outcome: z.enum(['settled', 'failed', 'returned']), reason: z.string().optional() });
const REFUSAL = 'The partner is no longer paid through the sandbox.';
const eventIdOf = (payoutId: string): string => `rail~${payoutId}`;
const referenceOf = (payoutId: string): string => `sandbox-${payoutId}`;

type Deps = { readonly documents: DynamoDBDocumentClient; readonly tableName: string; readonly clock: Clock };

/**
 * A rail without a bank behind it, for trials: accepts every payout and reports what the payee's `behaviour` says.
 * Request, answer and report are stored together, once a payout id; the report travels from the table's stream as
 * `payout.rail_event`, as a real rail's webhook would come: later, and perhaps twice.
 */
export function makeSandboxRail(deps: Deps): Rail {
  return {
    submit: async (payout, payee) => {
      const items = itemsOf(deps.tableName, payout, payee, toInstant(deps.clock()));
      const isNew = (await writeTogether(deps.documents, items)) === 'applied';
      const answer = isNew ? answerTo(payee) : await firstAnswer(deps, payout);
      return answer === 'accepted'
        ? { outcome: 'accepted', reference: referenceOf(payout.payoutId) }
        : { outcome: 'rejected', reason: REFUSAL };
    },
    find: (payout) => findReport(deps, payout),
  };
}

type Answer = Exclude<RailAnswer['outcome'], 'unknown'>;

function answerTo(payee: Payee): Answer {
  return payee.rail === 'sandbox' ? 'accepted' : 'rejected';
}

function itemsOf(tableName: string, payout: Payout, payee: Payee, at: Instant): TransactItems {
  const { programId, payoutId, currency, amountMinor } = payout;
  const once = { TableName: tableName, ConditionExpression: 'attribute_not_exists(pk)' };
  const answer = answerTo(payee);
  const request = { type: 'rail_request', programId, payoutId, currency, amountMinor, answer, requestedAt: at };
  const items: TransactItems = [{ Put: { ...once, Item: { ...railRequestKey(programId, payoutId), ...request } } }];
  if (payee.rail === 'sandbox') {
    const eventId = eventIdOf(payoutId);
    const report = { type: 'rail_event', eventId, programId, payoutId, occurredAt: at, ...REPORT[payee.behaviour] };
    items.push({ Put: { ...once, Item: { ...railEventKey(programId, payoutId, eventId), ...report } } });
  }
  return items;
}

/** What this payout id led to when it came first. */
async function firstAnswer(deps: Deps, { programId, payoutId }: Payout): Promise<Answer> {
  return requestSchema.parse(await read(deps, railRequestKey(programId, payoutId))).answer;
}

async function findReport(deps: Deps, { programId, payoutId }: Payout): Promise<RailFinding> {
  const request = await read(deps, railRequestKey(programId, payoutId));
  if (!request) return { state: 'never_seen' };
  if (requestSchema.parse(request).answer === 'rejected') return { state: 'failed', reason: REFUSAL };
  const report = await read(deps, railEventKey(programId, payoutId, eventIdOf(payoutId)));
  const { outcome, reason } = reportSchema.parse(report);
  const reference = referenceOf(payoutId);
  return outcome === 'settled' ? { state: outcome, reference } : { state: outcome, reference, reason };
}

async function read({ documents, tableName }: Deps, Key: Record<string, unknown>): Promise<unknown> {
  const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return Item;
}
