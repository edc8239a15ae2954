import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

type Key = Record<string, unknown>;
type Action = { readonly Key?: Key | undefined; readonly Item?: Key | undefined };

/**
 * The engine with the rule of the cloud that it lacks, because it runs one transaction after the other: of transactions on the
 * same item at the same moment the later is cancelled with `TransactionConflict`. `heldMs`: how long one takes there.
 * Also keeps which keys were written, and may cut the wire before a write or after it.
 */
export function withConflicts(
  documents: DynamoDBDocumentClient,
  options: { readonly heldMs: number; readonly cut?: () => 'before' | 'after' | undefined },
): { readonly documents: DynamoDBDocumentClient; readonly written: string[]; conflicts: () => number } {
  const held = new Set<string>();
  const written: string[] = [];
  let conflicts = 0;
  const send = async (command: unknown): Promise<unknown> => {
    const run = () => (documents.send as (command: unknown) => Promise<unknown>).call(documents, command);
    if (command instanceof PutCommand || command instanceof UpdateCommand) written.push(keyOf(command.input));
    if (!(command instanceof TransactWriteCommand)) return run();
    const keys = (command.input.TransactItems ?? []).map((item) => keyOf(Object.values(item)[0] as Action));
    if (keys.some((key) => held.has(key))) {
      conflicts += 1;
      throw cancelled(keys.map((key) => (held.has(key) ? 'TransactionConflict' : 'None')));
    }
    const cut = options.cut?.();
    if (cut === 'before') throw broken();
    for (const key of keys) held.add(key);
    try {
      const [answer] = await Promise.all([run(), new Promise((resolve) => setTimeout(resolve, options.heldMs))]);
      written.push(...keys);
      if (cut === 'after') throw broken();
      return answer;
    } finally {
      for (const key of keys) held.delete(key);
    }
  };
  return { documents: Object.assign(Object.create(documents), { send }), written, conflicts: () => conflicts };
}

function keyOf({ Key, Item }: Action): string {
  const { pk, sk } = Key ?? Item ?? {};
  return `${String(pk)} ${String(sk)}`;
}

function cancelled(codes: readonly string[]): TransactionCanceledException {
  return new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
}

function broken(): Error {
  return Object.assign(new Error('the wire was cut'), { name: 'TimeoutError' });
}
