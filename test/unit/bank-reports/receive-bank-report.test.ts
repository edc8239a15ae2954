import { describe, expect, it } from 'vitest';
import { Failure } from '#shared/application/failure';
import type { Period } from '#shared/domain/time/instant';
import { batchBooked, bookedOf, camt, nachaReturns, pain002 } from '#test/support/builders/bank-answers';
import { aBankHouse, FINN, finn, fiona } from '#test/support/builders/bank-house';
import { anApprovedRun, aStatement, nachaPayee, PROGRAM_ID, sandboxPayee } from '#test/support/builders/payouts';

const three = [
  aStatement({ partnerId: 'p1', earnedMinor: 10_000n }),
  aStatement({ partnerId: 'p2', earnedMinor: 20_000n }),
  aStatement({ partnerId: 'p3', earnedMinor: 30_000n }),
];
const aHouse = () => aBankHouse({ statements: three });
const failureOf = async (work: Promise<unknown>): Promise<Failure> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Failure) return error;
  throw new Error(`no failure but ${String(error)}`);
};

describe('what a bank booked', () => {
  it('settles the payouts that it names, in each version and with any prefix', async () => {
    for (const version of ['02', '04', '08'] as const) {
      const house = await aHouse();
      const booked = house.payouts().slice(0, 2).map(bookedOf);
      const { report } = await house.receive(camt(booked, { version, prefix: version === '04' ? 'ns2' : '' }));
      expect(house.statuses()).toEqual(['settled', 'settled', 'submitted']);
      expect(report).toMatchObject({ status: 'done', entryCount: 2, counts: { booked: 2, unmatched: 0 } });
    }
  });

  it('counts once, in a notification, in the statement and in the same file again', async () => {
    const house = await aHouse();
    const payouts = house.payouts().map(bookedOf);
    await house.receive(camt(payouts, { kind: '054', version: '04' }));
    const entries = house.half.entries.length;
    const statement = await house.receive(camt(payouts.map((one, index) => ({ ...one, reference: `S${index}` }))));
    expect(statement.report.counts).toMatchObject({ alreadyKnown: 3, booked: 0 });
    const again = await house.receive(camt(payouts, { kind: '054', version: '04' }));
    expect([again.isNew, again.report.counts.booked, house.half.entries.length]).toEqual([false, 3, entries]);
    expect(house.entries()).toHaveLength(3);
  });

  it('is listed and not booked when the bank booked a payment twice', async () => {
    const house = await aHouse();
    const one = bookedOf(house.payout('p1'));
    const { report } = await house.receive(camt([one, { ...one, reference: 'OTHER' }]));
    expect(report.counts).toMatchObject({ booked: 1, unmatched: 1 });
    expect(house.entries().map(({ rule }) => rule)).toContain('booked_twice');
  });

  it('does nothing before it is final', async () => {
    const house = await aHouse();
    await house.receive(camt(house.payouts().map((one) => ({ ...bookedOf(one), status: 'PDNG' }))));
    expect(new Set(house.statuses())).toEqual(new Set(['submitted']));
    await house.receive(camt(house.payouts().map(bookedOf), { messageId: 'LATER' }));
    expect(new Set(house.statuses())).toEqual(new Set(['settled']));
  });

  it('never settles with another amount or currency, without a reference or for what no file paid', async () => {
    const house = await aBankHouse({ statements: three, payees: { p3: sandboxPayee() } });
    const [first, second, sandboxed] = house.payouts();
    const endToEndId = first?.endToEndId;
    await house.receive(
      camt([
        { endToEndId, amountMinor: 9_999n },
        { endToEndId: second?.endToEndId, amountMinor: 20_000n, currency: 'EUR' },
        { endToEndId: 'RENT', amountMinor: 10_000n },
        { amountMinor: 10_000n },
        { endToEndId: `TS${'0'.repeat(32)}`, amountMinor: sandboxed?.amountMinor ?? 0n },
        { endToEndId, amountMinor: 10_000n, direction: 'CRDT' },
      ]),
    );
    expect(house.statuses()).toEqual(['submitted', 'submitted', 'submitted']);
    expect(house.entries().map(({ rule }) => rule)).toEqual([
      'amount_differs',
      'currency_differs',
      'unknown_reference',
      'no_reference',
      'unknown_reference',
      'not_a_payment_of_ours',
    ]);
    const { items } = await house.list({ programId: PROGRAM_ID, limit: 10 });
    expect(items).toHaveLength(6);
  });

  it('as one sum settles all payouts of its file when count and sum agree, and none when they do not', async () => {
    const messageId = (await aHouse()).payout('p1').railReference;
    const blockId = `${messageId}-O`;
    for (const [of, status] of [
      [{ messageId, count: 3, sumMinor: 60_000n }, 'settled'],
      [{ blockId, sumMinor: 60_000n }, 'settled'],
      [{ messageId, count: 2, sumMinor: 60_000n }, 'submitted'],
      [{ messageId, count: 3, sumMinor: 59_999n }, 'submitted'],
      [{ messageId, sumMinor: 60_000n, currency: 'EUR' }, 'submitted'],
      [{ messageId: '2026-01.1-GBP-0000000000000000', sumMinor: 60_000n }, 'submitted'],
      [{ blockId: `${messageId}-X`, sumMinor: 60_000n }, 'submitted'],
    ] as const) {
      const house = await aHouse();
      await house.receive(batchBooked(of));
      expect([of, new Set(house.statuses())]).toEqual([of, new Set([status])]);
    }
  });
});

