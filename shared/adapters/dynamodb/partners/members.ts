import { type DynamoDBDocumentClient, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { expiresAfter } from '#shared/adapters/dynamodb/expires-at';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  memberKey,
  membersPk,
  personRolesKey,
  roleChangeKey,
  roleChangesPk,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { Member, MemberStore, RoleChange, RoleChanges } from '#shared/application/partners/people/people-ports';
import { givesMoneyRole, STAFF_ROLES, type StaffRole } from '#shared/domain/people/roles';

const isRole = (role: string): role is StaffRole => STAFF_ROLES.some((known) => known === role);
/** A role that this version does not know gives nothing. */
const rolesField = z.array(z.string()).transform((roles) => roles.filter(isRole));

export const rolesGrantSchema = z.object({ programId: z.string(), roles: rolesField });

const memberSchema = z.object({
  programId: z.string(),
  personId: z.string(),
  name: z.string().default(''),
  email: z.string().default(''),
  emailHash: z.string().default(''),
  roles: rolesField,
  createdAt: instantField,
  changedAt: instantField,
  changedBy: z.string(),
});

const changeSchema = z.object({
  number: z.int(),
  before: rolesField,
  after: rolesField,
  recordedAt: instantField,
  recordedBy: z.string(),
});

type Table = { readonly documents: DynamoDBDocumentClient; readonly tableName: string };

/**
 * Who has roles in a programme: the person in the programme's partition, its roles under the hash of its address, and each change as
 * an item that is put once. A person without roles keeps no more than its id; what stood under the hash lapses.
 */
export function makeMembers({ documents, tableName: TableName }: Table): MemberStore {
  return {
    async list(programId) {
      const members: Member[] = [];
      const query = {
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': membersPk(programId) },
        ConsistentRead: true,
      };
      for await (const item of queryAll(documents, query)) {
        const member = memberSchema.parse(item);
        if (member.roles.length > 0) members.push(member);
      }
      return members;
    },
    async lastChange(programId) {
      const { Items = [] } = await documents.send(
        new QueryCommand({ ...newestFirst(TableName, programId), Limit: 1, ConsistentRead: true }),
      );
      return Items[0] ? changeSchema.parse(Items[0]).number : 0;
    },
    apply(change, person) {
      const { programId, personId, roles, emailHash, createdAt, changedAt, changedBy } = person;
      const kept =
        roles.length > 0 ? person : { programId, personId, roles, createdAt, changedAt, changedBy, state: 'removed' };
      const expiry = roles.length > 0 ? {} : { expiresAt: expiresAfter(changedAt) };
      const put = (Item: Record<string, unknown>) => ({ Put: { TableName, Item } });
      const TransactItems = [
        { Put: { ...put(itemOf(change)).Put, ConditionExpression: 'attribute_not_exists(pk)' } },
        put({ ...memberKey(programId, personId), ...kept }),
        put({ ...personRolesKey(emailHash, programId), programId, personId, roles, ...expiry }),
      ];
      return ifConditionHolds(documents.send(new TransactWriteCommand({ TransactItems })));
    },
  };
}

/** Who gave roles, for approvals and their proof: reads the changes alone. */
export function makeRoleChanges({ documents, tableName }: Table): RoleChanges {
  return {
    async giversSince(programId, since) {
      const givers = [];
      for await (const item of queryAll(documents, { ...newestFirst(tableName, programId), ConsistentRead: true })) {
        const { before, after, recordedAt: at, recordedBy: by } = changeSchema.parse(item);
        // All of them, a few dozen: clocks differ, so that a later number may bear an earlier time.
        if (at >= since && givesMoneyRole(before, after)) givers.push({ by, at });
      }
      return givers;
    },
  };
}

function newestFirst(TableName: string, programId: string) {
  return {
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': roleChangesPk(programId) },
    ScanIndexForward: false,
  };
}

function itemOf({ programId, number, at, by, ...change }: RoleChange): Record<string, unknown> {
  return { ...roleChangeKey(programId, number), programId, number, ...change, recordedAt: at, recordedBy: by };
}
