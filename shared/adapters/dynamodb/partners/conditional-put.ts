/** A put and what must hold for it: the first of its key, or the next version of what was read. */
export type ConditionalPut = {
  readonly item: Readonly<Record<string, unknown>>;
  readonly expectedVersion?: number | undefined;
};

/** The same as a part of a transaction. */
export function conditionalPut(TableName: string, { item, expectedVersion }: ConditionalPut) {
  const Item = { ...item };
  if (expectedVersion === undefined) return { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    TableName,
    Item,
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': expectedVersion },
  };
}
