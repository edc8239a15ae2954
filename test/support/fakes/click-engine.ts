import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';

type Item = Record<string, unknown>;
type Write = { Key?: Item; Item?: Item; ConditionExpression?: string; UpdateExpression?: string };
type Values = { ExpressionAttributeValues?: Record<string, unknown> };

/**
 * As much of DynamoDB as counting clicks uses, in memory, so that thousands of schedules take seconds. The real engine runs
 * the same tests with fewer (test/contract/click-crashes.test.ts).
 */
export function makeClickEngine(): { send(command: unknown): unknown; sumOf(part: string, name: string): number } {
  const items = new Map<string, Item>();
  const idOf = (key: Item = {}): string => `${key.pk} ${key.sk}`;

  const holds = (before: Item | undefined, { ConditionExpression = '', ...write }: Write & Values): boolean => {
    if (ConditionExpression === '' || !before) return true;
    if (ConditionExpression.includes('countedBy')) {
      return before.countedBy === write.ExpressionAttributeValues?.[':from'];
    }
    return ConditionExpression.split(' AND ').every((condition) => {
      const [, list = ''] = /#(\w)/.exec(condition) ?? [];
      const length = (before[list] as unknown[] | undefined)?.length;
      return list !== '' && length === write.ExpressionAttributeValues?.[`:${list}size`];
    });
  };
  const update = (write: Write & Values): Item => {
    const item: Item = { ...write.Key, ...items.get(idOf(write.Key)) };
    const values = write.ExpressionAttributeValues ?? {};
    for (const [, list = '', appended = ''] of (write.UpdateExpression ?? '').matchAll(
      /#(\w) = list_append\(.*?\), (:\w)\)/g,
    )) {
      item[list] = [...((item[list] as unknown[]) ?? []), ...(values[appended] as unknown[])];
    }
    const [, additions = ''] = /ADD (.*)$/.exec(write.UpdateExpression ?? '') ?? [];
    for (const addition of additions === '' ? [] : additions.split(', ')) {
      const [name = '', value = ''] = addition.split(' ');
      item[name] = Number(item[name] ?? 0) + Number(values[value]);
    }
    items.set(idOf(write.Key), item);
    return item;
  };
  const refuse = (before: Item | undefined): never => {
    const Item = before && marshall(before, { removeUndefinedValues: true });
    throw new ConditionalCheckFailedException({ message: 'refused', $metadata: {}, ...(Item ? { Item } : {}) });
  };

  return {
    send: (command) => {
      if (command instanceof GetCommand) return { Item: items.get(idOf(command.input.Key)) };
      if (command instanceof PutCommand || command instanceof UpdateCommand) {
        const input = command.input as Write & Values;
        const before = items.get(idOf(input.Item ?? input.Key));
        if (!holds(before, input)) refuse(before);
        if (input.Item) items.set(idOf(input.Item), input.Item);
        return input.Item ? {} : { Attributes: update(input) };
      }
      if (!(command instanceof TransactWriteCommand)) throw new Error('not of this engine');
      const writes = (command.input.TransactItems ?? []).map((it) => (it.Put ?? it.Update) as Write & Values);
      const reasons = writes.map((it) => ({
        Code: holds(items.get(idOf(it.Item ?? it.Key)), it) ? 'None' : 'ConditionalCheckFailed',
      }));
      if (reasons.some(({ Code }) => Code !== 'None')) {
        throw new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons: reasons });
      }
      for (const write of writes) write.Item ? items.set(idOf(write.Item), write.Item) : update(write);
      return {};
    },
    sumOf: (part, name) =>
      [...items].reduce((sum, [id, item]) => (id.includes(part) ? sum + Number(item[name] ?? 0) : sum), 0),
  };
}
