import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paymentsIn } from '#shared/application/payouts/paying/file-claims';
import { FileTooLarge } from '#shared/application/payouts/paying/write-bank-files';
import { makeCompletePayoutRun } from '#shared/application/payouts/runs/complete-payout-run';
import type { TimeBox } from '#shared/application/time-box';
import { aPayingHalf, SHARD } from '#test/support/builders/paying-half';
import { anApprovedRun, aPayout, aStatement, bankPayee, waitingListsOf } from '#test/support/builders/payouts';
import { makeFakeMoney } from '#test/support/fakes/money';

const PARTNERS = Array.from({ length: 25 }, (_, index) => `p${String(index).padStart(2, '0')}`);
const STATEMENTS = PARTNERS.flatMap((partnerId, index) => [
  aStatement({ partnerId, earnedMinor: BigInt(1_000 + index) }),
  ...(index % 3 === 0 ? [aStatement({ partnerId, currency: 'EUR', earnedMinor: BigInt(2_000 + index) })] : []),
]);

const boxOf = (looks: number): TimeBox => {
  let left = looks;
  return { isOver: () => left-- <= 0 };
};

async function untilDone<A extends { readonly after?: string | undefined }>(
  call: (after: string | undefined) => Promise<A>,
): Promise<readonly A[]> {
  const answers: A[] = [];
  do answers.push(await call(answers.at(-1)?.after));
  while (answers.at(-1)?.after !== undefined && answers.length < 100);
  return answers;
}

const aHalf = () =>
  aPayingHalf({ statements: STATEMENTS, payees: Object.fromEntries(PARTNERS.map((id) => [id, bankPayee()])) });

/** Everything that was stored, without when. */
async function storedIn(half: ReturnType<typeof aHalf>) {
  const files = await half.files.list(SHARD.programId, SHARD.runId);
  return {
    entries: half.entries.map(({ entryId, postings }) => JSON.stringify([entryId, postings], text)).sort(),
    payouts: [...half.stored.values()]
      .map(({ payoutId, status, amountMinor }) => `${payoutId} ${status} ${amountMinor}`)
      .sort(),
    files: files.map(({ documentKey, count, controlSumMinor }) => `${documentKey} ${count} ${controlSumMinor}`),
    texts: await Promise.all(files.map(({ documentKey }) => half.documents.get(documentKey))),
  };
}
const text = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);

