import { isValidBIC, isValidIBAN } from 'ibantools';
import * as z from 'zod';
import { isRoutingNumber } from '#shared/domain/ledger/routing-number';

const routingNumberSchema = z
  .string()
  .refine(isRoutingNumber, 'must be an ABA routing number: nine digits with a valid check digit')
  .meta({ example: '021000021' });

/** Written into a Nacha file as it is: the bank compares it with what it has on record. */
const achText = (maxLength: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[A-Za-z0-9.&'(),/-][A-Za-z0-9 .&'(),/-]*$/, "may hold letters A to Z, digits, spaces and . & ' ( ) , / -");

/** The account that ISO 20022 bank files pay from. */
const bankFileSource = z.strictObject({
  name: z.string().trim().min(1).max(70).meta({ description: 'The account holder.' }),
  iban: z
    .string()
    .refine(
      (iban) => isValidIBAN(iban),
      'must be an IBAN without spaces, with the length of its country and valid check digits',
    )
    .meta({ example: 'DE89370400440532013000' }),
  bic: z
    .string()
    .refine((bic) => isValidBIC(bic), 'must be a BIC of 8 or 11 characters')
    .optional()
    .meta({ example: 'COBADEFFXXX' }),
});

/** Who originates entries of the Automated Clearing House: all of it is in the bank's set-up letter. */
const nachaSource = z.strictObject({
  companyName: achText(16).meta({ description: "What partners read on their bank's statement." }),
  companyId: z
    .string()
    .regex(/^[A-Z0-9]{10}$/, 'must be the ten characters that the bank assigned, often a digit and the tax number')
    .meta({ example: '1123456789' }),
  originatingDfi: routingNumberSchema.meta({ description: 'Routing number of the bank that originates the entries.' }),
  bankName: achText(23).meta({ description: 'The bank that takes the file.' }),
  immediateDestination: routingNumberSchema
    .optional()
    .meta({ description: 'Routing number of where the file is sent. Default: the originating bank.' }),
  immediateOrigin: z
    .string()
    .regex(/^(\d{9}|[A-Z0-9]{10})$/, 'must be nine digits or ten characters')
    .optional()
    .meta({ description: 'By what that place knows who sends the file. Default: the company id.' }),
});

/** Whose account pays, by file rail. */
export const payoutSourceSchema = z
  .strictObject({ bankFile: bankFileSource.optional(), nacha: nachaSource.optional() })
  .meta({
    description: 'Whose account pays. Without `bankFile` the one of the installation does; without `nacha` none.',
  });
