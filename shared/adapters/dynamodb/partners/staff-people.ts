import { type DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { expiresAfter } from '#shared/adapters/dynamodb/expires-at';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  STAFF_PERSON_SK_PREFIX,
  staffAddressKey,
  staffPersonKey,
  staffPk,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { transact, type Writes } from '#shared/adapters/dynamodb/transact';
import { LANGUAGES, type StaffRole } from '#shared/application/notifications/messages';
import type { RemovedPerson, StaffPerson, StaffStore } from '#shared/application/notifications/staff/staff-ports';

const ROLES: readonly string[] = ['admin', 'finance', 'approver', 'partner_manager'] satisfies readonly StaffRole[];
const isRole = (role: string): role is StaffRole => ROLES.includes(role);

const personSchema = z.object({
  programId: z.string(),
  personId: z.string(),
  state: z.enum(['active', 'removed']),
  name: z.string().default(''),
  email: z.string().default(''),
  emailHash: z.string().default(''),
  // What this version does not know is left out: one person must keep nobody else from being told.
  roles: z
    .array(z.string())
    .default([])
    .transform((roles) => roles.filter(isRole)),
  language: z.enum(LANGUAGES).optional().catch(undefined),
  timeZone: z.string().optional(),
  version: z.int(),
  createdAt: instantField,
  changedAt: instantField,
  changedBy: z.string(),
  onBehalfOf: z.string().optional(),
});

/** No person's id: these have no blanks. An address that is free again lapses. */
const NOBODY = ' ';

/**
 * People of a programme in one partition of the Partners table, and beside them each address that is somebody's: two people
 * cannot have the same. A removed person keeps no more than the id; the address is free again.
 */
export function makeStaffStore(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): StaffStore {
  const { documents, tableName: TableName } = table;
  const write = (TransactItems: Writes): Promise<boolean> =>
    ifConditionHolds(documents.send(new TransactWriteCommand({ TransactItems })));
  const find = async (programId: string, personId: string): Promise<StaffPerson | undefined> => {
    const Key = staffPersonKey(programId, personId);
    const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item && activeOf(Item);
  };
  const putNew = (person: StaffPerson): Writes[number] => ({
    Put: { TableName, Item: itemOf(person), ConditionExpression: 'attribute_not_exists(pk)' },
  });
  const putNext = (person: StaffPerson | RemovedPerson): Writes[number] => ({
    Put: {
      TableName,
      Item: itemOf(person),
      ConditionExpression: '#version = :before',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':before': person.version - 1 },
    },
  });
  const takeAddress = ({ programId, personId, emailHash }: StaffPerson): Writes[number] => ({
    Put: {
      TableName,
      Item: { ...staffAddressKey(programId, emailHash), personId },
      ConditionExpression: 'attribute_not_exists(personId) OR personId = :nobody OR personId = :person',
      ExpressionAttributeValues: { ':nobody': NOBODY, ':person': personId },
    },
  });
  const freeAddress = (
    { programId, emailHash }: Pick<StaffPerson, 'programId' | 'emailHash'>,
    { changedAt }: Pick<StaffPerson, 'changedAt'>,
  ): Writes[number] => {
    const expiresAt = expiresAfter(changedAt);
    return { Put: { TableName, Item: { ...staffAddressKey(programId, emailHash), personId: NOBODY, expiresAt } } };
  };

  return {
    find,
    async add(person) {
      return (await write([putNew(person), takeAddress(person)])) ? 'added' : 'exists';
    },
    async list(programId) {
      const people: StaffPerson[] = [];
      const query = {
        TableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :person)',
        ExpressionAttributeValues: { ':pk': staffPk(programId), ':person': STAFF_PERSON_SK_PREFIX },
        ConsistentRead: true,
      };
      for await (const item of queryAll(documents, query)) {
        const person = activeOf(item);
        if (person) people.push(person);
      }
      return people;
    },
    async change(person) {
      const before = await find(person.programId, person.personId);
      if (before?.version !== person.version - 1) return 'stale';
      if (before.emailHash === person.emailHash) return (await write([putNext(person)])) ? 'changed' : 'stale';
      const codes = await transact(documents, [putNext(person), takeAddress(person), freeAddress(before, person)]);
      if (codes.length === 0) return 'changed';
      return codes[1] === 'ConditionalCheckFailed' ? 'address_taken' : 'stale';
    },
    async remove(person) {
      const before = await find(person.programId, person.personId);
      if (before?.version !== person.version - 1) return 'stale';
      return (await write([putNext(person), freeAddress(before, person)])) ? 'removed' : 'stale';
    },
  };
}

function itemOf(person: StaffPerson | RemovedPerson): Record<string, unknown> {
  const state = 'email' in person ? 'active' : 'removed';
  return { ...staffPersonKey(person.programId, person.personId), state, ...person };
}

function activeOf(item: Record<string, unknown>): StaffPerson | undefined {
  const { state, ...person } = personSchema.parse(item);
  return state === 'active' ? person : undefined;
}
