import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { bankEntrySchema, bankReportSchema } from '#shared/contracts/payouts/bank-reports/bank-report';
import { defineRoute } from '#shared/contracts/route';

const MIB = 1024 * 1024;

const receivedSchema = bankReportSchema.extend({
  entries: z.array(bankEntrySchema).meta({ description: 'The first hundred; GET .../bank-report-entries has all.' }),
  nextCursor: z.string().optional(),
});

export const receiveBankReportRoute = defineRoute({
  name: 'receive-bank-report',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/bank-reports',
  summary: 'Send in what the bank says: pain.002, camt.053, camt.054 or a NACHA return file',
  description:
    'Payments that the bank booked settle their payouts at once. What gives money back (rejections, returns) changes nothing until a second person confirms it. ' +
    'Amount and currency must be those of the payout. What matches nothing is listed. The same file again changes nothing; 202 says that more of it is being worked through, which GET .../bank-reports/{reportId} shows.',
  access: ['admin', 'finance'],
  peopleOnly: true,
  params: z.object({ programId: idSchema }),
  file: { types: ['application/xml', 'text/xml', 'text/plain'], maxSentBytes: 4 * MIB, maxBytes: 24 * MIB },
  status: 201,
  response: receivedSchema,
  repeated: receivedSchema,
  accepted: receivedSchema,
});
