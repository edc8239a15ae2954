import { describe, expect, it } from 'vitest';
import { sale } from '#test/support/builders/computed-run';
import { aReviewedHouse } from '#test/support/builders/reviewed-house';
import { FEBRUARY, instant, JANUARY } from '#test/support/builders/runs';

const inFebruary = { occurredAt: instant('2026-02-10T12:00:00Z'), period: FEBRUARY };
const shown = ({ items }: { items: readonly { partnerId: string; outcome: string; flags: readonly string[] }[] }) =>
  items.map(({ partnerId, outcome, flags }) => [partnerId, outcome, ...flags].join(' '));

describe('the review of a run', () => {
  it('says of every partner what it is paid or why not, and adds up to what the run pays', async () => {
    const house = await aReviewedHouse({
      sales: [sale('o1'), sale('o2', { partnerId: 'p2' })],
      openDisputes: new Map([['p2', 2]]),
      heldSales: [{ partnerIds: ['p1'], currency: 'GBP', amountMinor: 700n, reasons: ['velocity'] }],
    });
    house.setPayee('p1');
    const run = await house.half.toDecision(JANUARY);
    expect(shown(await house.list(run.runId))).toEqual([
      'p1 pay new_payee sales_held',
      'p2 payee_incomplete open_dispute',
    ]);
    const review = await house.review(run.runId);
    expect(review).toMatchObject({ contentHash: run.contentHash, header: { changeFlagPercent: 50, policyVersion: 0 } });
    expect(review.totals).toMatchObject([
      {
        currency: 'GBP',
        count: 2,
        payouts: 1,
        outcomes: [
          { outcome: 'pay', count: 1 },
          { outcome: 'payee_incomplete', count: 1 },
        ],
        heldSales: 1,
        heldSalesMinor: 700n,
      },
    ]);
    expect(review.totals[0]?.dueMinor).toBe(run.totals[0]?.payableMinor);
  });

  it('answers a repeated summary with what was stored, whatever was changed since', async () => {
    const house = await aReviewedHouse({ sales: [sale('o1')] });
    house.setPayee('p1');
    const { half } = house;
    const { runId } = await half.open({
      programId: 'acme',
      period: JANUARY,
      by: 'person:opener',
      onBehalfOf: undefined,
      requestId: 'r1',
    });
    const { shards } = await half.plan({ programId: 'acme', runId });
    for (const shard of shards) await half.compute({ programId: 'acme', runId, shard });
    await half.summarise({ programId: 'acme', runId });
    const first = await half.money.runs.get('acme', runId);
    house.setPayee('p1', { payeeId: 'p1.2' });
    half.time.now += 1_000;
    await half.summarise({ programId: 'acme', runId });
    expect(await half.money.runs.get('acme', runId)).toEqual(first);
    expect((await house.list(runId)).items[0]?.payee?.payeeId).toBe('p1.1');
  });

  it('compares with the month before: amounts, and whether the payee is the one that was paid', async () => {
    const house = await aReviewedHouse({
      sales: [sale('o1'), sale('o2', { partnerId: 'p2' }), sale('o3', { ...inFebruary, amountMinor: 100n })],
    });
    house.setPayee('p1');
    house.setPayee('p2');
    await house.close(JANUARY, '2026-02-01T08:00:00Z');
    house.setPayee('p1', { payeeId: 'p1.2', changedAt: instant('2026-02-15T00:00:00Z') });
    house.half.time.now = Date.parse('2026-03-01T08:00:00Z');
    const run = await house.half.toDecision(FEBRUARY);
    const { items } = await house.list(run.runId);
    expect(shown({ items })).toEqual([
      'p1 pay new_payee payee_changed amount_changed',
      'p2 nothing_due amount_changed',
    ]);
    expect(items[0]).toMatchObject({
      before: { earnedMinor: 1_500n },
      lastPaid: { runId: '2026-01.1', payeeId: 'p1.1' },
    });
    expect((await house.review(run.runId)).header.lastRunId).toBe('2026-01.1');
  });

  it('shows after a rejection what changed against the attempt before', async () => {
    const house = await aReviewedHouse({ sales: [sale('o1'), sale('o2', { partnerId: 'p2' })] });
    house.setPayee('p1');
    house.setPayee('p2');
    const { half } = house;
    const first = await half.toDecision(JANUARY);
    half.time.now += 1_000;
    await half.decide({
      programId: 'acme',
      runId: first.runId,
      by: 'person:a',
      requestId: 'no',
      decision: 'reject',
      contentHash: first.contentHash ?? '',
      comment: 'p2 changed its bank',
    });
    house.setPayee('p2', { payeeId: 'p2.2' });
    half.time.now += 1_000;
    const second = await half.toDecision(JANUARY);
    expect(second.runId).toBe('2026-01.2');
    expect(shown(await house.list(second.runId, { flag: 'changed_since_attempt' }))).toEqual([
      'p2 pay new_payee changed_since_attempt',
    ]);
    const { header, totals } = await house.review(second.runId);
    expect(header.attemptBefore).toBe(first.runId);
    expect(totals[0]?.attemptBefore?.payMinor).toBe(totals[0]?.payMinor);
  });

  it('pages through the rows that match, and refuses a cursor that it did not give', async () => {
    const house = await aReviewedHouse({ sales: [sale('o1'), sale('o2', { partnerId: 'p2' })] });
    const { runId } = await house.half.toDecision(JANUARY);
    const first = await house.list(runId, { limit: 1, outcome: 'payee_incomplete' });
    expect(shown(first)).toEqual(['p1 payee_incomplete']);
    const second = await house.list(runId, { limit: 1, outcome: 'payee_incomplete', cursor: first.nextCursor });
    expect(shown(second)).toEqual(['p2 payee_incomplete']);
    expect(second.nextCursor).toBeUndefined();
    await expect(house.list(runId, { cursor: 'x' })).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(house.list('2026-03.1')).rejects.toMatchObject({ code: 'not_found' });
    expect((await house.list(runId, { currency: 'EUR' })).items).toEqual([]);
  });
});

