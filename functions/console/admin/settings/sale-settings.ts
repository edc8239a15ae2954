import { utm } from '#console/admin/settings/composite-settings';
import { choice, flag, integer, lines, percent, text, type Words } from '#console/admin/settings/setting-kinds';
import { of, type SettingsGroup } from './settings-group.ts';

const attribution = of('attribution');
const tracking = of('tracking');
const fraud = of('fraud');

const DAYS = ['day', 'days'] as const;
const MONTHS = ['month', 'months'] as const;
const SECONDS = ['second', 'seconds'] as const;
const SALES = ['sale', 'sales'] as const;

/** What happens to a sale that looks like fraud. */
const ACTIONS: Words = [
  ['hold', 'Hold it until somebody decides'],
  ['flag', 'Show it, and let it earn'],
  ['off', 'Do not look'],
];

/** Whose a sale is, where links lead, and what is taken for fraud. */
export const SALE_SETTINGS: readonly SettingsGroup[] = [
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
];
