import * as z from 'zod';
import { countrySchema, nameSchema } from '#shared/contracts/fields';
import { taxIdSchema } from '#shared/contracts/partners/tax-id';

const MAX_LINES = 4;
const MAX_TAX_IDS = 4;
const lineSchema = z.string().trim().min(1).max(70);

/** Who a partner is on its self-billing invoices. */
export const billingSchema = z
  .strictObject({
    legalName: nameSchema,
    addressLines: z.array(lineSchema).min(1).max(MAX_LINES).meta({ description: 'Street, place and postal code.' }),
    country: countrySchema,
    taxIds: z.array(taxIdSchema).max(MAX_TAX_IDS).default([]),
  })
  .meta({ description: 'Name, address and tax numbers as they are printed on self-billing invoices.' });
