import type { Tone } from '#console/ui/parts';
import type { Format } from '#functions/console/web/format';
import type { NamesOf } from '#functions/console/web/names';
import type { Run } from './run-words.ts';

export type Anomaly = Run['anomalies'][number];
export type ToldAnomaly = {
  readonly tone: Tone;
  readonly title: string;
  readonly says: string;
  /** Where it is looked at: a path below the programme. */
  readonly path?: string;
  readonly link?: string;
};

type Telling = { readonly format: Format; readonly names: NamesOf; readonly run: Pick<Run, 'runId' | 'period'> };

/** What an approver should look at first, in words and with the page where it is looked at. */
export function tellAnomaly(anomaly: Anomaly, { format, names, run }: Telling): ToldAnomaly {
  const { currency, partnerId, count = 0 } = anomaly;
  const amount = anomaly.amountMinor === undefined ? '' : format.amount(anomaly.amountMinor, currency);
  // What a partner owes is kept below zero and said without the sign.
  const debt = format.amount(-(anomaly.amountMinor ?? 0), currency);
  const who = partnerId === undefined ? '' : names.partner(partnerId);
  const partner = partnerId === undefined ? {} : { path: partnerPath(run.runId, partnerId), link: `See ${who}` };
  const told = (tone: Tone, title: string, says: string, more: Partial<ToldAnomaly> = {}): ToldAnomaly => ({
    tone,
    title,
    says,
    ...more,
  });
  switch (anomaly.kind) {
    case 'negative_balance':
      return told(
        'info',
        `${who} owes ${debt}`,
        'More was taken back than earned. Nothing is paid until later months make up for it.',
        partner,
      );
    case 'aged_negative_balance':
      return told(
        'attention',
        `${who} has owed ${debt} for a long time`,
        `The balance has been below zero since ${anomaly.since ? format.day(anomaly.since) : 'long ago'}. Decide whether to write it off.`,
        partner,
      );
    case 'earned_jump':
      return told(
        'attention',
        `Commission in ${currency} changed by ${format.change(anomaly.amountMinor ?? 0, currency)}`,
        'That is more than half of last month. Somebody should know why.',
        { path: `/runs/${run.runId}/partners?sort=change`, link: 'Who changed most' },
      );
    case 'largest_share':
      return told(
        'info',
        `${who} gets more than half`,
        `${amount} of what this run pays in ${currency} goes to one partner.`,
        partner,
      );
    case 'nothing_earned':
      return told(
        'attention',
        `Nothing was earned in ${currency}`,
        'There were sales, or there was commission last month. Check the plan and the imports.',
        { path: '/conversions', link: 'Sales' },
      );
    case 'adjustments_pending':
      return told(
        'attention',
        `${corrections(count, format)} ${count === 1 ? 'waits' : 'wait'} for a second person`,
        `${amount} in corrections is not part of this run unless it is decided and the run computed again.`,
        { path: '/adjustments', link: 'Adjustments' },
      );
    case 'controls_changed':
      return told(
        'attention',
        'Limits were changed',
        `${changer(anomaly, names)} changed ${namesOfRules(anomaly, format)} since the last run was opened.`,
        { path: '/settings', link: 'Settings' },
      );
    case 'policy_changed':
      return told(
        'attention',
        'The payout policy was changed',
        `${changer(anomaly, names)} changed ${namesOfRules(anomaly, format)} since the last run was opened.`,
        { path: '/settings', link: 'Settings' },
      );
    case 'payer_not_set':
      return told(
        'bad',
        'No bank account to pay from',
        `Bank files in ${currency} would name a placeholder as payer, and no bank takes such a file. Set the programme’s account, then reject this run and open the month again.`,
        { path: '/settings', link: 'Settings' },
      );
    case 'payouts_waiting':
      return told(
        'info',
        `${format.count(count)} older ${count === 1 ? 'payout' : 'payouts'} to ${who}`,
        `${amount} of earlier runs is paid with this one.`,
        partner,
      );
    case 'sales_held':
      return told(
        'attention',
        `${sales(count, format)} on hold for review${who ? ` at ${who}` : ''}`,
        `${amount ? `Worth ${amount}. ` : ''}They earn nothing in this run until somebody decides.`,
        { path: `/holds${partnerId ? `?partnerId=${encodeURIComponent(partnerId)}` : ''}`, link: 'Held sales' },
      );
    case 'partner_flagged':
      return told(
        'attention',
        `${who} looks unusual`,
        `Signals since the last run: ${format.list((anomaly.reasons ?? []).map(readable))}.`,
        partner,
      );
    default:
      return told('info', readable(anomaly.kind), [who, amount].filter(Boolean).join(', '), partner);
  }
}

export const partnerPath = (runId: string, partnerId: string): string =>
  `/runs/${runId}/partners/${encodeURIComponent(partnerId)}`;

const corrections = (count: number, format: Format): string =>
  count === 1 ? '1 correction' : `${format.count(count)} corrections`;
const sales = (count: number, format: Format): string => (count === 1 ? '1 sale' : `${format.count(count)} sales`);

function changer({ by, onBehalfOf }: Anomaly, names: NamesOf): string {
  if (by === undefined) return 'Somebody';
  return onBehalfOf === undefined
    ? names.person(by)
    : `${names.person(by)} (an API key of ${names.person(onBehalfOf)})`;
}

function namesOfRules({ controls }: Anomaly, format: Format): string {
  return controls && controls.length > 0 ? format.list(controls.map(readable)) : 'them';
}

/** `negativeBalanceAgeMonths`, `payee_changed`: names of code as words. */
export function readable(name: string): string {
  return name
    .replace(/^payouts\./, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.-]+/g, ' ')
    .toLowerCase();
}
