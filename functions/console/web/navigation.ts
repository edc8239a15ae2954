import type { IconName } from '#console/ui/icons';
import type { Role } from '#shared/contracts/route';
import type { Programme } from './page.ts';

export type NavItem = { readonly label: string; readonly href: string; readonly icon: IconName };
export type NavSection = { readonly label: string | undefined; readonly items: readonly NavItem[] };

type Entry = readonly [label: string, path: string, icon: IconName, roles: readonly Role[]];

const MONEY = ['finance', 'approver', 'admin'] as const;
const STAFF = ['partner_manager', 'finance', 'approver', 'admin'] as const;
const CARE = ['partner_manager', 'admin'] as const;

/** Where the staff of a programme goes, below `/console/programs/{programId}`. */
const STAFF_SECTIONS: readonly (readonly [string, readonly Entry[]])[] = [
  [
    'Programme',
    [
      ['Dashboard', '/dashboard', 'dashboard', STAFF],
      ['Partners', '/partners', 'users', STAFF],
      ['Applications', '/applications', 'applications', CARE],
      ['Links', '/links', 'link', CARE],
      ['Codes', '/codes', 'code', CARE],
      ['Sales', '/conversions', 'sales', STAFF],
      ['Plans', '/plans', 'plans', STAFF],
      ['Tiers', '/tiers', 'tiers', CARE],
      ['Training', '/courses', 'training', CARE],
    ],
  ],
  [
    'Review',
    [
      ['Held sales', '/holds', 'shield', STAFF],
      ['Disputes', '/disputes', 'disputes', STAFF],
    ],
  ],
  [
    'Payouts',
    [
      ['Payout runs', '/runs', 'runs', MONEY],
      ['Payouts', '/payouts', 'payouts', MONEY],
      ['Statements', '/statements', 'statements', MONEY],
      ['Adjustments', '/adjustments', 'adjustments', MONEY],
      ['Bank reports', '/bank-reports', 'bank', MONEY],
    ],
  ],
  [
    'Books',
    [
      ['Journal', '/journal', 'journal', MONEY],
      ['Balances', '/balances', 'balances', MONEY],
      ['Liability', '/liability', 'liability', MONEY],
      ['Exports', '/exports', 'download', MONEY],
      ['Audit trail', '/audit', 'audit', MONEY],
    ],
  ],
  [
    'Administration',
    [
      ['People', '/people', 'people', ['admin']],
      ['API keys', '/api-keys', 'key', ['admin']],
      ['Webhooks', '/webhooks', 'webhook', ['admin']],
      ['Settings', '/settings', 'settings', STAFF],
      ['Mail problems', '/mail-problems', 'mail', CARE],
    ],
  ],
];

/** Where a partner goes, below `/console/programs/{programId}/partners/{partnerId}`. */
const PARTNER_ENTRIES: readonly (readonly [string, string, IconName])[] = [
  ['Home', '/home', 'home'],
  ['Links', '/links', 'link'],
  ['Codes', '/codes', 'code'],
  ['Sales', '/conversions', 'sales'],
  ['Statements', '/statements', 'statements'],
  ['Payouts', '/payouts', 'payouts'],
  ['Disputes', '/disputes', 'disputes'],
  ['Training', '/training', 'training'],
  ['Inbox', '/inbox', 'mail'],
];
const PARTNER_ACCOUNT: readonly (readonly [string, string, IconName])[] = [
  ['Payment details', '/payee', 'bank'],
  ['Invoice details', '/billing', 'statements'],
  ['Agreement', '/agreements', 'agreement'],
  ['Notifications', '/notifications', 'bell'],
];

export function programmeHome({
  programId,
  roles,
  partners,
}: Pick<Programme, 'programId' | 'roles' | 'partners'>): string {
  const base = `/console/programs/${programId}`;
  const [partner] = partners;
  if (roles.has('partner_manager') || roles.has('admin')) return `${base}/dashboard`;
  if (roles.has('finance') || roles.has('approver')) return `${base}/runs`;
  return partner ? `${base}/partners/${encodeURIComponent(partner.partnerId)}/home` : '/console';
}

/** What the person may go to: sections without an item are left out. */
export function navigationOf({ programId, roles, partners }: Programme): readonly NavSection[] {
  const base = `/console/programs/${programId}`;
  const staff = STAFF_SECTIONS.map(([label, entries]) => ({
    label,
    items: entries
      .filter(([, , , allowed]) => allowed.some((role) => roles.has(role)))
      .map(([name, path, icon]) => ({ label: name, href: `${base}${path}`, icon })),
  }));
  const isStaff = staff.some(({ items }) => items.length > 0);
  const own = partners.flatMap(({ partnerId, name }) => {
    const home = `${base}/partners/${encodeURIComponent(partnerId)}`;
    const at = ([label, path, icon]: readonly [string, string, IconName]): NavItem => ({
      label,
      href: `${home}${path}`,
      icon,
    });
    const label = partners.length > 1 || isStaff ? name : undefined;
    return [
      { label, items: PARTNER_ENTRIES.map(at) },
      { label: 'Your account', items: PARTNER_ACCOUNT.map(at) },
    ];
  });
  return [...own, ...staff].filter(({ items }) => items.length > 0);
}
