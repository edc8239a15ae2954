import { describe, expect, it } from 'vitest';
import { fileRailsOf } from '#shared/adapters/rails/file-rails';
import { makeGetBankFile } from '#shared/application/payouts/paying/get-bank-file';
import { FileTooLarge } from '#shared/application/payouts/paying/write-bank-files';
import { MAX_ACH_AMOUNT_MINOR } from '#shared/domain/ledger/rail-limits';
import { ACME_BOTH_FILE_RAILS, ACME_DEBTOR, ACME_FILE_RAILS } from '#test/support/builders/file-rails';
import { aPayingHalf, SHARD } from '#test/support/builders/paying-half';
import { anApprovedRun, aStatement, bankPayee, nachaPayee, runsOf, sha256 } from '#test/support/builders/payouts';
import { readNacha } from '#test/support/rails/nacha-reader';

const DOLLARS = 'acme/2026-01.1/pain.001-USD.xml';
const NACHA = 'acme/2026-01.1/nacha-USD.ach';
const owedInDollars = async (amounts: readonly bigint[], over: Partial<Parameters<typeof aPayingHalf>[0]> = {}) => {
  const half = aPayingHalf({
    statements: amounts.map((earnedMinor, index) =>
      aStatement({ partnerId: `p${index + 1}`, earnedMinor, currency: 'USD' }),
    ),
    payees: Object.fromEntries(amounts.map((_, index) => [`p${index + 1}`, nachaPayee()])),
    fileRails: ACME_BOTH_FILE_RAILS,
    ...over,
  });
  await half.post(SHARD);
  return half;
};

