import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';
import * as z from 'zod';
import { nameSchema, whenGiven } from '#shared/contracts/fields';
import { BLOCKED_REASONS, PAYOUT_RAILS } from '#shared/domain/ledger/payout';
import { isRoutingNumber } from '#shared/domain/ledger/routing-number';

/** PayPal Payouts API: `receiver` of an item. */
const MAX_PAYPAL_EMAIL = 127;

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
        .refine((iban) => isValidIBAN(iban), 'must be an IBAN with the length of its country and valid check digits')
        .meta({ description: 'Spaces are allowed and removed.', example: 'GB33BUKB20201555555555' }),
      bic: z
        .string()
        .refine((bic) => isValidBIC(bic), 'must be a BIC of 8 or 11 characters')
        .optional()
        .meta({ example: 'BUKBGB22' }),
    }),
    z.strictObject({
      rail: z.literal('nacha'),
      name: holderSchema,
      routingNumber: z
        .string()
        .refine(isRoutingNumber, 'must be an ABA routing number: nine digits with a valid check digit')
        .meta({ example: '021000021' }),
      accountNumber: z.string().regex(/^\d{4,17}$/, 'must be 4 to 17 digits'),
      accountType: z.enum(['checking', 'savings']),
    }),
    z.strictObject({
      rail: z.literal('stripe'),
      name: holderSchema,
      stripeAccountId: z
        .string()
        .regex(/^acct_[A-Za-z0-9]{1,60}$/, 'must be the id of a connected account, such as acct_1A2b3C')
        .meta({ example: 'acct_1032D82eZvKYlo2C' }),
    }),
    z.strictObject({
      rail: z.literal('paypal'),
      name: holderSchema,
      paypalEmail: z
        .email({ error: whenGiven('must be the e-mail address of a PayPal account') })
        .max(MAX_PAYPAL_EMAIL),
    }),
    z.strictObject({
      rail: z.literal('sandbox'),
      name: holderSchema,
      behaviour: z.enum(['settle', 'fail', 'return']).meta({ description: 'What the trial rail does with a payout.' }),
    }),
  ])
  .meta({ description: 'Where the partner is paid.' });

/** What may be shown of a payee: never the whole account. */
export const payeeSummarySchema = z.object({
  rail: z.enum(PAYOUT_RAILS),
  name: z.string(),
  ibanEnding: z.string().optional().meta({ description: 'The last four characters of the IBAN.' }),
  accountEnding: z.string().optional().meta({ description: 'The end of the account of another rail.' }),
});

/** With what it takes to know whether it counts. */
export const payeeViewSchema = payeeSummarySchema.extend({
  payeeId: z.string().meta({ description: 'Changes with the details: a run pays the payee that its approvers saw.' }),
  changedAt: z.string(),
  usableFrom: z
    .string()
    .optional()
    .meta({ description: 'End of the cool-down of a change: nothing is paid to these details before.' }),
});

/** Why nothing is paid, for the partner as well as for staff. */
export const blockedFields = {
  blockedReason: z.enum(BLOCKED_REASONS).optional().meta({ description: 'Why nothing is paid now.' }),
  whatToDo: z.string().optional().meta({ description: 'What the partner, or the programme, can do about it.' }),
};
