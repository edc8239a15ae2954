import { mailPage } from '#shared/application/notifications/mail-page';
import type { Mail } from '#shared/application/notifications/ports';
import type { PayeeNotice } from '#shared/application/partners/payee-ports';
import type { PayeeSummary } from '#shared/application/payees';
import type { Program } from '#shared/application/programs';
import type { PayoutRail } from '#shared/domain/ledger/payout';

const RAILS: Readonly<Record<PayoutRail, string>> = {
  bank_file: 'a bank account',
  nacha: 'a bank account in the United States',
  stripe: 'a Stripe account',
  paypal: 'a PayPal account',
  sandbox: 'a trial account',
};

/** That the money goes elsewhere from now on, and what to do if the partner did not say so. No more of the account than its end. */
export function payeeNotice(
  { name, shown, changedAt, usableFrom }: Pick<PayeeNotice, 'name' | 'shown' | 'changedAt' | 'usableFrom'>,
  program: Pick<Program, 'name' | 'timeZone'>,
): { title: string; text: string; mail: Omit<Mail, 'to'> } {
  const title = `Your bank details in ${program.name} were changed`;
  const at = (instant: string): string => `${clockTime(instant, program.timeZone)} (${program.timeZone})`;
  const facts = [
    `On ${at(changedAt)} it was said that you are paid to ${RAILS[shown.rail]}${endOf(shown)}.`,
    usableFrom === undefined
      ? 'The next run that is approved pays there.'
      : `Nothing is paid there before ${at(usableFrom)}, so that a change which was not yours can be stopped.`,
    `If this was not you, tell the people of ${program.name} at once, by a way you know and not by an answer to this e-mail: they can hold your payouts and set the details right. Then change your password.`,
    'If it was you, you need not do anything.',
  ];
  const text = facts.join('\n\n');
  const footer = `You find this notice in your inbox in ${program.name}, too.`;
  const mail = {
    subject: title,
    text: `Hello ${name},\n\n${text}\n\n${footer}\n`,
    html: mailPage(title, `Hello ${name},`, facts, footer),
  };
  return { title, text, mail };
}

/** Of an address nothing: its end would tell most of it. */
function endOf({ rail, ibanEnding, accountEnding }: PayeeSummary): string {
  const ending = rail === 'paypal' ? undefined : (ibanEnding ?? accountEnding);
  return ending === undefined ? '' : ` that ends in ${ending}`;
}

function clockTime(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone }).format(
    new Date(instant),
  );
}
