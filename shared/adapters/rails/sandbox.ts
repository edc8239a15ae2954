import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { railEventKey, railRequestKey } from '#shared/adapters/dynamodb/money/money-keys';
import { type TransactItems, writeTogether } from '#shared/adapters/dynamodb/money/money-transaction';
import type { Payee } from '#shared/application/payees';
import type { Rail, RailAnswer } from '#shared/application/payouts/paying/rail';
import type { Clock } from '#shared/application/ports';
import type { Payout } from '#shared/domain/ledger/payout';
import { type Instant, toInstant } from '#shared/domain/time/instant';

const REPORT = {
  settle: { outcome: 'settled' },
  fail: { outcome: 'failed', reason: 'The sandbox account refuses payments.' },
  return: { outcome: 'returned', reason: 'The sandbox account sends payments back.' },
} as const;

const requestSchema = z.object({ answer: z.enum(['accepted', 'rejected']) });

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
        ? { outcome: 'accepted', reference: `sandbox-${payout.payoutId}` }
        : { outcome: 'rejected', reason: 'The partner is no longer paid through the sandbox.' };
    },
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
    const eventId = `rail~${payoutId}`;
    const report = { type: 'rail_event', eventId, programId, payoutId, occurredAt: at, ...REPORT[payee.behaviour] };
    items.push({ Put: { ...once, Item: { ...railEventKey(programId, payoutId, eventId), ...report } } });
  }
  return items;
}

/** What this payout id led to when it came first. */
async function firstAnswer({ documents, tableName }: Deps, { programId, payoutId }: Payout): Promise<Answer> {
  const Key = railRequestKey(programId, payoutId);
  const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return requestSchema.parse(Item).answer;
}
