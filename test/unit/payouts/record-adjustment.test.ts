import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { programAnswer } from '#functions/payouts/programs/program-answer';
import { authorize, type Principal } from '#functions/runtime/principal';
import { makeAdjustments } from '#shared/adapters/dynamodb/money/adjustments/adjustments';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { makeDecideAdjustment } from '#shared/application/payouts/adjustments/decide-adjustment';
import { makeRecordAdjustment } from '#shared/application/payouts/adjustments/record-adjustment';
import { writeOffBalanceRoute } from '#shared/contracts/payouts/adjustments/write-off-balance';
import { changeControlsRoute } from '#shared/contracts/payouts/programs/change-controls';
import type { Role } from '#shared/contracts/route';
import { AT_ONCE } from '#test/support/builders/closing-half';
import { aProgramme, DECEMBER, FEBRUARY, instant, JANUARY } from '#test/support/builders/runs';
import { makeFakeAdjustments } from '#test/support/fakes/adjustments';

const clock = (): number => Date.parse('2026-03-05T00:00:00Z');
const partners = { terms: async () => ({ partnerId: 'p1', agreements: [], tiers: [] }) };
const given = {
  programId: 'acme',
  adjustmentId: 'a',
  partnerId: 'p1',
  amountMinor: 100n,
  currency: 'GBP',
  occurredAt: instant('2026-01-15T00:00:00Z'),
  reason: 'bonus',
  by: 'person:f',
};

/** A programme whose January is closed while the first `conflicts` transactions meet another writer. */
function aCloseMeanwhile(conflicts: number) {
  let closedThrough = DECEMBER;
  let sends = 0;
  const items: Record<string, unknown>[] = [];
  const send = async (command: unknown): Promise<unknown> => {
    if (!(command instanceof TransactWriteCommand)) return { Items: items };
    sends += 1;
    if (sends <= conflicts) {
      closedThrough = JANUARY;
      const CancellationReasons = [{ Code: 'None' }, { Code: 'TransactionConflict' }];
      throw new TransactionCanceledException({ message: 'busy', $metadata: {}, CancellationReasons });
    }
    items.unshift(...(command.input.TransactItems ?? []).flatMap(({ Put }) => (Put?.Item ? [Put.Item] : [])));
    return {};
  };
  const deps = {
    programs: { get: async () => aProgramme({ closedThrough }), zone: timeZoneOf },
    partners,
    adjustments: makeAdjustments({ documents: { send } as never, tableName: 'Money' }),
    clock,
    ...AT_ONCE,
  };
  return { deps, items, sent: () => sends };
}

describe('the period of an adjustment, when its month is closed while other writers are faster', () => {
  it('is stamped anew in every attempt to record it', async () => {
    const { deps, sent } = aCloseMeanwhile(3);
    expect(await makeRecordAdjustment(deps)(given)).toMatchObject({ status: 'recorded', period: FEBRUARY });
    expect(sent()).toBe(4);
  });

  it('is stamped anew in every attempt to approve it', async () => {
    const { deps } = aCloseMeanwhile(3);
    const proposal = { ...given, recordedBy: given.by, reasonCode: 'other', period: JANUARY };
    const { adjustmentId } = given;
    const adjustments = {
      ...deps.adjustments,
      find: async () => {
        const found = await deps.adjustments.find('acme', adjustmentId);
        return found ?? ({ ...proposal, status: 'proposed', proposedAt: given.occurredAt } as never);
      },
    };
    const decide = makeDecideAdjustment({ ...deps, adjustments });
    const asked = { programId: 'acme', adjustmentId, decision: 'approve', by: 'person:second' } as const;
    expect(await decide(asked)).toMatchObject({ status: 'recorded', period: FEBRUARY });
  });

  it('is nowhere when the others never end: the answer says to repeat', async () => {
    const { deps, items } = aCloseMeanwhile(1_000);
    await expect(makeRecordAdjustment(deps)(given)).rejects.toMatchObject({ code: 'temporarily_unavailable' });
    expect(items).toEqual([]);
  });
});

/** January and February have ended and are open. */
function aLimit(adjustmentLimitMinor?: bigint) {
  const controls = { ...aProgramme().controls, adjustmentLimitMinor };
  const adjustments = makeFakeAdjustments();
  const programs = { get: async () => aProgramme({ closedThrough: DECEMBER, controls }), zone: timeZoneOf };
  const deps = { programs, partners, adjustments, clock, ...AT_ONCE };
  const record = makeRecordAdjustment(deps);
  const decide = makeDecideAdjustment(deps);
  return {
    record: (adjustmentId: string, over: Partial<Parameters<typeof record>[0]> = {}) =>
      record({ ...given, adjustmentId, ...over }),
    decide: (adjustmentId: string, ownPartners: readonly string[]) =>
      decide({ programId: 'acme', adjustmentId, decision: 'approve', by: 'person:second', ownPartners }),
    find: (adjustmentId: string) => adjustments.find('acme', adjustmentId),
  };
}