describe('a file of which the bank rejected some', () => {
  const rejecting = async (): Promise<{ house: Awaited<ReturnType<typeof aHouse>>; messageId: string }> => {
    const house = await aHouse();
    const { endToEndId = '', railReference: messageId = '' } = house.payout('p2');
    const payments = [{ endToEndId, status: 'RJCT', reason: 'AC04' }];
    await house.receive(pain002({ original: messageId, blocks: [{ blockId: `${messageId}-O`, payments }] }));
    return { house, messageId };
  };

  it('settles the others when the bank books exactly them in one sum', async () => {
    const { house, messageId } = await rejecting();
    await house.decide({ ...fiona, entryId: house.entries()[0]?.entryId ?? '', decision: 'confirm' });
    expect(house.statuses()).toEqual(['submitted', 'failed', 'submitted']);
    await house.receive(batchBooked({ messageId, count: 2, sumMinor: 40_001n }));
    expect(house.statuses()).toEqual(['submitted', 'failed', 'submitted']);
    await house.receive(batchBooked({ messageId, count: 2, sumMinor: 40_000n }));
    expect(house.statuses()).toEqual(['settled', 'failed', 'settled']);
  });

  it('settles nothing by a sum that leaves out what nobody confirmed as rejected', async () => {
    const { house, messageId } = await rejecting();
    await house.receive(batchBooked({ messageId, count: 2, sumMinor: 40_000n }));
    expect(house.statuses()).toEqual(['submitted', 'submitted', 'submitted']);
    expect(house.entries().at(-1)).toMatchObject({ rule: 'batch_differs' });
  });

  it('is not looked for in a file that is no ISO 20022 message', async () => {
    const house = await aBankHouse({
      statements: [aStatement({ partnerId: 'p1', currency: 'USD', earnedMinor: 10_000n })],
      payees: { p1: nachaPayee() },
    });
    const messageId = house.payout('p1').railReference;
    const { report } = await house.receive(batchBooked({ messageId, sumMinor: 10_000n, currency: 'USD' }));
    expect([report.status, house.entries()[0]?.rule]).toEqual(['done', 'unknown_file']);
  });
});

