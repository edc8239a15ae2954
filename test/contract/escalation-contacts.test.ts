import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { auditEffectsOfItem } from '#shared/adapters/dynamodb/money/audit/audit-effects';
import { controlsChangeKey, programKey } from '#shared/adapters/dynamodb/money/money-keys';
import { makePrograms } from '#shared/adapters/dynamodb/money/programs/programs';
import { makeEscalationContacts } from '#shared/adapters/dynamodb/partners/escalation-contacts';
import { makeGetEscalationContact, makeSetEscalationContact } from '#shared/application/partners/escalation-contact';
import { factOf } from '#shared/application/payouts/proof/audit-effects';
import { DEFAULT_CONTROLS } from '#shared/application/programs';
import { aProgramme } from '#test/support/builders/runs';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

const EMAIL = 'jane.doe@shop.example';

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

describe('the escalation contact of a programme', () => {
  it('is the last one that was named, and nobody once it is taken away', async () => {
    const contacts = makeEscalationContacts(table);
    const programs = makeFakePrograms(aProgram({ programId: 'acme' }));
    const set = makeSetEscalationContact({ contacts, programs, clock: () => 0 });
    const get = makeGetEscalationContact({ contacts, programs });
    expect(await get({ programId: 'acme' })).toEqual({});
    await set({ programId: 'acme', email: 'first@shop.example', by: 'person:a' });
    await set({ programId: 'acme', email: EMAIL, by: 'key:k', onBehalfOf: 'person:a' });
    expect(await get({ programId: 'acme' })).toEqual({ email: EMAIL });
    expect(await contacts.find('acme')).toMatchObject({ changedBy: 'key:k', onBehalfOf: 'person:a' });
    const approverEmails = ['ann@shop.example', 'bob@shop.example'];
    await set({ programId: 'acme', email: EMAIL, approverEmails, by: 'person:a' });
    expect(await get({ programId: 'acme' })).toEqual({ email: EMAIL, approverEmails });
    expect(await contacts.approvers('acme')).toEqual(approverEmails);
    await set({ programId: 'acme', email: null, by: 'person:a' });
    expect(await contacts.approvers('acme')).toEqual([]);
    expect(await get({ programId: 'acme' })).toEqual({});
    await expect(set({ programId: 'none', email: EMAIL, by: 'person:a' })).rejects.toMatchObject({
      code: 'unknown_program',
    });
  });

  it('stands neither in what is read of a programme that once held it, nor in the audit chain', async () => {
    const programs = makePrograms(table);
    await programs.create(aProgramme({ programId: 'old' }));
    await table.documents.send(
      new UpdateCommand({
        TableName: table.tableName,
        Key: programKey('old'),
        UpdateExpression: 'SET controls.escalationEmail = :email',
        ExpressionAttributeValues: { ':email': EMAIL },
      }),
    );
    expect((await programs.get('old'))?.controls).toEqual(DEFAULT_CONTROLS);
    const change = { ...controlsChangeKey('old', 1), type: 'controls_change', programId: 'old', version: 1 };
    const who = { by: 'person:a', at: '2026-02-01T08:00:00.000Z' };
    const item = { ...change, ...who, before: {}, after: { disputeAnswerDays: 3, escalationEmail: EMAIL } };
    const [fact] = auditEffectsOfItem(item).map((effect) => factOf(effect, digest));
    expect(fact?.content).toContain('"disputeAnswerDays":3');
    expect(fact?.content).not.toContain('jane.doe');
  });
});