describe('what one person records alone', () => {
  it('is no more for being dated ahead, to a later open month or to an instant to come', async () => {
    const { record } = aLimit(100n);
    expect(await record('jan')).toMatchObject({ status: 'recorded', period: JANUARY });
    const february = { occurredAt: instant('2026-02-15T00:00:00Z') };
    expect(await record('feb', february)).toMatchObject({ status: 'proposed', period: FEBRUARY });
    const tomorrow = { occurredAt: instant('2026-03-06T00:00:00Z'), amountMinor: -1n };
    expect(await record('march', tomorrow)).toMatchObject({ status: 'proposed', period: '2026-03' });
    const { record: free } = aLimit();
    expect(await free('feb', february)).toMatchObject({ status: 'recorded', period: FEBRUARY });
    expect(await free('march', tomorrow)).toMatchObject({ status: 'recorded' });
  });

  it('is nothing for a partner that the person acts for, who does not decide on it either', async () => {
    const { record, decide } = aLimit();
    expect(await record('own', { amountMinor: 1n, ownPartners: ['p0', 'p1'] })).toMatchObject({ status: 'proposed' });
    await expect(decide('own', ['p1'])).rejects.toMatchObject({ code: 'second_person_required' });
    expect(await decide('own', ['p2'])).toMatchObject({ status: 'recorded' });
    expect(await record('other', { ownPartners: ['p2'] })).toMatchObject({ status: 'recorded' });
  });

  it('is all that an API key records: beyond it a person must, and nothing is kept', async () => {
    const { record, find } = aLimit(100n);
    const key = { by: 'key:k1', onBehalfOf: 'person:a', isApiKey: true };
    expect(await record('within', key)).toMatchObject({ status: 'recorded', onBehalfOf: 'person:a' });
    const february = { occurredAt: instant('2026-02-15T00:00:00Z') };
    for (const over of [{ amountMinor: 101n }, { amountMinor: 1n }, february]) {
      const refused = expect(record('beyond', { ...key, ...over })).rejects;
      await refused.toMatchObject({ code: 'person_required', extra: { adjustmentLimitMinor: 100n } });
    }
    expect(await find('beyond')).toBeUndefined();
    expect(await record('beyond')).toMatchObject({ status: 'recorded', recordedBy: 'person:f' });
  });
});

describe('who makes an adjustment', () => {
  it('is known with the partners that this person acts for, and whether it is an API key', async () => {
    vi.stubEnv('MONEY_TABLE', 'Money');
    vi.stubEnv('CONFIG_TTL_SECONDS', '0');
    const { adjusterOf } = await import('#functions/payouts/adjustments/adjuster');
    const grants: Principal['grants'] = [
      { programId: 'acme', role: 'finance' },
      { programId: 'acme', role: 'partner', partnerId: 'p1' },
      { programId: 'other', role: 'partner', partnerId: 'p2' },
    ];
    const person: Principal = { kind: 'person', id: 'person:f', grants };
    expect(adjusterOf({ principal: person }, 'acme')).toEqual({ by: 'person:f', isApiKey: false, ownPartners: ['p1'] });
    const key: Principal = { kind: 'api_key', id: 'key:k1', createdBy: 'person:a', grants: [] };
    const made = { by: 'key:k1', onBehalfOf: 'person:a', isApiKey: true, ownPartners: [] };
    expect(adjusterOf({ principal: key }, 'acme')).toEqual(made);
    expect(() => adjusterOf({ principal: undefined }, 'acme')).toThrow('without a principal');
  });
});

describe('the limits of a programme', () => {
  const as = (role: Role, kind: Principal['kind'] = 'person'): Principal => ({
    kind,
    id: 'x',
    grants: [{ programId: 'acme', role }],
  });

  it('are shown to staff, not to partners and merchants', () => {
    const shown = (role: Role) => 'controls' in programAnswer(aProgramme(), { principal: as(role) });
    const staff: readonly Role[] = ['admin', 'finance', 'approver', 'partner_manager'];
    expect(staff.map(shown)).toEqual([true, true, true, true]);
    expect((['partner', 'merchant'] as const).map(shown)).toEqual([false, false]);
    expect(programAnswer(aProgramme({ programId: 'other' }), { principal: as('admin') })).not.toHaveProperty(
      'controls',
    );
  });

  it.each([changeControlsRoute, writeOffBalanceRoute])('are for people: an API key is refused at $name', (route) => {
    const call = (kind: Principal['kind']) => () => authorize(route, as('admin', kind), { programId: 'acme' });
    expect(call('person')).not.toThrow();
    expect(call('api_key')).toThrow('sign in as a person');
  });
});
