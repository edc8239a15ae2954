import * as z from 'zod';
import { currencySchema, idSchema, instantSchema, minorSchema } from '#shared/contracts/fields';
import { adjustmentSchema } from '#shared/contracts/payouts/adjustments/adjustment';
import { defineRoute } from '#shared/contracts/route';
import { REASON_CODES } from '#shared/domain/ledger/adjustment';

export const recordAdjustmentRoute = defineRoute({
  name: 'record-adjustment',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/adjustments',
  summary: "Add to or take from a partner's statement, with a reason",
  description:
    "It counts in the month of `occurredAt`, or in the first open one if that month is closed. Above the programme's `adjustmentLimitMinor`, alone or with what its maker recorded before for the partner and month, it is only proposed; so is, where there is a limit, one dated ahead: to come, or of a month after the first open one. One for a partner that you act for always is. An API key gets 403 `person_required` instead.",
  access: ['admin', 'finance'],
  params: z.object({ programId: idSchema }),
  body: z.strictObject({
    partnerId: idSchema,
    amountMinor: minorSchema
      .refine((minor) => minor !== 0, 'must not be zero')
      .meta({ description: 'Above zero pays the partner, below zero takes back.', example: -2500 }),
    currency: currencySchema,
    occurredAt: instantSchema,
    reason: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .meta({ description: "Printed on the partner's statement: say it in words meant for the partner." }),
    reasonCode: z
      .enum(REASON_CODES.filter((code) => code !== 'write_off'))
      .default('other')
      .meta({ description: 'What a partner owes is written off at /write-offs.' }),
  }),
  status: 201,
  response: adjustmentSchema,
});
