import type { ShownPayout } from '#shared/application/payouts/paying/get-payout';
import type { ListedPayout } from '#shared/application/payouts/paying/list-payouts';
import { whatToDo } from '#shared/domain/ledger/blocked-words';
import type { PayoutRecord } from '#shared/domain/ledger/payout-history';

/** A payout as everybody may see it who may see it at all. */
export function payoutAnswer(payout: ListedPayout): Record<string, unknown> {
  const { programId: _, railReference: __, reservedUntil: ___, changes: ____, ...shown } = payout;
  const { status, blockedReason, currency } = payout;
  const isBlocked = status === 'created' && blockedReason !== undefined;
  return isBlocked ? { ...shown, whatToDo: whatToDo(blockedReason, { currency }) } : shown;
}

/** `forStaff`: with who did what, and by which evidence. */
export function historyAnswer({ history }: ShownPayout, forStaff: boolean): readonly Record<string, unknown>[] {
  return history.map(({ sequence, from, to, at, by, step, evidence }: PayoutRecord) => {
    const { type, ...said } = step;
    const { endToEndId: _, blockedReason, ...rest } = { endToEndId: undefined, blockedReason: undefined, ...said };
    const reason = blockedReason === undefined ? {} : { reason: blockedReason };
    return { sequence, from, to, at, step: type, ...rest, ...reason, ...(forStaff ? { by, evidence } : {}) };
  });
}
