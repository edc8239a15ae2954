import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import {
  SIMULATED_SK_PREFIX,
  simulatedShardKey,
  simulationKey,
  simulationPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import { itemOfSimulation, simulationOfItem } from '#shared/adapters/dynamodb/money/simulations/simulation-item';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { Simulation, SimulationStore } from '#shared/application/payouts/simulations/simulation';

const markSchema = z.object({ facts: z.number() });

/** Simulations in the Money table: what was asked and how far it is. Results are files. */
export function makeSimulations(deps: { documents: DynamoDBDocumentClient; tableName: string }): SimulationStore {
  const { documents, tableName } = deps;
  const get = async (programId: string, simulationId: string): Promise<Simulation | undefined> => {
    const { Item } = await documents.send(
      new GetCommand({ TableName: tableName, Key: simulationKey(programId, simulationId), ConsistentRead: true }),
    );
    return Item && simulationOfItem(Item);
  };
  /** Only while it runs. */
  const set = (
    { programId, simulationId }: Pick<Simulation, 'programId' | 'simulationId'>,
    values: Readonly<Record<string, unknown>>,
    also = '',
  ): Promise<boolean> => {
    const names = Object.keys(values);
    return ifConditionHolds(
      documents.send(
        new UpdateCommand({
          TableName: tableName,
          Key: simulationKey(programId, simulationId),
          UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
          ConditionExpression: `#status = :running${also}`,
          ExpressionAttributeNames: {
            '#status': 'status',
            ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
          },
          ExpressionAttributeValues: {
            ':running': 'running',
            ...Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
          },
        }),
      ),
    );
  };
  return {
    get,
    async create(simulation) {
      const created = await ifConditionHolds(
        documents.send(
          new PutCommand({
            TableName: tableName,
            Item: itemOfSimulation(simulation),
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      );
      if (created) return { created, simulation };
      const stored = await get(simulation.programId, simulation.simulationId);
      if (!stored) throw new Error(`simulation ${simulation.simulationId} is taken, but not stored`);
      return { created, simulation: stored };
    },
    plan: (programId, simulationId, shards, facts) =>
      set({ programId, simulationId }, { shards, facts }, ' AND attribute_not_exists(#shards)'),
    async shardDone(programId, simulationId, shard, facts) {
      await documents.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...simulatedShardKey(programId, simulationId, shard), type: 'simulated_shard', facts },
        }),
      );
    },
    async progress(programId, simulationId) {
      const marks = queryAll(documents, {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': simulationPk(programId, simulationId), ':prefix': SIMULATED_SK_PREFIX },
        ConsistentRead: true,
      });
      const progress = { shardsDone: 0, conversionsDone: 0 };
      for await (const mark of marks) {
        progress.shardsDone += 1;
        progress.conversionsDone += markSchema.parse(mark).facts;
      }
      return progress;
    },
    async end(programId, simulationId, { at, ...end }) {
      const status = 'failure' in end ? 'failed' : 'done';
      await set({ programId, simulationId }, { status, finishedAt: at, ...end });
    },
  };
}
