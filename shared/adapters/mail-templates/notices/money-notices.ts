import type { Block, Content, Pen, Writers } from '#shared/adapters/mail-templates/content';
import { towards } from '#shared/adapters/mail-templates/notices/tier-notices';
import { waitingPayout } from '#shared/adapters/mail-templates/notices/waiting-payout';
import { named, withCapital } from '#shared/adapters/words/formats';
import type { NoticeFacts } from '#shared/application/notifications/messages';

type Kinds =
  | 'statement.ready'
  | 'payout.approved'
  | 'payout.paid'
  | 'payout.failed'
  | 'payout.returned'
  | 'payee.changed';
type Statement = NoticeFacts['statement.ready'];
type Payout = NoticeFacts['payout.failed'];

export const MONEY_NOTICES: Pick<Writers, Kinds> = {
  'statement.ready': (facts, pen) => {
    const { payable, tier, next } = facts;
    const period = pen.period(facts.period);
    // Where nothing is paid, what is carried is the number that matters.
    const result = payable.minor === 0n && facts.carried.minor !== 0n ? 'carried' : 'payable';
    return {
      tone: 'plain',
      title: statementTitle(facts, pen),
      preview: (['earned', result] as const)
        .map((part) => pen.labelled(`statement.${part}`, pen.amount(facts[part])))
        .join(' · '),
      blocks: [
        pen.paragraph('statement.lead', { period }),
        { type: 'figure', label: pen.say(`statement.${result}`), value: pen.amount(facts[result]) },
        accountOf(facts, pen, { caption: withCapital(period), result }),
        ...carried(facts, pen),
        ...(tier === undefined ? [] : [pen.paragraph('statement.tier', { tier: named(tier) })]),
        ...(next ? towards(pen, next) : []),
        pen.next(pen.say('statement.next')),
      ],
    };
  },
  'payout.approved': ({ blocked, ...facts }, pen) =>
    blocked === undefined
      ? {
          tone: 'good',
          title: pen.say('payout.approved.title', { amount: pen.amount(facts.amount) }),
          blocks: [
            pen.paragraph('payout.approved.lead', { period: pen.period(facts.period) }),
            payoutFacts(facts, pen),
          ],
        }
      : waitingPayout({ ...facts, blocked }, payoutFacts(facts, pen), pen),
  'payout.paid': (facts, pen) => ({
    tone: 'good',
    title: pen.say('payout.paid.title', { amount: pen.amount(facts.amount) }),
    blocks: [pen.paragraph('payout.paid.lead', { period: pen.period(facts.period) }), payoutFacts(facts, pen)],
  }),
  'payout.failed': (facts, pen) => undone('payout.failed', facts, pen),
  'payout.returned': (facts, pen) => undone('payout.returned', facts, pen),
  'payee.changed': ({ rail, account, changedAt, usableFrom }, pen) => ({
    tone: 'attention',
    title: pen.say('payee.title'),
    blocks: [
      pen.paragraph('payee.lead', { moment: pen.moment(changedAt) }),
      pen.facts([
        ['row.paidBy', railOf(rail, pen)],
        ['row.account', account],
        ['row.changed', pen.moment(changedAt)],
        ['row.usableFrom', usableFrom && pen.moment(usableFrom)],
      ]),
      usableFrom === undefined
        ? pen.paragraph('payee.at.once')
        : pen.paragraph('payee.waits', { moment: pen.moment(usableFrom) }),
      pen.next(pen.say('payee.next.not.you', { program: pen.program }), pen.say('payee.next.you')),
    ],
  }),
};

/** What the month comes to: money for the partner, what is carried or owed, or nothing at all. */
function statementTitle({ period: month, payable, carried: { minor, currency } }: Statement, pen: Pen): string {
  const period = pen.period(month);
  if (payable.minor > 0n) return pen.say('statement.title.payable', { period, amount: pen.amount(payable) });
  if (minor === 0n) return pen.say('statement.title.nothing', { period });
  if (minor > 0n) return pen.say('statement.title.carried', { period, amount: pen.amount({ minor, currency }) });
  return pen.say('statement.title.negative', { period, amount: pen.amount({ minor: -minor, currency }) });
}

function accountOf(
  facts: Statement,
  pen: Pen,
  { caption, result }: { readonly caption: string; readonly result: string },
): Block {
  const row = (part: 'opening' | 'earned' | 'clawback' | 'adjustment' | 'payable' | 'carried') => ({
    label: pen.say(`statement.${part}`),
    value: pen.amount(facts[part]),
    isResult: part === result,
  });
  const rows = (['opening', 'earned', 'clawback', 'adjustment', 'payable', 'carried'] as const).map(row);
  return { type: 'account', caption, rows };
}

function carried({ carried: { minor } }: Statement, pen: Pen): readonly Block[] {
  if (minor === 0n) return [];
  return [pen.paragraph(minor > 0n ? 'statement.carried.small' : 'statement.carried.negative')];
}

function undone(kind: 'payout.failed' | 'payout.returned', facts: Payout, pen: Pen): Content {
  const { audience } = pen.reader;
  return {
    tone: 'bad',
    title: pen.say(`${kind}.title`, { amount: pen.amount(facts.amount) }),
    blocks: [
      pen.paragraph(`${kind}.${audience}`, { period: pen.period(facts.period) }),
      payoutFacts(facts, pen),
      pen.next(pen.say(`payout.undone.${audience}.next`)),
    ],
  };
}

function payoutFacts({ amount, period, payoutId, partnerId, reason }: Payout, pen: Pen): Block {
  return pen.facts([
    ['row.partner', pen.reader.audience === 'staff' ? partnerId : undefined],
    ['row.amount', pen.amount(amount)],
    ['row.period', pen.period(period)],
    ['row.reason', reason],
    ['row.payout', payoutId],
  ]);
}

const RAILS = ['bank_file', 'nacha', 'stripe', 'paypal', 'sandbox'] as const;

function railOf(rail: string, pen: Pen): string {
  const known = RAILS.find((name) => name === rail);
  return known ? pen.say(`rail.${known}`) : rail;
}
