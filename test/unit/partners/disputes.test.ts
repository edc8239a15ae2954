import { describe, expect, it } from 'vitest';
import { disputeAnswer, messageAnswer, sameOrderAnswer } from '#functions/partners/dispute-answers';
import { digest } from '#shared/adapters/digest';
import { hashEmail } from '#shared/application/email-hash';
import { makeAddDisputeMessage } from '#shared/application/partners/add-dispute-message';
import { makeDecideDispute } from '#shared/application/partners/decide-dispute';
import { makeEscalateDisputes } from '#shared/application/partners/escalate-disputes';
import { makeFileDispute } from '#shared/application/partners/file-dispute';
import { makeGetDispute, makeListPartnerDisputes } from '#shared/application/partners/read-disputes';
import { makeRecordDisputeRemedy } from '#shared/application/partners/record-dispute-remedy';
import { makeWithdrawDispute } from '#shared/application/partners/withdraw-dispute';
import type { Program } from '#shared/application/programs';
import { addDisputeMessageRoute } from '#shared/contracts/partners/add-dispute-message';
import { decideDisputeRoute } from '#shared/contracts/partners/decide-dispute';
import { disputesLimitSchema, MAX_DISPUTES_A_PAGE } from '#shared/contracts/partners/dispute';
import { fileDisputeRoute } from '#shared/contracts/partners/file-dispute';
import { getDisputeRoute } from '#shared/contracts/partners/get-dispute';
import { decisionOfRemedy, type RemedyEffect, remedyIdOf } from '#shared/domain/partner/dispute';
import type { Period } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/referrals';
import { makeFakeDisputes } from '#test/support/fakes/disputes';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';

const NOW = '2026-03-20T10:00:00Z';
const ADJUST = { kind: 'adjustment', amountMinor: 5_00n, currency: 'GBP' } as const;
const REATTRIBUTE = { kind: 'reattribution' } as const;

const MOVES = [
  {
    reattributionId: 're1',
    at: instant('2026-03-01T00:00:00Z'),
    before: { partnerId: undefined },
    after: { partnerId: 'noor', period: '2026-03' as Period },
  },
];

const A_SALE = { customerId: 'c1', partnerId: undefined, period: '2026-02' as Period, currency: 'GBP' };

type Sale = Omit<typeof A_SALE, 'partnerId'> & {
  partnerId: string | undefined;
  earnsNothing?: string;
  hold?: { status: 'voided'; partnerIds: string[] };
};

/** Order o1 is recorded and nobody's; February is closed only where the programme says so. */
function aHouse(program: Partial<Program> = {}) {
  const sales = new Map<string, Sale & { refunds?: number }>([['o1', A_SALE]]);
  const disputes = makeFakeDisputes();
  const time = { now: Date.parse(NOW) };
  const clock = (): number => time.now;
  const acme = aProgram({ programId: 'acme', ...program });
  const programs = makeFakePrograms(acme);
  const partners = {
    standing: async (_: string, partnerId: string) => (partnerId === 'nobody' ? undefined : ({} as never)),
    profile: async (_: string, partnerId: string) =>
      ({ emailHash: hashEmail(digest, `${partnerId}@partners.example`) }) as never,
  };
  const orders = {
    order: async (_: string, orderId: string) => {
      const conversion = sales.get(orderId);
      const refunds = Array.from({ length: conversion?.refunds ?? 0 });
      return conversion && ({ conversion, refunds, hold: conversion.hold } as never);
    },
  };
  const warnings: string[] = [];
  const log = { info() {}, warn() {}, error: (message: string) => void warnings.push(message) };
  const file = makeFileDispute({ disputes, partners, programs, orders, clock });
  const input = (overrides: Partial<Parameters<typeof file>[0]> = {}): Parameters<typeof file>[0] => ({
    programId: 'acme',
    partnerId: 'mira',
    disputeId: 'd1',
    orderId: 'o1',
    kind: 'missing',
    statement: 'I sent this customer.',
    evidence: [],
    by: 'person:mira',
    isStaff: false,
    ...overrides,
  });
  const decide = makeDecideDispute({ disputes, partners, programs, orders, digest, clock });
  const decision = (overrides: Partial<Parameters<typeof decide>[0]> = {}): Parameters<typeof decide>[0] => ({
    programId: 'acme',
    disputeId: 'd1',
    outcome: 'accepted',
    remedy: ADJUST,
    explanation: 'You are right.',
    by: 'person:manager',
    authority: 'finance',
    ownPartners: [],
    ...overrides,
  });
  async function* list(): AsyncIterable<Program> {
    yield acme;
  }
  return {
    disputes,
    sales,
    time,
    warnings,
    file: (overrides?: Parameters<typeof input>[0]) => file(input(overrides)),
    decide: (overrides?: Parameters<typeof decision>[0]) => decide(decision(overrides)),
    get: makeGetDispute({ disputes, orders: { findOrder: async () => ({ reattributions: MOVES }) } }),
    listOfPartner: makeListPartnerDisputes({ disputes, partners }),
    write: makeAddDisputeMessage({ disputes, clock }),
    withdraw: makeWithdrawDispute({ disputes, clock }),
    remedied: makeRecordDisputeRemedy({ disputes }),
    escalate: makeEscalateDisputes({ disputes, programs: { list }, clock, log }),
  };
}

