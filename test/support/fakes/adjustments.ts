import { viewOf } from '#shared/adapters/dynamodb/money/adjustments/adjustment-items';
import type {
  Adjustment,
  AdjustmentStore,
  RecordedAdjustment,
} from '#shared/application/payouts/adjustments/adjustment-ports';
import { directionOf, roomBefore, sizeOf } from '#shared/domain/ledger/adjustment';
import { compareText } from '#shared/domain/time/instant';

/** Adjustments in memory: each write is whole or nothing, under the table's conditions. */
export function makeFakeAdjustments(): AdjustmentStore {
  const facts = new Map<string, RecordedAdjustment>();
  const proposals = new Map<string, Adjustment>();
  const sums = new Map<string, bigint>();
  const keyOf = (programId: string, adjustmentId: string): string => `${programId}#${adjustmentId}`;
  const of = <T>(items: Map<string, T>, programId: string): T[] =>
    [...items.entries()].filter(([key]) => key.startsWith(`${programId}#`)).map(([, item]) => item);
  const inOrder = <T extends Pick<Adjustment, 'partnerId' | 'occurredAt' | 'adjustmentId'>>(items: T[]): T[] =>
    items.sort((a, b) => compareText(placeOf(a), placeOf(b)));
  const ofPeriod = (programId: string, period: string): RecordedAdjustment[] =>
    inOrder(of(facts, programId).filter((fact) => fact.period === period));
  return {
    record: async (programId, adjustment, limitMinor) => {
      const key = keyOf(programId, adjustment.adjustmentId);
      if (facts.has(key) || proposals.has(key)) return 'exists';
      const { period, partnerId, currency, recordedBy, onBehalfOf } = adjustment;
      const maker = onBehalfOf ?? recordedBy;
      const sumKey = [programId, period, partnerId, currency, directionOf(adjustment), maker].join('#');
      const before = sums.get(sumKey) ?? 0n;
      const room = limitMinor === undefined ? before : roomBefore(adjustment.amountMinor, limitMinor);
      if (room === undefined || before > room) return 'above_limit';
      sums.set(sumKey, before + sizeOf(adjustment.amountMinor));
      facts.set(key, adjustment);
      return 'recorded';
    },
    propose: async (programId, proposal) => {
      const key = keyOf(programId, proposal.adjustmentId);
      if (facts.has(key) || proposals.has(key)) return false;
      proposals.set(key, { ...proposal, status: 'proposed' });
      return true;
    },
    decide: async (programId, { adjustmentId }, decision, recorded) => {
      const key = keyOf(programId, adjustmentId);
      const proposal = proposals.get(key);
      if (proposal?.status !== 'proposed' || facts.has(key)) return 'contended';
      proposals.set(key, { ...proposal, status: recorded ? 'recorded' : 'declined', decision });
      if (recorded) facts.set(key, recorded);
      return 'stored';
    },
    find: async (programId, adjustmentId) => {
      const key = keyOf(programId, adjustmentId);
      const fact = facts.get(key);
      return fact ? viewOf(fact) : proposals.get(key);
    },
    list: async (programId, list, { after, limit }) => {
      const all =
        list.of === 'recorded'
          ? ofPeriod(programId, list.period).map(viewOf)
          : of(proposals, programId).filter((one) =>
              list.of === 'pending'
                ? one.status === 'proposed' && one.period <= (list.throughPeriod ?? '9999-12')
                : one.period === list.period,
            );
      const sorted =
        list.of === 'pending'
          ? all.sort((a, b) => compareText(pendingPlaceOf(a), pendingPlaceOf(b)))
          : inOrder(all.filter((one) => (list.partnerId ?? one.partnerId) === one.partnerId));
      const from = after ? sorted.findIndex((one) => one.adjustmentId === after.adjustmentId) + 1 : 0;
      return { items: sorted.slice(from, from + limit), more: from + limit < sorted.length };
    },
    ofPartner: async (programId, partnerId, period) =>
      ofPeriod(programId, period).filter((fact) => fact.partnerId === partnerId),
    async *ofPeriod(programId, period) {
      yield* ofPeriod(programId, period);
    },
    makers: async (programId, period) =>
      new Set(
        ofPeriod(programId, period).flatMap((made) => [made.recordedBy, ...(made.onBehalfOf ? [made.onBehalfOf] : [])]),
      ),
  };
}

function placeOf(one: Pick<Adjustment, 'partnerId' | 'occurredAt' | 'adjustmentId'>): string {
  return `${one.partnerId}#${one.occurredAt}#${one.adjustmentId}`;
}

function pendingPlaceOf({ period, partnerId, adjustmentId }: Adjustment): string {
  return `${period}#${partnerId}#${adjustmentId}`;
}
