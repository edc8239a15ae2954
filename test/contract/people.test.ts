import { DynamoDBDocumentClient, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeMembers, makeRoleChanges } from '#shared/adapters/dynamodb/partners/members';
import { auditedEffectOfItem } from '#shared/adapters/dynamodb/partners/partner-audit';
import { roleChangesPk } from '#shared/adapters/dynamodb/partners/partners-keys';
import { makePeopleReader } from '#shared/adapters/dynamodb/partners/people';
import { makePeopleDirectory } from '#shared/adapters/dynamodb/partners/people-directory';
import type { Member, MemberStore, RoleChange, RoleChanges } from '#shared/application/partners/people/people-ports';
import type { StaffRole } from '#shared/domain/people/roles';
import { instant } from '#test/support/builders/partners';
import { makeMemoryMembers } from '#test/support/fakes/members';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const at = instant('2026-03-01T12:00:00Z');
const member = (programId: string, roles: readonly StaffRole[], over: Partial<Member> = {}): Member => ({
  ...{
    programId,
    personId: 'bob',
    name: 'Bob',
    email: 'bob@shop.example',
    emailHash: `hash-of-bob-${programId}`,
    roles,
  },
  ...{ createdAt: at, changedAt: at, changedBy: 'person:ada', ...over },
});
const change = (programId: string, number: number, before: StaffRole[], after: StaffRole[]): RoleChange => ({
  ...{ programId, number, personId: 'bob', emailHash: `hash-of-bob-${programId}`, before, after, by: 'person:ada' },
  at: instant(`2026-03-0${number}T12:00:00Z`),
});

describe.each(['the engine', 'the fake'])('people on %s', (which) => {
  const make = (): MemberStore & RoleChanges =>
    which === 'the fake' ? makeMemoryMembers() : { ...makeMembers(table), ...makeRoleChanges(table) };

  it('have the roles of the last change, and are gone without one', async () => {
    const store = make();
    expect(await store.lastChange('given')).toBe(0);
    expect(await store.apply(change('given', 1, [], ['finance']), member('given', ['finance']))).toBe(true);
    expect(await store.list('given')).toEqual([member('given', ['finance'])]);
    expect(await store.apply(change('given', 2, ['finance'], []), member('given', []))).toBe(true);
    expect(await store.list('given')).toEqual([]);
    expect(await store.lastChange('given')).toBe(2);
  });

  it('are changed by one of two at a time', async () => {
    const store = make();
    const racers = ['ada', 'eve'].map((personId) =>
      store.apply({ ...change('race', 1, [], ['admin']), personId }, member('race', ['admin'], { personId })),
    );
    expect((await Promise.all(racers)).filter(Boolean)).toHaveLength(1);
    expect(await store.list('race')).toHaveLength(1);
  });

  it('are given roles that decide money by whom, from an instant on', async () => {
    const store = make();
    await store.apply(change('givers', 1, [], ['approver']), member('givers', ['approver']));
    await store.apply(change('givers', 2, ['approver'], ['partner_manager']), member('givers', ['partner_manager']));
    await store.apply(change('givers', 3, ['partner_manager'], ['finance']), member('givers', ['finance']));
    const times = async (since: string) => (await store.giversSince('givers', instant(since))).map((one) => one.at);
    expect(await times('2026-01-01T00:00:00Z')).toEqual(['2026-03-03T12:00:00.000Z', '2026-03-01T12:00:00.000Z']);
    expect(await times('2026-03-02T00:00:00Z')).toEqual(['2026-03-03T12:00:00.000Z']);
  });
});

describe('on the engine', () => {
  const reader = () => makePeopleReader(table);

  it('one read finds the roles of an address, until they are taken', async () => {
    const members = makeMembers(table);
    await members.apply(change('found', 1, [], ['finance', 'approver']), member('found', ['finance', 'approver']));
    expect(await reader().grantsByEmailHash('hash-of-bob-found')).toEqual([
      { programId: 'found', roles: ['finance', 'approver'] },
    ]);
    expect(await reader().partnersByEmailHash('hash-of-bob-found')).toEqual([]);
    await members.apply(change('found', 2, ['finance', 'approver'], []), member('found', []));
    expect(await reader().grantsByEmailHash('hash-of-bob-found')).toEqual([]);
  });

  it('nothing of a removed person is left but its id', async () => {
    const members = makeMembers(table);
    await members.apply(change('erased', 1, [], ['finance']), member('erased', ['finance']));
    await members.apply(change('erased', 2, ['finance'], []), member('erased', []));
    const { Items } = await table.documents.send(
      new QueryCommand({
        TableName: table.tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': 'erased#MEMBERS' },
      }),
    );
    expect(JSON.stringify(Items)).not.toMatch(/bob@|Bob|hash-of/);
  });

  it('each change is in the audit chain, with no address in it', async () => {
    await makeMembers(table).apply(change('audited', 1, [], ['finance']), member('audited', ['finance']));
    const { Items = [] } = await table.documents.send(
      new QueryCommand({
        TableName: table.tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': roleChangesPk('audited') },
      }),
    );
    const [effect] = Items.map(auditedEffectOfItem);
    expect(effect).toMatchObject({
      ...{ kind: 'roles.changed', programId: 'audited', subjectId: '1', recordedBy: 'person:ada' },
      occurredAt: '2026-03-01T12:00:00.000Z',
    });
    expect(effect).not.toHaveProperty('partnerId');
    expect(JSON.stringify(effect)).not.toContain('bob@');
  });

  it('what people are called is found by their ids', async () => {
    const directory = makePeopleDirectory(table);
    const ada = { id: 'person:ada', name: 'Ada', staffOf: ['*'], partnerOf: [], seenAt: at };
    await directory.keep(ada);
    expect(await directory.find(['person:ada', 'person:nobody', 'person:ada'])).toEqual([ada]);
    expect(await directory.find([])).toEqual([]);
  });
});

describe('when the table fails', () => {
  it('a change that could not be stored is no conflict', async () => {
    const failing = mockClient(DynamoDBDocumentClient);
    failing.on(TransactWriteCommand).rejects(Object.assign(new Error('busy'), { name: 'ThrottlingException' }));
    const members = makeMembers({ documents: failing as unknown as DynamoDBDocumentClient, tableName: 'Partners' });
    await expect(members.apply(change('x', 1, [], ['finance']), member('x', ['finance']))).rejects.toThrow('busy');
    failing.restore();
  });
});
