import type * as z from 'zod';
import type { Tone } from '#console/ui/parts';
import type { applicationSchema } from '#shared/contracts/partners/applications/application';

export type Application = z.output<typeof applicationSchema>;
export type ApplicationStatus = Application['status'];

export const BASE = '/console/programs/{programId}';
export const CARE = ['partner_manager', 'admin'] as const;

/** What a status is called, and its colour. */
export const STATES: Readonly<Record<ApplicationStatus, readonly [Tone, string]>> = {
  waiting: ['attention', 'Waiting for you'],
  unconfirmed: ['plain', 'E-mail not confirmed'],
  accepted: ['good', 'Accepted'],
  declined: ['plain', 'Declined'],
};

export const TABS: readonly (readonly [ApplicationStatus, string])[] = [
  ['waiting', 'To decide'],
  ['unconfirmed', 'Not confirmed'],
  ['accepted', 'Accepted'],
  ['declined', 'Declined'],
];

/** Why a list is empty, and how it fills. */
export const EMPTY: Readonly<Record<ApplicationStatus, readonly [string, string]>> = {
  waiting: ['Nobody is waiting', 'People appear here once they have applied and confirmed their e-mail address.'],
  unconfirmed: [
    'Nobody has still to confirm',
    'Whoever applies gets a link by e-mail. Without it the application is removed after 7 days.',
  ],
  accepted: ['Nobody was accepted yet', 'Those you accept become partners and stay listed here.'],
  declined: ['Nobody was declined', 'Those you decline stay listed here for 90 days; then they are removed.'],
};

/** The programme has closed its form, or never opened it. */
export function countWords({ count, more }: { readonly count: number; readonly more: boolean }): string {
  if (count === 0) return 'No application is waiting.';
  if (more) return `More than ${count} applications are waiting.`;
  return count === 1 ? 'One application is waiting.' : `${count} applications are waiting.`;
}

export function countryName(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
}
