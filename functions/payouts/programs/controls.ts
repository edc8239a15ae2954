import type * as z from 'zod';
import type { ControlsPatch } from '#shared/application/payouts/programs/change-controls';
import type { ProgramControls } from '#shared/application/programs';
import type { controlsBodySchema, controlsChangeSchema } from '#shared/contracts/payouts/programs/program';

const MINOR = new Set<string>(['adjustmentLimitMinor', 'writeOffLimitMinor'] satisfies (keyof ProgramControls)[]);

/** Controls as the application has them: amounts as bigint, fields that were not sent absent. */
export function controlsOf(sent: z.output<typeof controlsBodySchema>): Partial<ProgramControls>;
export function controlsOf(sent: z.output<typeof controlsChangeSchema>): ControlsPatch;
export function controlsOf(sent: Readonly<Record<string, unknown>>): ControlsPatch {
  return Object.fromEntries(
    Object.entries(sent)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, MINOR.has(name) && typeof value === 'number' ? BigInt(value) : value]),
  );
}
