import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { tierSchemeVersionSchema } from '#shared/contracts/partners/tiers/get-tier-scheme';
import { withTierScheme } from '#shared/contracts/partners/tiers/tier-scheme';
import { defineRoute } from '#shared/contracts/route';

export const setTierSchemeRoute = defineRoute({
  name: 'set-tier-scheme',
  service: 'partners',
  method: 'PUT',
  path: '/v1/programs/{programId}/tier-scheme',
  summary: "Say what a programme's tiers ask for",
  description:
    'Stores a new version over exactly the one that was read (409 `tier_scheme_changed` otherwise, with `currentVersion`); what is left out is the default. ' +
    'Versions are never changed, and reviews of the past go by the version of their day. Needs a fresh sign-in, and who does it cannot approve ' +
    'the next run. Partners keep a tier that the new version does not name, and what their plan pays for it, until a person assigns another: ' +
    '`stillHeld` counts them.',
  access: ['admin'],
  peopleOnly: true,
  params: z.object({ programId: idSchema }),
  body: withTierScheme({
    expectedVersion: z.int().min(0).meta({ description: 'The version that was read; 0 for the default.' }),
    reason: z.string().trim().min(1).max(500),
  }),
  status: 200,
  response: tierSchemeVersionSchema.extend({
    stillHeld: z
      .array(z.object({ tier: z.string(), partners: z.int() }))
      .meta({ description: 'Tiers that the version before named and this one does not, with the partners on them.' }),
  }),
});
