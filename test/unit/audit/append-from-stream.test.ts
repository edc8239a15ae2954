import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { auditEffectsOfRecord } from '#shared/adapters/dynamodb/money/audit/audit-stream';
import { payoutItem } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { factOf } from '#shared/application/payouts/proof/audit-effects';
import type { AuditFact } from '#shared/domain/audit/audit-chain';
import { applyStep, type Payout, type PayoutStep } from '#shared/domain/ledger/payout';
import { aPayout, at } from '#test/support/builders/payouts';

vi.stubEnv('MONEY_TABLE', 'Money');
const { makeHandler } = await import('#functions/payouts/audit/append-audit-records');

type Item = Record<string, unknown>;
const imageOf = (item: Item) => marshall(item, { removeUndefinedValues: true });
const aRecord = (after: Item, before?: Item, place = 'seq'): DynamoDBRecord =>
  ({
    eventName: before ? 'MODIFY' : 'INSERT',
    dynamodb: {
      SequenceNumber: place,
      NewImage: imageOf(after),
      ...(before ? { OldImage: imageOf(before) } : {}),
    },
  }) as DynamoDBRecord;

const WHEN = '2026-02-01T08:00:00.000Z';
const plan: Item = {
  pk: 'acme#PLANS',
  sk: 'PLAN#0000000001',
  type: 'plan',
  version: 1,
  components: '[]',
  publishedBy: 'person:ada',
  publishedAt: WHEN,
};
const adjustment: Item = {
  pk: 'acme#ADJUSTMENT#a1',
  sk: 'ADJUSTMENT',
  periodPk: 'acme#ADJUSTMENTS#2026-01',
  periodSk: 'p1#x#a1',
  type: 'adjustment',
  adjustmentId: 'a1',
  partnerId: 'p1',
  amountMinor: 2500,
  recordedBy: 'person:fin',
  recordedAt: WHEN,
};
const proposal: Item = {
  ...adjustment,
  sk: 'PROPOSAL',
  type: 'adjustment_proposal',
  status: 'proposed',
  proposedAt: WHEN,
};
const decline = { decision: 'decline', by: 'person:bob', at: '2026-02-02T08:00:00.000Z' };
const decision: Item = {
  pk: 'acme#RUN#2026-01.1',
  sk: 'DECISION#person:bob',
  type: 'decision',
  programId: 'acme',
  runId: '2026-01.1',
  by: 'person:bob',
  at: WHEN,
  decision: 'approve',
  contentHash: 'a'.repeat(64),
  holds: [],
};

