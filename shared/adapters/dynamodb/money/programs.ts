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
  PROGRAMS_CONTRACT_PK,
  programContractKey,
  programKey,
} from '#shared/adapters/dynamodb/money/money-keys';
import { controlsChangeOfItem, itemOfProgram, programOfItem } from '#shared/adapters/dynamodb/money/program-item';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { ControlsChange, ProgramStore } from '#shared/application/payouts/ports';
import type { Page } from '#shared/application/ports';
import type { Program } from '#shared/application/programs';

/** Sorts before every id. */
const FIRST = ' ';

/** Programmes for their owner. Only the controls change here: the books move with a run (`runs.ts`). */
export function makePrograms(deps: { documents: DynamoDBDocumentClient; tableName: string }): ProgramStore {
  const { documents, tableName } = deps;
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
    async controlsChanges(programId, since) {
      const changes: ControlsChange[] = [];
      const items = queryAll(documents, {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': controlsPk(programId) },
        ConsistentRead: true,
      });
      for await (const item of items) changes.push(controlsChangeOfItem(item));
      return changes.filter(({ at }) => at >= since);
    },
    changeControls({ programId, version, after, ...change }) {
      const seen = version - 1;
      return ifConditionHolds(
        documents.send(
          new TransactWriteCommand({
            TransactItems: [
              {
                Update: {
                  TableName: tableName,
                  Key: programKey(programId),
                  UpdateExpression: 'SET controls = :after, controlsVersion = :version',
                  // A programme that is older than its controls has no number yet.
                  ConditionExpression: `attribute_exists(pk) AND ${seen === 0 ? '(attribute_not_exists(controlsVersion) OR controlsVersion = :seen)' : 'controlsVersion = :seen'}`,
                  ExpressionAttributeValues: { ':after': after, ':version': version, ':seen': seen },
                },
              },
              {
                Put: {
                  TableName: tableName,
                  Item: {
                    ...controlsChangeKey(programId, version),
                    type: 'controls_change',
                    programId,
                    version,
                    after,
                    ...change,
                  },
                  ConditionExpression: 'attribute_not_exists(pk)',
                },
              },
            ],
          }),
        ),
      );
    },
  };
}