describe('a message that names what is looked for in years of runs', () => {
  it('is handed to whoever has more time than a request, and then settles what it names', async () => {
    const house = await aBankHouse({
      statements: three,
      runs: [anApprovedRun(), anApprovedRun({ runId: '2025-12.1', period: '2025-12' as Period })],
    });
    const foreign = { endToEndId: `TS${'F'.repeat(32)}`, amountMinor: 1n };
    const message = camt([...house.payouts().map(bookedOf), foreign]);
    const { report } = await house.receive(message, { isOver: () => true });
    expect(report).toMatchObject({ status: 'processing', processed: 0 });
    expect(await house.fake.reports.get(PROGRAM_ID, report.reportId)).toHaveProperty('interruptedAt');
    expect((await house.receive(message, { isOver: () => true })).report).toMatchObject({ status: 'done' });
    expect(new Set(house.statuses())).toEqual(new Set(['settled']));
    expect(house.entries().at(-1)).toMatchObject({ rule: 'unknown_reference' });
  });
});

describe('what gives money back', () => {
  it('moves nothing until another person confirms it, and then the amount is payable again', async () => {
    const house = await aHouse();
    await house.receive(camt(house.payouts().map(bookedOf)));
    const { endToEndId } = house.payout('p1');
    await house.receive(
      camt([{ endToEndId, amountMinor: 10_000n, direction: 'CRDT', reason: 'AC04' }], { messageId: 'R' }),
    );
    expect(house.payout('p1').status).toBe('settled');
    const entry = house.entries().at(-1);
    expect(entry).toMatchObject({ status: 'awaiting_confirmation', outcome: 'returned', proposedBy: FINN });
    const asked = { entryId: entry?.entryId ?? '', decision: 'confirm' } as const;
    expect((await failureOf(house.decide({ ...finn, ...asked }))).code).toBe('second_person_required');
    expect((await failureOf(house.decide({ ...fiona, ...asked, ownPartners: ['p1'] }))).code).toBe(
      'second_person_required',
    );
    expect(house.payout('p1').status).toBe('settled');
    expect(await house.decide({ ...fiona, ...asked })).toMatchObject({ status: 'booked', statusAfter: 'returned' });
    expect(house.payout('p1')).toMatchObject({ status: 'returned', reason: 'AC04: the account is closed' });
    expect(await house.half.balance({ programId: PROGRAM_ID, partnerId: 'p1' } as never)).toMatchObject({
      balances: [{ payableMinor: 10_000n }],
    });
    const count = house.half.entries.length;
    expect(await house.decide({ ...fiona, ...asked })).toMatchObject({ status: 'booked' });
    expect((await failureOf(house.decide({ ...finn, ...asked }))).code).toBe('bank_entry_closed');
    expect(house.half.entries).toHaveLength(count);
  });

  it('is a return when the payment was booked between its rejection and the confirmation', async () => {
    const house = await aHouse();
    const payout = house.payout('p1');
    const original = payout.railReference ?? '';
    const rejected = { endToEndId: payout.endToEndId ?? '', status: 'RJCT', reason: 'AC04' };
    await house.receive(pain002({ original, blocks: [{ blockId: `${original}-O`, payments: [rejected] }] }));
    const [entry] = house.entries();
    await house.receive(camt([bookedOf(payout)]));
    expect(house.payout('p1').status).toBe('settled');
    const asked = { ...fiona, entryId: entry?.entryId ?? '', decision: 'confirm' } as const;
    expect(await house.decide(asked)).toMatchObject({ status: 'booked', outcome: 'returned', statusAfter: 'returned' });
    expect(await house.half.balances.of(PROGRAM_ID, 'p1')).toMatchObject([
      { payableMinor: 10_000n, reservedMinor: 0n },
    ]);
    // What the statement then shows of the money that came back moves nothing again.
    const { endToEndId, amountMinor } = bookedOf(payout);
    await house.receive(camt([{ endToEndId, amountMinor, direction: 'CRDT', reason: 'AC04' }], { messageId: 'R' }));
    expect(house.entries().at(-1)).toMatchObject({ status: 'no_change', statusAfter: 'returned' });
  });

  it('is listed as unmatched when it is declined', async () => {
    const house = await aHouse();
    const { endToEndId } = house.payout('p2');
    await house.receive(camt([{ endToEndId, amountMinor: 20_000n, direction: 'CRDT', reversal: true }]));
    const entryId = house.entries()[0]?.entryId ?? '';
    await house.decide({ ...finn, entryId, decision: 'decline', comment: 'not ours' });
    expect(house.entries()[0]).toMatchObject({ status: 'unmatched', rule: 'declined' });
    expect(house.payout('p2').status).toBe('submitted');
  });

  it('is taken up again when a later message tells what was declined', async () => {
    const house = await aHouse();
    const returned = camt([{ ...bookedOf(house.payout('p2')), direction: 'CRDT', reversal: true }]);
    await house.receive(returned);
    const entryId = house.entries()[0]?.entryId ?? '';
    await house.decide({ ...fiona, entryId, decision: 'decline', comment: 'not seen on the account' });
    expect((await house.receive(returned)).report.counts.awaitingConfirmation).toBe(1);
    expect(house.entries()[0]?.status).toBe('unmatched');
    const later = await house.receive(returned.replace('STMT-1', 'STMT-2'), { by: fiona.by });
    expect(later.report.counts).toMatchObject({ awaitingConfirmation: 1, alreadyKnown: 0 });
    expect((await failureOf(house.decide({ ...fiona, entryId, decision: 'confirm' }))).code).toBe(
      'second_person_required',
    );
    await house.decide({ ...finn, entryId, decision: 'confirm' });
    expect(house.payout('p2').status).toBe('returned');
  });

  it('of a whole report is confirmed at once by another person', async () => {
    const house = await aHouse();
    const original = house.payout('p1').railReference ?? '';
    const { report } = await house.receive(
      pain002({ original, groupStatus: 'RJCT', count: 3, controlSum: '600.00', version: '03' }),
    );
    expect(report.counts.awaitingConfirmation).toBe(3);
    expect(new Set(house.statuses())).toEqual(new Set(['submitted']));
    const asked = { reportId: report.reportId, decision: 'confirm', isOver: () => false } as const;
    expect((await failureOf(house.decideReport({ ...finn, ...asked }))).code).toBe('second_person_required');
    expect(await house.decideReport({ ...fiona, ...asked })).toEqual({ decided: 3, kept: 0, isDone: true });
    expect(house.payouts().map(({ status, reason }) => [status, reason])).toEqual(
      Array(3).fill(['failed', 'AM10: the control sum is wrong']),
    );
    expect(await house.decideReport({ ...fiona, ...asked })).toEqual({ decided: 0, kept: 0, isDone: true });
  });

  it('is told payment by payment when a file was accepted in part', async () => {
    const house = await aHouse();
    const [first, second, third] = house.payouts();
    const original = first?.railReference ?? '';
    const idOf = (one: typeof first): string => one?.endToEndId ?? '';
    const payments = [
      { endToEndId: idOf(first), status: 'ACSC' },
      { endToEndId: idOf(second), status: 'RJCT', reason: 'AC01' },
      { endToEndId: idOf(third), status: 'ACSP' },
    ];
    const { report } = await house.receive(
      pain002({ original, groupStatus: 'PART', blocks: [{ blockId: `${original}-O`, payments }] }),
    );
    expect(report.counts).toMatchObject({ booked: 1, awaitingConfirmation: 1, noChange: 1 });
    expect(house.statuses()).toEqual(['settled', 'submitted', 'submitted']);
  });

  it('of a block counts for the payments of which nothing else is said', async () => {
    const house = await aHouse();
    const [first] = house.payouts();
    const original = first?.railReference ?? '';
    const payments = [{ endToEndId: first?.endToEndId ?? '', status: 'ACCC' }];
    const { report } = await house.receive(
      pain002({ original, groupStatus: 'ACTC', blocks: [{ blockId: `${original}-O`, status: 'RJCT', payments }] }),
    );
    expect(report.counts).toMatchObject({ booked: 1, awaitingConfirmation: 2, noChange: 1 });
  });

  it('by ACH names the payout by its individual id number; a change is listed', async () => {
    const nachaPayee = {
      rail: 'nacha' as const,
      name: 'A Partner',
      routingNumber: '021000021',
      accountNumber: '123456789',
      accountType: 'checking' as const,
    };
    const house = await aBankHouse({
      statements: ['p1', 'p2'].map((partnerId) => aStatement({ partnerId, currency: 'USD', earnedMinor: 5_000n })),
      payees: { p1: nachaPayee, p2: nachaPayee },
    });
    expect(house.statuses()).toEqual(['submitted', 'submitted']);
    const id = (partnerId: string): string => house.payout(partnerId).endToEndId ?? '';
    const { report } = await house.receive(
      nachaReturns([
        { id: id('p1'), amountMinor: 5_000n, code: 'R02' },
        { id: id('p2'), amountMinor: 5_000n, code: 'C01' },
        { id: id('p2'), amountMinor: 4_000n, code: 'R03' },
      ]),
    );
    expect(report.kind).toBe('nacha_return');
    expect(house.entries().map(({ status, rule, payoutId }) => [status, rule, payoutId?.split('~')[2]])).toEqual([
      ['awaiting_confirmation', undefined, 'p1'],
      ['unmatched', 'notification_of_change', 'p2'],
      ['unmatched', 'amount_differs', 'p2'],
    ]);
    await house.decide({ ...fiona, entryId: house.entries()[0]?.entryId ?? '', decision: 'confirm' });
    expect(house.payout('p1')).toMatchObject({ status: 'returned', reason: 'R02: the account is closed' });
  });
});

