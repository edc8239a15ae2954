import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const invoiceSchema = z.object({
  number: z.string().meta({ example: 'SB-mira-0007' }),
  sequence: z.int(),
  kind: z.enum(['self_billing_invoice', 'self_billing_credit_note']),
  statementId: z.string(),
  period: z.string(),
  currency: z.string(),
  amountMinor: z.int().meta({ description: "The month's commission; below zero on a credit note." }),
  issuedAt: z.string(),
});

export const listInvoicesRoute = defineRoute({
  name: 'list-invoices',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}/invoices',
  summary: "List a partner's self-billing invoices",
  description:
    'One an approved statement that moved money, numbered without a gap. The PDF of the statement is the invoice.',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'partner'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  status: 200,
  response: z.object({ items: z.array(invoiceSchema) }),
});
