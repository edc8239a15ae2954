import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBillings } from '#shared/adapters/dynamodb/partners/billings';
import { makeGetBilling, makeSetBilling } from '#shared/application/partners/set-billing';
import { makeFakeBillings } from '#test/support/fakes/billings';
import { aPartnersTable } from '#test/support/partners-table';

let table: Awaited<ReturnType<typeof aPartnersTable>>;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const BILLING = {
  legalName: 'Mira Media GmbH',
  addressLines: ['Hauptstrasse 1', '10115 Berlin'],
  country: 'DE',
  taxIds: [{ kind: 'vat' as const, country: 'DE', value: 'DE136695976' }],
};
const profile = {
  programId: 'acme',
  partnerId: 'mira',
  name: 'Mira',
  email: 'm@x.example',
  emailHash: '',
  contentHash: '',
};
const partners = {
  profile: async (_: string, partnerId: string) => (partnerId === 'mira' ? profile : undefined),
};

describe.each([
  ['on the engine', () => makeBillings(table)],
  ['in memory', () => makeFakeBillings()],
] as const)('billing data %s', (_, make) => {
  it('are replaced whole, and known of partners alone', async () => {
    const billings = make();
    const clock = (): number => Date.parse('2026-03-01T10:00:00Z');
    const set = makeSetBilling({ partners, billings, clock });
    const get = makeGetBilling({ partners, billings });
    const mira = { programId: 'acme', partnerId: 'mira' };
    await expect(get(mira)).rejects.toMatchObject({ code: 'not_found', message: /PUT/ });
    expect(await set({ ...mira, by: 'person:a' }, BILLING)).toEqual(BILLING);
    expect(await get(mira)).toEqual(BILLING);
    const moved = { ...BILLING, addressLines: ['Nebenstrasse 2'], taxIds: [] };
    await set({ ...mira, by: 'key:k', onBehalfOf: 'person:a' }, moved);
    expect(await get(mira)).toEqual(moved);
    const nobody = { programId: 'acme', partnerId: 'noor' };
    await expect(set({ ...nobody, by: 'person:a' }, BILLING)).rejects.toMatchObject({ code: 'not_found' });
    await expect(get(nobody)).rejects.toMatchObject({ code: 'not_found', message: /no such partner/ });
  });
});
