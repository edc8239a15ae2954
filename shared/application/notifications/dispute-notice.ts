import { mailPage } from '#shared/application/notifications/mail-page';
import type { Mail } from '#shared/application/notifications/ports';
import type { Dispute, ExplainedDecision } from '#shared/application/partners/dispute-ports';
import type { Program } from '#shared/application/programs';
import { money } from '#shared/domain/explain/explain-words';
import { type DisputeOutcome, maySpend } from '#shared/domain/partner/dispute';

type Told = { readonly title: string; readonly text: string; readonly mail: Omit<Mail, 'to'> };
type Named = Pick<Program, 'name' | 'timeZone'>;

const OUTCOMES: Readonly<Record<DisputeOutcome, string>> = {
  accepted: 'was accepted',
  partly_accepted: 'was accepted in part',
  declined: 'was declined',
};

/** What was decided about a partner's dispute, why, and what it brings, in plain words. */
export function decisionNotice(
  dispute: Pick<Dispute, 'orderId' | 'disputeId'>,
  decision: ExplainedDecision,
  partnerName: string,
  program: Named,
): Told {
  const title = `Your dispute about order ${dispute.orderId} ${OUTCOMES[decision.outcome]}`;
  const facts = [decision.explanation, ...remedyFacts(decision), `Dispute ${dispute.disputeId} in ${program.name}.`];
  return told(title, facts, partnerName, program);
}

/** That what was decided about a partner's dispute could not be carried out; not why, which may tell of another partner. */
export function correctionNotice(
  dispute: Pick<Dispute, 'orderId' | 'disputeId'>,
  { remedy }: Pick<ExplainedDecision, 'remedy'>,
  partnerName: string,
  program: Named,
): Told {
  const title = `A correction about your dispute about order ${dispute.orderId}`;
  const undone =
    remedy?.kind === 'adjustment'
      ? `${money(remedy.amountMinor, remedy.currency)} is not added to your statement as we told you.`
      : 'The sale does not become yours as we told you.';
  const facts = [
    `${undone} We are sorry: the decision could not be carried out.`,
    'Your dispute is decided anew. You need not do anything: you will be told what comes of it.',
    `Dispute ${dispute.disputeId} in ${program.name}.`,
  ];
  return told(title, facts, partnerName, program);
}

function told(title: string, facts: readonly string[], partnerName: string, program: Named): Told {
  const text = facts.join('\n\n');
  const footer = `You find this notice in your inbox in ${program.name}, too.`;
  const mail = {
    subject: title,
    text: `Hello ${partnerName},\n\n${text}\n\n${footer}\n`,
    html: mailPage(title, `Hello ${partnerName},`, facts, footer),
  };
  return { title, text, mail };
}

function remedyFacts({ remedy, authority }: ExplainedDecision): readonly string[] {
  if (!remedy) return ['If something is missing from your claim, you may file it again with what is new.'];
  if (remedy.kind === 'reattribution')
    return [
      'The sale will be yours from the next open month on. The dispute says `carried_out` once it is: its statement then shows ' +
        'what it earns by your terms.',
    ];
  const amount = money(remedy.amountMinor, remedy.currency);
  if (!maySpend(authority))
    return [
      `${amount} is to be added to the next open month: a second person looks at it first. The dispute shows what comes of it.`,
    ];
  return [`${amount} will be added to the next open month; the dispute shows when its statement holds it.`];
}

/** That a dispute was not answered in time, for the programme's escalation contact. Nothing of what the partner wrote. */
export function escalationMail(
  dispute: Pick<Dispute, 'disputeId' | 'orderId' | 'partnerId' | 'answerBy'>,
  program: Named,
): Omit<Mail, 'to'> {
  const { disputeId, orderId, partnerId, answerBy } = dispute;
  const title = `A dispute in ${program.name} is overdue`;
  const facts = [
    `Dispute ${disputeId} of partner ${partnerId} about order ${orderId} was to be answered by ${momentOf(answerBy, program)}.`,
    'Somebody who did not file it should decide it now, or tell the partner what it waits for.',
  ];
  const footer = 'You are the escalation contact of this programme. No other reminder of this dispute follows.';
  return {
    subject: title,
    text: `${[...facts, footer].join('\n\n')}\n`,
    html: mailPage(title, 'Hello,', facts, footer),
  };
}

/** In the programme's time zone, with the zone's name. */
export function momentOf(instant: string, { timeZone }: Named): string {
  const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone });
  return `${moment.format(new Date(instant))} (${timeZone})`;
}
