import { describe, expect, it } from 'vitest';
import { billingSchema } from '#shared/contracts/partners/billing';
import { taxIdSchema } from '#shared/contracts/partners/tax-id';

const problemOf = (taxId: unknown): string | undefined => taxIdSchema.safeParse(taxId).error?.issues[0]?.message;

describe('a tax number', () => {
  it.each([
    ['vat', 'DE', 'DE136695976'],
    ['vat', 'DE', 'DE 136 695 976'],
    ['vat', 'GB', 'GB980780684'],
    ['vat', 'FR', 'FR40303265045'],
    ['vat', 'NL', 'NL004495445B01'],
    ['vat', 'GR', 'EL094259216'],
    ['tax', 'US', '91-1144442'],
    ['tax', 'GB', '1955839661'],
    ['tax', 'KE', 'whatever is used there 12'],
    ['vat', 'AE', '100123456700003'],
  ])('%s of %s may be %s', (kind, country, value) => {
    expect(problemOf({ kind, country, value })).toBeUndefined();
  });

  it.each([
    ['vat', 'DE', 'DE136695977', 'must be a VAT number of DE with valid check digits'],
    ['vat', 'GB', '123', 'must be a VAT number of GB with valid check digits'],
    // A social security number is of a private person.
    ['tax', 'US', '536-90-4399', 'must be a business tax number of US (ein) with valid check digits'],
    ['vat', 'DE', '<script>', 'must be 2 to 30 letters, digits, spaces, dots, slashes or dashes'],
    ['vat', 'XX', 'DE136695976', 'must be an ISO 3166 country code such as GB'],
  ])('%s of %s is not %s', (kind, country, value, problem) => {
    expect(problemOf({ kind, country, value })).toBe(problem);
  });

  it('stands with the address it is billed at', () => {
    const billing = { legalName: ' Mira GmbH ', addressLines: ['Hauptstrasse 1'], country: 'DE' };
    expect(billingSchema.parse(billing)).toEqual({ ...billing, legalName: 'Mira GmbH', taxIds: [] });
    const { error } = billingSchema.safeParse({ ...billing, addressLines: [] });
    expect(error?.issues[0]?.path).toEqual(['addressLines']);
  });
});
