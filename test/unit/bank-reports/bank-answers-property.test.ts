import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemOfReport } from '#shared/adapters/dynamodb/money/bank-reports/bank-report-items';
import { moneyChangeOfRecord } from '#shared/adapters/dynamodb/money/money-stream';
import {
  type BankReport,
  NO_COUNTS,
  type StoredEntry,
} from '#shared/application/payouts/bank-reports/bank-report-ports';
import type { SettlePayout } from '#shared/application/payouts/paying/settle-payout';
import { eventsOf } from '#shared/application/payouts/runs/money-events';
import { type Booked, bookedOf, camt, pain002 } from '#test/support/builders/bank-answers';
import { aBankHouse, type BankHouse, fiona } from '#test/support/builders/bank-house';
import { aStatement, at, PROGRAM_ID } from '#test/support/builders/payouts';

const fates = fc.array(
  fc.record({
    amountMinor: fc.bigInt(1n, 10_000_000n),
    fate: fc.constantFrom('settled', 'failed', 'returned', 'submitted'),
  }),
  { minLength: 1, maxLength: 8 },
);
const statementsOf = (all: readonly { amountMinor: bigint }[]) =>
  all.map(({ amountMinor }, index) => aStatement({ partnerId: `p${index}`, earnedMinor: amountMinor }));

async function confirmAll(house: BankHouse): Promise<void> {
  const { items } = await house.list({ programId: PROGRAM_ID, status: 'awaiting_confirmation', limit: 100 });
  for (const { entryId } of items) await house.decide({ ...fiona, entryId, decision: 'confirm' });
}