describe('what a change of the Money table puts into the chain', () => {
  it('is a published plan with all its bytes, and not a draft', () => {
    expect(auditEffectsOfRecord(aRecord(plan))).toEqual([
      {
        programId: 'acme',
        kind: 'plan.published',
        subjectId: '1',
        occurredAt: WHEN,
        recordedBy: 'person:ada',
        content: { version: 1, components: '[]', publishedBy: 'person:ada', publishedAt: WHEN },
      },
    ]);
    expect(auditEffectsOfRecord(aRecord({ ...plan, type: 'plan_draft' }))).toEqual([]);
  });

  it('is a programme with what its money follows from, and no close or change of its controls', () => {
    const program: Item = {
      pk: 'acme#PROGRAM',
      sk: 'PROGRAM',
      type: 'program',
      programId: 'acme',
      name: 'Acme',
      currency: 'GBP',
      timeZone: 'Europe/London',
      holdDays: 14,
      minimumPayoutMinor: 100,
      booksOpenFrom: '2026-01',
      attribution: { model: 'last_touch', windowDays: 90, codeBeatsLink: true },
      approvals: { required: 2 },
      controls: { writeOffLimitMinor: 0 },
      controlsVersion: 0,
      closedThrough: '2025-12',
      createdAt: WHEN,
      createdBy: 'key:k1',
      onBehalfOf: 'person:ada',
    };
    const [created] = auditEffectsOfRecord(aRecord(program));
    expect(created).toMatchObject({ kind: 'program.created', subjectId: 'acme', recordedBy: 'key:k1' });
    const { pk: _, sk: __, type: ___, name: ____, closedThrough: _____, controlsVersion: ______, ...content } = program;
    expect(created?.content).toEqual(content);
    expect(auditEffectsOfRecord(aRecord({ ...program, closedThrough: '2026-01' }, program))).toEqual([]);
    const changed = { ...program, controls: { writeOffLimitMinor: 99 }, controlsVersion: 1 };
    expect(auditEffectsOfRecord(aRecord(changed, program))).toEqual([]);
    expect(auditEffectsOfRecord(aRecord({ ...program, approvals: { required: 1 } }, program))).toMatchObject([
      { kind: 'program.created', content: { approvals: { required: 1 } } },
    ]);
  });

  it('is a change of the limits, with what they were before', () => {
    const before = { writeOffLimitMinor: 0 };
    const after = { writeOffLimitMinor: 99 };
    const item = {
      pk: 'acme#CONTROLS',
      type: 'controls_change',
      version: 1,
      before,
      after,
      by: 'person:ada',
      at: WHEN,
    };
    expect(auditEffectsOfRecord(aRecord(item))).toMatchObject([
      { kind: 'controls.changed', subjectId: '1', recordedBy: 'person:ada', content: { before, after } },
    ]);
  });

  it('is an adjustment, by the second person when it needed one', () => {
    const [recorded] = auditEffectsOfRecord(aRecord(adjustment));
    expect(recorded).toMatchObject({ kind: 'adjustment.recorded', subjectId: 'a1', recordedBy: 'person:fin' });
    expect(recorded?.content).not.toHaveProperty('periodPk');
    expect(auditEffectsOfRecord(aRecord({ ...adjustment, approvedBy: 'person:bob' }))).toMatchObject([
      { recordedBy: 'person:bob' },
    ]);
  });

  it('is a proposal as it was made, and its refusal, not its approval', () => {
    const [proposed] = auditEffectsOfRecord(aRecord(proposal));
    expect(proposed).toMatchObject({ kind: 'adjustment.proposed', occurredAt: WHEN });
    expect(proposed?.content).not.toHaveProperty('status');
    const declined = { ...proposal, status: 'declined', decision: decline };
    expect(auditEffectsOfRecord(aRecord(declined, proposal))).toMatchObject([
      { kind: 'adjustment.declined', recordedBy: 'person:bob', content: { adjustmentId: 'a1', decision: decline } },
    ]);
    expect(auditEffectsOfRecord(aRecord({ ...declined, status: 'recorded' }, proposal))).toEqual([]);
  });

  it('is the decision of each person on a run', () => {
    expect(auditEffectsOfRecord(aRecord(decision))).toMatchObject([
      { kind: 'run.decided', subjectId: '2026-01.1~person:bob', recordedBy: 'person:bob' },
    ]);
  });

  it('is each state that a payout has with its rail, with what is fixed by then', () => {
    const steps: PayoutStep[] = [
      { type: 'claim', rail: 'sandbox', runId: '2026-01.1' },
      { type: 'accepted', reference: 'r1' },
      { type: 'settled' },
      { type: 'returned', reason: 'closed' },
    ];
    let payout: Payout = aPayout();
    const found = steps.flatMap((step) => {
      const change = applyStep(payout, step, at(WHEN));
      const effects = auditEffectsOfRecord(aRecord(payoutItem(change!.payout), payoutItem(payout)));
      payout = change!.payout;
      return effects;
    });
    expect(found.map(({ kind }) => kind)).toEqual(['payout.submitted', 'payout.settled', 'payout.returned']);
    const amount = { amountMinor: Number(payout.amountMinor), railReference: 'r1' };
    expect(found.map(({ content }) => content)).toMatchObject([
      { status: 'submitted', ...amount },
      { status: 'settled', ...amount },
      { status: 'returned', ...amount, reason: 'closed' },
    ]);
    expect(found[0]?.content).not.toHaveProperty('updatedAt');
  });

  it('is nothing when what was recorded stays as it was, and the change when it does not', () => {
    expect(auditEffectsOfRecord(aRecord(adjustment, adjustment))).toEqual([]);
    const changed = { ...adjustment, amountMinor: 9500 };
    expect(auditEffectsOfRecord(aRecord(changed, adjustment))).toMatchObject([{ content: { amountMinor: 9500 } }]);
  });

  it('is recorded by its digest when it is long', () => {
    const [long] = auditEffectsOfRecord(aRecord({ ...plan, components: 'x'.repeat(5_000) }));
    expect(factOf(long!, digest).content).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});

describe('the appender of the stream', () => {
  it('hands over what happened by programme, in the order of the stream', async () => {
    const given: [string, string[]][] = [];
    const append = async (programId: string, facts: readonly AuditFact[]) => {
      given.push([programId, facts.map(({ kind }) => kind)]);
      return { appended: facts.length };
    };
    const other = { ...plan, pk: 'other#PLANS' };
    const Records = [
      aRecord(plan),
      aRecord(other),
      aRecord(adjustment),
      aRecord({ pk: 'acme##AUDIT#RECORDS', type: 'audit_record' }),
    ];
    expect(await makeHandler(append)({ Records })).toEqual({ batchItemFailures: [] });
    expect(given).toEqual([
      ['acme', ['plan.published', 'adjustment.recorded']],
      ['other', ['plan.published']],
    ]);
  });

  it('reports what cannot be read, and all of a programme whose chain is out of reach, and appends the rest', async () => {
    const append = async (programId: string) => {
      if (programId === 'other') throw new Error('throttled');
      return { appended: 1 };
    };
    const Records = [
      aRecord(plan, undefined, 's1'),
      aRecord({ ...plan, publishedAt: 7 }, undefined, 's2'),
      aRecord({ ...plan, pk: 'other#PLANS' }, undefined, 's3'),
    ];
    expect(await makeHandler(append)({ Records })).toEqual({
      batchItemFailures: [{ itemIdentifier: 's2' }, { itemIdentifier: 's3' }],
    });
  });
});
