import { steps, utm } from '#console/admin/settings/composite-settings';
import {
  amount,
  choice,
  flag,
  integer,
  lines,
  type Named,
  numbers,
  percent,
  type Section,
  type Setting,
  several,
  text,
  type Words,
} from '#console/admin/settings/setting-kinds';
import type { Role } from '#shared/contracts/route';

/** Settings that are changed together, on a page of their own. */
export type SettingsGroup = {
  readonly id: 'attribution' | 'tracking' | 'fraud' | 'controls' | 'approvals' | 'paying';
  readonly title: string;
  readonly lead: string;
  /** As the API's route. */
  readonly changedBy: readonly Role[];
  readonly settings: readonly Setting[];
};

const of =
  (section: Section) =>
  (name: string, label: string, hint?: string): Named => ({
    section,
    name,
    label,
    ...(hint === undefined ? {} : { hint }),
  });

const attribution = of('attribution');
const tracking = of('tracking');
const fraud = of('fraud');
const controls = of('controls');
const approvals = of('approvals');
const payouts = of('payouts');

const DAYS = ['day', 'days'] as const;
const HOURS = ['hour', 'hours'] as const;
const MONTHS = ['month', 'months'] as const;
const MINUTES = ['minute', 'minutes'] as const;
const SECONDS = ['second', 'seconds'] as const;
const PEOPLE = ['person', 'people'] as const;
const SALES = ['sale', 'sales'] as const;

/** What happens to a sale that looks like fraud. */
const ACTIONS: Words = [
  ['hold', 'Hold it until somebody decides'],
  ['flag', 'Show it, and let it earn'],
  ['off', 'Do not look'],
];

export const RAIL_WORDS: Words = [
  ['bank_file', 'Bank transfer (SEPA and others)'],
  ['nacha', 'Bank transfer in the United States (ACH)'],
  ['stripe', 'Stripe'],
  ['paypal', 'PayPal'],
];

export const SETTINGS_GROUPS: readonly SettingsGroup[] = [
  {
    id: 'attribution',
    title: 'Whose sale it is',
    lead: 'How a sale finds its partner. A change holds for sales that come after it.',
    changedBy: ['admin', 'partner_manager'],
    settings: [
      choice(attribution('model', 'Which click counts'), [
        ['last_touch', 'The last one', 'Of several partners, the one whose link was followed last.'],
        ['first_touch', 'The first one', 'Of several partners, the one who brought the customer first.'],
        [
          'linear',
          'The last one, with equal shares shown',
          'Pays as the last one, and shows beside it how all took part.',
        ],
      ]),
      integer(attribution('windowDays', 'How old a click or code may be', 'Days of exactly 24 hours.'), DAYS),
      flag(
        attribution(
          'codeBeatsLink',
          'A code counts more than a link',
          'Where a customer followed one partner’s link and used another’s code.',
        ),
        ['Yes', 'No'],
      ),
      flag(
        attribution(
          'newCustomersOnly',
          'Only new customers earn',
          'Sales to customers who bought before earn nothing.',
        ),
        ['Yes', 'No'],
      ),
      choice(attribution('bindCustomers', 'Later sales of a customer'), [
        ['never', 'Each sale is decided by itself'],
        ['first_sale', 'The first sale binds the customer to its partner'],
      ]),
      flag(
        attribution(
          'bindingBeatsTouches',
          'A bound customer stays with its partner',
          'Although later clicks and codes lead to others.',
        ),
        ['Yes', 'No'],
      ),
      integer(
        attribution('bindingMonths', 'How long a sale binds', 'Empty: until a manager unbinds the customer.'),
        MONTHS,
      ),
    ],
  },
  {
    id: 'tracking',
    title: 'Links and pages',
    lead: 'Where links may lead and what customers read on the way.',
    changedBy: ['admin', 'partner_manager'],
    settings: [
      lines(
        tracking(
          'destinationHosts',
          'Hosts that links may lead to',
          'One a line, such as shop.example or *.shop.example. With none, links may lead to any https address, and partners make none themselves. Links outside a new list are paused within minutes.',
        ),
        'Any https host',
      ),
      utm(
        tracking(
          'utm',
          'Parameters added to links',
          'Added unless the destination has them. {campaign}, {partnerId}, {sub1} and the like stand for what the link has.',
        ),
      ),
      choice(tracking('language', 'Language of customers’ pages'), [
        ['en', 'English'],
        ['de', 'German'],
        ['es', 'Spanish'],
        ['fr', 'French'],
      ]),
      text(
        tracking(
          'disclosure',
          'What customers read about who is paid',
          '{merchant} and {payee} stand for the names. Empty: the usual sentence in the language above.',
        ),
        'The usual sentence',
        3,
      ),
      choice(tracking('paidSearch', 'Advertisements in search engines'), [
        ['allow', 'Partners may buy them'],
        ['forbid', 'Partners may not buy them'],
      ]),
    ],
  },
  {
    id: 'fraud',
    title: 'Fraud review',
    lead: 'What is looked for in each sale, and what happens then. A held sale earns nothing until somebody decides.',
    changedBy: ['admin', 'partner_manager'],
    settings: [
      integer(
        fraud('holdDeadlineDays', 'Days to decide on a held sale', 'Then the escalation contact hears of it.'),
        DAYS,
      ),
      choice(
        fraud(
          'selfReferral',
          'The buyer looks like the partner',
          'Paid from the partner’s account, or used a device of it.',
        ),
        ACTIONS,
      ),
      choice(fraud('samePayee', 'The partner is paid into another partner’s account'), ACTIONS),
      choice(fraud('velocity', 'Too many sales in a short time'), ACTIONS),
      integer(fraud('velocitySpanSeconds', 'The short time'), SECONDS),
      integer(fraud('velocityPerPartner', 'Of one partner, at most'), SALES),
      integer(fraud('velocityPerCustomer', 'Of one customer, at most'), SALES),
      integer(fraud('velocityPerDevice', 'From one device, at most'), SALES),
      choice(
        fraud(
          'implausibleClick',
          'The click does not look like a person’s',
          'It came from a program, was fetched ahead, or came too close to the sale.',
        ),
        ACTIONS,
      ),
      integer(fraud('minSecondsAfterClick', 'Least time between click and sale'), SECONDS),
      lines(
        fraud(
          'linkOnlyPartners',
          'Partners that have links alone',
          'Ids, one a line. A sale of theirs without a click counts as implausible.',
        ),
        'None',
      ),
      choice(
        fraud(
          'paidSearchClick',
          'The click came from an advertisement',
          'Looked for only where partners may not buy them.',
        ),
        ACTIONS,
      ),
      choice(fraud('refundRate', 'Too many sales are given back'), ACTIONS),
      integer(fraud('refundRatePeriods', 'Looked at over', 'The current month included.'), MONTHS),
      integer(fraud('refundRateMinSales', 'From how many sales on', 'Fewer say nothing.'), SALES),
      percent(fraud('refundRateMaxBps', 'Given back at most')),
    ],
  },
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
