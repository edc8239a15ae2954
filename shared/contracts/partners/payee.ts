import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';
import * as z from 'zod';
import { nameSchema } from '#shared/contracts/fields';

/** Holder names that a pain.001 file may carry (EPC character set for SEPA). */
const holderSchema = nameSchema.max(70);

export const payeeSchema = z
  .discriminatedUnion('rail', [
    z.strictObject({
      rail: z.literal('bank_file'),
      name: holderSchema,
      iban: z
        .string()
        .max(50)
        .transform((text) => electronicFormatIBAN(text) ?? '')
        .refine((iban) => isValidIBAN(iban), 'must be an IBAN with valid check digits')
        .meta({ description: 'Spaces are allowed and removed.', example: 'GB33BUKB20201555555555' }),
      bic: z
        .string()
        .refine((bic) => isValidBIC(bic), 'must be a BIC of 8 or 11 characters')
        .optional()
        .meta({ example: 'BUKBGB22' }),
    }),
    z.strictObject({
      rail: z.literal('sandbox'),
      name: holderSchema,
      behaviour: z.enum(['settle', 'fail', 'return']).meta({ description: 'What the trial rail does with a payout.' }),
    }),
  ])
  .meta({ description: 'Where the partner is paid.' });

/** What may be shown of a payee: never the whole account number. */
export const payeeSummarySchema = z.object({
  rail: z.enum(['bank_file', 'sandbox']),
  name: z.string(),
  ibanEnding: z.string().optional().meta({ description: 'The last four characters of the IBAN.' }),
});
