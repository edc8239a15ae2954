import * as z from 'zod';
import { STAFF_ROLES } from '#shared/domain/people/roles';

export const rolesSchema = z
  .array(z.enum(STAFF_ROLES))
  .min(1, 'must name at least one; to revoke all of them, remove the person')
  .max(STAFF_ROLES.length)
  .refine((roles) => new Set(roles).size === roles.length, 'must name each once')
  .meta({ description: 'What the person may do in this programme.' });

export const personSchema = z.object({
  personId: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.enum(STAFF_ROLES)),
  createdAt: z.string(),
  changedAt: z.string(),
  changedBy: z.string().meta({ description: 'Principal id; GET .../names says who that is.' }),
});
