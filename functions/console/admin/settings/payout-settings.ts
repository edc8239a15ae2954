import { steps } from '#console/admin/settings/composite-settings';
import { amount, choice, integer, numbers, several, type Words } from '#console/admin/settings/setting-kinds';
import { of, type SettingsGroup } from './settings-group.ts';

const controls = of('controls');
const approvals = of('approvals');
const payouts = of('payouts');

const DAYS = ['day', 'days'] as const;
const HOURS = ['hour', 'hours'] as const;
const MONTHS = ['month', 'months'] as const;
const MINUTES = ['minute', 'minutes'] as const;
const PEOPLE = ['person', 'people'] as const;

const RAIL_WORDS: Words = [
  ['bank_file', 'Bank transfer (SEPA and others)'],
  ['nacha', 'Bank transfer in the United States (ACH)'],
  ['stripe', 'Stripe'],
  ['paypal', 'PayPal'],
];

/** Who must agree before money moves, and how it does. */
export const PAYOUT_SETTINGS: readonly SettingsGroup[] = [
  {
    id: 'controls',
    title: 'Limits and deadlines',
    lead: 'From when on a second person must look. Partners do not see these limits.',
    changedBy: ['admin'],
    settings: [
      amount(
        controls(
          'adjustmentLimitMinor',
          'A correction above this needs a second person',
          'Either way. Empty: no correction does.',
        ),
        'No correction does',
      ),
      amount(controls('writeOffLimitMinor', 'A write-off above this needs a second person'), 'Not set'),
      integer(controls('negativeBalanceAgeMonths', 'A balance below zero is shown to approvers after'), MONTHS),
      integer(controls('disputeAnswerDays', 'Days to answer a dispute'), DAYS),
    ],
  },
  {
    id: 'approvals',
    title: 'Approving payouts',
    lead: 'Who must agree before money moves. Whoever changes these rules cannot approve the next run.',
    changedBy: ['admin'],
    settings: [
      integer(approvals('required', 'People who must approve a run'), PEOPLE),
      amount(
        approvals(
          'extraApproverAboveMinor',
          'One person more above a total of',
          'In the programme’s currency. Empty: never.',
        ),
        'Never',
      ),
      steps(
        payouts(
          'requiredAbove',
          'More people for larger runs',
          'Counts what a run pays in any one currency; amounts rise from row to row. Leave rows empty that you do not need.',
        ),
      ),
      amount(
        payouts(
          'freshSignInAboveMinor',
          'A fresh sign-in is asked for above',
          'Of whoever approves a run or correction of more. Empty: never.',
        ),
        'Never',
      ),
      several(
        payouts(
          'alsoExcluded',
          'Who cannot approve, besides those who never can',
          'Whoever opened the run, made a correction in it, changed bank details, gave roles or changed these rules never can.',
        ),
        [
          ['published_a_plan', 'Whoever published a plan'],
          ['created_an_api_key', 'Whoever made an API key that could record sales'],
        ],
        'Nobody besides',
      ),
      numbers(payouts('reminderHours', 'Approvers are reminded after', 'Hours of waiting, rising.'), 'hours', 'Never'),
      integer(payouts('expiryHours', 'Without a decision a run expires after', 'Its month is open again then.'), HOURS),
      integer(
        payouts('changeFlagPercent', 'A change of a partner’s amount is flagged above', 'Against the month before.'),
        ['per cent', 'per cent'],
      ),
    ],
  },
  {
    id: 'paying',
    title: 'How partners are paid',
    lead: 'What guards bank details, and which ways there are.',
    changedBy: ['admin'],
    settings: [
      integer(payouts('payeeCooldownHours', 'Changed bank details rest for', 'Before a payout may use them.'), HOURS),
      integer(
        payouts(
          'freshLoginMinutes',
          'A sign-in is fresh for',
          'Asked for by changes of bank details, people and these rules.',
        ),
        MINUTES,
      ),
      several(payouts('partnerRails', 'Ways that partners may choose', 'Staff may set any.'), RAIL_WORDS, 'None'),
      choice(payouts('bankFileFormat', 'Format of bank files'), [
        ['pain.001.001.09', 'pain.001.001.09, which banks take today'],
        ['pain.001.001.03', 'pain.001.001.03, for older banks'],
      ]),
    ],
  },
];
