import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeProgramReader } from '#shared/adapters/dynamodb/money/programs/program-reader';
import { makeLinkStore } from '#shared/adapters/dynamodb/referrals/links/links';
import {
  makeApplyTrackingSettings,
  type SweepResult,
} from '#shared/application/tracking/links/apply-tracking-settings';
import { trackingSettingsChangedSchema } from '#shared/contracts/events';

const environment = readEnvironment(
  z.object({
    REFERRALS_TABLE: z.string(),
    MONEY_TABLE: z.string(),
    CONFIG_TTL_SECONDS: z.coerce.number().min(0),
    LONGEST_WRITE_SECONDS: z.coerce.number().positive(),
  }),
);
const MS_PER_SECOND = 1_000;
const clock = Date.now;

const apply = makeApplyTrackingSettings({
  links: makeLinkStore({ documents, tableName: environment.REFERRALS_TABLE }),
  programs: makeProgramReader({ documents, tableName: environment.MONEY_TABLE, ttlSeconds: 0, clock }),
  clock,
  pause: (ms) => pause(ms),
  random: Math.random,
});
const eventSchema = z.object({ detail: trackingSettingsChangedSchema });

/**
 * Sweeps twice: at once, because links may have to stop, and again when nobody can be creating or changing a link by the
 * settings remembered from before (design.md, Closing a month, waits for the same reason).
 */
export async function handler(event: unknown): Promise<readonly SweepResult[]> {
  const { programId } = eventSchema.parse(event).detail;
  const first = await apply(programId);
  await pause((environment.CONFIG_TTL_SECONDS + environment.LONGEST_WRITE_SECONDS) * MS_PER_SECOND);
  return [first, await apply(programId)];
}
