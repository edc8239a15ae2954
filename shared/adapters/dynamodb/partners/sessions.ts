import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { sessionKey, visitsKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { SessionStore } from '#shared/application/console/ports';

const MS_PER_SECOND = 1_000;
const DAY_MS = 86_400_000;
/** A closed session is empty; its item only keeps an update that is under way from making it anew. */
const CLOSED_KEPT_MS = DAY_MS;
/** Whoever did not come for so long is told what changed as if for the first time. */
const VISITS_KEPT_DAYS = 400;

const itemSchema = z.object({
  id: z.string(),
  sealed: z.string(),
  version: z.int(),
  endsAt: z.number(),
  lastSeenAt: z.number(),
  renewingUntil: z.number().optional(),
});
const visitsSchema = z.object({ lastSeenAt: z.number(), previousVisitAt: z.number().optional() });

/** An item a session, by the hash of its secret, and one a person, by the hash of its subject. */
export function makeSessionStore(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): SessionStore {
  const { documents, tableName: TableName } = table;
  const get = async (Key: Record<string, string>): Promise<Record<string, unknown> | undefined> =>
    (await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
  /** Of one that is open, and as `condition` says. */
  const update = (id: string, UpdateExpression: string, condition: string, values: object): Promise<boolean> =>
    ifConditionHolds(
      documents.send(
        new UpdateCommand({
          TableName,
          Key: sessionKey(id),
          UpdateExpression,
          ConditionExpression: `attribute_exists(sealed)${condition}`,
          ExpressionAttributeNames: /#version/.test(UpdateExpression + condition)
            ? { '#version': 'version' }
            : undefined,
          ExpressionAttributeValues: Object.keys(values).length > 0 ? { ...values } : undefined,
        }),
      ),
    );

  return {
    async open(session) {
      const Item = { ...sessionKey(session.id), ...session, expiresAt: inSeconds(session.endsAt) };
      await documents.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
    },
    async find(id) {
      const item = await get(sessionKey(id));
      return item?.sealed === undefined ? undefined : itemSchema.parse(item);
    },
    touch: (id, at) => update(id, 'SET lastSeenAt = :at', '', { ':at': at }),
    claimRenewal: ({ id, version }, now, until) =>
      update(
        id,
        'SET renewingUntil = :until',
        ' AND #version = :version AND (attribute_not_exists(renewingUntil) OR renewingUntil <= :now)',
        { ':until': until, ':now': now, ':version': version },
      ),
    renew: ({ id, version }, sealed, now) =>
      update(
        id,
        'SET sealed = :sealed, #version = :next, lastSeenAt = :now REMOVE renewingUntil',
        ' AND #version = :version',
        { ':sealed': sealed, ':next': version + 1, ':now': now, ':version': version },
      ),
    async releaseRenewal({ id, version }) {
      await update(id, 'REMOVE renewingUntil', ' AND #version = :version', { ':version': version });
    },
    async close(id, at) {
      const Item = { ...sessionKey(id), id, closedAt: at, expiresAt: inSeconds(at + CLOSED_KEPT_MS) };
      await documents.send(new PutCommand({ TableName, Item }));
    },
    async visits(subjectHash) {
      const item = await get(visitsKey(subjectHash));
      return item && visitsSchema.parse(item);
    },
    async keepVisits(subjectHash, visits) {
      const expiresAt = inSeconds(visits.lastSeenAt + VISITS_KEPT_DAYS * DAY_MS);
      const Item = { ...visitsKey(subjectHash), ...visits, expiresAt };
      await documents.send(new PutCommand({ TableName, Item }));
    },
  };
}

function inSeconds(at: number): number {
  return Math.ceil(at / MS_PER_SECOND);
}
