import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type TimeBox, TimeIsOver } from '#shared/application/time-box';

/**
 * A client for as long as there is time: then every command fails with `TimeIsOver`, so that long reading ends in the middle. It is an
 * instance of its class still, which the SDK's paginators ask for.
 */
export function readingWhile(client: DynamoDBDocumentClient, box: TimeBox): DynamoDBDocumentClient {
  const send = (...command: Parameters<DynamoDBDocumentClient['send']>): unknown =>
    box.isOver() ? Promise.reject(new TimeIsOver('the time of the answer is over')) : client.send(...command);
  return Object.create(client, { send: { value: send } }) as DynamoDBDocumentClient;
}
