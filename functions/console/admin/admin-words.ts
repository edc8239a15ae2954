import type { StaffRole } from '#shared/domain/people/roles';

/** What each role may do, in words of people. */
export const ROLE_CHOICES: readonly (readonly [StaffRole, string, string])[] = [
  ['admin', 'Admin', 'Gives roles, makes API keys and webhooks, changes settings, limits and who must approve.'],
  ['finance', 'Finance', 'Opens payout runs, makes corrections, reads all books, downloads bank files.'],
  ['approver', 'Approver', 'Approves or rejects payout runs that others opened.'],
  [
    'partner_manager',
    'Partner manager',
    'Enrols partners, agrees terms, changes plans, decides held sales and disputes.',
  ],
];

const NAMES: Readonly<Record<string, string>> = Object.fromEntries(ROLE_CHOICES.map(([role, name]) => [role, name]));

export function roleName(role: string): string {
  return NAMES[role] ?? role;
}

export const LANGUAGE_NAMES = { en: 'English', de: 'German', es: 'Spanish', fr: 'French' } as const;

/** What receivers are told of, in groups, by the name it has outside. */
export const EVENT_GROUPS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'Sales',
    [
      ['conversion.recorded', 'A sale was recorded for a partner'],
      ['conversion.held', 'A sale is held for review'],
    ],
  ],
  [
    'Money',
    [
      ['statement.ready', 'A statement is ready'],
      ['payout.approved', 'A payout was approved'],
      ['payout.paid', 'A payout arrived'],
      ['payout.failed', 'A payout failed'],
      ['payout.returned', 'A payout came back'],
      ['payee.changed', "A partner's bank details were changed"],
      ['run.awaiting_decision', 'A payout run waits for approval'],
      ['run.expiring', 'A payout run is about to expire'],
    ],
  ],
  [
    'Partners',
    [
      ['tier.promoted', 'A partner rose to a higher tier'],
      ['tier.demoted', 'A partner fell to a lower tier'],
      ['tier.changed', 'A partner is on another tier, for whatever reason'],
      ['tier.demotion_warned', 'A partner was warned that its tier may fall'],
      ['tier.demotion_lifted', 'The warning was lifted'],
      ['certification.earned', 'A partner earned a certificate'],
      ['agreement.expiring', 'An agreement is about to end'],
      ['dispute.answered', 'A dispute was answered'],
    ],
  ],
];
