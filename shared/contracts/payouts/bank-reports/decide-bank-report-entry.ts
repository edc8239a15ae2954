import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { bankEntrySchema, entryIdSchema, noteSchema } from '#shared/contracts/payouts/bank-reports/bank-report';
import { defineRoute } from '#shared/contracts/route';

/** What a second person says; shared with the decision on a whole report. */
export const confirmationSchema = z
  .strictObject({
    decision: z.enum(['confirm', 'decline']),
    comment: noteSchema.optional().meta({ description: 'Required to decline.' }),
  })
  .refine(({ decision, comment }) => decision === 'confirm' || comment !== undefined, {
    path: ['comment'],
    message: 'must be given to decline',
  });

export const decideBankReportEntryRoute = defineRoute({
  name: 'decide-bank-report-entry',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/bank-report-entries/{entryId}/decisions',
  summary: 'Confirm or decline an entry that gives money back, as a second person',
  description:
    'Confirmed, the payout fails or is returned, and its amount is payable again. Nobody confirms what they sent in or matched, or for a partner that they act for. Declined, it is listed as unmatched.',
  access: ['admin', 'finance', 'approver'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, entryId: entryIdSchema }),
  body: confirmationSchema,
  status: 201,
  response: bankEntrySchema,
});