describe('paying that is cut wherever its time ends', () => {
  it('posts, submits and writes the same, each payout once, whatever the calls had time for', async () => {
    const whole = aHalf();
    await whole.post(SHARD);
    await whole.submit(SHARD);
    await whole.writeFiles(SHARD);
    const expected = await storedIn(whole);
    expect(expected.files).toHaveLength(2);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 26, max: 60 }), async (looks, ofFiles) => {
        const half = aHalf();
        const posted = await untilDone((after) => half.post({ ...SHARD, after }, boxOf(looks)));
        expect(posted.reduce((sum, answer) => sum + answer.posted, 0)).toBe(STATEMENTS.length);
        const submitted = await untilDone((after) => half.submit({ ...SHARD, after }, boxOf(looks)));
        expect(submitted.reduce((sum, answer) => sum + answer.submitting, 0)).toBe(STATEMENTS.length);
        let cursor: { readonly currency: string } | undefined;
        do ({ cursor } = await half.writeFiles({ ...SHARD, cursor }, boxOf(ofFiles)));
        while (cursor);
        expect(await storedIn(half)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('says of a file that no call has time for what to do', async () => {
    const half = aHalf();
    await half.post(SHARD);
    await half.submit(SHARD);
    await expect(half.writeFiles(SHARD, boxOf(3))).rejects.toThrow(FileTooLarge);
    await expect(half.writeFiles(SHARD, boxOf(3))).rejects.toThrow(/pays \d+ partners.*COMPUTE in infra\/profiles\.ts/);
    expect(await half.files.list(SHARD.programId, SHARD.runId)).toEqual([]);
  });

  it('says the same of a file that the memory has no room for, before anybody is looked up', async () => {
    const given = { statements: STATEMENTS, payees: Object.fromEntries(PARTNERS.map((id) => [id, bankPayee()])) };
    const pays = async (maxPayments: number) => {
      const half = aPayingHalf({ ...given, maxPayments });
      await half.post(SHARD);
      await half.submit(SHARD);
      return half;
    };
    const tight = await pays(PARTNERS.length - 1);
    let lookedUp = 0;
    const readPayee = tight.payees.get.bind(tight.payees);
    tight.payees.get = (id) => {
      lookedUp += 1;
      return readPayee(id);
    };
    await expect(tight.writeFiles(SHARD)).rejects.toThrow(/file in GBP pays 25 partners.*COMPUTE/);
    // The file in euro comes first, and is small enough.
    expect([lookedUp, (await tight.files.list(SHARD.programId, SHARD.runId)).length]).toEqual([9, 1]);
    await expect((await pays(PARTNERS.length)).writeFiles(SHARD)).resolves.toMatchObject({ files: 2 });
  });

  it('knows how many payments the memory has room for', () => {
    // COMPUTE in infra/profiles.ts.
    expect(paymentsIn(1_769)).toBe(311_091);
    expect([paymentsIn(10_240), paymentsIn(undefined), paymentsIn(128)]).toEqual([750_000, 750_000, 1]);
  });

  it('writes a file of more payouts than are read at once, each once and in their order', async () => {
    const partners = Array.from({ length: 1_203 }, (_, index) => `p${String(index).padStart(4, '0')}`);
    const half = aPayingHalf({
      statements: partners.map((partnerId, index) => aStatement({ partnerId, earnedMinor: BigInt(index + 1) })),
      payees: Object.fromEntries(partners.map((id) => [id, bankPayee()])),
    });
    await half.post(SHARD);
    await half.submit(SHARD);
    expect(await half.writeFiles(SHARD)).toEqual({ files: 1, payouts: 1_203 });
    const [text = ''] = half.documents.texts.values();
    const inFile = [...text.matchAll(/<EndToEndId>([^<]+)</g)].map(([, id]) => id);
    const inBooks = [...half.stored.values()].sort((a, b) => (a.payoutId < b.payoutId ? -1 : 1));
    expect(inFile).toEqual(inBooks.map(({ endToEndId }) => endToEndId));
    expect(new Set(inBooks.map(({ status }) => status))).toEqual(new Set(['submitted']));
  });

  it('looks at the payouts of a run in as many calls as it takes, and names the same failures', async () => {
    const complete = (box?: TimeBox) => {
      const { shards } = makeFakeMoney();
      const advanced: unknown[] = [];
      const failed = PARTNERS.map((partnerId) => aPayout({ partnerId, status: 'failed' }));
      const useCase = makeCompletePayoutRun({
        runs: {
          get: async () => anApprovedRun({ status: 'submitting' }),
          advance: async (_programId, _runId, status, learnt) => {
            advanced.push(
              status,
              learnt?.failures?.map(({ reason }) => reason),
            );
            return true;
          },
        },
        shards,
        waitingLists: waitingListsOf({}),
        payouts: { getMany: async (_programId, ids) => failed.filter(({ payoutId }) => ids.includes(payoutId)) },
        clock: () => 0,
      });
      return { shards, advanced, useCase, box };
    };
    const outcome = async (looks: number | undefined): Promise<{ calls: number; advanced: readonly unknown[] }> => {
      const { shards, advanced, useCase } = complete();
      for (const [index, partnerId] of PARTNERS.entries()) {
        const result = { factCount: 0, factsDigest: '', statements: [aStatement({ partnerId })] };
        await shards.putResult('acme', '2026-01.1', String(index).padStart(6, '0'), result);
      }
      let calls = 0;
      let cursor: Parameters<typeof useCase>[0]['cursor'];
      do {
        calls += 1;
        const box = looks === undefined ? undefined : boxOf(looks);
        const answer = await useCase({ programId: 'acme', runId: '2026-01.1', cursor }, box);
        cursor = 'cursor' in answer ? answer.cursor : undefined;
      } while (cursor);
      return { calls, advanced };
    };
    const whole = await outcome(undefined);
    expect(whole.calls).toBe(1);
    expect(JSON.stringify(whole.advanced)).toContain('25 payouts: ');
    expect(JSON.stringify(whole.advanced)).toContain(' and 5 more');
    for (const looks of [0, 1, 3, 10]) {
      const cut = await outcome(looks);
      expect(cut.calls).toBeGreaterThan(1);
      expect(cut.advanced).toEqual(whole.advanced);
    }
  });
});
