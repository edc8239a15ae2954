import { describe, expect, it } from 'vitest';
import { disputeAnswer, messageAnswer, sameOrderAnswer } from '#functions/partners/dispute-answers';
import { addDisputeMessageRoute } from '#shared/contracts/partners/add-dispute-message';
import { decideDisputeRoute } from '#shared/contracts/partners/decide-dispute';
import { disputesLimitSchema, MAX_DISPUTES_A_PAGE } from '#shared/contracts/partners/dispute';
import { fileDisputeRoute } from '#shared/contracts/partners/file-dispute';
import { getDisputeRoute } from '#shared/contracts/partners/get-dispute';
import { remedyIdOf } from '#shared/domain/partner/dispute';
import { A_SALE, AT_D1, aHouse, aNote, recorded } from '#test/support/builders/dispute-house';

describe('filing a dispute', () => {
  it('is to be answered so many calendar days later on the wall clock of the programme', async () => {
    const { file } = aHouse();
    // The clocks of London go forward on 29 March.
    expect(await file()).toMatchObject({ status: 'open', answerBy: '2026-03-30T09:00:00.000Z', order: 'recorded' });
  });

  it('answers a repeat of the request with what it filed, whatever became of it, and no other request under its id', async () => {
    const house = aHouse();
    const expected = { amountMinor: 1n, currency: 'GBP' };
    const evidence = [{ kind: 'note', value: 'Mail' }] as const;
    const first = await house.file({ expected, evidence });
    house.time.now += 60_000;
    expect(await house.file({ expected, evidence })).toEqual(first);
    const withdrawn = await house.withdraw({ ...AT_D1, by: 'person:mira', onlyPartners: ['mira'] });
    expect(await house.file({ expected, evidence })).toEqual(withdrawn);
    for (const other of [
      { statement: 'Another' },
      { partnerId: 'noor' },
      { by: 'person:boss' },
      { expected: undefined },
    ])
      await expect(house.file({ expected, evidence, ...other })).rejects.toMatchObject({
        code: 'idempotency_key_reused',
      });
  });

  it('takes an order that was never recorded, and says so', async () => {
    const { file } = aHouse();
    expect(await file({ orderId: 'never-seen' })).toMatchObject({ order: 'not_recorded', status: 'open' });
  });

  it.each([
    ['not recorded', undefined, { order: 'not_recorded' }, {}],
    ["nobody's", A_SALE, { order: 'recorded' }, {}],
    ["another's", { ...A_SALE, partnerId: 'noor' }, { order: 'recorded', orderPartnerId: 'noor' }, {}],
    ['its own', { ...A_SALE, partnerId: 'mira' }, { order: 'recorded', orderPartnerId: 'mira' }, { order: 'yours' }],
  ])('tells staff what the order is, and the partner only of its own: %s', async (_, sale, staff, partner) => {
    const house = aHouse();
    if (sale) house.sales.set('o1', sale);
    else house.sales.delete('o1');
    const dispute = await house.file();
    const seen = (isPartner: boolean) => {
      const { order, orderPartnerId } = disputeAnswer(dispute, { isPartner, nowMs: 0 });
      return JSON.parse(JSON.stringify({ order, orderPartnerId }));
    };
    expect([seen(false), seen(true)]).toEqual([staff, partner]);
  });

  it('refuses a second one about the same order and names the first', async () => {
    const { file } = aHouse();
    await file();
    await expect(file({ disputeId: 'd2' })).rejects.toMatchObject({
      code: 'dispute_open',
      extra: { disputeId: 'd1' },
      errors: [{ pointer: '/orderId' }],
    });
  });

  it('ends asking for made-up orders, also when each question is withdrawn', async () => {
    const house = aHouse();
    for (let index = 0; index < 25; index += 1) {
      await house.file({ disputeId: `d${index}`, orderId: `guess-${index}` });
      await house.withdraw({ ...AT_D1, disputeId: `d${index}`, by: 'person:mira', onlyPartners: ['mira'] });
    }
    await expect(house.file({ disputeId: 'one-more', orderId: 'guess' })).rejects.toMatchObject({
      code: 'too_many_disputes',
    });
    // Staff may read orders anyway.
    const byStaff = { disputeId: 'by-staff', by: 'person:manager', isStaff: true };
    expect(await house.file({ ...byStaff, orderId: 'guess' })).toMatchObject({ status: 'open' });
  });

  it('refuses a partner that is none', async () => {
    await expect(aHouse().file({ partnerId: 'nobody' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each([
    [{ expectedAmountMinor: 100 }, 'currency'],
    [{ evidence: [{ kind: 'url', value: 'http://insecure.example' }] }, 'evidence'],
    [{ evidence: [{ kind: 'url', value: 'javascript:alert(1)' }] }, 'evidence'],
    [{ statement: ' ' }, 'statement'],
  ])('refuses %j by its field', (part, field) => {
    const body = { orderId: 'o1', kind: 'missing', statement: 'Mine', ...part };
    const parsed = fileDisputeRoute.body.safeParse(body);
    expect(parsed.error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });
});

const BELL = String.fromCharCode(7);
const CONTROLS = /control characters/;

describe('what is written in a dispute', () => {
  const claim = (part: Record<string, unknown>) =>
    fileDisputeRoute.body.safeParse({ orderId: 'o1', kind: 'missing', statement: 'Mine', ...part });

  it.each([
    ['statement', { statement: `Look${BELL}here` }],
    ['statement', { statement: 'half of \ud83d a pair' }],
    ['evidence', { evidence: [{ kind: 'note', value: `a${BELL}b` }] }],
    ['evidence', { evidence: [{ kind: 'reference', value: `a\u0000b` }] }],
    ['evidence', { evidence: [{ kind: 'url', value: `https://shop.example/${BELL}x` }] }],
  ])('is refused by the field %s where it holds control characters: %j', (field, part) => {
    const issues = claim(part).error?.issues ?? [];
    expect(issues.map(({ path, message }) => [path[0], CONTROLS.test(message)])).toEqual([[field, true]]);
  });

  it('keeps lines and tabs, also of those who end lines with two characters', () => {
    expect(claim({ statement: 'First\r\nsecond\n\tthird' }).data?.statement).toBe('First\nsecond\n\tthird');
    for (const route of [addDisputeMessageRoute, decideDisputeRoute])
      expect(route.body.safeParse({ text: BELL, explanation: `a${BELL}b`, outcome: 'declined' }).success).toBe(false);
  });

  // What a function answers is JSON, in JSON for who called it.
  const LAMBDA_LIMIT_BYTES = 6 * 1024 * 1024;
  const answerBytes = (answer: unknown): number => Buffer.byteLength(JSON.stringify({ body: JSON.stringify(answer) }));
  const longest = (text: string) => ({
    text: text.repeat(4_000),
    evidence: Array.from({ length: 10 }, () => ({ kind: 'note' as const, value: text.repeat(2_000) })),
  });

  it.each(['"', '\\', '漢'])(
    'fits into one answer of a function, in a dispute and in a list of them: %s',
    async (text) => {
      const house = aHouse();
      const { text: statement, evidence } = longest(text);
      await house.file({ statement, evidence });
      let refusal: unknown;
      for (let index = 0; index < 100 && !refusal; index += 1)
        await house.write({ ...AT_D1, ...aNote, ...longest(text), messageId: `m${index}` }).catch((error: unknown) => {
          refusal = error;
        });
      expect(refusal).toMatchObject({
        code: 'invalid_request',
        errors: [{ rule: expect.stringMatching(/messages of 1048576 bytes, and this one has \d+ where \d+ are left/) }],
      });
      const decided = await house.decide({ explanation: statement });
      const shown = disputeAnswer(decided, { isPartner: false, nowMs: 0 });
      const { messages } = await house.get(AT_D1);
      expect(messages.length).toBeGreaterThan(10);
      const whole = { ...shown, messages: messages.map((message) => messageAnswer(message, false)) };
      expect(answerBytes(whole)).toBeLessThan(LAMBDA_LIMIT_BYTES);
      const most = disputesLimitSchema.safeParse(MAX_DISPUTES_A_PAGE + 1).success ? 0 : MAX_DISPUTES_A_PAGE;
      expect(answerBytes({ items: Array.from({ length: most }, () => shown) })).toBeLessThan(LAMBDA_LIMIT_BYTES);
      expect(most).toBeGreaterThan(0);
    },
  );
});

describe('an order that is disputed again', () => {
  it('shows staff what it brought before, of any partner, and its partner nothing of it', async () => {
    const house = aHouse();
    await house.file({ disputeId: 'd0' });
    await house.decide({ disputeId: 'd0' });
    const effect = { ...recorded('recorded'), adjustmentId: remedyIdOf('d0', 1) };
    await house.remedied({ ...AT_D1, disputeId: 'd0', number: 1, effect });
    await house.file({ disputeId: 'of-noor', partnerId: 'noor', by: 'person:noor' });
    await house.file({ disputeId: 'elsewhere', orderId: 'o2' });
    await house.file();
    const { sameOrder } = await house.get(AT_D1);
    if (!sameOrder) throw new Error('staff see it');
    const answer = sameOrderAnswer(sameOrder);
    expect(answer).toEqual(
      getDisputeRoute.response.shape.sameOrder.parse({
        disputes: [
          {
            ...{ disputeId: 'd0', partnerId: 'mira', kind: 'missing', status: 'carried_out' },
            filedAt: '2026-03-20T10:00:00.000Z',
            outcome: 'accepted',
            remedy: { kind: 'adjustment', amountMinor: 5_00, currency: 'GBP' },
            effect: { kind: 'adjustment', state: 'recorded', adjustmentId: 'dispute.d0.1', period: '2026-04' },
          },
          {
            ...{ disputeId: 'of-noor', partnerId: 'noor', kind: 'missing', status: 'open' },
            filedAt: '2026-03-20T10:00:00.000Z',
          },
        ],
        reattributions: [
          {
            ...{ reattributionId: 're1', at: '2026-03-01T00:00:00.000Z', period: '2026-03' },
            fromPartnerId: null,
            toPartnerId: 'noor',
          },
        ],
      }),
    );
    expect(await house.get({ ...AT_D1, onlyPartners: ['mira'] })).not.toHaveProperty('sameOrder');
  });
});
