import type * as z from 'zod';
import type { Tone } from '#console/ui/parts';
import type { Format } from '#functions/console/web/format';
import type { agreementSchema } from '#shared/contracts/partners/agreement';

export type Agreement = z.output<typeof agreementSchema>;

export const AGREEMENT_STATES: Readonly<Record<Agreement['status'], readonly [Tone, string]>> = {
  proposed: ['attention', 'Waits for acceptance'],
  withdrawn: ['plain', 'Withdrawn'],
  scheduled: ['info', 'Begins later'],
  in_force: ['good', 'In force'],
  replaced: ['plain', 'Replaced by a later one'],
  ended: ['plain', 'Ended'],
};

const RENEWALS = {
  automatic: 'goes on by itself for another term',
  by_agreement: 'goes on when both agree',
  none: 'ends with its term',
} as const;

const AFTER_END = {
  stop: 'Nothing is earned on sales after the end.',
  honour_until_window_ends: 'Customers that were brought before the end go on earning until their window ends.',
} as const;

/** What an agreement says, as names and words. */
export function agreementFacts(one: Agreement, format: Format): readonly (readonly [string, string | undefined])[] {
  const { exclusivity } = one;
  return [
    ['Pays by', one.custom ? 'terms of its own' : `plan version ${one.planVersion}`],
    ['Begins', format.moment(one.startsAt)],
    ['Asked to begin', one.askedStartsAt ? format.moment(one.askedStartsAt) : undefined],
    ['Would take effect', one.takesEffectAt ? format.moment(one.takesEffectAt) : undefined],
    ['Ends', one.endsAt ? format.moment(one.endsAt) : undefined],
    ['Term', one.termMonths ? `${format.count(one.termMonths)} months` : undefined],
    ['Afterwards', one.renewal ? RENEWALS[one.renewal] : undefined],
    ['Current term ends', one.currentTermEndsAt ? format.moment(one.currentTermEndsAt) : undefined],
    ['Notice', one.noticeDays === undefined ? undefined : `${format.count(one.noticeDays)} days`],
    ['Notice by', one.noticeBy ? format.moment(one.noticeBy) : undefined],
    ['After the end', one.afterEnd ? AFTER_END[one.afterEnd] : undefined],
    [
      'Exclusive for',
      exclusivity ? format.list([...(exclusivity.categories ?? []), ...(exclusivity.countries ?? [])]) : undefined,
    ],
    ['Accepted', one.acceptedAt ? format.moment(one.acceptedAt) : undefined],
    ['Terminated', one.terminatedAt ? format.moment(one.terminatedAt) : undefined],
    ['Withdrawn', one.withdrawnAt ? format.moment(one.withdrawnAt) : undefined],
  ];
}
