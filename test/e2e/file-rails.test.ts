import { beforeAll, describe, expect, it } from 'vitest';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale, closePeriod } from '#test/support/programme';
import { readNacha } from '#test/support/rails/nacha-reader';
import { readXml, textsOf } from '#test/support/rails/pain-reader';

type Payout = { partnerId: string; status: string; endToEndId?: string };
type File = { currency: string; rail: string; format: string; count: number; controlSumMinor: number };

const NACHA_SOURCE = {
  companyName: 'Acme & Co',
  companyId: '1123456789',
  originatingDfi: '021000021',
  bankName: 'Example Bank',
};

let stack: SharedStack;
let path: string;
let programId: string;

beforeAll(async () => {
  stack = await sharedLocalStack();
  programId = await aProgramme(stack.as('admin'), {
    currency: 'USD',
    timeZone: 'America/New_York',
    payouts: { bankFileFormat: 'pain.001.001.03' },
  });
  path = `/v1/programs/${programId}`;
  const account = { routingNumber: '011000015', accountNumber: '12345678', accountType: 'checking' };
  await aPartner(stack.as('partner_manager'), programId, 'p1');
  await aPartner(stack.as('partner_manager'), programId, 'p2', {
    payee: { rail: 'nacha', name: 'Erika Example', ...account },
  });
  for (const partnerId of ['p1', 'p2']) {
    const amount = { minor: 100_00, currency: 'USD' };
    await aSale(stack.as('merchant_key'), programId, `o-${partnerId}`, 100_00, { partnerId, amount });
  }
});

describe("files of two rails from a programme's own accounts over HTTP", () => {
  it('refuse an account that no bank has, and whoever may not name one', async () => {
    const wrong = { nacha: { ...NACHA_SOURCE, originatingDfi: '021000022' } };
    await expect(stack.as('admin').put(`${path}/payout-source`, wrong)).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await expect(stack.as('finance').put(`${path}/payout-source`, { nacha: NACHA_SOURCE })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('are two in one currency, each in its format and with its payouts', async () => {
    const source = { nacha: NACHA_SOURCE, bankFile: { name: 'Acme Inc', iban: 'DE89370400440532013000' } };
    const changed = await stack.as('admin').put<object>(`${path}/payout-source`, source);
    expect(changed).toMatchObject({ payouts: { source }, policyVersion: 1 });
    const { runId } = await closePeriod(stack, programId, '2026-01');
    const finance = stack.as('finance');
    const files = `${path}/payout-runs/${runId}/bank-files`;
    const { items } = await finance.get<{ items: File[] }>(files);
    expect(items).toMatchObject([
      { currency: 'USD', rail: 'bank_file', format: 'pain.001.001.03', count: 1 },
      { currency: 'USD', rail: 'nacha', format: 'nacha', count: 1 },
    ]);
    const payouts = await finance.list<Payout>(`${path}/payouts?runId=${runId}`);
    expect(payouts.map(({ status }) => status)).toEqual(['submitted', 'submitted']);
    const endToEndIds = new Map(payouts.map(({ partnerId, endToEndId }) => [partnerId, endToEndId]));
    const xml = readXml(await finance.text(`${files}/USD`));
    expect(textsOf(xml, 'EndToEndId')).toEqual([endToEndIds.get('p1')]);
    expect(textsOf(xml, 'IBAN')[0]).toBe(source.bankFile.iban);
    const ach = readNacha(await finance.text(`${files}/USD?rail=nacha`));
    expect(Number(ach.control.totalCredit)).toBe(items[1]?.controlSumMinor);
    expect(ach.batches[0]?.entries[0]?.individualId).toBe(endToEndIds.get('p2'));
    const trail = JSON.stringify(await stack.as('admin').list(`${path}/audit-trail`));
    expect(trail).toContain(NACHA_SOURCE.companyId);
  });
});
