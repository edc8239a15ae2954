import type * as z from 'zod';
import type { Tone } from '#console/ui/parts';
import type { adjustmentSchema } from '#shared/contracts/payouts/adjustments/adjustment';
import { REASON_CODES } from '#shared/domain/ledger/adjustment';

export type Adjustment = z.output<typeof adjustmentSchema>;

const STATES: Readonly<Record<Adjustment['status'], readonly [Tone, string]>> = {
  proposed: ['attention', 'Waiting for a second person'],
  recorded: ['good', 'Recorded'],
  declined: ['plain', 'Declined'],
};
export const stateOf = ({ status }: Pick<Adjustment, 'status'>): readonly [Tone, string] => STATES[status];

const REASONS: Readonly<Record<Adjustment['reasonCode'], string>> = {
  correction: 'Correction',
  goodwill: 'Goodwill',
  bonus: 'Bonus',
  dispute: 'Dispute',
  write_off: 'Write-off',
  other: 'Other',
};
export const reasonWord = (code: Adjustment['reasonCode']): string => REASONS[code];
/** What people choose from: write-offs have a page of their own, disputes decide theirs. */
export const REASON_OPTIONS = REASON_CODES.filter((code) => code !== 'write_off').map(
  (code) => [code, REASONS[code]] as const,
);
