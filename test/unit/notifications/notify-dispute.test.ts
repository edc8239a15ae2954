import { describe, expect, it } from 'vitest';
import { makeNotifyDisputeCorrection } from '#shared/application/notifications/notify-dispute-correction';
import { makeNotifyDisputeDecision } from '#shared/application/notifications/notify-dispute-decision';
import { makeNotifyDisputeEscalation } from '#shared/application/notifications/notify-dispute-escalation';
import type { Mail, MailOutcome } from '#shared/application/notifications/ports';
import type { Dispute } from '#shared/application/partners/dispute-ports';
import { aDispute } from '#test/support/builders/disputes';
import { instant } from '#test/support/builders/referrals';
import { makeMemoryNotices } from '#test/support/fakes/notices';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';

const DECIDED = aDispute({
  status: 'decided',
  decisions: [
    {
      number: 1,
      outcome: 'partly_accepted',
      remedy: { kind: 'adjustment', amountMinor: 5_00n, currency: 'GBP' },
      explanation: 'Half of it <is> yours.',
      decidedBy: 'person:manager',
      authority: 'finance',
      decidedAt: instant('2026-03-12T00:00:00Z'),
    },
  ],
});

function aHouse(dispute: Dispute | undefined, outcomes: MailOutcome[] = [], email?: string) {
  const mails: Mail[] = [];
  const notices = makeMemoryNotices();
  const contact = email === undefined ? undefined : { email, changedAt: DECIDED.filedAt, changedBy: 'person:admin' };
  const deps = {
    disputes: { find: async () => dispute },
    partners: { profile: async () => ({ name: 'Mira Makes', email: 'mira@partners.example' }) as never },
    programs: makeFakePrograms(aProgram({ programId: 'acme' })),
    contacts: { find: async () => contact },
    notices,
    mailer: {
      send: async (mail: Mail): Promise<MailOutcome> => {
        const outcome = outcomes.shift() ?? 'sent';
        if (outcome === 'sent') mails.push(mail);
        return outcome;
      },
    },
    log: { info() {}, warn() {}, error() {} },
  };
  const decided = makeNotifyDisputeDecision(deps);
  return {
    mails,
    notices,
    decided,
    corrected: makeNotifyDisputeCorrection(deps),
    escalated: makeNotifyDisputeEscalation(deps),
  };
}

const DECISION = { eventId: 'dispute-decided~acme~d1~1', programId: 'acme', disputeId: 'd1', number: 1 };
const ESCALATION = { eventId: 'dispute-escalated~acme~d1', programId: 'acme', disputeId: 'd1' };

describe('telling a partner of a decision', () => {
  it('promises no money that a second person still has to look at', async () => {
    const decisions = DECIDED.decisions.map((one) => ({ ...one, authority: 'partner_manager' as const }));
    const { decided, mails } = aHouse({ ...DECIDED, decisions });
    await decided(DECISION);
    expect(mails[0]?.text).toContain(
      '5.00 GBP is to be added to the next open month: a second person looks at it first',
    );
  });

  it('puts it into the inbox and one mail, however often the event comes', async () => {
    const { decided, mails, notices } = aHouse(DECIDED);
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => decided(DECISION)));
    expect(outcomes.toSorted()).toEqual(['sent', 'told_before', 'told_before', 'told_before']);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      to: 'mira@partners.example',
      subject: 'Your dispute about order o1 was accepted in part',
    });
    expect(mails[0]?.text).toContain('5.00 GBP will be added to the next open month');
    expect(mails[0]?.html).toContain('Half of it &lt;is&gt; yours.');
    const { items } = await notices.list('acme', 'mira', { limit: 5 });
    expect(items).toMatchObject([{ kind: 'dispute.answered', occurredAt: '2026-03-12T00:00:00.000Z' }]);
  });

  it('tries again after a mail that was certainly not sent', async () => {
    const { decided, mails } = aHouse(DECIDED, ['not_sent']);
    await expect(decided(DECISION)).rejects.toThrow('deliver the event again');
    expect(await decided(DECISION)).toBe('sent');
    expect(mails).toHaveLength(1);
  });

  it('tells nobody of what is not there', async () => {
    expect(await aHouse(undefined).decided(DECISION)).toBe('nobody');
    expect(await aHouse(DECIDED).decided({ ...DECISION, number: 2 })).toBe('nobody');
  });
});

