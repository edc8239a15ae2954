import { digest } from '#shared/adapters/digest';
import type { AttributionSettings } from '#shared/application/programs';
import { makeBindCustomer } from '#shared/application/referrals/customers/bind-customer';
import type { BindingStore, TouchStore } from '#shared/application/referrals/customers/customer-ports';
import { makeGetCustomerPartner } from '#shared/application/referrals/customers/get-customer-partner';
import { makeRememberTouches } from '#shared/application/referrals/customers/remember-touches';
import { aProgram } from '#test/support/fakes/programs';
import { makeFakeReferrals } from '#test/support/fakes/referrals';
import { aReferralsHouse, codes, NOW, partners, verifyClick } from '#test/support/referrals-house';

type Given = Parameters<typeof aReferralsHouse>[0] & {
  readonly bindings?: BindingStore;
  readonly touches?: TouchStore;
};

/** The house of referrals with the customers' side of it: whose they are and how they came. Its clock can be moved. */
export function anAttributionHouse(attribution: Partial<AttributionSettings> = {}, given: Given = {}) {
  const fakes = makeFakeReferrals();
  const stores = { ...fakes, ...given };
  const house = aReferralsHouse(stores);
  let now = NOW;
  const retry = { pause: async () => undefined, random: () => 0.5 };
  const common = { ...stores, programs: house.programs, partners, digest, clock: () => now, ...retry };
  /** A change of settings, as it reaches every function. */
  const set = (change: Partial<AttributionSettings>, settingsVersion = 1): void => {
    const program = aProgram();
    house.programs.set({ ...program, attribution: { ...program.attribution, ...change }, settingsVersion });
  };
  set(attribution, 0);
  return {
    ...house,
    ...stores,
    set,
    moveClock: (to: string) => {
      now = Date.parse(to);
    },
    bind: makeBindCustomer(common),
    partnerOf: makeGetCustomerPartner(common),
    remember: makeRememberTouches({ ...common, codes, verifyClick }),
  };
}