describe('paying what was reviewed', () => {
  const states = (house: Awaited<ReturnType<typeof aReviewedHouse>>): readonly string[] =>
    house.payouts().map(({ payoutId, status, blockedReason }) => [payoutId, status, blockedReason].join(' ').trim());

  it('keeps back what changed since the review, and nothing else', async () => {
    const house = await aReviewedHouse({ sales: [sale('o1'), sale('o2', { partnerId: 'p2' })] });
    house.setPayee('p1');
    house.setPayee('p2');
    const run = await house.half.toDecision(JANUARY);
    // Another payee, however old its date says it is.
    house.setPayee('p2', { payeeId: 'p2.2' });
    await house.approve(run);
    await house.pay(run);
    expect(states(house)).toEqual(['po~2026-01.1~p1~GBP submitted', 'po~2026-01.1~p2~GBP created payee_changed']);
  });

  it('does not pay what was excluded although the reason has passed, and the next run does', async () => {
    const house = await aReviewedHouse({ sales: [sale('o1'), sale('o2', { partnerId: 'p2' })] });
    const usableFrom = instant('2026-02-01T09:00:00Z');
    house.setPayee('p1', { usableFrom });
    const january = await house.half.toDecision(JANUARY);
    house.half.time.now = Date.parse(usableFrom) + 1;
    house.setPayee('p2');
    await house.approve(january);
    await house.pay(january);
    expect(states(house)).toEqual([
      'po~2026-01.1~p1~GBP created payee_cooling_down',
      'po~2026-01.1~p2~GBP created payee_changed',
    ]);
    await house.close(FEBRUARY, '2026-03-01T08:00:00Z');
    expect(states(house)).toEqual(['po~2026-01.1~p1~GBP submitted', 'po~2026-01.1~p2~GBP submitted']);
  });

  it('holds a partner before the summary and after it, and pays once a review has seen the release', async () => {
    const house = await aReviewedHouse({ sales: [sale('o1'), sale('o2', { partnerId: 'p2' })] });
    house.setPayee('p1');
    house.setPayee('p2');
    await house.hold('p1');
    const january = await house.half.toDecision(JANUARY);
    expect(shown(await house.list(january.runId))).toEqual(['p1 held new_payee standing_hold', 'p2 pay new_payee']);
    await house.release('p1');
    await house.hold('p2', 'h2');
    await house.approve(january);
    await house.pay(january);
    expect(states(house)).toEqual(['po~2026-01.1~p1~GBP created held', 'po~2026-01.1~p2~GBP created held']);
    house.half.time.now = Date.parse('2026-03-01T08:00:00Z');
    const february = await house.half.toDecision(FEBRUARY);
    expect(february.totals).toMatchObject([{ waitingPayouts: 2 }]);
    await expect(house.half.approve(february, 'person:releaser')).rejects.toMatchObject({
      code: 'approver_excluded',
      extra: { reason: 'released_payouts' },
    });
    await house.approve(february);
    await house.pay(february);
    expect(states(house)).toEqual(['po~2026-01.1~p1~GBP submitted', 'po~2026-01.1~p2~GBP created held']);
  });

  it('remembers for which payee a payout was handed over, and never offers it again for another', async () => {
    const answers = ['unknown', 'accepted'] as const;
    let asked = 0;
    const house = await aReviewedHouse({ sales: [sale('o1')], answer: () => answers[asked++] ?? 'accepted' });
    house.setPayee('p1');
    await house.close(JANUARY, '2026-02-01T08:00:00Z');
    expect(house.payouts()).toMatchObject([{ status: 'unknown', payeeId: 'p1.1' }]);
    house.setPayee('p1', { payeeId: 'p1.2' });
    await house.close(FEBRUARY, '2026-03-01T08:00:00Z');
    expect(house.payouts()).toMatchObject([{ status: 'unknown', payeeId: 'p1.1' }]);
    expect(asked).toBe(1);
  });

  it('stops at a payout that is not the amount that was approved', async () => {
    const house = await aReviewedHouse({ sales: [sale('o1')] });
    house.setPayee('p1');
    const run = await house.half.toDecision(JANUARY);
    await house.approve(run);
    const result = (await house.half.money.shards.result('acme', run.runId, '000000'))!;
    const statements = result.statements.map((one) => ({ ...one, payableMinor: one.payableMinor + 1n }));
    await house.half.money.shards.putResult('acme', run.runId, '000000', { ...result, statements });
    await expect(house.pay(run)).rejects.toThrow('was approved with');
  });
});

