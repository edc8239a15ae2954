import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { entryItem } from '#shared/adapters/dynamodb/money/ledger/journal';
import { payoutItem } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { moneyChangeOfRecord } from '#shared/adapters/dynamodb/money/money-stream';
import { postedField, postedStatementItem } from '#shared/adapters/dynamodb/money/statements/posted-statement';
import type { StatementPosting } from '#shared/application/payouts/ledger/ledger-ports';
import { postingOf } from '#shared/application/payouts/paying/post-statements';
import { eventsOf } from '#shared/application/payouts/runs/money-events';
import { type DomainEvent, domainEventSchema } from '#shared/contracts/events';
import { applyStep, type Payout, type PayoutStep } from '#shared/domain/ledger/payout';
import type { Period } from '#shared/domain/time/instant';
import { aStatement, at } from '#test/support/builders/payouts';

const POSTED = at('2026-02-02T12:00:00Z');
const LATER = at('2026-02-04T12:00:00Z');

type Item = Record<string, unknown>;
const image = (item: Item) => marshall(item, { removeUndefinedValues: true }) as never;
const told = (after: Item, before?: Item): readonly DomainEvent[] => {
  const change = moneyChangeOfRecord({
    dynamodb: { NewImage: image(after), ...(before ? { OldImage: image(before) } : {}) },
  });
  const events = change ? eventsOf(change) : [];
  for (const event of events) domainEventSchema.parse(event);
  return events;
};

function posting(over: Parameters<typeof aStatement>[0] = {}, held = false): StatementPosting {
  return postingOf({
    programId: 'acme',
    run: {
      ...{ runId: '2026-01.1', period: '2026-01' as Period, decidedAt: POSTED, summarisedAt: POSTED },
      holds: new Set(held ? ['p1'] : []),
    },
    statement: aStatement(over),
    blocked: undefined,
    at: POSTED,
  });
}

/** The items of a posting as the ledger stores them. */
function itemsOf(one: StatementPosting): readonly Item[] {
  const { entry, payout, statement } = one;
  if (!entry && !payout) return [postedStatementItem(one, statement!.statementId)];
  const said = postedField(one);
  return [
    ...(entry ? [{ ...entryItem(entry), ...said }] : []),
    ...(payout ? [{ ...payoutItem(payout), ...(entry ? {} : said) }] : []),
  ];
}

const READY = {
  type: 'statement.ready',
  eventId: 'acme/2026-01.1~p1~GBP/ready',
  programId: 'acme',
  partnerId: 'p1',
  statementId: '2026-01.1~p1~GBP',
  period: '2026-01',
  payable: { minor: 12_345, currency: 'GBP' },
  occurredAt: POSTED,
};
const APPROVED = {
  type: 'payout.approved',
  eventId: 'acme/po~2026-01.1~p1~GBP/approved',
  programId: 'acme',
  partnerId: 'p1',
  payoutId: 'po~2026-01.1~p1~GBP',
  period: '2026-01',
  amount: { minor: 12_345, currency: 'GBP' },
  occurredAt: POSTED,
};

describe('what a posted statement tells', () => {
  it('is that it is ready and that its payout is approved, each once', () => {
    expect(itemsOf(posting()).flatMap((item) => told(item))).toEqual([READY, APPROVED]);
  });

  it.each<[string, Parameters<typeof aStatement>[0], boolean, number]>([
    ['that neither moves nor pays anything', { earnedMinor: 0n }, false, 0],
    ['of which the payout is held', {}, true, 12_345],
    ['that is carried', { earnedMinor: 5n, payableMinor: 0n }, false, 0],
  ])('is that it is ready, of one %s', (_what, over, held, minor) => {
    expect(itemsOf(posting(over, held)).flatMap((item) => told(item))).toEqual([
      { ...READY, payable: { minor, currency: 'GBP' } },
    ]);
  });

  it('is ready by its payout where it only pays what was carried', () => {
    const items = itemsOf(posting({ earnedMinor: 0n, openingBalanceMinor: 900n, payableMinor: 900n }));
    expect(items).toHaveLength(1);
    expect(items.flatMap((item) => told(item)).map(({ type }) => type)).toEqual(['statement.ready', 'payout.approved']);
  });

  it('is nothing where it was stored by a version that told nobody', () => {
    expect(told(entryItem(posting().entry!))).toEqual([]);
  });

  it('is nothing while it is a draft', () => {
    const draft = { pk: 'acme#STATEMENT#x', sk: 'STATEMENT', type: 'statement', programId: 'acme', statementId: 'x' };
    expect(told(draft)).toEqual([]);
  });
});

describe('what a payout tells', () => {
  const created = posting().payout!;
  /** Each step's events, as the stream brings them. */
  function toldBy(...steps: readonly (PayoutStep | readonly PayoutStep[])[]): readonly DomainEvent[] {
    let payout: Payout = created;
    const events: DomainEvent[] = [];
    for (const taken of steps) {
      const before = payout;
      for (const step of 'type' in taken ? [taken] : taken) payout = applyStep(payout, step, LATER)?.payout ?? payout;
      events.push(...told(payoutItem(payout), payoutItem(before)));
    }
    return events;
  }
  const claim: PayoutStep = { type: 'claim', rail: 'sandbox', runId: '2026-01.1' };
  const settled: readonly PayoutStep[] = [{ type: 'accepted' }, { type: 'settled' }];

  it('is that it was paid, once, however often its rail was asked', () => {
    const again: PayoutStep = { type: 'ask_again', runId: '2026-01.1' };
    const steps = [claim, { type: 'no_answer' }, again, { type: 'no_answer' }, again, settled] as const;
    expect(toldBy(...steps)).toEqual([
      { ...APPROVED, type: 'payout.paid', eventId: 'acme/po~2026-01.1~p1~GBP/paid', occurredAt: LATER },
    ]);
  });

  it('is that it failed, and that it came back after it was paid', () => {
    expect(toldBy(claim, { type: 'rejected', reason: 'closed' })).toMatchObject([
      { type: 'payout.failed', eventId: 'acme/po~2026-01.1~p1~GBP/failed' },
    ]);
    expect(toldBy(claim, { type: 'accepted' }, { type: 'failed' }).map(({ type }) => type)).toEqual(['payout.failed']);
    expect(toldBy(claim, settled, { type: 'returned', reason: 'x' }).map(({ type }) => type)).toEqual([
      'payout.paid',
      'payout.returned',
    ]);
  });

  it('is nothing of its rail: no reason of a bank is on the bus', () => {
    expect(JSON.stringify(toldBy(claim, { type: 'rejected', reason: 'account of Erika closed' }))).not.toContain(
      'Erika',
    );
  });

  it('is nothing new where it only waits for another reason, also of one stored before there were histories', () => {
    const { changes: _, ...old } = payoutItem(created);
    const kept = payoutItem({ ...created, blockedReason: 'held' });
    expect(told(kept, old)).toEqual([]);
  });
});
