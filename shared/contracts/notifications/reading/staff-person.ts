import * as z from 'zod';
import { nameSchema } from '#shared/contracts/fields';
import { languageSchema, placeSchema } from '#shared/contracts/notifications/reading/preferences';
import { contactEmailSchema } from '#shared/contracts/partners/escalation-contact';

const rolesSchema = z
  .array(z.enum(['admin', 'finance', 'approver', 'partner_manager']))
  .min(1)
  .max(4)
  .refine((roles) => new Set(roles).size === roles.length, 'must name each once')
  .meta({ description: 'By which notices are addressed. They grant nothing: roles in the sign-in do.' });

export const staffPersonBodySchema = z.strictObject({
  name: nameSchema,
  email: contactEmailSchema,
  roles: rolesSchema,
  language: languageSchema.optional(),
  timeZone: placeSchema.optional().meta({ description: "IANA. Absent: the programme's." }),
});

export const staffPersonChangeSchema = z
  .strictObject({
    name: nameSchema.optional(),
    email: contactEmailSchema.optional(),
    roles: rolesSchema.optional(),
    language: languageSchema.nullish(),
    timeZone: placeSchema.nullish(),
  })
  .refine((change) => Object.keys(change).length > 0, 'must change something');

export const staffPersonSchema = z.object({
  personId: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  language: z.string().optional(),
  timeZone: z.string().optional(),
  createdAt: z.string(),
  changedAt: z.string(),
});
