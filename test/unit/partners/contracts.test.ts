import { describe, expect, it } from 'vitest';
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
});
