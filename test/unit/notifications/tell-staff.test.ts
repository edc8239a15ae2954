import { describe, expect, it } from 'vitest';
import { makeTellStaff, type StaffEvent } from '#shared/application/notifications/telling/tell-staff';
import { aDispute } from '#test/support/builders/disputes';
import { instant } from '#test/support/builders/partners';
import { silentLog } from '#test/support/builders/payouts';
import { aTell } from '#test/support/telling';

const AT = instant('2026-02-04T08:00:00Z');
const DISPUTE = aDispute({});
const RUN = {
  ...{ programId: 'acme', runId: '2026-01.1', period: '2026-01', approvalsRequired: 2, approvals: 1 },
  ...{ decisionBy: '2026-02-15T08:00:00.000Z', occurredAt: AT },
};
const HOLDS: StaffEvent = {
  programId: 'acme',
  occurredAt: AT,
  eventId: 'h1',
  type: 'holds.escalated',
  orderIds: ['o1', 'o2'],
};

function aHouse(over: { contact?: boolean; dispute?: undefined } = {}) {
  const { tell, told } = aTell();
  const contact = { email: 'boss@shop.example', changedAt: AT, changedBy: 'person:admin' };
  const notify = makeTellStaff({
    tell,
    disputes: { find: async () => ('dispute' in over ? undefined : DISPUTE) },
    contacts: { find: async () => (over.contact === false ? undefined : contact) },
    log: silentLog,
  });
  return { notify, told };
}

describe('a payout run', () => {
  const facts = {
    runId: '2026-01.1',
    period: '2026-01',
    approvals: 1,
    approvalsRequired: 2,
    decisionBy: RUN.decisionBy,
  };
  it.each<[StaffEvent, object]>([
    [{ ...RUN, type: 'run.awaiting_decision', eventId: 'e1' }, facts],
    [
      { ...RUN, type: 'run.reminded', eventId: 'e2', afterHours: 72 },
      { ...facts, afterHours: 72 },
    ],
    [{ ...RUN, type: 'run.expiring', eventId: 'e3' }, facts],
    [{ ...RUN, type: 'run.expired', eventId: 'e4' }, facts],
  ])('is told to those who decide and to finance: %#', async (event, wanted) => {
    const { notify, told } = aHouse();
    await notify(event);
    const to = { audience: 'staff', roles: ['approver', 'finance'] };
    expect(told).toMatchObject([
      { event: { eventId: event.eventId }, to, message: { kind: event.type, facts: wanted } },
    ]);
  });

  it('may have no time at which it expires', async () => {
    const { notify, told } = aHouse();
    await notify({ ...RUN, decisionBy: undefined, type: 'run.awaiting_decision', eventId: 'e1' });
    expect(told[0]?.message.facts).not.toHaveProperty('decisionBy');
  });
});

describe('what nobody answered in time', () => {
  const ESCALATED: StaffEvent = {
    ...{ programId: 'acme', partnerId: DISPUTE.partnerId, disputeId: 'd1', occurredAt: AT },
    ...{ type: 'dispute.escalated', eventId: 'dispute-escalated~acme~d1', answerBy: DISPUTE.answerBy },
  };

  it('is told to the escalation contact alone, with nothing of what a partner wrote', async () => {
    const { notify, told } = aHouse();
    await notify(ESCALATED);
    await notify(HOLDS);
    expect(told.map(({ to }) => to)).toEqual(Array(2).fill({ audience: 'staff', roles: [] }));
    const { orderId, partnerId, answerBy } = DISPUTE;
    expect(told.map(({ message }) => message)).toEqual([
      { kind: 'dispute.overdue', facts: { disputeId: 'd1', orderId, partnerId, answerBy } },
      { kind: 'holds.overdue', facts: { orderIds: ['o1', 'o2'] } },
    ]);
    expect(JSON.stringify(told)).not.toContain(DISPUTE.statement);
  });

  it('is told to partner managers and administrators where the programme names no contact', async () => {
    const { notify, told } = aHouse({ contact: false });
    await notify(HOLDS);
    expect(told[0]?.to).toEqual({ audience: 'staff', roles: ['partner_manager', 'admin'] });
  });

  it('concerns nobody when the dispute is not there', async () => {
    const { notify, told } = aHouse({ dispute: undefined });
    await notify(ESCALATED);
    expect(told).toEqual([]);
  });
});

describe('webhooks that nobody receives', () => {
  it.each([{ why: 'failing' }, { why: 'gone' }, {}] as const)('are told to administrators with $why', async (why) => {
    const { notify, told } = aHouse();
    const said = { endpointId: 'w1', host: 'shop.example', failingSince: '2026-01-28T08:00:00.000Z', ...why };
    await notify({ ...said, programId: 'acme', occurredAt: AT, eventId: 'w', type: 'webhook.paused' });
    const facts = { why: 'failing', ...said };
    expect(told).toMatchObject([{ to: { roles: ['admin'] }, message: { kind: 'webhook.paused', facts } }]);
  });
});
