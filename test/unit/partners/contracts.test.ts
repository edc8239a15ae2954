import { describe, expect, it } from 'vitest';
import { agreementTerms } from '#functions/partners/agreement-terms';
import { amendAgreementRoute } from '#shared/contracts/partners/amend-agreement';
import { enrolPartnerRoute } from '#shared/contracts/partners/enrol-partner';
import { payeeSchema } from '#shared/contracts/partners/payee';

const partner = {
  name: 'Ada & Co',
  email: 'ada@partners.example',
  startsAt: '2026-01-01T00:00:00+01:00',
  planVersion: 1,
  tier: 'referral',
};
const pathsOf = (result: { success: boolean; error?: { issues: { path: PropertyKey[] }[] } | undefined }) =>
  result.error?.issues.map(({ path }) => path.join('/')) ?? [];

describe('a payee', () => {
  it('is taken with spaces in its IBAN and kept without', () => {
    const payee = { rail: 'bank_file', name: 'Ada', iban: 'gb33 BUKB 2020 1555 5555 55', bic: 'BUKBGB22' };
    expect(payeeSchema.parse(payee)).toMatchObject({ iban: 'GB33BUKB20201555555555' });
  });

  it.each(['GB34BUKB20201555555555', 'GB33BUKB2020155555555', 'XX33BUKB20201555555555', '', '   '])(
    'is refused with the IBAN %s',
    (iban) => {
      expect(pathsOf(payeeSchema.safeParse({ rail: 'bank_file', name: 'Ada', iban }))).toEqual(['iban']);
    },
  );

  it('is refused with a BIC or a field that is none', () => {
    const payee = { rail: 'bank_file', name: 'Ada', iban: 'GB33BUKB20201555555555' };
    expect(pathsOf(payeeSchema.safeParse({ ...payee, bic: 'NOPE' }))).toEqual(['bic']);
    expect(payeeSchema.safeParse({ ...payee, accountNumber: '1' }).success).toBe(false);
  });
});

describe('a payee of another rail', () => {
  const nacha = {
    rail: 'nacha',
    name: 'Ada',
    routingNumber: '021000021',
    accountNumber: '1234',
    accountType: 'checking',
  };
  const stripe = { rail: 'stripe', name: 'Ada', stripeAccountId: 'acct_1032D82eZvKYlo2C' };
  const paypal = { rail: 'paypal', name: 'Ada', paypalEmail: 'ada@partners.example' };

  it.each([nacha, { ...nacha, accountNumber: '12345678901234567' }, stripe, paypal])('is taken: $rail', (payee) => {
    expect(payeeSchema.parse(payee)).toEqual(payee);
  });

  it.each([
    ['routingNumber', { ...nacha, routingNumber: '021000022' }],
    ['routingNumber', { ...nacha, routingNumber: '02100002' }],
    ['routingNumber', { ...nacha, routingNumber: '000000000' }],
    ['accountNumber', { ...nacha, accountNumber: '123' }],
    ['accountNumber', { ...nacha, accountNumber: '123456789012345678' }],
    ['accountNumber', { ...nacha, accountNumber: '12-34567' }],
    ['accountType', { ...nacha, accountType: 'other' }],
    ['stripeAccountId', { ...stripe, stripeAccountId: 'cus_1032D82eZvKYlo2C' }],
    ['stripeAccountId', { ...stripe, stripeAccountId: 'acct_' }],
    ['paypalEmail', { ...paypal, paypalEmail: 'ada' }],
    ['name', { ...paypal, name: '' }],
    ['rail', { rail: 'cheque', name: 'Ada' }],
  ])('names %s when it breaks a rule', (field, payee) => {
    expect(pathsOf(payeeSchema.safeParse(payee))).toEqual([field]);
  });
});

describe('an enrolment', () => {
  it('keeps instants in UTC', () => {
    expect(enrolPartnerRoute.body.parse(partner).startsAt).toBe('2025-12-31T23:00:00.000Z');
  });

  it.each([
    ['email', { email: 'nobody' }],
    ['startsAt', { startsAt: '2026-01-01T00:00:00' }],
    ['tier', { tier: 'Gold!' }],
    ['planVersion', { planVersion: 1.5 }],
    ['partnerId', { partnerId: 'a#b' }],
    ['country', { country: 'gb' }],
  ])('names %s when it breaks a rule', (field, change) => {
    expect(pathsOf(enrolPartnerRoute.body.safeParse({ ...partner, ...change }))).toEqual([field]);
  });
});

describe('an amendment', () => {
  it('must end after it starts', () => {
    const body = { startsAt: '2026-02-01T00:00:00Z', planVersion: 1, endsAt: '2026-02-01T00:00:00Z' };
    expect(pathsOf(amendAgreementRoute.body.safeParse(body))).toEqual(['endsAt']);
  });

  const amendment = { startsAt: '2026-02-01T00:00:00Z', planVersion: 1 };
  const components = [{ kind: 'fixed_fee', id: 'fee', amountMinor: 5 }];
  const books = { kind: 'category', categories: ['books'] };
  it.each([
    ['planVersion', { planVersion: undefined }],
    ['planVersion', { planVersion: 1_000_001 }],
    ['components', { components }],
    ['components', { planVersion: undefined, components: [] }],
    ['endsAt', { endsAt: '2026-03-01T00:00:00Z', termMonths: 1 }],
    ['termMonths', { termMonths: 121 }],
    ['renewal', { renewal: 'automatic' }],
    ['noticeDays', { noticeDays: 731 }],
    ['text', { requiresAcceptance: true }],
    ['text', { text: ' \n' }],
    ['text', { text: '\ud800' }],
    ['text', { text: 'ü'.repeat(50_001) }],
    ['exclusivity/until', { exclusivity: { ...books, until: '2026-02-01T00:00:00Z' } }],
    ['exclusivity/categories', { exclusivity: { ...books, categories: [] } }],
    ['exclusivity/categories/0', { exclusivity: { ...books, categories: ['Books!'] } }],
    ['exclusivity/countries/0', { exclusivity: { kind: 'geography', countries: ['ZZ'] } }],
  ])('names %s when it breaks a rule', (field, change) => {
    expect(pathsOf(amendAgreementRoute.body.safeParse({ ...amendment, ...change }))).toEqual([field]);
  });

  it('crosses the border with amounts as bigint, and an exclusivity of nothing as none', () => {
    const read = (change: object) =>
      agreementTerms(amendAgreementRoute.body.parse({ ...amendment, planVersion: undefined, components, ...change }));
    expect(read({ exclusivity: { kind: 'none' } })).toMatchObject({
      components: [{ amountMinor: 5n }],
      exclusivity: undefined,
    });
    expect(read({ exclusivity: { ...books, categories: ['films', 'books', 'films'] } }).exclusivity).toEqual({
      kind: 'category',
      values: ['books', 'films'],
    });
  });
});