const MOVED = { ...DECIDED.decisions[0]!, remedy: { kind: 'reattribution' } } as const;
const REMEDIED = {
  eventId: 'dispute-remedied~acme~d1~1~failed',
  programId: 'acme',
  disputeId: 'd1',
  number: 1,
  occurredAt: '2026-03-12T00:00:00.000Z',
};

describe('a remedy that came to nothing', () => {
  it("was not told as done: the sale will be the partner's", async () => {
    const { decided, mails } = aHouse({ ...DECIDED, decisions: [MOVED] });
    await decided(DECISION);
    expect(mails[0]?.text).toContain('The sale will be yours');
    expect(mails[0]?.text).not.toContain('is yours');
  });

  it('is taken back in the inbox and one mail, however often the event comes, without its reason', async () => {
    const { corrected, mails, notices } = aHouse({ ...DECIDED, status: 'failed', decisions: [MOVED] });
    const event = { ...REMEDIED, effect: { kind: 'failed', reason: "it is noor's" } } as const;
    const outcomes = await Promise.all(Array.from({ length: 3 }, () => corrected(event)));
    expect(outcomes.toSorted()).toEqual(['sent', 'told_before', 'told_before']);
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      ['mira@partners.example', 'A correction about your dispute about order o1'],
    ]);
    expect(mails[0]?.text).toContain('The sale does not become yours as we told you');
    expect(mails[0]?.text).not.toContain('noor');
    expect((await notices.list('acme', 'mira', { limit: 5 })).items).toMatchObject([{ kind: 'dispute.corrected' }]);
  });

  it('is also an adjustment that the second person declined', async () => {
    const { corrected, mails } = aHouse(DECIDED, ['not_sent']);
    const event = { ...REMEDIED, effect: { kind: 'adjustment', state: 'declined' } } as const;
    await expect(corrected(event)).rejects.toThrow('deliver the event again');
    expect(await corrected(event)).toBe('sent');
    expect(mails[0]?.text).toContain('5.00 GBP is not added to your statement');
  });

  it('is no remedy that waits or was carried out, nor one of a dispute that is not there', async () => {
    const { corrected, mails } = aHouse(DECIDED);
    for (const effect of [
      { kind: 'adjustment', state: 'proposed' },
      { kind: 'adjustment', state: 'recorded' },
      { kind: 'reattribution' },
    ] as const)
      expect(await corrected({ ...REMEDIED, effect })).toBe('nobody');
    expect(await aHouse(undefined).corrected({ ...REMEDIED, effect: { kind: 'failed' } })).toBe('nobody');
    expect(mails).toEqual([]);
  });
});

describe('telling the escalation contact', () => {
  it('sends one mail, however often the event comes, with nothing of what the partner wrote', async () => {
    const { escalated, mails, notices } = aHouse(aDispute(), [], 'boss@shop.example');
    await Promise.all(Array.from({ length: 3 }, () => escalated(ESCALATION)));
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      ['boss@shop.example', 'A dispute in Corner shop is overdue'],
    ]);
    expect(mails[0]?.text).toContain('20 March 2026');
    expect(mails[0]?.text).not.toContain('I sent this customer');
    expect((await notices.list('acme', 'mira', { limit: 5 })).items).toEqual([]);
  });

  it('tells nobody when the programme names no contact', async () => {
    const { escalated, mails } = aHouse(aDispute());
    expect(await escalated(ESCALATION)).toBe('nobody');
    expect(mails).toEqual([]);
  });
});