describe('what a bank answers to any set of payouts', () => {
  it('settles, fails and returns exactly those that it names, and the books say so', async () => {
    await fc.assert(
      fc.asyncProperty(fates, fc.constantFrom('02', '04', '08'), fc.boolean(), async (all, version, twice) => {
        const house = await aBankHouse({ statements: statementsOf(all) });
        const ofFate = (...wanted: readonly string[]) =>
          house.payouts().filter(({ partnerId }) => wanted.includes(all[Number(partnerId.slice(1))]?.fate ?? ''));
        const original = house.payout('p0').railReference ?? '';
        const rejected = ofFate('failed').map(({ endToEndId = '' }) => ({
          endToEndId,
          status: 'RJCT',
          reason: 'AC01',
        }));
        const back = ofFate('returned').map(
          (payout): Booked => ({ ...bookedOf(payout), direction: 'CRDT', reason: 'AC04' }),
        );
        const messages = [
          pain002({ original, groupStatus: 'PART', blocks: [{ blockId: `${original}-O`, payments: rejected }] }),
          camt(ofFate('settled', 'returned').map(bookedOf), { version }),
          camt(back, { version, kind: '054' }),
        ];
        for (const message of twice ? [...messages, ...messages] : messages) await house.receive(message);
        await confirmAll(house);
        for (const payout of house.payouts()) {
          expect(payout.status).toBe(all[Number(payout.partnerId.slice(1))]?.fate);
          const { balances } = await house.half.balance({
            programId: PROGRAM_ID,
            partnerId: payout.partnerId,
          } as never);
          const isBack = payout.status === 'failed' || payout.status === 'returned';
          expect(balances[0]?.payableMinor).toBe(isBack ? payout.amountMinor : 0n);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('comes to the same when each call crashes somewhere and is repeated', async () => {
    await fc.assert(
      fc.asyncProperty(fates, fc.infiniteStream(fc.integer({ min: 0, max: 3 })), async (all, chances) => {
        const luck = chances[Symbol.iterator]();
        // Before the journal is written, or after it with the answer lost.
        const crashing =
          (settle: SettlePayout): SettlePayout =>
          async (report) => {
            const chance = luck.next().value;
            if (chance === 0) throw new Error('crash before');
            const done = await settle(report);
            if (chance === 1) throw new Error('crash after');
            return done;
          };
        const house = await aBankHouse({ statements: statementsOf(all), through: crashing });
        const calm = await aBankHouse({ statements: statementsOf(all) });
        const message = camt(house.payouts().map(bookedOf));
        for (let tries = 0; ; tries += 1) {
          const report = await house.receive(message).then(
            (answer) => answer.report,
            () => undefined,
          );
          if (report?.status === 'done') break;
          if (tries > 500) throw new Error('never done');
        }
        const { report } = await calm.receive(message);
        const told = ({ entryId, status, statusBefore, statusAfter }: StoredEntry) => [
          entryId,
          status,
          statusBefore,
          statusAfter,
        ];
        expect(house.entries().map(told).sort()).toEqual(calm.entries().map(told).sort());
        expect(house.half.entries.map(({ entryId }) => entryId).sort()).toEqual(
          calm.half.entries.map(({ entryId }) => entryId).sort(),
        );
        expect((await house.receive(message)).report.counts).toEqual(report.counts);
      }),
      { numRuns: 40 },
    );
  });

  it('is gone on with where the time was over, and each page says how far it is', async () => {
    const house = await aBankHouse({ statements: [aStatement({ earnedMinor: 5_000n })] });
    const others = Array.from({ length: 250 }, (_, index): Booked => ({ endToEndId: `X${index}`, amountMinor: 7n }));
    const message = camt([...others, bookedOf(house.payout('p1'))]);
    const over = { isOver: () => true };
    const first = await house.receive(message, over);
    expect(first.report).toMatchObject({ status: 'processing', processed: 100, entryCount: 251 });
    expect((await house.fake.reports.get(PROGRAM_ID, first.report.reportId))?.interruptedAt).toBeDefined();
    expect((await house.receive(message, over)).report.processed).toBe(200);
    expect(house.payout('p1').status).toBe('submitted');
    expect((await house.receive(message)).report).toMatchObject({
      status: 'done',
      processed: 251,
      counts: { unmatched: 250, booked: 1 },
    });
    const { reportId } = first.report;
    const page = await house.list({ programId: PROGRAM_ID, reportId, limit: 120 });
    expect([page.items.length, page.nextCursor]).toEqual([120, 'n120']);
    const rest = await house.list({ programId: PROGRAM_ID, reportId, cursor: page.nextCursor, limit: 200 });
    expect([rest.items.length, rest.nextCursor, rest.items.at(-1)?.status]).toEqual([131, undefined, 'booked']);
  });
});

describe("a bank's file that was left half done", () => {
  const report: BankReport = {
    reportId: 'r',
    programId: PROGRAM_ID,
    kind: 'camt.053',
    messageId: 'm',
    documentKey: 'k',
    receivedAt: at('2026-02-03T08:00:00Z'),
    receivedBy: 'person:finn',
    status: 'processing',
    processed: 100,
    counts: NO_COUNTS,
  };
  const image = (one: BankReport) => marshall(itemOfReport(one), { removeUndefinedValues: true });
  const eventsOfChange = (before: BankReport | undefined, after: BankReport) => {
    const record = { dynamodb: { NewImage: image(after), ...(before ? { OldImage: image(before) } : {}) } };
    const change = moneyChangeOfRecord(record as never);
    return change ? eventsOf(change) : [];
  };

  it('calls for somebody to go on once an interruption, and with no page', () => {
    const left = { ...report, interruptedAt: at('2026-02-03T08:01:00Z') };
    expect(eventsOfChange(undefined, report)).toEqual([]);
    expect(eventsOfChange(report, left)).toMatchObject([
      {
        type: 'bank_report.interrupted',
        reportId: 'r',
        eventId: `${PROGRAM_ID}/r/interrupted/2026-02-03T08:01:00.000Z`,
      },
    ]);
    expect(eventsOfChange(left, { ...left, processed: 200 })).toEqual([]);
    expect(eventsOfChange(left, { ...left, status: 'done' })).toEqual([]);
  });
});
