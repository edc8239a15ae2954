import { describe, expect, it } from 'vitest';
import { makeTellPartners, type PartnerEvent } from '#shared/application/notifications/telling/tell-partners';
import type { Dispute } from '#shared/application/partners/dispute-ports';
import { payeeChangedEvent } from '#shared/application/partners/publish-partner-events';
import { aDispute } from '#test/support/builders/disputes';
import { aPayeeNotice, aStanding, instant, recordedPayee } from '#test/support/builders/partners';
import { silentLog } from '#test/support/builders/payouts';
import { aTell } from '#test/support/telling';

const AT = instant('2026-03-12T00:00:00Z');
const DECISION = {
  number: 1,
  outcome: 'partly_accepted',
  explanation: 'Half of it <is> yours.',
  decidedBy: 'person:manager',
  remedy: { kind: 'adjustment', amountMinor: 5_00n, currency: 'GBP' },
  authority: 'finance',
  decidedAt: AT,
} as const;
const DECIDED = aDispute({ status: 'decided', decisions: [DECISION] });
const PARTNER = { audience: 'partner', partnerId: 'p1' };
const MANAGERS = { audience: 'staff', roles: ['partner_manager'] };
const notice = await (async () => {
  const usableFrom = instant('2026-03-12T08:00:00Z');
  const payee = await recordedPayee({ payeeId: 'c1', changedAt: instant('2026-03-10T08:00:00Z'), usableFrom });
  return aPayeeNotice(payee);
})();
const CERTIFICATION = {
  ...{ certificationId: 'k1', certification: 'basics', certifiedAt: AT, courseId: 'course-1' },
  ...{ recordedAt: AT, recordedBy: 'system:training' },
};

function aHouse(over: { dispute?: Dispute | undefined; payee?: Partial<typeof notice> } = {}) {
  const { tell, told } = aTell();
  const standing = aStanding({
    certifications: [CERTIFICATION, { ...CERTIFICATION, certificationId: 'k2', courseId: undefined }] as never,
  });
  const notify = makeTellPartners({
    tell,
    partners: {
      payeeNotice: async (_program, _partner, id) => (id === 'c1' ? { ...notice, ...over.payee } : undefined),
      standing: async () => standing,
    },
    courses: { course: async () => ({ summary: { title: 'Selling with care' } }) as never },
    disputes: { find: async () => ('dispute' in over ? over.dispute : DECIDED) },
    log: silentLog,
  });
  return { notify, told };
}
const whose = { programId: 'acme', occurredAt: AT, disputeId: 'd1', number: 1 };
const decided: PartnerEvent = {
  ...{ ...whose, partnerId: DECIDED.partnerId, type: 'dispute.decided', eventId: 'dispute-decided~acme~d1~1' },
  ...{ outcome: 'partly_accepted', remedy: 'adjustment', authority: 'finance' },
};
const remedied = (effect: Extract<PartnerEvent, { type: 'dispute.remedied' }>['effect']): PartnerEvent => ({
  ...{ ...whose, type: 'dispute.remedied', eventId: 'dispute-remedied~acme~d1~1~failed', effect },
});

describe('a changed payee', () => {
  it('is told to the address that was there before, with no more of the account than its end', async () => {
    const { notify, told } = aHouse();
    await notify(payeeChangedEvent(notice));
    expect(told).toMatchObject([
      { to: { ...PARTNER, email: 'ada@partners.example' }, message: { facts: { account: '•••• 5555' } } },
    ]);
    expect(told[0]?.message.facts).toMatchObject({ changedAt: notice.changedAt, usableFrom: notice.usableFrom });
    const facts = JSON.stringify(told[0]?.message);
    expect(facts).not.toContain('GB33');
    expect(facts).not.toContain('ada@');
  });

  it('is told of an address without any of it', async () => {
    const shown = { rail: 'paypal', name: 'Ada', accountEnding: 'a…@mail.example' } as const;
    const { notify, told } = aHouse({ payee: { shown, usableFrom: undefined } });
    await notify(payeeChangedEvent(notice));
    expect(told[0]?.message.facts).toEqual({ rail: 'paypal', account: '••••', changedAt: notice.changedAt });
  });

  it('concerns nobody when nothing is kept to be told', async () => {
    const { notify, told } = aHouse();
    await notify({ ...payeeChangedEvent(notice), payeeId: 'other' });
    expect(told).toEqual([]);
  });
});

