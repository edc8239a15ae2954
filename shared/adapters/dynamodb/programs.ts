import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import {
  CONTRACT_INDEX,
  PROGRAMS_CONTRACT_PK,
  programContractKey,
  programKey,
} from '#shared/adapters/dynamodb/money-keys';
import { itemOfProgram, programOfItem } from '#shared/adapters/dynamodb/program-item';
import type { ProgramStore } from '#shared/application/payouts/ports';

/** Programmes for their owner. Nothing here changes one: the books move with a run (`runs.ts`). */
export function makePrograms(deps: { documents: DynamoDBDocumentClient; tableName: string }): ProgramStore {
  const { documents, tableName } = deps;
  const get: ProgramStore['get'] = async (programId) => {
    const { Item } = await documents.send(
      new GetCommand({ TableName: tableName, Key: programKey(programId), ConsistentRead: true }),
    );
    return Item && programOfItem(Item);
  };
  return {
    get,
    async create(program) {
      const created = await ifConditionHolds(
        documents.send(
          new PutCommand({
            TableName: tableName,
            Item: itemOfProgram(program),
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      );
      if (created) return { created, program };
      const stored = await get(program.programId);
      if (!stored) throw new Error(`programme ${program.programId} was refused as existing, but is not there`);
      return { created, program: stored };
    },
    async list({ cursor, limit }) {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: CONTRACT_INDEX,
          KeyConditionExpression: 'contractPk = :pk AND contractSk > :after',
          ExpressionAttributeValues: { ':pk': PROGRAMS_CONTRACT_PK, ':after': cursor ? fromCursor(cursor) : ' ' },
          Limit: limit,
        }),
      );
      const items = Items.map(programOfItem);
      const last = items.at(-1);
      return LastEvaluatedKey && last
        ? { items, nextCursor: toCursor(programContractKey(last.programId).contractSk) }
        : { items };
    },
  };
}
