import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { isPlanDraftSk, planDraftKey, planDraftsPk } from '#shared/adapters/dynamodb/money/money-keys';
import { writeTogether } from '#shared/adapters/dynamodb/money/money-transaction';
import { planWrite } from '#shared/adapters/dynamodb/money/plans/plans';
import {
  DRAFT_STATUSES,
  type DraftComponent,
  type PlanDraft,
  type PlanDraftStore,
} from '#shared/application/payouts/plans/plan-draft';

const draftItemSchema = z.object({
  draftId: z.string(),
  name: z.string(),
  /** One text, so that what was saved is what is read, whatever an editor sent. */
  components: z.string().transform((text) => JSON.parse(text) as readonly DraftComponent[]),
  revision: z.number(),
  status: z.enum(DRAFT_STATUSES),
  createdBy: z.string(),
  createdAt: instantField,
  savedBy: z.string(),
  savedAt: instantField,
  closedBy: z.string().optional(),
  closedAt: instantField.optional(),
  publishedVersion: z.number().optional(),
});

/** Plan drafts: one item each, replaced only over the revision before; closed ones stay. */
export function makePlanDrafts(deps: { documents: DynamoDBDocumentClient; tableName: string }): PlanDraftStore {
  const { documents, tableName } = deps;

  /** Over revision `seen` of an open draft; `undefined` creates. */
  const write = (programId: string, draft: PlanDraft, seen: number | undefined) => ({
    TableName: tableName,
    Item: {
      ...planDraftKey(programId, draft.draftId),
      type: 'plan_draft',
      ...draft,
      components: JSON.stringify(draft.components),
    },
    ...(seen === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#revision = :seen AND #status = :open',
          ExpressionAttributeNames: { '#revision': 'revision', '#status': 'status' },
          ExpressionAttributeValues: { ':seen': seen, ':open': 'open' },
        }),
  });

  return {
    async get(programId, draftId) {
      const { Item } = await documents.send(
        new GetCommand({ TableName: tableName, Key: planDraftKey(programId, draftId), ConsistentRead: true }),
      );
      return Item && draftItemSchema.parse(Item);
    },
    async list(programId, { cursor, limit, status }) {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND sk > :after',
          ...(status === undefined
            ? {}
            : { FilterExpression: '#status = :status', ExpressionAttributeNames: { '#status': 'status' } }),
          ExpressionAttributeValues: {
            ':pk': planDraftsPk(programId),
            ':after': cursor === undefined ? ' ' : fromCursor(cursor, isPlanDraftSk),
            ...(status === undefined ? {} : { ':status': status }),
          },
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      const items = Items.map((item): PlanDraft => draftItemSchema.parse(item));
      const last: unknown = LastEvaluatedKey?.sk;
      return typeof last === 'string' ? { items, nextCursor: toCursor(last) } : { items };
    },
    save: (programId, draft) =>
      ifConditionHolds(
        documents.send(new PutCommand(write(programId, draft, draft.revision === 1 ? undefined : draft.revision - 1))),
      ),
    discard: (programId, draft) =>
      ifConditionHolds(documents.send(new PutCommand(write(programId, draft, draft.revision)))),
    async publish(programId, draft, plan) {
      const outcome = await writeTogether(documents, [
        { Put: planWrite(tableName, programId, plan) },
        { Put: write(programId, draft, draft.revision) },
      ]);
      return outcome === 'applied';
    },
  };
}
