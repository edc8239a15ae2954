import type { ShownPayout } from '#shared/application/payouts/paying/get-payout';
import type { ListedPayout } from '#shared/application/payouts/paying/list-payouts';
import type { BlockReason } from '#shared/application/payouts/paying/payout-blocks';
import { whatToDo } from '#shared/domain/ledger/blocked-words';
import type { PayoutRecord } from '#shared/domain/ledger/payout-history';

/** A payout as everybody may see it who may see it at all. */
export function payoutAnswer(payout: ListedPayout): Record<string, unknown> {
  const { programId: _, railReference: __, reservedUntil: ___, changes: ____, ...shown } = payout;
  const { status, blockedReason, currency } = payout;
  const isBlocked = status === 'created' && blockedReason !== undefined;
  return isBlocked ? { ...shown, whatToDo: whatToDo(blockedReason, { currency }) } : shown;
}

/** What only staff can do something about. */
const FOR_STAFF: ReadonlySet<BlockReason> = new Set(['run_not_over', 'file_not_written', 'no_answer', 'bank_silent']);

export function blockAnswer({ block }: ShownPayout, forStaff: boolean): ShownPayout['block'] {
  return block && (forStaff || !FOR_STAFF.has(block.reason)) ? block : undefined;
}

/** `forStaff`: with who did what, by which evidence, and the rail's own reference. */
export function historyAnswer({ history }: ShownPayout, forStaff: boolean): readonly Record<string, unknown>[] {
  return history.map(({ sequence, from, to, at, by, step, evidence }: PayoutRecord) => {
    const said =
      'blockedReason' in step ? { reason: step.blockedReason } : 'reason' in step ? { reason: step.reason } : {};
    const where = { ...('rail' in step ? { rail: step.rail } : {}), ...('runId' in step ? { runId: step.runId } : {}) };
    const reference = 'reference' in step ? step.reference : undefined;
    const shown = { sequence, from, to, at, step: step.type, ...said, ...where };
    return forStaff ? { ...shown, reference, by, evidence } : shown;
  });
}
