import { describe, expect, it } from 'vitest';
import { makePayoutRulesOf, makeRailsSetUp } from '#shared/application/payouts/paying/rails-set-up';
import { makeChangePayoutPolicy } from '#shared/application/payouts/programs/change-payout-policy';
import { changePayoutSourceRoute } from '#shared/contracts/payouts/programs/change-payout-source';
import { ACME_DEBTOR, ACME_ORIGINATOR } from '#test/support/builders/file-rails';
import { anApprovedRun, runsOf } from '#test/support/builders/payouts';
import { aProgramme } from '#test/support/builders/runs';
import { makeFakeMoney } from '#test/support/fakes/money';

const faultsOf = (body: unknown): readonly string[] => {
  const { error } = changePayoutSourceRoute.body.safeParse(body);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('/')} ${message}`);
};

describe('whose account pays', () => {
  it('is taken as the banks know it', () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ bankFile: ACME_DEBTOR, nacha: ACME_ORIGINATOR })).toEqual([]);
    const elsewhere = { immediateDestination: '091000019', immediateOrigin: '011000015' };
    expect(faultsOf({ nacha: { ...ACME_ORIGINATOR, ...elsewhere } })).toEqual([]);
  });

  it.each([
    [
      { bankFile: { ...ACME_DEBTOR, iban: 'DE89 3704 0044 0532 0130 00' } },
      'bankFile/iban must be an IBAN without spaces',
    ],
    [{ bankFile: { ...ACME_DEBTOR, iban: 'DE88370400440532013000' } }, 'bankFile/iban must be an IBAN'],
    [{ bankFile: { ...ACME_DEBTOR, bic: 'COBA' } }, 'bankFile/bic must be a BIC'],
    [
      { nacha: { ...ACME_ORIGINATOR, originatingDfi: '021000022' } },
      'nacha/originatingDfi must be an ABA routing number',
    ],
    [{ nacha: { ...ACME_ORIGINATOR, companyId: '12345' } }, 'nacha/companyId must be the ten characters'],
    [{ nacha: { ...ACME_ORIGINATOR, companyName: 'Acme Incorporated' } }, 'nacha/companyName Too big'],
    [{ nacha: { ...ACME_ORIGINATOR, companyName: 'Ácme' } }, 'nacha/companyName may hold letters A to Z'],
    [{ nacha: { ...ACME_ORIGINATOR, immediateOrigin: '12' } }, 'nacha/immediateOrigin must be nine digits'],
    [{ paypal: {} }, ' Unrecognized key'],
  ])('is refused with the field and its rule: %j', (body, fault) => {
    expect(faultsOf(body)).toEqual([expect.stringContaining(fault)]);
  });

  const programId = 'acme';
  const aHouse = async (runPolicyVersion?: number) => {
    const { programs } = makeFakeMoney();
    await programs.create(aProgramme({ programId }));
    const change = makeChangePayoutPolicy({ programs, clock: () => Date.parse('2026-02-01T00:00:00Z') });
    const runs = runsOf(anApprovedRun({ policyVersion: runPolicyVersion }));
    const rulesOf = makePayoutRulesOf({ programs, runs });
    return { programs, change, rulesOf, railsSetUp: makeRailsSetUp({ rulesOf }) };
  };
  const changed = { programId, policy: { payouts: { source: { nacha: ACME_ORIGINATOR } } }, by: 'person:a' };

  it('makes a rail one that the programme can pay by; the bank file and the sandbox need nothing', async () => {
    const { change, railsSetUp } = await aHouse();
    expect([...(await railsSetUp(programId))]).toEqual(['bank_file', 'sandbox']);
    await change(changed);
    expect([...(await railsSetUp(programId))]).toEqual(['bank_file', 'nacha', 'sandbox']);
  });

  it('is that of the summary for a run, whatever is set while it waits for its decision', async () => {
    const { change, railsSetUp, rulesOf } = await aHouse(0);
    const { policyVersion } = await change(changed);
    expect(policyVersion).toBe(1);
    expect([...(await railsSetUp(programId, '2026-01.1'))]).toEqual(['bank_file', 'sandbox']);
    expect((await rulesOf(programId, '2026-01.1')).source).toEqual({});
    expect((await rulesOf(programId)).source).toEqual({ nacha: ACME_ORIGINATOR });
  });

  it('is replaced whole, and no change when it is set again', async () => {
    const { change, programs } = await aHouse();
    await change(changed);
    await change(changed);
    const source = { bankFile: ACME_DEBTOR };
    await change({ ...changed, policy: { payouts: { source } } });
    expect(await programs.get(programId)).toMatchObject({ policyVersion: 2, payouts: { source } });
    expect((await programs.get(programId))?.payouts.source).toEqual(source);
  });
});
