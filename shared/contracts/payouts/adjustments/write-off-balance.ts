import * as z from 'zod';
import { currencySchema, idSchema, positiveMinorSchema } from '#shared/contracts/fields';
import { adjustmentSchema } from '#shared/contracts/payouts/adjustments/adjustment';
import { defineRoute } from '#shared/contracts/route';

export const writeOffBalanceRoute = defineRoute({
  name: 'write-off-balance',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/write-offs',
  summary: 'Give up what a partner owes',
  description:
    "An adjustment of the first open month with the reason code `write_off`. A payout that waits to be sent is no debt. Its statement books at most what is still owed then, as `expense:write_off`. Above the programme's `writeOffLimitMinor` a second person approves it like any adjustment; one for a partner that you act for always needs one.",
  access: ['admin', 'finance'],
  peopleOnly: true,
  params: z.object({ programId: idSchema }),
  body: z.strictObject({
    partnerId: idSchema,
    currency: currencySchema,
    amountMinor: positiveMinorSchema.optional().meta({ description: 'Default: all that is owed.' }),
    reason: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .meta({ description: "Printed on the partner's statement: say it in words meant for the partner." }),
  }),
  status: 201,
  response: adjustmentSchema,
});