const AT_D1 = { programId: 'acme', disputeId: 'd1' };
const aNote = { messageId: 'm1', text: 'Look again', evidence: [], internal: false, by: 'person:mira' };

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

describe('deciding a dispute', () => {
  it('stores a record of its own, from which the others learn', async () => {
    const house = aHouse();
    await house.file();
    expect(await house.decide()).toMatchObject({ status: 'decided', decisions: [{ number: 1, outcome: 'accepted' }] });
    expect(house.disputes.decisions).toMatchObject([{ disputeId: 'd1', partnerId: 'mira', remedy: ADJUST }]);
    expect(
      JSON.stringify(house.disputes.decisions, (_, value) => (typeof value === 'bigint' ? 0 : value)),
    ).not.toContain('right');
    await house.decide();
    expect(house.disputes.decisions).toHaveLength(1);
    await expect(house.decide({ explanation: 'Otherwise' })).rejects.toMatchObject({ code: 'dispute_not_open' });
  });

  it('is not for who filed it, nor for a person of the partner', async () => {
    const house = aHouse();
    await house.file({ by: 'person:manager' });
    await expect(house.decide()).rejects.toMatchObject({ code: 'own_dispute' });
    await expect(house.decide({ by: 'person:other', ownPartners: ['mira'] })).rejects.toMatchObject({
      code: 'own_dispute',
    });
    expect(house.disputes.decisions).toEqual([]);
  });

  it.each([
    ['accepted', 'none', undefined],
    ['partly_accepted', 'none', undefined],
    ['declined', 'an adjustment', ADJUST],
  ] as const)('refuses %s with %s', async (outcome, _, remedy) => {
    const house = aHouse();
    await house.file();
    await expect(house.decide({ outcome, remedy })).rejects.toMatchObject({ errors: [{ pointer: '/remedy' }] });
  });

  it.each<[string, string, Partial<Sale> & { refunds?: number }]>([
    ["that is the partner's already", 'same_partner', { partnerId: 'mira' }],
    ['of the partner itself', 'self_referral', { customerId: 'mira' }],
    ['of the partner itself by its e-mail address', 'self_referral', { customerId: 'Mira@Partners.example' }],
    ['that another partner was paid for', 'month_closed', { partnerId: 'noor', period: '2026-01' as Period }],
    [
      'that was voided for the partner',
      'voided',
      { partnerId: 'noor', hold: { status: 'voided', partnerIds: ['mira'] } },
    ],
    ['with more refunds than move at once', 'too_many_refunds', { refunds: 41 }],
  ])('gives no sale %s: the rule and another way are told before the partner hears of it', async (_, reason, sale) => {
    const house = aHouse({ closedThrough: '2026-01' as Period });
    await house.file();
    house.sales.set('o1', { ...A_SALE, ...sale });
    await expect(house.decide({ remedy: REATTRIBUTE })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/remedy/reattribute', rule: expect.stringMatching(/^needs a /) }],
      message: expect.stringMatching(/adjustment|Decline/),
      extra: { reason },
    });
    expect(house.disputes.decisions).toEqual([]);
    expect((await house.get(AT_D1)).dispute.status).toBe('open');
  });

  it('gives no sale that is not recorded, until it is', async () => {
    const house = aHouse();
    await house.file({ orderId: 'o2' });
    await expect(house.decide({ remedy: REATTRIBUTE })).rejects.toMatchObject({ extra: { reason: 'not_recorded' } });
    house.sales.set('o2', A_SALE);
    expect(await house.decide({ remedy: REATTRIBUTE })).toMatchObject({ status: 'decided' });
  });

  it.each<[string, Partial<Sale>]>([
    ['nobody had in a closed month', {}],
    ['another partner has in an open month', { partnerId: 'noor', period: '2026-03' as Period }],
    ['earned another partner nothing', { partnerId: 'noor', earnsNothing: 'self_referral' }],
  ])('gives a sale that %s', async (_, sale) => {
    const house = aHouse({ closedThrough: '2026-02' as Period });
    await house.file();
    house.sales.set('o1', { ...A_SALE, ...sale });
    expect(await house.decide({ remedy: REATTRIBUTE })).toMatchObject({ status: 'decided' });
  });

  it('gives no sale that another dispute has paid for, unless that is said', async () => {
    const house = aHouse();
    await house.file({ disputeId: 'd0', partnerId: 'noor' });
    await house.decide({ disputeId: 'd0' });
    await house.file();
    await expect(house.decide({ remedy: REATTRIBUTE })).rejects.toMatchObject({
      extra: { reason: 'dispute_adjusted' },
    });
    const meant = { ...REATTRIBUTE, despiteAdjustment: true } as const;
    expect(await house.decide({ remedy: meant })).toMatchObject({ status: 'decided' });
  });

  it('pays no sale that is held for review: released, it would be paid twice', async () => {
    const house = aHouse();
    await house.file();
    house.sales.set('o1', { ...A_SALE, partnerId: 'mira', earnsNothing: 'fraud_hold' });
    await expect(house.decide()).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/remedy/adjustment', rule: expect.stringContaining('held for review') }],
      extra: { reason: 'held' },
    });
    house.sales.set('o1', { ...A_SALE, partnerId: 'mira', earnsNothing: 'fraud_void' });
    expect(await house.decide()).toMatchObject({ status: 'decided' });
  });

  it.each<[string, string | undefined, string | undefined, readonly string[]]>([
    ["the order's", 'EUR', 'USD', ['EUR']],
    ["the claim's or the programme's without an order", undefined, 'USD', ['USD', 'GBP']],
    ["the programme's without any", undefined, undefined, ['GBP']],
  ])('adjusts in the currency of %s alone', async (_, ofOrder, claimed, expected) => {
    for (const currency of ['EUR', 'USD', 'GBP', 'JPY']) {
      const house = aHouse();
      if (ofOrder) house.sales.set('o1', { ...A_SALE, currency: ofOrder });
      else house.sales.delete('o1');
      await house.file({ expected: claimed === undefined ? undefined : { amountMinor: 1n, currency: claimed } });
      const decided = house.decide({ remedy: { ...ADJUST, currency } });
      if (expected.includes(currency)) expect(await decided).toMatchObject({ status: 'decided' });
      else
        await expect(decided).rejects.toMatchObject({
          errors: [{ pointer: '/remedy/adjustment/currency', rule: expect.stringContaining(expected.join(' or ')) }],
        });
    }
  });

  it.each([0n, -1n])('adjusts by more than nothing: %s', async (amountMinor) => {
    const house = aHouse();
    await house.file();
    await expect(house.decide({ remedy: { ...ADJUST, amountMinor } })).rejects.toMatchObject({
      errors: [{ pointer: '/remedy/adjustment/amountMinor' }],
    });
    const adjustment = { amountMinor: Number(amountMinor), currency: 'GBP' };
    const sent = decideDisputeRoute.body.safeParse({ outcome: 'accepted', explanation: 'x', remedy: { adjustment } });
    expect(sent.error?.issues.map(({ path }) => path.join('/'))).toEqual(['remedy/adjustment/amountMinor']);
  });

  it('ends a declined one, so that the partner may file again with what is new', async () => {
    const house = aHouse();
    await house.file();
    expect(await house.decide({ outcome: 'declined', remedy: undefined })).toMatchObject({ status: 'declined' });
    expect(await house.file({ disputeId: 'd2' })).toMatchObject({ status: 'open' });
  });
});

