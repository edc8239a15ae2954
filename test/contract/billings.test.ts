import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBillings } from '#shared/adapters/dynamodb/partners/billings';
import { makeGetBilling, makeSetBilling } from '#shared/application/partners/set-billing';
import type { Instant } from '#shared/domain/time/instant';
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
  it('are said anew whole, kept as they were before, and known of partners alone', async () => {
    const billings = make();
    let now = Date.parse('2026-03-01T10:00:00Z');
    const clock = (): number => now;
    const set = makeSetBilling({ partners, billings, clock });
    const get = makeGetBilling({ partners, billings });
    const mira = { programId: 'acme', partnerId: 'mira' };
    await expect(get(mira)).rejects.toMatchObject({ code: 'not_found', message: /PUT/ });
    expect(await set({ ...mira, by: 'person:a' }, BILLING)).toEqual(BILLING);
    expect(await get(mira)).toEqual(BILLING);
    now += 3_600_000;
    const moved = { ...BILLING, addressLines: ['Nebenstrasse 2'], taxIds: [] };
    await set({ ...mira, by: 'key:k', onBehalfOf: 'person:a' }, moved);
    expect(await get(mira)).toEqual(moved);
    const asOf = (text: string) => billings.billing('acme', 'mira', text as Instant);
    expect(await asOf('2026-03-01T10:59:59.999Z')).toEqual(BILLING);
    expect(await asOf('2026-03-01T11:00:00.000Z')).toEqual(moved);
    // An invoice from before anybody said it has what was said first.
    expect(await asOf('2026-02-01T00:00:00.000Z')).toEqual(BILLING);
    const nobody = { programId: 'acme', partnerId: 'noor' };
    await expect(set({ ...nobody, by: 'person:a' }, BILLING)).rejects.toMatchObject({ code: 'not_found' });
    await expect(get(nobody)).rejects.toMatchObject({ code: 'not_found', message: /no such partner/ });
  });
});
