import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { blockedFields } from '#shared/contracts/partners/payee';
import { defineRoute } from '#shared/contracts/route';
import { BLOCKED_REASONS, PAYOUT_RAILS } from '#shared/domain/ledger/payout';

const statusSchema = z.enum(['created', 'submitting', 'submitted', 'unknown', 'settled', 'failed', 'returned']);

export const payoutSchema = z.object({
  payoutId: z.string().meta({ example: 'po~2026-01.1~p1~GBP' }),
  partnerId: z.string(),
  statementId: z.string(),
  runId: z.string(),
  currency: z.string(),
  amountMinor: z.int(),
  status: statusSchema,
  blockedReason: z.enum(BLOCKED_REASONS).optional().meta({
    description:
      'Why its run could not submit it, as found then: bank details were missing, or were changed after the approvers saw the run. It stays until a run submits it, also when the details are complete by now.',
  }),
  whatToDo: blockedFields.whatToDo,
  waitsFor: z.enum(['next_approved_run']).optional().meta({
    description:
      'Its own run is over: it waits for the next approved run, which shows it among its waiting payouts and submits it if the bank details are complete and unchanged since.',
  }),
  rail: z.enum(PAYOUT_RAILS).optional(),
  submissionRunId: z.string().optional(),
  payeeId: z.string().optional().meta({ description: 'The payee it was handed over for.' }),
  endToEndId: z.string().optional(),
  reason: z.string().optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const listPayoutsRoute = defineRoute({
  name: 'list-payouts',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/payouts',
  summary: 'List payouts, those of the newest run first',
  description: 'A partner sees its own payouts only. A page may be short and still have a next one.',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'partner'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    runId: idSchema.optional(),
    partnerId: idSchema.optional(),
    status: statusSchema.optional(),
    cursor: cursorSchema,
    limit: limitSchema,
  }),
  status: 200,
  response: pageOf(payoutSchema),
});
