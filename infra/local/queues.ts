import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError, byteLength, type Operations } from './aws-error.ts';
import type { Model } from './model.ts';
import type { Store } from './store.ts';

/** Amazon SQS quotas: 1 MiB a message, 10 messages a call, 20 seconds of long polling. */
const MAX_BYTES = 1024 * 1024;
const MAX_MESSAGES = 10;
const MAX_WAIT_SECONDS = 20;
const DEFAULT_VISIBILITY_SECONDS = 30;
const POLL_MS = 100;

type Row = { id: string; body: string; attributes: string; sent_at: number; receives: number };

export type Queues = {
  readonly operations: Operations;
  readonly send: (queueArn: string, body: string, attributes?: Record<string, string>) => void;
};

/** Standard queues, enough for dead letters: send, receive, delete, purge and count; nothing expires. */
export function makeQueues(model: Model, store: Store): Queues {
  const queues = model.ofType('AWS::SQS::Queue');
  const insert = store.db.prepare(
    'INSERT INTO messages (id, queue, body, attributes, sent_at, visible_at, receives) VALUES (?, ?, ?, ?, ?, ?, 0)',
  );
  const visible = store.db.prepare(
    'SELECT * FROM messages WHERE queue = ? AND visible_at <= ? ORDER BY sent_at LIMIT ?',
  );
  const hide = store.db.prepare(
    'UPDATE messages SET visible_at = ?, receives = receives + 1, receipt = ? WHERE id = ?',
  );

  const find = (url: unknown) => {
    const queue = queues.find((one) => one.name === String(url).split('/').at(-1));
    if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  };
  const send = (queue: string, body: string, attributes: object): string => {
    if (byteLength(body) > MAX_BYTES)
      throw new AwsError('InvalidParameterValue', `Message must be shorter than ${MAX_BYTES} bytes.`);
    const id = randomUUID();
    insert.run(id, queue, body, JSON.stringify(attributes), Date.now(), Date.now());
    return id;
  };
  const receive = (queue: string, count: number, visibilityMs: number): object[] =>
    store.transaction(() =>
      (visible.all(queue, Date.now(), count) as unknown as Row[]).map((row) => {
        const receipt = randomUUID();
        hide.run(Date.now() + visibilityMs, receipt, row.id);
        return {
          MessageId: row.id,
          ReceiptHandle: receipt,
          Body: row.body,
          MD5OfBody: md5(row.body),
          Attributes: { SentTimestamp: String(row.sent_at), ApproximateReceiveCount: String(row.receives + 1) },
          MessageAttributes: JSON.parse(row.attributes) as unknown,
        };
      }),
    );

  return {
    send: (queueArn, body, attributes = {}) => {
      const queue = queues.find((one) => one.arn === queueArn);
      if (!queue) throw new AwsError('QueueDoesNotExist', `No queue ${queueArn}.`);
      const typed = Object.entries(attributes).map(([name, value]) => [
        name,
        { DataType: 'String', StringValue: value },
      ]);
      send(queue.name, body, Object.fromEntries(typed));
    },
    operations: {
      GetQueueUrl: (input) => ({ QueueUrl: find(input.QueueName).ref }),
      ListQueues: () => ({ QueueUrls: queues.map((queue) => queue.ref) }),
      SendMessage: (input) => {
        const body = String(input.MessageBody ?? '');
        const id = send(find(input.QueueUrl).name, body, (input.MessageAttributes ?? {}) as object);
        return { MessageId: id, MD5OfMessageBody: md5(body) };
      },
      ReceiveMessage: async (input) => {
        const queue = find(input.QueueUrl);
        const seconds = Number(
          input.VisibilityTimeout ?? queue.properties.VisibilityTimeout ?? DEFAULT_VISIBILITY_SECONDS,
        );
        const until = Date.now() + Math.min(Number(input.WaitTimeSeconds ?? 0), MAX_WAIT_SECONDS) * 1000;
        const count = Math.min(Number(input.MaxNumberOfMessages ?? 1), MAX_MESSAGES);
        for (;;) {
          const messages = receive(queue.name, count, seconds * 1000);
          if (messages.length > 0 || Date.now() >= until) return messages.length > 0 ? { Messages: messages } : {};
          await sleep(POLL_MS);
        }
      },
      DeleteMessage: (input) => {
        store.db
          .prepare('DELETE FROM messages WHERE queue = ? AND receipt = ?')
          .run(find(input.QueueUrl).name, String(input.ReceiptHandle));
        return {};
      },
      PurgeQueue: (input) => {
        store.db.prepare('DELETE FROM messages WHERE queue = ?').run(find(input.QueueUrl).name);
        return {};
      },
      GetQueueAttributes: (input) => {
        const queue = find(input.QueueUrl);
        const count = store.db.prepare('SELECT count(*) AS n FROM messages WHERE queue = ? AND visible_at <= ?');
        const number = String(count.get(queue.name, Date.now())?.n ?? 0);
        return { Attributes: { QueueArn: queue.arn, ApproximateNumberOfMessages: number } };
      },
    },
  };
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
