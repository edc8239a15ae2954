import * as z from 'zod';
import { defineRoute } from '#shared/contracts/route';

const roleSchema = z.enum(['partner', 'partner_manager', 'finance', 'approver', 'admin', 'merchant']);

export const meSchema = z.object({
  kind: z.enum(['person', 'api_key']),
  id: z.string().meta({ description: 'As records name who acted.', example: 'person:4f6d...' }),
  email: z
    .string()
    .optional()
    .meta({ description: "A person's address, as far as the identity provider verified it." }),
  name: z
    .string()
    .optional()
    .meta({ description: 'As the person calls itself at the identity provider; of an API key its name.' }),
  signedInAt: z.string().optional().meta({ description: 'When the person last proved who it is.' }),
  installationRoles: z.array(roleSchema).meta({ description: 'Roles in every programme, also in those to come.' }),
  grants: z.array(
    z.object({
      programId: z.string(),
      programName: z.string(),
      currency: z.string(),
      timeZone: z.string(),
      role: roleSchema,
      partnerId: z.string().optional().meta({ description: 'Of the role `partner`: who the person acts for.' }),
      partnerName: z.string().optional(),
    }),
  ),
  moreProgramsExist: z.boolean(),
});

export const getMeRoute = defineRoute({
  name: 'get-me',
  service: 'partners',
  method: 'GET',
  path: '/v1/me',
  summary: 'Read who you are and what you may do where',
  description:
    'Roles in every programme are told for each programme that there is, up to 100 programmes; `moreProgramsExist` says that GET /v1/programs lists further ones.',
  access: 'signed_in',
  status: 200,
  response: meSchema,
});
