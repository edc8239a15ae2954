import * as z from 'zod';

export const stripeEventStatusSchema = z.enum(['recorded', 'waiting', 'done', 'ignored', 'failed']);

export const stripeEventAnswerSchema = z.object({
  eventId: z.string(),
  type: z.string(),
  objectId: z
    .string()
    .optional()
    .meta({ description: 'What it is about, such as an invoice.', example: 'in_1Q2w3E4r' }),
  createdAt: z.string(),
  receivedAt: z.string(),
  status: stripeEventStatusSchema.meta({
    description:
      'recorded: not finished yet. waiting: for another event. done. ignored: nothing to do. failed: look at `reason` and ' +
      '`detail`, then take it up again or record what it needs by hand.',
  }),
  reason: z.string().optional(),
  detail: z.string().optional(),
  orderId: z.string().optional().meta({ description: 'The sale that it recorded or took back.' }),
  refundId: z.string().optional(),
  amountMinor: z.int().optional().meta({ description: 'Recorded as sold or taken back, without tax.' }),
  dueAt: z.string().optional().meta({ description: 'When it is looked at again by itself.' }),
});
