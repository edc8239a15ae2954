import type { Block, Content, Pen } from '#shared/adapters/mail-templates/content';
import type { NoticeFacts } from '#shared/application/notifications/messages';
import type { BlockedReason } from '#shared/domain/ledger/payout';

type Waiting = NoticeFacts['payout.approved'] & { readonly blocked: BlockedReason };

/** A payout that was approved and cannot be sent: why, and the one thing that its partner can do about it. */
export function waitingPayout(facts: Waiting, payoutFacts: Block, pen: Pen): Content {
  const { blocked, usableFrom } = facts;
  const title = blocked === 'payee_incomplete' ? 'payout.waits.title.payee' : 'payout.waits.title';
  return {
    tone: 'attention',
    title: pen.say(title, { amount: pen.amount(facts.amount) }),
    blocks: [
      pen.paragraph('payout.waits.lead', { period: pen.period(facts.period) }),
      reasonOf(facts, pen),
      ...(usableFrom === undefined ? [] : [pen.paragraph('payee.waits', { moment: pen.moment(usableFrom) })]),
      pen.paragraph('payout.waits.then'),
      payoutFacts,
      pen.next(...stepsOf(blocked, pen)),
    ],
  };
}

function reasonOf({ blocked, amount }: Waiting, pen: Pen): Block {
  switch (blocked) {
    case 'currency_unsupported':
      return pen.paragraph('payout.waits.currency_unsupported', { currency: amount.currency });
    case 'rail_not_set_up':
    case 'held':
      return pen.paragraph(`payout.waits.${blocked}`, { program: pen.program });
    case 'payee_incomplete':
    case 'payee_changed':
    case 'payee_cooling_down':
    case 'amount_above_rail_limit':
      return pen.paragraph(`payout.waits.${blocked}`);
  }
}

function stepsOf(blocked: BlockedReason, pen: Pen): readonly string[] {
  const { program } = pen;
  switch (blocked) {
    case 'payee_incomplete':
      return [pen.say('payout.waits.enter')];
    case 'payee_changed':
    case 'payee_cooling_down':
      return [pen.say('payee.next.not.you', { program }), pen.say('payee.next.you')];
    case 'currency_unsupported':
    case 'amount_above_rail_limit':
      return [pen.say('payout.waits.choose')];
    case 'rail_not_set_up':
      return [pen.say('payout.waits.choose.or.ask', { program })];
    case 'held':
      return [pen.say('payout.waits.ask', { program })];
  }
}