describe('files of two rails', () => {
  it('are two in one currency, each with its own payouts, key and record', async () => {
    const half = await owedInDollars([1_001n, 2_002n, 3_003n]);
    half.payees.set('p2', bankPayee());
    await half.submit(SHARD);
    expect(await half.writeFiles(SHARD)).toEqual({ files: 2, payouts: 3 });
    expect([...half.documents.texts.keys()]).toEqual([DOLLARS, NACHA]);
    const listed = await half.files.list('acme', '2026-01.1');
    expect(listed).toMatchObject([
      { currency: 'USD', rail: 'bank_file', format: 'pain.001.001.09', count: 1, controlSumMinor: 2_002n },
      { currency: 'USD', rail: 'nacha', format: 'nacha', count: 2, controlSumMinor: 4_004n },
    ]);
    expect(listed[0]?.messageId).not.toBe(listed[1]?.messageId);
    const entries = readNacha(half.documents.texts.get(NACHA) ?? '').batches.flatMap((batch) => batch.entries);
    expect(entries.map(({ individualId }) => individualId)).toEqual(
      ['p1', 'p3'].map((partnerId) => half.stored.get(`po~2026-01.1~${partnerId}~USD`)?.endToEndId),
    );
    const read = makeGetBankFile({
      runs: runsOf(anApprovedRun()),
      files: half.files,
      documents: half.documents,
      digest: sha256,
    });
    const asked = { ...SHARD, currency: 'USD' };
    expect((await read(asked)).file.rail).toBe('bank_file');
    expect((await read({ ...asked, rail: 'nacha' })).text).toBe(half.documents.texts.get(NACHA));
  });

  it('are cut between them, and the second one that no call has time for ends instead of being tried for ever', async () => {
    const half = await owedInDollars([1_001n, 2_002n, 3_003n, 4_004n, 5_005n]);
    half.payees.set('p2', bankPayee());
    await half.submit(SHARD);
    const aBox = () => {
      let looks = 2;
      return { isOver: () => looks-- <= 0 };
    };
    const cut = await half.writeFiles(SHARD, aBox());
    expect(cut).toEqual({ files: 1, payouts: 1, cursor: { currency: 'USD', rail: 'nacha' } });
    await expect(half.writeFiles({ ...SHARD, cursor: cut.cursor }, aBox())).rejects.toThrow(FileTooLarge);
    expect(await half.writeFiles({ ...SHARD, cursor: cut.cursor })).toEqual({ files: 1, payouts: 4 });
  });

  it('are found without naming the rail when there is one, and say that it has another', async () => {
    const half = await owedInDollars([1_001n]);
    await half.submit(SHARD);
    await half.writeFiles(SHARD);
    const read = makeGetBankFile({
      runs: runsOf(anApprovedRun()),
      files: half.files,
      documents: half.documents,
      digest: sha256,
    });
    const asked = { ...SHARD, currency: 'USD' };
    expect((await read(asked)).file.rail).toBe('nacha');
    await expect(read({ ...asked, rail: 'bank_file' })).rejects.toMatchObject({
      code: 'not_found',
      errors: [expect.objectContaining({ pointer: 'query:rail' })],
    });
  });

  it('leave a payout waiting whose rail is not set up, at the claim and, if it was claimed, at the file', async () => {
    const early = await owedInDollars([1_001n], { railsSetUp: async () => new Set(['bank_file']) });
    await early.submit(SHARD);
    expect(await early.writeFiles(SHARD)).toEqual({ files: 0, payouts: 0 });
    const late = await owedInDollars([1_001n], { fileRails: ACME_FILE_RAILS });
    await late.submit(SHARD);
    expect(await late.writeFiles(SHARD)).toEqual({ files: 1, payouts: 0 });
    for (const half of [early, late]) {
      expect([...half.stored.values()]).toMatchObject([{ status: 'created', blockedReason: 'rail_not_set_up' }]);
      expect(await half.files.list('acme', '2026-01.1')).toEqual([]);
    }
  });

  it('leave out what is more than the twelve digits of a file, in the order of the payouts', async () => {
    const half = await owedInDollars(Array(102).fill(MAX_ACH_AMOUNT_MINOR));
    await half.submit(SHARD);
    expect(await half.writeFiles(SHARD)).toEqual({ files: 1, payouts: 100 });
    const waiting = [...half.stored.values()].filter(({ status }) => status === 'created');
    expect(waiting.map(({ blockedReason }) => blockedReason)).toEqual(Array(2).fill('amount_above_rail_limit'));
    expect(readNacha(half.documents.texts.get(NACHA) ?? '').control.totalCredit).toBe('999999999900');
  });

  it('have the format that they were written in on record, whatever the setting says when a crash is made good', async () => {
    const older = fileRailsOf({ bankFile: ACME_DEBTOR, bankFileFormat: 'pain.001.001.03' });
    const first = await owedInDollars([1_001n], { payees: { p1: bankPayee() }, fileRails: older });
    await first.submit(SHARD);
    await first.writeFiles(SHARD);
    const half = await owedInDollars([1_001n], { payees: { p1: bankPayee() } });
    await half.submit(SHARD);
    half.documents.texts.set(DOLLARS, first.documents.texts.get(DOLLARS) ?? '');
    await half.writeFiles(SHARD);
    expect(await half.files.list('acme', '2026-01.1')).toMatchObject([{ format: 'pain.001.001.03', count: 1 }]);
  });

  it('come in parts when one answer cannot hold them, which joined are the file', async () => {
    const text = `<a>\n${'e'.repeat(11_999_990)}</a>\n`;
    const half = await owedInDollars([1_001n]);
    await half.submit(SHARD);
    await half.writeFiles(SHARD);
    const [file] = await half.files.list('acme', '2026-01.1');
    const read = makeGetBankFile({
      runs: runsOf(anApprovedRun()),
      files: { ...half.files, get: async () => ({ ...file!, sha256: sha256(text) }) },
      documents: { ...half.documents, get: async () => text },
      digest: sha256,
    });
    const asked = { ...SHARD, currency: 'USD' };
    await expect(read(asked)).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('This file has 3 parts'),
      errors: [{ pointer: 'query:part', rule: 'must be from 1 to 3' }],
    });
    const parts = await Promise.all([1, 2, 3].map(async (part) => (await read({ ...asked, part })).text));
    expect(parts.join('') === text).toBe(true);
    await expect(read({ ...asked, part: 4 })).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