describe('a dispute', () => {
  it('is answered with its outcome, why, and what it brings', async () => {
    const { notify, told } = aHouse();
    await notify(decided);
    const remedy = { kind: 'adjustment', amount: { minor: 500n, currency: 'GBP' }, waits: false };
    expect(told).toMatchObject([
      {
        to: { audience: 'partner', partnerId: DECIDED.partnerId },
        message: {
          kind: 'dispute.answered',
          facts: { disputeId: DECIDED.disputeId, orderId: 'o1', outcome: 'partly_accepted', remedy },
        },
      },
    ]);
    expect(
      JSON.stringify(told[0]?.message, (_, value) => (typeof value === 'bigint' ? Number(value) : value)),
    ).not.toContain(DECIDED.statement);
  });

  it('promises no money that a second person still has to look at', async () => {
    const decisions = [{ ...DECISION, authority: 'partner_manager' as const }];
    const { notify, told } = aHouse({ dispute: { ...DECIDED, decisions } });
    await notify(decided);
    expect(told[0]?.message.facts).toMatchObject({ remedy: { waits: true } });
  });

  it.each([
    [{ kind: 'failed', reason: "it is noor's" }],
    [{ kind: 'adjustment', state: 'declined', adjustmentId: 'a', period: '2026-03' }],
  ] as const)('is corrected when its remedy came to nothing: %o, and not why', async (effect) => {
    const { notify, told } = aHouse();
    await notify(remedied(effect));
    const facts = { orderId: 'o1', remedy: { kind: 'adjustment', amount: { minor: 500n, currency: 'GBP' } } };
    expect(told).toMatchObject([{ message: { kind: 'dispute.corrected', facts } }]);
    expect(Object.keys(told[0]?.message.facts ?? {})).toEqual(['disputeId', 'orderId', 'remedy']);
  });

  it.each([
    [{ kind: 'adjustment', state: 'proposed', adjustmentId: 'a', period: '2026-03' }],
    [{ kind: 'adjustment', state: 'recorded', adjustmentId: 'a', period: '2026-03' }],
    [{ kind: 'reattribution', reattributionId: 'r', period: '2026-03' }],
  ] as const)('is told nothing more while its remedy waits or is carried out: %o', async (effect) => {
    const { notify, told } = aHouse();
    await notify(remedied(effect));
    expect(told).toEqual([]);
  });

  it('concerns nobody when it is not there', async () => {
    for (const dispute of [undefined, { ...DECIDED, decisions: [] }]) {
      const { notify, told } = aHouse({ dispute });
      await notify(decided);
      await notify(remedied({ kind: 'failed', reason: 'x' }));
      expect(told).toEqual([]);
    }
  });
});

describe('what ends soon', () => {
  const ending = { programId: 'acme', partnerId: 'p1', occurredAt: AT };
  const endsAt = '2026-04-01T00:00:00.000Z';

  it('is told of an agreement to its partner and to partner managers', async () => {
    const { notify, told } = aHouse();
    const says = { agreementId: 'a1', endsAt, renewal: 'automatic', noticeBy: '2026-03-20T00:00:00.000Z' } as const;
    await notify({ ...ending, ...says, type: 'agreement.expiring', eventId: 'agreement-expiring~acme~p1~a1' });
    expect(told.map(({ to }) => to)).toEqual([PARTNER, MANAGERS]);
    expect(told[0]?.message.facts).toEqual({ ...says, partnerId: 'p1' });
  });

  it.each([
    ['k1', 'Selling with care'],
    ['k2', 'basics'],
  ])('is told of certification %s by the name %s', async (certificationId, title) => {
    const { notify, told } = aHouse();
    const of = { certificationId, certification: 'basics' };
    await notify({ ...ending, ...of, type: 'certification.expiring', eventId: 'e1', expiresAt: endsAt });
    await notify({ ...ending, ...of, type: 'certification.earned', eventId: 'e2' });
    expect(told.map(({ message }) => message.facts)).toEqual([
      { certification: 'basics', title, expiresAt: endsAt },
      { certification: 'basics', title },
    ]);
  });
});

describe('a sale', () => {
  const sale = {
    ...{ programId: 'acme', partnerId: 'p1', occurredAt: AT, orderId: 'o1', soldAt: '2026-03-01T10:00:00.000Z' },
    amount: { minor: 10_000, currency: 'GBP' },
  };
  const facts = { orderId: 'o1', occurredAt: sale.soldAt, amount: { minor: 10_000n, currency: 'GBP' } };

  it('is told to its partner', async () => {
    const { notify, told } = aHouse();
    await notify({ ...sale, type: 'conversion.recorded', eventId: 'acme/o1/recorded/p1' });
    expect(told).toMatchObject([{ to: PARTNER, message: { kind: 'conversion.recorded', facts } }]);
  });

  it('that is held is told to partner managers too', async () => {
    const { notify, told } = aHouse();
    await notify({ ...sale, type: 'conversion.held', eventId: 'acme/o1/held/p1' });
    expect(told.map(({ to }) => to)).toEqual([PARTNER, MANAGERS]);
  });

  it('of an import is no news to its partner: years of them are not years of e-mails', async () => {
    const { notify, told } = aHouse();
    await notify({ ...sale, type: 'conversion.recorded', eventId: 'acme/o1/recorded/p1', isLate: true });
    await notify({ ...sale, type: 'conversion.held', eventId: 'acme/o2/held/p1', isLate: true });
    expect(told.map(({ to }) => to)).toEqual([MANAGERS]);
  });
});
