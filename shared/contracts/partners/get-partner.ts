import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { mailStateSchema } from '#shared/contracts/notifications/mail-problem';
import { agreementSchema } from '#shared/contracts/partners/agreement';
import { blockedFields, payeeViewSchema } from '#shared/contracts/partners/payee';
import { defineRoute } from '#shared/contracts/route';

export const tierTermSchema = z.object({
  tierTermId: z.string(),
  tier: z.string(),
  from: z.string(),
  until: z.string().optional().meta({ description: "End of a person's tier: from then on the numbers decide." }),
  source: z.enum(['enrolment', 'person', 'review']).meta({ description: 'Who gave it.' }),
  reason: z.string(),
  sequence: z.int().meta({ description: 'Of two with the same start the higher one counts.' }),
  recordedAt: z.string(),
});

/** What was sent counts; this says that it may not be what was meant. */
export const tierHintSchema = z.string().optional().meta({
  description:
    "When neither the programme's tiers nor the partner's plan name the tier, with the name that is nearly it.",
});

export const certificationSchema = z.object({
  certificationId: z.string(),
  certification: z.string(),
  certifiedAt: z.string(),
  expiresAt: z.string().optional(),
  revokedAt: z.string().optional().meta({ description: 'It counts no more from then on.' }),
  courseId: z
    .string()
    .optional()
    .meta({ description: 'The course that it was earned by; absent: a person recorded it.' }),
});

export const getPartnerRoute = defineRoute({
  name: 'get-partner',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}',
  summary: 'Read a partner with its agreements, tiers and certifications',
  access: ['partner', 'partner_manager', 'finance', 'approver', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  status: 200,
  response: z.object({
    partnerId: z.string(),
    name: z.string(),
    email: z.string(),
    country: z.string().optional(),
    tier: z.string().optional().meta({ description: 'In force now.' }),
    planVersion: z.int().optional().meta({ description: 'In force now.' }),
    agreements: z
      .array(agreementSchema)
      .meta({ description: 'Every version, proposed and withdrawn ones among them.' }),
    tiers: z.array(tierTermSchema),
    tierWarning: z
      .object({ tier: z.string(), to: z.string(), warnedAt: z.string(), endsAt: z.string() })
      .optional()
      .meta({
        description:
          'A demotion that the partner was warned of: `endsAt` is when it comes, unless what is missing is there again.',
      }),
    certifications: z.array(certificationSchema),
    payee: payeeViewSchema.optional().meta({ description: 'Absent until somebody said where to pay.' }),
    ...blockedFields,
    mail: mailStateSchema.optional().meta({ description: 'Whether e-mail reaches the partner.' }),
    createdAt: z.string(),
  }),
});
