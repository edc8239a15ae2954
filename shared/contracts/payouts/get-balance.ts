import * as z from 'zod';
import { idSchema, instantSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import type { Instant } from '#shared/domain/time/instant';

/** A UTC date counts to its last millisecond. */
const endOfDateSchema = z.iso.date().transform((date) => `${date}T23:59:59.999Z` as Instant);

export const getBalanceRoute = defineRoute({
  name: 'get-balance',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}/balance',
  summary: 'Read what a partner is owed, now or at an earlier time',
  description: 'With `asOf` (an instant, or a UTC date to its end) the balance follows from the journal of that time.',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'partner'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  query: z.object({
    asOf: z
      .union([instantSchema, endOfDateSchema], {
        error: 'must be a date such as 2026-01-31 or a time with a zone such as 2026-01-31T23:59:59Z',
      })
      .optional()
      .meta({ example: '2026-01-31' }),
  }),
  status: 200,
  response: z.object({
    partnerId: z.string(),
    balances: z.array(
      z.object({
        currency: z.string(),
        payableMinor: z.int().meta({ description: 'Owed to the partner; negative when clawbacks exceed it.' }),
        reservedMinor: z.int().meta({ description: 'Part of it that waits in payouts not yet submitted.' }),
        asOf: z.string(),
      }),
    ),
  }),
});
