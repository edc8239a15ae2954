import { describe, expect, it } from 'vitest';
import { makeNotifyRunWaiting } from '#shared/application/notifications/notify-run-waiting';
import type { Mail, MailOutcome } from '#shared/application/notifications/ports';
import type { WaitingRun } from '#shared/application/notifications/run-notice';
import { sha256, silentLog } from '#test/support/builders/payouts';
import { instant } from '#test/support/builders/runs';
import { makeMemoryNotices } from '#test/support/fakes/notices';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';

const ANN = 'ann@shop.example';
const BOB = 'bob@shop.example';
const CONTACT = 'boss@shop.example';

function aHouse(approvers: readonly string[], { contact = CONTACT, outcomes = [] as MailOutcome[] } = {}) {
  const mails: Mail[] = [];
  const notices = makeMemoryNotices();
  const changed = { changedAt: instant('2026-01-01T00:00:00Z'), changedBy: 'person:admin' };
  const notify = makeNotifyRunWaiting({
    contacts: {
      approvers: async () => approvers,
      find: async () => (contact === '' ? undefined : { email: contact, ...changed }),
    },
    programs: makeFakePrograms(aProgram({ programId: 'acme', name: 'Acme <partners>', timeZone: 'Europe/London' })),
    notices,
    mailer: {
      send: async (mail) => {
        const outcome = outcomes.shift() ?? 'sent';
        if (outcome === 'sent') mails.push(mail);
        return outcome;
      },
    },
    digest: sha256,
    log: silentLog,
  });
  return { mails, notify };
}

const run: WaitingRun = {
  type: 'run.awaiting_decision',
  programId: 'acme',
  runId: '2026-01.1',
  period: '2026-01',
  approvalsRequired: 2,
  approvals: 0,
  decisionBy: '2026-02-15T08:00:00.000Z',
};
const waits = { ...run, eventId: 'acme/2026-01.1/awaiting' };
const reminded = {
  ...run,
  type: 'run.reminded',
  approvals: 1,
  afterHours: 72,
  eventId: 'acme/2026-01.1/reminded/72',
} as const;
const expired = { ...run, type: 'run.expired', approvals: 1, eventId: 'acme/2026-01.1/expired' } as const;

describe('telling who decides on payouts', () => {
  it('is one mail a person and event, however often that comes', async () => {
    const { mails, notify } = aHouse([ANN, BOB]);
    await Promise.all([notify(waits), notify(waits)]);
    await notify(reminded);
    expect(mails.map(({ to }) => to).sort()).toEqual([ANN, ANN, BOB, BOB]);
    expect(new Set(mails.map(({ to, subject }) => `${to} ${subject}`)).size).toBe(4);
  });

  it('says what to do, by when, and no amount', async () => {
    const { mails, notify } = aHouse([ANN]);
    for (const event of [waits, reminded, expired]) await notify(event);
    const [first, reminder, end] = mails;
    expect(first?.text).toContain('2 different people must approve it; nobody is paid until then.');
    expect(first?.text).toContain('Without a decision by 15 February 2026 at 08:00 (Europe/London) the run expires');
    expect(reminder?.text).toContain('has waited for 3 days: 1 of 2 approvals have come');
    expect(end?.subject).toBe('The payout run of 2026-01 in Acme <partners> expired: nobody was paid');
    expect(end?.text).toContain('The drafts are void; 2026-01 is open again.');
    expect(end?.text).toContain('open the run of 2026-01 again');
    expect(end?.html).toContain('Acme &lt;partners&gt;');
  });

  it('goes to the escalation contact where no approver is named, and to nobody where there is none', async () => {
    const { mails, notify } = aHouse([]);
    expect(await notify(waits)).toEqual(['sent']);
    expect(mails.map(({ to }) => to)).toEqual([CONTACT]);
    expect(await aHouse([], { contact: '' }).notify(waits)).toEqual([]);
  });

  it('is tried again for whoever got nothing, and for nobody else', async () => {
    const { mails, notify } = aHouse([ANN, BOB], { outcomes: ['not_sent', 'sent'] });
    await expect(notify(waits)).rejects.toThrow('deliver the event again');
    expect(mails.map(({ to }) => to)).toEqual([BOB]);
    expect(await notify(waits)).toEqual(['sent', 'told_before']);
    expect(mails.map(({ to }) => to)).toEqual([BOB, ANN]);
  });
});
