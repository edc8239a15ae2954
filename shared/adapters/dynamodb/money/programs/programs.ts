import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import {
  CONTRACT_INDEX,
  controlsChangeKey,
  controlsPk,
  type Key,
  PROGRAMS_CONTRACT_PK,
  policyChangeKey,
  policyPk,
  programContractKey,
  programKey,
  settingsChangeKey,
  settingsPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import {
  controlsChangeOfItem,
  itemOfProgram,
  policyChangeOfItem,
  programOfItem,
  settingsChangeOfItem,
} from '#shared/adapters/dynamodb/money/programs/program-item';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { ControlsChange, PolicyChange, ProgramStore, SettingsChange } from '#shared/application/payouts/ports';
import type { Page } from '#shared/application/ports';
import type { Program } from '#shared/application/programs';
import type { Instant } from '#shared/domain/time/instant';

/** Sorts before every id. */
const FIRST = ' ';

type Deps = { readonly documents: DynamoDBDocumentClient; readonly tableName: string };

/** Programmes for their owner. Only controls, settings and payout policy change here: the books move with a run (`runs.ts`). */
export function makePrograms(deps: Deps): ProgramStore {
  const { documents, tableName } = deps;
  const changesSince = async <T extends { readonly at: Instant }>(
    pk: string,
    since: Instant,
    read: (item: unknown) => T,
  ): Promise<readonly T[]> => {
    const changes: T[] = [];
    const items = queryAll(documents, {
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    });
    for await (const item of items) changes.push(read(item));
    return changes.filter(({ at }) => at >= since);
  };
  const get: ProgramStore['get'] = async (programId) => {
    const { Item } = await documents.send(
      new GetCommand({ TableName: tableName, Key: programKey(programId), ConsistentRead: true }),
    );
    return Item && programOfItem(Item);
  };
  /** One by one, and consistently: a person is granted few by name. */
  const named = async (ids: readonly string[], after: string, limit: number): Promise<Page<Program>> => {
    const left = [...new Set(ids)].filter((programId) => programId > after).toSorted();
    const asked = left.slice(0, limit);
    const items = (await Promise.all(asked.map(get))).filter((program) => program !== undefined);
    const last = asked.at(-1);
    return last !== undefined && left.length > limit ? { items, nextCursor: toCursor(last) } : { items };
  };
  return {
    get,
    async create(program, actor) {
      const created = await ifConditionHolds(
        documents.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...itemOfProgram(program), ...(actor && { createdBy: actor.by, onBehalfOf: actor.onBehalfOf }) },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      );
      if (created) return { created, program };
      const stored = await get(program.programId);
      if (!stored) throw new Error(`programme ${program.programId} was refused as existing, but is not there`);
      return { created, program: stored };
    },
    async list({ cursor, limit, among }) {
      const after = cursor === undefined ? FIRST : fromCursor(cursor);
      if (among) return named(among, after, limit);
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: CONTRACT_INDEX,
          KeyConditionExpression: 'contractPk = :pk AND contractSk > :after',
          ExpressionAttributeValues: { ':pk': PROGRAMS_CONTRACT_PK, ':after': after },
          Limit: limit,
        }),
      );
      const items = Items.map(programOfItem);
      const last = items.at(-1);
      return LastEvaluatedKey && last
        ? { items, nextCursor: toCursor(programContractKey(last.programId).contractSk) }
        : { items };
    },
    controlsChanges: (programId, since) => changesSince(controlsPk(programId), since, controlsChangeOfItem),
    settingsChanges: (programId, since) => changesSince(settingsPk(programId), since, settingsChangeOfItem),
    changeControls: (change) =>
      keepChange(deps, 'controls', controlsChangeKey(change.programId, change.version), change),
    changeSettings: (change) =>
      keepChange(deps, 'settings', settingsChangeKey(change.programId, change.version), change),
    policyChanges: (programId, since) => changesSince(policyPk(programId), since, policyChangeOfItem),
    changePolicy: (change) => keepChange(deps, 'policy', policyChangeKey(change.programId, change.version), change),
  };
}

/** Sets what changed and keeps the change under its number in one transaction; false when that number is taken. */
function keepChange(
  { documents, tableName }: Deps,
  what: 'controls' | 'settings' | 'policy',
  key: Key,
  change: ControlsChange | SettingsChange | PolicyChange,
): Promise<boolean> {
  const seen = change.version - 1;
  const number = `${what}Version`;
  // A programme that is older than the number has none yet.
  const isSeen = seen === 0 ? '(attribute_not_exists(#number) OR #number = :seen)' : '#number = :seen';
  return ifConditionHolds(
    documents.send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Update: {
              TableName: tableName,
              Key: programKey(change.programId),
              UpdateExpression: 'SET #what = :after, #number = :version',
              ConditionExpression: `attribute_exists(pk) AND ${isSeen}`,
              ExpressionAttributeNames: { '#what': what, '#number': number },
              ExpressionAttributeValues: { ':after': change.after, ':version': change.version, ':seen': seen },
            },
          },
          {
            Put: {
              TableName: tableName,
              Item: { ...key, type: `${what}_change`, ...change },
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
        ],
      }),
    ),
  );
}
