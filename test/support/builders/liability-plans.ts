import type { Component, Plan } from '#shared/domain/plan/plan';
import { type aLiabilityWorld, aPartner } from '#test/support/builders/liability-world';

export const planOf = (...components: readonly Component[]): Plan => ({ version: 1, components });
export const SHARE = {
  kind: 'revenue_share',
  id: 'share',
  ratesByTier: { referral: 1_000 },
} as const satisfies Component;
export const WELCOME = { kind: 'referral_fee', id: 'welcome', amountMinor: 500n } as const satisfies Component;
export const RETAINER = { kind: 'fixed_fee', id: 'retainer', amountMinor: 3_100n } as const satisfies Component;
export const FLOOR = { kind: 'minimum_commitment', id: 'floor', amountMinor: 9_000n } as const satisfies Component;
export const ONE = [aPartner('p1')];

export const accrued = async (world: ReturnType<typeof aLiabilityWorld>, asOf?: string): Promise<bigint> =>
  (await world.liability(asOf)).totals[0]?.accruedMinor ?? 0n;
