import * as z from 'zod';
import { timeZoneSchema } from '#shared/contracts/fields';
import type { WallTime } from '#shared/domain/time/reading-hours';

export const languageSchema = z.enum(['en', 'de', 'es', 'fr']);
const cadenceSchema = z.enum(['now', 'daily', 'monthly', 'off']);

const wallTimeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 22:00')
  .transform((text) => text as WallTime);

/** An IANA zone by name: an offset such as +02:00 knows no summer time. */
export const placeSchema = timeZoneSchema.refine(
  (zone) => /^[A-Za-z]/.test(zone),
  'must be an IANA time zone such as Europe/London',
);

export const preferencesBodySchema = z
  .strictObject({
    cadences: z.record(z.string().max(64), cadenceSchema.nullable()).optional().meta({
      description:
        'By kind of notice; one that is left out stays, null: as usual. GET names the kinds and their rules.',
    }),
    language: languageSchema.nullish(),
    timeZone: placeSchema.nullish().meta({ description: "IANA. Null: the programme's." }),
    quietHours: z.strictObject({ from: wallTimeSchema, to: wallTimeSchema }).nullish().meta({
      description:
        'On the clock of the reader; may cross midnight. E-mail waits until they end, except for security. Null: none.',
    }),
    digestHour: z.int().min(0).max(23).nullish().meta({ description: 'When digests come. Null: 8.' }),
  })
  .refine((body) => Object.keys(body).length > 0, 'must change something')
  .meta({ description: 'What is left out stays. Null: as usual again.' });

export const preferencesSchema = z.object({
  language: languageSchema,
  timeZone: z.string(),
  quietHours: z.object({ from: z.string(), to: z.string() }).nullable(),
  digestHour: z.int(),
  kinds: z.array(
    z.object({
      kind: z.string().meta({ example: 'payout.paid' }),
      cadence: cadenceSchema.meta({
        description: 'What holds, of e-mail. The inbox has every notice but single sales.',
      }),
      isChosen: z.boolean().meta({ description: 'False: as usual.' }),
      allowed: z.array(cadenceSchema),
      mayBeOff: z.boolean(),
      rule: z.string(),
    }),
  ),
});
