import type { Block, Content, Key, Pen, Writers } from '#shared/adapters/mail-templates/content';
import type { NoticeFacts } from '#shared/application/notifications/messages';

type Kinds =
  | 'run.awaiting_decision'
  | 'run.reminded'
  | 'run.expiring'
  | 'run.expired'
  | 'dispute.overdue'
  | 'holds.overdue'
  | 'webhook.paused';
type Run = NoticeFacts['run.awaiting_decision'];

const HOURS_A_DAY = 24;
/** Orders that a message names; of more it says how many. */
const MAX_NAMED = 20;

export const STAFF_NOTICES: Pick<Writers, Kinds> = {
  'run.awaiting_decision': (run, pen) =>
    waiting(run, pen, 'run.awaiting.title', pen.say('run.awaiting.lead', { required: run.approvalsRequired })),
  'run.reminded': (run, pen) =>
    waiting(run, pen, 'run.reminded.title', pen.say('run.reminded.lead', waited(run.afterHours))),
  'run.expiring': (run, pen) => waiting(run, pen, 'run.expiring.title', pen.say('run.expiring.lead')),
  'run.expired': (run, pen) => {
    const period = pen.period(run.period);
    return {
      tone: 'bad',
      title: pen.say('run.expired.title', { period }),
      blocks: [
        pen.paragraph('run.expired.lead', { period }),
        runFacts(run, pen),
        pen.next(pen.say('run.expired.next', { period })),
      ],
    };
  },
  'dispute.overdue': ({ disputeId, orderId, partnerId, answerBy }, pen) => ({
    tone: 'attention',
    title: pen.say('dispute.overdue.title', { order: orderId }),
    blocks: [
      pen.paragraph('dispute.overdue.lead'),
      pen.facts([
        ['row.order', orderId],
        ['row.partner', partnerId],
        ['row.answerBy', pen.moment(answerBy)],
        ['row.dispute', disputeId],
      ]),
      pen.next(pen.say('dispute.overdue.next')),
    ],
  }),
  'holds.overdue': ({ orderIds }, pen) => ({
    tone: 'attention',
    title: pen.say('holds.title', { count: orderIds.length }),
    blocks: [
      pen.paragraph('holds.lead', { count: orderIds.length }),
      pen.facts([[orderIds.length === 1 ? 'row.order' : 'row.orders', ordersOf(orderIds, pen)]]),
      pen.next(pen.say('holds.next', { count: orderIds.length })),
    ],
  }),
  'webhook.paused': ({ endpointId, host, failingSince, why }, pen) => {
    const moment = pen.moment(failingSince);
    const said = why === 'gone' ? 'webhook.gone' : 'webhook';
    return {
      tone: 'bad',
      title: pen.say(`${said}.title`, { host }),
      blocks: [
        pen.paragraph(`${said}.lead`, { moment }),
        pen.facts([
          ['row.host', host],
          ['row.endpoint', endpointId],
          [why === 'gone' ? 'row.goneSince' : 'row.failingSince', moment],
        ]),
        pen.next(pen.say(`${said}.next`)),
      ],
    };
  },
};

function waiting(run: Run, pen: Pen, title: Key, lead: string): Content {
  const period = pen.period(run.period);
  return {
    tone: title === 'run.awaiting.title' ? 'plain' : 'attention',
    title: pen.say(title, { period }),
    blocks: [
      { type: 'paragraph', text: lead },
      runFacts(run, pen),
      ...(run.decisionBy === undefined
        ? []
        : [pen.paragraph('run.decide.expiry', { moment: pen.moment(run.decisionBy), period })]),
      pen.next(pen.say('run.decide.next'), ...(run.approvals > 0 ? [pen.say('run.decide.done')] : [])),
    ],
  };
}

function runFacts({ runId, period, approvals, approvalsRequired, decisionBy }: Run, pen: Pen): Block {
  const counts = { approvals: pen.count(approvals), required: pen.count(approvalsRequired) };
  return pen.facts([
    ['row.period', pen.period(period)],
    ['row.run', runId],
    ['row.approvals', pen.say('run.approvals', counts)],
    ['row.decideBy', decisionBy && pen.moment(decisionBy)],
  ]);
}

/** Whole days as days, anything else in hours. */
function waited(hours: number): { readonly days: number; readonly hours: number } {
  return { days: hours % HOURS_A_DAY === 0 ? hours / HOURS_A_DAY : 0, hours };
}

function ordersOf(orderIds: readonly string[], pen: Pen): string {
  const shown = orderIds.slice(0, MAX_NAMED);
  const count = orderIds.length - shown.length;
  return count === 0 ? pen.list(shown) : pen.say('holds.more', { shown: shown.join(', '), count });
}
