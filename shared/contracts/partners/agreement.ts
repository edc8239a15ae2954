import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { componentSchema } from '#shared/contracts/payouts/plans/plan';

export const agreementParams = z.object({ programId: idSchema, partnerId: idSchema, agreementId: idSchema });

export const agreementSchema = z.object({
  agreementId: z.string(),
  status: z
    .enum(['proposed', 'withdrawn', 'scheduled', 'in_force', 'replaced', 'ended'])
    .meta({ description: 'Now. A proposed version counts for nothing until it is accepted.' }),
  startsAt: z.string().meta({ description: 'When it takes effect; of a proposed version, when it was asked to.' }),
  takesEffectAt: z.string().optional().meta({
    description:
      'Of a proposed version: its start if it is accepted now, later than `startsAt` where that month is closed.',
  }),
  askedStartsAt: z.string().optional().meta({ description: 'What was asked for, where `startsAt` had to be later.' }),
  endsAt: z.string().optional(),
  planVersion: z.int().meta({ description: 'Above 1000000: components of its own, under a number of their own.' }),
  custom: z.boolean().meta({ description: 'Pays by components agreed with this partner alone.' }),
  sequence: z.int().meta({ description: 'Of two with the same start the higher one counts.' }),
  recordedAt: z.string(),
  termMonths: z.int().optional(),
  renewal: z.enum(['automatic', 'by_agreement', 'none']).optional(),
  noticeDays: z.int().optional(),
  currentTermEndsAt: z.string().optional().meta({ description: 'End of the term that runs now, or of the first.' }),
  noticeBy: z
    .string()
    .optional()
    .meta({ description: 'Notice given until then ends it with the current term; later, with the next one.' }),
  afterEnd: z.enum(['stop', 'honour_until_window_ends']).optional(),
  exclusivity: z
    .object({
      kind: z.enum(['category', 'geography']),
      categories: z.array(z.string()).optional(),
      countries: z.array(z.string()).optional(),
      until: z.string().optional(),
    })
    .optional(),
  textHash: z.string().optional().meta({ description: 'SHA-256 of the text in UTF-8, lower-case hex.' }),
  termsHash: z.string().optional().meta({
    description:
      'SHA-256 of the canonical JSON (RFC 8785) of what is agreed, under the names of this answer, absent ones left out: startsAt and endsAt as they were asked for, termMonths, renewal, noticeDays, planVersion, components, afterEnd, exclusivity, text.',
  }),
  acceptedAt: z.string().optional(),
  terminatedAt: z.string().optional(),
  withdrawnAt: z.string().optional().meta({ description: 'Taken back, or cancelled before it started.' }),
});

const act = {
  at: z.string(),
  by: z.string().optional().meta({ description: 'Who did it, as an opaque id. Not shown to partners.' }),
  onBehalfOf: z
    .string()
    .optional()
    .meta({ description: 'The person who made the API key that did it. Not shown to partners.' }),
};

/** A version with everything that belongs to it. */
export const wholeAgreementSchema = agreementSchema.extend({
  text: z.string().optional(),
  components: z.array(componentSchema).optional(),
  acceptance: z
    .object({
      ...act,
      textHash: z.string(),
      termsHash: z.string().optional(),
      method: z.enum(['partner', 'paper']).meta({ description: 'paper: recorded by a manager who holds it.' }),
      paperReference: z.string().optional().meta({ description: 'Not shown to partners.' }),
      effectiveFrom: z.string(),
    })
    .optional(),
  withdrawal: z.object({ ...act, reason: z.string().optional() }).optional(),
  renewals: z.array(z.object({ ...act, months: z.int(), endsAt: z.string() })),
  terminations: z.array(
    z.object({
      ...act,
      cause: z.enum(['notice', 'breach', 'mutual']),
      effect: z.enum(['stop', 'honour_until_window_ends']),
      endsAt: z.string(),
      reason: z.string(),
      cancelled: z.array(z.string()).meta({ description: 'Later versions that it cancelled before they started.' }),
    }),
  ),
});
