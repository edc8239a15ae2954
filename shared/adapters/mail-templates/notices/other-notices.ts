import type { Block, Pen, Writers } from '#shared/adapters/mail-templates/content';
import type { NoticeFacts } from '#shared/application/notifications/messages';

type Kinds =
  | 'conversion.recorded'
  | 'conversion.held'
  | 'dispute.answered'
  | 'dispute.corrected'
  | 'agreement.expiring';
type Agreement = NoticeFacts['agreement.expiring'];
type Sale = NoticeFacts['conversion.recorded'];
type Answer = NoticeFacts['dispute.answered'];

export const OTHER_NOTICES: Pick<Writers, Kinds> = {
  'conversion.recorded': (sale, pen) => ({
    tone: 'good',
    title: pen.say('conversion.recorded.title', { amount: pen.amount(sale.amount) }),
    blocks: [pen.paragraph('conversion.recorded.lead'), saleFacts(sale, pen)],
  }),
  'conversion.held': (sale, pen) => {
    const next =
      pen.reader.audience === 'staff'
        ? pen.say('conversion.held.staff.next')
        : pen.say('conversion.held.partner.next', { program: pen.program });
    return {
      tone: 'attention',
      title: pen.say('conversion.held.title', { order: sale.orderId }),
      blocks: [pen.paragraph(`conversion.held.${pen.reader.audience}`), saleFacts(sale, pen), pen.next(next)],
    };
  },
  'dispute.answered': ({ disputeId, orderId, outcome, explanation, remedy }, pen) => ({
    tone: outcome === 'declined' ? 'plain' : 'good',
    title: pen.say(`dispute.${outcome}.title`, { order: orderId }),
    blocks: [
      pen.paragraph('dispute.lead'),
      ...pen.quote(explanation, 'dispute.by'),
      ...(remedy ? [remedyOf(remedy, pen)] : []),
      disputeFacts({ disputeId, orderId }, pen),
      ...(remedy ? [] : [pen.next(pen.say('dispute.declined.next'))]),
    ],
  }),
  'dispute.corrected': ({ disputeId, orderId, remedy }, pen) => ({
    tone: 'attention',
    title: pen.say('dispute.corrected.title', { order: orderId }),
    blocks: [
      pen.paragraph('dispute.corrected.lead'),
      remedy.kind === 'adjustment'
        ? pen.paragraph('dispute.corrected.adjustment', { amount: pen.amount(remedy.amount) })
        : pen.paragraph('dispute.corrected.reattribution'),
      disputeFacts({ disputeId, orderId }, pen),
      pen.next(pen.say('dispute.corrected.next')),
    ],
  }),
  'agreement.expiring': (facts, pen) => ({
    tone: 'attention',
    title: agreementTitle(facts, pen),
    blocks: [
      pen.paragraph(`agreement.renewal.${facts.renewal ?? 'none'}`, { deadline: pen.deadline(facts.endsAt) }),
      pen.facts([
        ['row.partner', pen.reader.audience === 'staff' ? facts.partnerId : undefined],
        ['row.agreement', facts.agreementId],
        ['row.ends', pen.deadline(facts.endsAt)],
        ['row.noticeBy', facts.noticeBy && pen.deadline(facts.noticeBy)],
      ]),
      pen.next(agreementNext(facts, pen)),
    ],
  }),
};

function saleFacts({ orderId, occurredAt, amount }: Sale, pen: Pen): Block {
  return pen.facts([
    ['row.order', orderId],
    ['row.amount', pen.amount(amount)],
    ['row.sold', pen.moment(occurredAt)],
  ]);
}

function disputeFacts({ disputeId, orderId }: Pick<Answer, 'disputeId' | 'orderId'>, pen: Pen): Block {
  return pen.facts([
    ['row.order', orderId],
    ['row.dispute', disputeId],
  ]);
}

function remedyOf(remedy: NonNullable<Answer['remedy']>, pen: Pen): Block {
  if (remedy.kind === 'reattribution') return pen.paragraph('dispute.reattribution');
  const amount = pen.amount(remedy.amount);
  return pen.paragraph(remedy.waits ? 'dispute.adjustment.waits' : 'dispute.adjustment', { amount });
}

function agreementTitle({ renewal, endsAt, partnerId: partner }: Agreement, pen: Pen): string {
  const isStaff = pen.reader.audience === 'staff';
  if (renewal === 'automatic') {
    return isStaff ? pen.say('agreement.title.renews.staff', { partner }) : pen.say('agreement.title.renews');
  }
  const day = pen.lastDay(endsAt);
  return isStaff ? pen.say('agreement.title.staff', { partner, day }) : pen.say('agreement.title.partner', { day });
}

function agreementNext({ renewal }: Agreement, pen: Pen): string {
  if (renewal === 'automatic') return pen.say('agreement.next.automatic');
  if (pen.reader.audience === 'staff') return pen.say('agreement.next.staff');
  return pen.say('agreement.next.partner', { program: pen.program });
}
