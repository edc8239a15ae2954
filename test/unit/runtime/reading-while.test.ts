import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { readingWhile } from '#functions/runtime/reading-while';
import { TimeIsOver } from '#shared/application/time-box';

describe('a client for as long as there is time', () => {
  const asked: string[] = [];
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'local' }));
  client.send = (async (command: object) => {
    asked.push(command.constructor.name);
    return { Items: [] };
  }) as typeof client.send;
  let isOver = false;
  const boxed = readingWhile(client, { isOver: () => isOver });
  const query = { TableName: 't', KeyConditionExpression: 'pk = :pk' };

  it('reads, also page by page', async () => {
    await boxed.send(new GetCommand({ TableName: 't', Key: { pk: 'a' } }));
    for await (const page of paginateQuery({ client: boxed }, query)) expect(page.Items).toEqual([]);
    expect(asked).toEqual(['GetCommand', 'QueryCommand']);
  });

  it('reads nothing once the time is over', async () => {
    isOver = true;
    await expect(boxed.send(new GetCommand({ TableName: 't', Key: { pk: 'a' } }))).rejects.toBeInstanceOf(TimeIsOver);
    await expect(paginateQuery({ client: boxed }, query).next()).rejects.toBeInstanceOf(TimeIsOver);
    expect(asked).toHaveLength(2);
  });
});
