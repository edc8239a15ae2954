import type { Redemption, RedemptionStore } from '#shared/application/referrals/ports';

/** Redemptions and seats in memory, with the conditions of the table. */
export function makeFakeRedemptions(): RedemptionStore {
  const redemptions = new Map<string, Redemption>();
  const taken = new Map<string, number>();
  const id = (programId: string, name: string): string => `${programId} ${name}`;
  const close = (redemption: Redemption, status: 'confirmed' | 'released'): 'done' | 'changed' => {
    const { programId, redemptionId, code, reservedUntil, limited } = redemption;
    const known = redemptions.get(id(programId, redemptionId));
    if (known?.status !== 'reserved' || known.reservedUntil !== reservedUntil) return 'changed';
    redemptions.set(id(programId, redemptionId), { ...known, status });
    if (limited && status === 'released') taken.set(id(programId, code), (taken.get(id(programId, code)) ?? 0) - 1);
    return 'done';
  };
  return {
    find: async (programId, redemptionId) => redemptions.get(id(programId, redemptionId)),
    reserve: async (redemption, max, now) => {
      const { programId, redemptionId, code } = redemption;
      const known = redemptions.get(id(programId, redemptionId));
      const hasLapsed = known?.status === 'reserved' && !known.limited && known.reservedUntil <= now;
      if (known && known.status !== 'released' && !hasLapsed) return 'exists';
      const seats = taken.get(id(programId, code)) ?? 0;
      if (max !== undefined) {
        if (seats >= max) return 'exhausted';
        taken.set(id(programId, code), seats + 1);
      }
      redemptions.set(id(programId, redemptionId), redemption);
      return 'reserved';
    },
    confirm: async (redemption) => close(redemption, 'confirmed'),
    release: async (redemption) => close(redemption, 'released'),
    lapsed: async (programId, code, now, limit) =>
      [...redemptions.values()]
        .filter((one) => one.programId === programId && one.code === code && one.limited)
        .filter((one) => one.status === 'reserved' && one.reservedUntil < now)
        .sort((a, b) => (a.reservedUntil < b.reservedUntil ? -1 : 1))
        .slice(0, limit),
  };
}
