import { digest } from '#shared/adapters/digest';
import { type DecideHoldInput, makeDecideHold } from '#shared/application/referrals/holds/decide-hold';
import type { HoldStore } from '#shared/application/referrals/holds/hold-ports';
import type { PartnerDirectory } from '#shared/application/referrals/ports';
import type { FraudLooks } from '#shared/application/referrals/sales/check-sale';
import { makeReattributeConversion } from '#shared/application/referrals/sales/reattribute-conversion';
import { makeRecordConversion } from '#shared/application/referrals/sales/record-conversion';
import type { FakeReferrals } from '#test/support/fakes/referrals';
import { aReferralsHouse, codes, NOW, verifyClick } from '#test/support/referrals-house';

export const ACCOUNT_OF_MIRA = digest('GB33BUKB20201555555555');

/** Mira and noor, with accounts; what else is known of them is in `more`. */
export function partnersWithAccounts(
  more: Readonly<Record<string, { samePayeeAs?: readonly string[] }>> = {},
): PartnerDirectory {
  const accounts: Readonly<Record<string, string>> = { mira: ACCOUNT_OF_MIRA, noor: digest('DE89370400440532013000') };
  return {
    find: async (_programId, partnerId) => {
      const accountHash = accounts[partnerId];
      if (accountHash === undefined) return undefined;
      return { emailHash: digest(`${partnerId}@partners.example`), accountHash, ...more[partnerId] };
    },
  };
}

export function aDecisionInput(overrides: Partial<DecideHoldInput> = {}): DecideHoldInput {
  return {
    programId: 'shop',
    orderId: 'o1',
    decision: 'release',
    reason: 'The customer is real',
    decisionId: 'decision-1',
    by: 'person:manager',
    ...overrides,
  };
}

/** A house in which partners have accounts and holds are decided. */
export function aHoldHouse(
  stores: FakeReferrals & { readonly holds: HoldStore; readonly looks: FraudLooks },
  partners: PartnerDirectory = partnersWithAccounts(),
) {
  const house = aReferralsHouse(stores);
  const retry = { pause: async () => {}, random: () => 0.5 };
  const common = { ...stores, programs: house.programs, clock: () => NOW, digest, ...retry };
  return {
    ...house,
    holds: stores.holds,
    recordConversion: makeRecordConversion({ ...common, partners, codes, verifyClick }),
    reattribute: makeReattributeConversion({ ...common, partners, disputes: { ofOrder: async () => [] } }),
    decide: makeDecideHold(common),
  };
}