const recorded = (state: 'proposed' | 'recorded' | 'declined'): RemedyEffect => ({
  kind: 'adjustment',
  state,
  adjustmentId: remedyIdOf('d1', 1),
  period: '2026-04' as Period,
});

describe('what became of the remedy', () => {
  const decided = async (remedy: typeof ADJUST | typeof REATTRIBUTE = ADJUST) => {
    const house = aHouse();
    await house.file();
    await house.decide({ remedy });
    const report = (effect: RemedyEffect, number = 1) => house.remedied({ ...AT_D1, number, effect });
    return { ...house, report };
  };

  it('shows that an adjustment waits for its second person, then the month that pays it', async () => {
    const { report } = await decided();
    const waiting = await report(recorded('proposed'));
    expect(disputeAnswer(waiting, { isPartner: false, nowMs: 0 })).toMatchObject({
      status: 'decided',
      effect: { state: 'proposed', waitsFor: 'second_person' },
    });
    expect(await report(recorded('recorded'))).toMatchObject({ status: 'carried_out', effect: { period: '2026-04' } });
  });

  it('stays what it was when reports come twice or late', async () => {
    const { report } = await decided();
    const done = await report(recorded('recorded'));
    for (const late of [recorded('proposed'), recorded('recorded'), { kind: 'failed', reason: 'x' } as const])
      expect(await report(late)).toEqual(done);
  });

  it('goes back to staff when the remedy fails, and tells the partner that alone, without the reason', async () => {
    const house = await decided(REATTRIBUTE);
    const failed = await house.report({
      kind: 'failed',
      reason: "belongs to another partner in a month that's closed",
    });
    expect(failed.status).toBe('failed');
    const shown = JSON.stringify(disputeAnswer(failed, { isPartner: true, nowMs: 0 }));
    expect(shown).toContain('"failed"');
    expect(shown).not.toContain('another partner');
    expect(shown).not.toContain('person:');
    const again = await house.decide({ explanation: 'We pay it instead.' });
    expect(again).toMatchObject({ status: 'decided', decisions: [{ number: 1 }, { number: 2 }] });
    expect(again.effect).toBeUndefined();
    expect(await house.report(recorded('recorded'), 1)).toEqual(again);
    expect(await house.report(recorded('recorded'), 2)).toMatchObject({ status: 'carried_out' });
  });

  it('may be tried again by the same words once it has failed', async () => {
    const house = await decided(REATTRIBUTE);
    await house.report({ kind: 'failed', reason: 'order not recorded' });
    const again = await house.decide({ remedy: REATTRIBUTE });
    expect(again).toMatchObject({ status: 'decided', decisions: [{ number: 1 }, { number: 2 }] });
    expect(house.disputes.decisions.map(({ number }) => number)).toEqual([1, 2]);
    expect(await house.decide({ remedy: REATTRIBUTE })).toEqual(again);
  });

  it('is made under an id that leads back to the decision', () => {
    expect(decisionOfRemedy(remedyIdOf('d1', 12))).toEqual({ disputeId: 'd1', number: 12 });
    for (const other of ['d1', 'dispute.d1', 'dispute..1', 'dispute.d1.x'])
      expect(decisionOfRemedy(other)).toBeUndefined();
  });
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
