import { describe, expect, it } from 'vitest';
import { disputeAnswer, messageAnswer } from '#functions/partners/dispute-answers';
import { AT_D1, aHouse, aNote } from '#test/support/builders/dispute-house';

describe('writing to a dispute', () => {
  it('says a thing once, also when the request is repeated, and does not take another for it', async () => {
    const house = aHouse();
    await house.file();
    const first = await house.write({ ...AT_D1, ...aNote, onlyPartners: ['mira'] });
    house.time.now += 60_000;
    const both = await Promise.all([1, 2].map(() => house.write({ ...AT_D1, ...aNote, onlyPartners: ['mira'] })));
    expect(both).toEqual([first, first]);
    await expect(house.write({ ...AT_D1, ...aNote, text: 'Else', onlyPartners: ['mira'] })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
    await house.withdraw({ ...AT_D1, by: 'person:mira', onlyPartners: ['mira'] });
    expect(await house.write({ ...AT_D1, ...aNote, onlyPartners: ['mira'] })).toEqual(first);
    expect((await house.get(AT_D1)).messages).toEqual([first]);
  });

  it('says a thing once when it is sent twice at once', async () => {
    const house = aHouse();
    await house.file();
    await Promise.all([1, 2, 3].map(() => house.write({ ...AT_D1, ...aNote })));
    expect((await house.get(AT_D1)).messages).toHaveLength(1);
  });

  it('keeps notes among staff from the partner', async () => {
    const house = aHouse();
    await house.file();
    await house.write({ ...AT_D1, ...aNote, onlyPartners: ['mira'] });
    await house.write({ ...AT_D1, ...aNote, messageId: 'm2', text: "It is noor's", internal: true, by: 'person:boss' });
    await house.write({ ...AT_D1, ...aNote, messageId: 'm3', text: 'We look', by: 'person:boss' });
    const asPartner = await house.get({ ...AT_D1, onlyPartners: ['mira'] });
    expect(asPartner.messages.map(({ from, text }) => [from, text])).toEqual([
      ['partner', 'Look again'],
      ['staff', 'We look'],
    ]);
    expect((await house.get(AT_D1)).messages).toHaveLength(3);
    expect(JSON.stringify(asPartner.messages.map((message) => messageAnswer(message, true)))).not.toContain('person:');
  });

  it("refuses a partner's internal note, another partner, and a dispute that ended", async () => {
    const house = aHouse();
    await house.file();
    await expect(house.write({ ...AT_D1, ...aNote, internal: true, onlyPartners: ['mira'] })).rejects.toMatchObject({
      errors: [{ pointer: '/internal' }],
    });
    for (const read of [
      house.get,
      house.withdraw,
      (at: typeof AT_D1) => house.write({ ...at, ...aNote, onlyPartners: ['noor'] }),
    ])
      await expect(read({ ...AT_D1, onlyPartners: ['noor'] } as never)).rejects.toMatchObject({ code: 'not_found' });
    await house.withdraw({ ...AT_D1, by: 'person:mira', onlyPartners: ['mira'] });
    await expect(house.write({ ...AT_D1, ...aNote })).rejects.toMatchObject({ code: 'dispute_not_open' });
  });

  it('holds at most a hundred messages', async () => {
    const house = aHouse();
    await house.file();
    for (let index = 0; index < 100; index += 1) await house.write({ ...AT_D1, ...aNote, messageId: `m${index}` });
    await expect(house.write({ ...AT_D1, ...aNote, messageId: 'm101' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});

describe('escalating disputes', () => {
  it('marks those that are overdue, once', async () => {
    const house = aHouse({ controls: { disputeAnswerDays: 1, writeOffLimitMinor: 0n, negativeBalanceAgeMonths: 3 } });
    await house.file();
    await house.file({ disputeId: 'd2', orderId: 'o2' });
    await house.decide({ disputeId: 'd2', outcome: 'declined', remedy: undefined });
    expect(await house.escalate()).toEqual({ escalated: 0, failed: 0 });
    house.time.now += 24 * 3_600_000;
    expect(await house.escalate()).toEqual({ escalated: 1, failed: 0 });
    expect(await house.escalate()).toEqual({ escalated: 0, failed: 0 });
    const { dispute } = await house.get(AT_D1);
    expect(dispute).toMatchObject({ status: 'escalated', escalatedAt: '2026-03-21T10:00:00.000Z' });
    expect(disputeAnswer(dispute, { isPartner: true, nowMs: house.time.now }).overdue).toBe(true);
    expect(await house.decide()).toMatchObject({ status: 'decided' });
  });

  it('goes on when one of them cannot be marked', async () => {
    const house = aHouse({ controls: { disputeAnswerDays: 1, writeOffLimitMinor: 0n, negativeBalanceAgeMonths: 3 } });
    await house.file();
    await house.file({ disputeId: 'd2', orderId: 'o2' });
    house.time.now += 48 * 3_600_000;
    const save = house.disputes.save;
    Object.assign(house.disputes, {
      save: async (dispute: Parameters<typeof save>[0]) => {
        if (dispute.disputeId === 'd1') throw new Error('the store is down');
        return save(dispute);
      },
    });
    expect(await house.escalate()).toEqual({ escalated: 1, failed: 1 });
    expect(house.warnings).toEqual(['a dispute could not be escalated']);
  });
});

describe('withdrawing a dispute', () => {
  const byMira = { by: 'person:mira', onlyPartners: ['mira'] };

  it('answers the same again, and is refused once it is decided', async () => {
    const house = aHouse();
    await house.file();
    const withdrawn = await house.withdraw({ ...AT_D1, ...byMira });
    expect(withdrawn.status).toBe('withdrawn');
    expect(await house.withdraw({ ...AT_D1, ...byMira })).toEqual(withdrawn);
    await house.file({ disputeId: 'd2' });
    await house.decide({ disputeId: 'd2' });
    await expect(house.withdraw({ ...AT_D1, disputeId: 'd2', ...byMira })).rejects.toMatchObject({
      code: 'dispute_not_open',
    });
  });

  it('is for its partner, and for staff who filed it: no claim of a partner is put away', async () => {
    const house = aHouse();
    await house.file();
    await house.file({ disputeId: 'd2', orderId: 'o2', by: 'person:manager', isStaff: true });
    await expect(house.withdraw({ ...AT_D1, by: 'person:manager' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await house.withdraw({ ...AT_D1, disputeId: 'd2', by: 'person:manager' })).toMatchObject({
      status: 'withdrawn',
    });
  });

  it('is listed of a partner that exists alone', async () => {
    const house = aHouse();
    await house.file();
    expect((await house.listOfPartner({ programId: 'acme', partnerId: 'mira', limit: 5 })).items).toHaveLength(1);
    await expect(house.listOfPartner({ programId: 'acme', partnerId: 'nobody', limit: 5 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