describe('an entry that matched nothing', () => {
  it('is matched by hand to a payout of its amount, and settles it', async () => {
    const house = await aHouse();
    await house.receive(camt([{ endToEndId: 'LOST', amountMinor: 20_000n }]));
    const entryId = house.entries()[0]?.entryId ?? '';
    const match = (partnerId: string) =>
      house.resolve({
        ...finn,
        entryId,
        action: 'match',
        payoutId: house.payout(partnerId).payoutId,
        note: 'by phone with the bank',
      });
    expect(await failureOf(match('p1'))).toMatchObject({
      code: 'bank_entry_differs',
      extra: { rule: 'amount_differs' },
    });
    expect(await match('p2')).toMatchObject({ status: 'booked', statusAfter: 'settled' });
    expect(await match('p2')).toMatchObject({ status: 'booked' });
    expect((await failureOf(house.resolve({ ...finn, entryId, action: 'handled', note: 'x' }))).code).toBe(
      'bank_entry_closed',
    );
  });

  it('that is money back, less the charges of the bank, waits for a person other than who matched it', async () => {
    const house = await aHouse();
    await house.receive(camt([{ amountMinor: 19_500n, direction: 'CRDT' }]));
    const entryId = house.entries()[0]?.entryId ?? '';
    const { payoutId } = house.payout('p2');
    const matched = await house.resolve({ ...fiona, entryId, action: 'match', payoutId, note: '5.00 of charges' });
    expect(matched).toMatchObject({ status: 'awaiting_confirmation', outcome: 'returned', proposedBy: fiona.by });
    expect((await failureOf(house.decide({ ...fiona, entryId, decision: 'confirm' }))).code).toBe(
      'second_person_required',
    );
    await house.decide({ ...finn, entryId, decision: 'confirm' });
    expect(house.payout('p2').status).toBe('returned');
  });

  it('is marked as handled, with a note', async () => {
    const house = await aHouse();
    await house.receive(camt([{ endToEndId: 'RENT', amountMinor: 1n }]));
    const entryId = house.entries()[0]?.entryId ?? '';
    await house.resolve({ ...finn, entryId, action: 'handled', note: 'office rent' });
    expect((await house.list({ programId: PROGRAM_ID, limit: 5 })).items).toEqual([]);
    expect((await house.list({ programId: PROGRAM_ID, status: 'handled', limit: 5 })).items).toHaveLength(1);
  });
});
