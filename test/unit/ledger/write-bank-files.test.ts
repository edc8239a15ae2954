import { describe, expect, it } from 'vitest';
import { makeGetBankFile } from '#shared/application/payouts/paying/get-bank-file';
import { makeListBankFiles } from '#shared/application/payouts/paying/list-bank-files';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import type { Period } from '#shared/domain/time/instant';
import { aPayingHalf, SHARD } from '#test/support/builders/paying-half';
import { anApprovedRun, aStatement, at, bankPayee, runsOf, sandboxPayee, sha256 } from '#test/support/builders/payouts';

const claimed = async () => {
  const half = aPayingHalf({
    statements: [
      aStatement({ partnerId: 'p1', earnedMinor: 1_001n }),
      aStatement({ partnerId: 'p2', earnedMinor: 2_002n }),
      aStatement({ partnerId: 'p3', earnedMinor: 70n, currency: 'JPY' }),
      aStatement({ partnerId: 'p4', earnedMinor: 4_000n }),
    ],
    payees: { p1: bankPayee(), p2: bankPayee(), p3: bankPayee(), p4: sandboxPayee() },
  });
  await half.post(SHARD);
  await half.submit(SHARD);
  return half;
};
const GBP = 'acme/2026-01.1/pain.001-GBP.xml';

describe('writing the bank files of a run', () => {
  it('writes one file a currency, records its sum, count and digest, and submits its payouts', async () => {
    const half = await claimed();
    expect(await half.writeFiles(SHARD)).toEqual({ files: 2, payouts: 3 });
    expect([...half.documents.texts.keys()]).toEqual([GBP, 'acme/2026-01.1/pain.001-JPY.xml']);
    expect(await half.files.list('acme', '2026-01.1')).toMatchObject([
      { currency: 'GBP', count: 2, controlSumMinor: 3_003n, sha256: sha256(half.documents.texts.get(GBP) ?? '') },
      { currency: 'JPY', count: 1, controlSumMinor: 70n },
    ]);
    expect(half.documents.texts.get(GBP)).toContain('<CtrlSum>30.03</CtrlSum>');
    expect([...half.stored.values()].map((payout) => payout.status)).toEqual(Array(4).fill('submitted'));
  });

  it('changes nothing when it is repeated, even after a partner changed its account', async () => {
    const half = await claimed();
    await half.writeFiles(SHARD);
    const before = half.documents.texts.get(GBP);
    half.payees.set('p1', bankPayee({ iban: 'DE89370400440532013000' }));
    expect(await half.writeFiles(SHARD)).toEqual({ files: 2, payouts: 3 });
    expect(half.documents.texts.get(GBP)).toBe(before);
    expect(half.entries).toHaveLength(8);
  });

  it('gives the same bytes at any time of the day', async () => {
    const [first, second] = [await claimed(), await claimed()];
    await second.settle({ programId: 'acme', payoutId: 'po~2026-01.1~p4~GBP', outcome: 'settled' });
    await first.writeFiles(SHARD);
    await second.writeFiles(SHARD);
    expect(second.documents.texts.get(GBP)).toBe(first.documents.texts.get(GBP));
  });

  it('counts the file that was stored before a crash, whoever has changed payee since', async () => {
    const half = await claimed();
    const crashing = await claimed();
    await crashing.writeFiles(SHARD);
    half.documents.texts.set(GBP, crashing.documents.texts.get(GBP) ?? '');
    half.payees.delete('p1');
    half.payees.set('p2', sandboxPayee());
    await half.writeFiles(SHARD);
    expect(await half.files.get('acme', '2026-01.1', 'GBP', 'bank_file')).toMatchObject({
      count: 2,
      controlSumMinor: 3_003n,
    });
    expect(half.stored.get('po~2026-01.1~p1~GBP')?.status).toBe('submitted');
  });

  it('books nothing by a file that pays other amounts than are owed: the books were restored since it was written', async () => {
    const half = await claimed();
    const before = aPayingHalf({
      statements: [
        aStatement({ partnerId: 'p1', earnedMinor: 1_001n }),
        aStatement({ partnerId: 'p2', earnedMinor: 2_000n }),
      ],
      payees: { p1: bankPayee(), p2: bankPayee() },
    });
    await before.post(SHARD);
    await before.submit(SHARD);
    await before.writeFiles(SHARD);
    half.documents.texts.set(GBP, before.documents.texts.get(GBP) ?? '');
    await expect(half.writeFiles(SHARD)).rejects.toThrow(
      'pays 2000 for po~2026-01.1~p2~GBP, which is 2002 in the books',
    );
    expect(await half.files.list('acme', '2026-01.1')).toEqual([]);
    expect(half.stored.get('po~2026-01.1~p1~GBP')?.status).toBe('submitting');
  });

  it('leaves out a partner that is no longer paid by bank file, and frees its amount', async () => {
    const half = await claimed();
    half.payees.set('p1', sandboxPayee());
    half.payees.delete('p3');
    expect(await half.writeFiles(SHARD)).toEqual({ files: 2, payouts: 1 });
    expect(half.stored.get('po~2026-01.1~p1~GBP')).toMatchObject({ status: 'failed' });
    expect(await half.balances.of('acme', 'p1')).toEqual([
      { currency: 'GBP', payableMinor: 1_001n, reservedMinor: 0n },
    ]);
    expect(await half.files.list('acme', '2026-01.1')).toMatchObject([{ currency: 'GBP', count: 1 }]);
  });

  it('leaves out a partner whose account was changed after the summary, and pays it with the next approved run', async () => {
    const NEXT = { ...SHARD, runId: '2026-02.1' };
    const half = aPayingHalf({
      statements: [aStatement({ earnedMinor: 1_001n }), aStatement({ runId: '2026-02.1', earnedMinor: 0n })],
      runs: [
        anApprovedRun(),
        anApprovedRun({
          runId: '2026-02.1',
          period: '2026-02' as Period,
          summarisedAt: at('2026-03-01T01:00:00Z'),
          waitingDigest: 'listed',
        }),
      ],
      waiting: {
        '2026-02.1': [{ payoutId: 'po~2026-01.1~p1~GBP', partnerId: 'p1', currency: 'GBP', amountMinor: 1_001n }],
      },
      payees: { p1: bankPayee() },
    });
    await half.post(SHARD);
    await half.submit(SHARD);
    half.payees.set('p1', { ...bankPayee({ iban: 'DE89370400440532013000' }), changedAt: at('2026-02-02T11:30:00Z') });
    expect(await half.writeFiles(SHARD)).toEqual({ files: 1, payouts: 0 });
    expect(half.documents.texts.get(GBP)).toBe('');
    const kept = half.stored.get('po~2026-01.1~p1~GBP');
    expect(kept).toMatchObject({ status: 'created', blockedReason: 'payee_changed' });
    expect([kept?.rail, kept?.submissionRunId, kept?.endToEndId]).toEqual([undefined, undefined, undefined]);
    expect(await half.balances.of('acme', 'p1')).toMatchObject([{ payableMinor: 1_001n, reservedMinor: 1_001n }]);
    await half.submit(NEXT);
    // A late repeat of the first run's task meets a payout that the next run has claimed.
    await half.writeFiles(SHARD);
    expect(half.stored.get('po~2026-01.1~p1~GBP')).toMatchObject({
      status: 'submitting',
      submissionRunId: '2026-02.1',
    });
    expect(await half.writeFiles(NEXT)).toEqual({ files: 1, payouts: 1 });
    expect(half.documents.texts.get('acme/2026-02.1/pain.001-GBP.xml')).toContain('DE89370400440532013000');
    expect(half.documents.texts.get('acme/2026-02.1/pain.001-GBP.xml')).toContain(
      'Commission 2026-01 statement 2026-01.1 p1 GBP',
    );
    expect(half.stored.get('po~2026-01.1~p1~GBP')).toMatchObject({ status: 'submitted' });
  });

  it('has nothing to write for a run without payouts by bank file', async () => {
    const half = aPayingHalf({ statements: [aStatement()], payees: { p1: sandboxPayee() } });
    await half.post(SHARD);
    await half.submit(SHARD);
    expect(await half.writeFiles(SHARD)).toEqual({ files: 0, payouts: 0 });
    expect(half.documents.texts.size).toBe(0);
  });
});