describe('a standing hold', () => {
  it('is ended once, by one person, and only where it is', async () => {
    const house = await aReviewedHouse({ sales: [] });
    await house.hold('p1');
    expect(await house.hold('p1')).toMatchObject({ by: 'person:holder', at: '2026-02-01T08:00:01.000Z' });
    await expect(house.hold('p9', 'h9')).rejects.toMatchObject({ code: 'unknown_partner' });
    await expect(house.release('p2')).rejects.toMatchObject({ code: 'not_found' });
    const own = house.release('p1', 'h1', 'person:of-p1', ['p1']);
    await expect(own).rejects.toMatchObject({ code: 'second_person_required' });
    const released = await house.release('p1', 'h1', 'person:releaser', ['p2']);
    expect(await house.release('p1')).toEqual(released);
    await expect(house.release('p1', 'h1', 'person:other')).rejects.toMatchObject({ code: 'payout_hold_released' });
  });

  it('finds partners by id, and sorts by what is due and by the change of what was earned', async () => {
    const house = await aReviewedHouse({
      sales: [
        sale('o1', { amountMinor: 5_000n }),
        sale('o2', { partnerId: 'p2' }),
        sale('o3', { ...inFebruary, amountMinor: 5_100n }),
        sale('o4', { ...inFebruary, partnerId: 'p2', amountMinor: 700n }),
      ],
    });
    house.setPayee('p1');
    house.setPayee('p2');
    await house.close(JANUARY, '2026-02-01T08:00:00Z');
    house.half.time.now = Date.parse('2026-03-01T08:00:00Z');
    const { runId } = await house.half.toDecision(FEBRUARY);
    const ids = async (query: Parameters<typeof house.list>[1]) =>
      (await house.list(runId, query)).items.map(({ partnerId }) => partnerId);
    expect(await ids({ q: 'P2' })).toEqual(['p2']);
    expect(await ids({ q: 'nobody' })).toEqual([]);
    expect(await ids({ partnerIds: ['p1'] })).toEqual(['p1']);
    expect(await ids({ q: 'p2', partnerIds: ['p1'] })).toEqual(['p1', 'p2']);
    expect(await ids({ sort: 'due' })).toEqual(['p1', 'p2']);
    expect(await ids({ sort: 'change' })).toEqual(['p2', 'p1']);
    const first = await house.list(runId, { sort: 'change', limit: 1 });
    expect(await ids({ sort: 'change', limit: 1, cursor: first.nextCursor })).toEqual(['p1']);
    await expect(house.list(runId, { sort: 'due', cursor: first.nextCursor })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('says what is left to pay when a decision holds partners back', async () => {
    const house = await aReviewedHouse({ sales: [sale('o1'), sale('o2', { partnerId: 'p2' })] });
    house.setPayee('p1');
    house.setPayee('p2');
    const { runId } = await house.half.toDecision(JANUARY);
    const [all] = (await house.review(runId)).totals;
    expect(all?.withHolds).toBeUndefined();
    expect((await house.review(runId, [])).totals[0]?.withHolds).toEqual({
      heldPartners: 0,
      heldMinor: 0n,
      partners: 2,
      payouts: 2,
      payMinor: all?.payMinor,
    });
    expect((await house.review(runId, ['p2', 'p9'])).totals[0]?.withHolds).toEqual({
      heldPartners: 1,
      heldMinor: 1_500n,
      partners: 1,
      payouts: 1,
      payMinor: (all?.payMinor ?? 0n) - 1_500n,
    });
  });
});
