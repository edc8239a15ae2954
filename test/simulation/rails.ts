import { pain001 } from '#shared/adapters/rails/bank-file';
import type { Payout } from '#shared/domain/ledger/payout';
import { type Chance, surviving } from './chance.ts';
import { type House, PROGRAM_ID } from './house.ts';

/** Payouts that a rail has: only of these it reports. */
function atRails({ fake, rail, documents }: House): readonly Payout[] {
  const inFiles = new Set([...documents.texts.values()].flatMap((text) => pain001.endToEndIdsOf(text)));
  return [...fake.stored.values()].filter(
    ({ payoutId, endToEndId }) => rail.paid.has(payoutId) || (endToEndId !== undefined && inFiles.has(endToEndId)),
  );
}

const REPORTS = [[], ['settled'], ['settled', 'settled'], ['settled', 'returned'], ['failed']] as const;

/** Rails report of what they have, late, twice, overtaken by one another, or not yet. */
export async function report(house: House, chance: Chance): Promise<void> {
  const reports = atRails(house).flatMap(({ payoutId }) => {
    const outcomes = house.setting.steady ? REPORTS[1] : chance.oneOf(REPORTS);
    return outcomes.map((outcome) => ({ programId: PROGRAM_ID, payoutId, outcome }));
  });
  await Promise.all(chance.shuffled(reports).map((one) => surviving(() => house.settle(one))));
}
