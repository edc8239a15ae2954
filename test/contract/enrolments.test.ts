import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeEnrolments } from '#shared/adapters/dynamodb/partners/enrolments';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { aProfile, aStanding } from '#test/support/builders/partners';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

it('tells when a partner was enrolled, and nothing of one that was not', async () => {
  const standing = aStanding({ programId: 'acme', partnerId: 'p1' });
  await makePartnerStore(table).enrol(standing, aProfile({ programId: 'acme', partnerId: 'p1' }), undefined);
  const enrolments = makeEnrolments(table);
  expect(await enrolments.at('acme', 'p1')).toBe(standing.createdAt);
  expect(await enrolments.at('acme', 'p2')).toBeUndefined();
});
