import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { tierSchemeVersionSchema } from '#shared/contracts/partners/tiers/get-tier-scheme';
import { defineRoute } from '#shared/contracts/route';

export const listTierSchemeVersionsRoute = defineRoute({
  name: 'list-tier-scheme-versions',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/tier-scheme/versions',
  summary: "List every version of a programme's tiers, the newest first",
  description: 'Who said what, when and why. The default, version 0, is not listed.',
  access: ['partner_manager', 'finance', 'approver', 'admin'],
  params: z.object({ programId: idSchema }),
  query: z.object({ cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: pageOf(tierSchemeVersionSchema),
});
