import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

const MAX_IDS = 50;
const MAX_LENGTH = 10_000;

export const listNamesRoute = defineRoute({
  name: 'list-names',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/names',
  summary: 'Say who principal ids of records are, and what partners are called',
  description:
    "Staff reads people's names, else their addresses, and the names of API keys; whoever never signed in to the console, or has nothing to do with this programme, is left out. " +
    'A partner reads its own people, and of everybody else one neutral label; of partners (`partner:` before their id) its own.',
  access: ['partner', 'partner_manager', 'finance', 'approver', 'admin'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    ids: z
      .string()
      .max(MAX_LENGTH)
      .transform((text) => text.split(',').filter((id) => id !== ''))
      .refine((ids) => ids.length > 0 && ids.length <= MAX_IDS, `must be 1 to ${MAX_IDS} ids, joined by commas`)
      .refine(
        (ids) => ids.every((id) => /^(person|key|system|partner):[^\s#,]{1,128}$/.test(id)),
        'must be principal ids such as person:... or key:..., or partner: before a partner id',
      )
      .meta({ example: 'person:4f6d,key:01hx,partner:anna' }),
  }),
  status: 200,
  response: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['person', 'api_key', 'system', 'partner']),
        name: z.string(),
        partnerId: z.string().optional().meta({ description: "Of a partner's person, and of a partner." }),
      }),
    ),
  }),
});