describe('reading bank files', () => {
  it('lists the files of a run and refuses an unknown run', async () => {
    const half = await claimed();
    await half.writeFiles(SHARD);
    const list = makeListBankFiles({ runs: runsOf(anApprovedRun()), files: half.files });
    expect((await list(SHARD)).items.map((file) => file.currency)).toEqual(['GBP', 'JPY']);
    await expect(list({ ...SHARD, runId: '2026-09.1' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('hands out the stored bytes, and none that were changed afterwards', async () => {
    const half = await claimed();
    await half.writeFiles(SHARD);
    const runs = runsOf(anApprovedRun());
    const read = makeGetBankFile({ runs, files: half.files, documents: half.documents, digest: sha256 });
    expect((await read({ ...SHARD, currency: 'GBP' })).text).toBe(half.documents.texts.get(GBP));
    await expect(read({ ...SHARD, currency: 'EUR' })).rejects.toMatchObject({ code: 'not_found' });
    half.documents.texts.set(GBP, `${half.documents.texts.get(GBP)} `);
    await expect(read({ ...SHARD, currency: 'GBP' })).rejects.toThrow('was changed');
  });

  it('says that there is no such run, or why a run has no file', async () => {
    const half = await claimed();
    const run = anApprovedRun();
    const asked = (changes: Partial<PayoutRun>, runId = run.runId): Promise<unknown> =>
      makeGetBankFile({
        runs: runsOf({ ...run, ...changes }),
        files: half.files,
        documents: half.documents,
        digest: sha256,
      })({ ...SHARD, runId, currency: 'EUR' });
    const answers = (detail: RegExp, place: string) => ({
      code: 'not_found',
      message: expect.stringMatching(detail),
      errors: [expect.objectContaining({ pointer: place })],
    });
    await expect(asked({}, '2031-01.7')).rejects.toMatchObject(
      answers(/^There is no payout run 2031-01\.7/, 'path:runId'),
    );
    const { decision: _, ...undecided } = run;
    for (const [changes, why] of [
      [{ ...undecided, decision: undefined, status: 'awaiting_decision' }, /files are written once it is approved/],
      [{ ...undecided, decision: 'reject', status: 'rejected' }, /it is rejected, and nothing is paid by it/],
      [{ status: 'submitting' }, /ask again once it is completed/],
      [{ status: 'failed' }, /it is failed; ask again once it is completed/],
      [{ status: 'completed' }, /none of its payouts in EUR went to the bank by file/],
    ] as const) {
      await expect(asked(changes)).rejects.toMatchObject(answers(why, 'path:currency'));
    }
    await half.writeFiles(SHARD);
    await expect(asked({ status: 'completed' })).rejects.toMatchObject(
      answers(/It has one in GBP, JPY\.$/, 'path:currency'),
    );
  });
});
