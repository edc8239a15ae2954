import { payoutIdOf } from '#shared/domain/ledger/money-ids';
import { forEachConcurrently } from '../concurrency.ts';
import type { DifferenceSubject, Differences } from './verify-differences.ts';

/** A key by which an item is found in an index, otherwise than its content leads to. */
export type PlaceFault = { readonly field: string; readonly stored: unknown; readonly expected: unknown };

export type Misplaced = { readonly id: string; readonly faults: readonly PlaceFault[] };

/** Where the items are found that a proof reads by primary key; nothing for an item that is not there. */
export type IndexPlaces = {
  ofStatement(programId: string, statementId: string): Promise<readonly PlaceFault[]>;
  ofPayout(programId: string, payoutId: string): Promise<readonly PlaceFault[]>;
  /** A partner's entries that are found elsewhere than they must. */
  ofEntries(programId: string, partnerId: string): AsyncIterable<Misplaced>;
};

const READS_AT_ONCE = 16;

export function nameFaults(
  differences: Pick<Differences, 'of'>,
  subject: DifferenceSubject,
  { id, faults }: Misplaced,
): void {
  const compare = differences.of(subject, id);
  for (const { field, stored, expected } of faults) compare(field, stored, expected);
}

/**
 * Compares the index keys of statements, their payouts and their partners' entries with those that their content leads to: what is
 * taken out of an index is still found by its key, and no list, close or export sees it any more.
 */
export async function verifyPlaces(
  places: IndexPlaces,
  given: {
    readonly programId: string;
    readonly statementIds: readonly string[];
    readonly partnerIds: readonly string[];
  },
  differences: Pick<Differences, 'of'>,
): Promise<void> {
  const { programId, statementIds, partnerIds } = given;
  await forEachConcurrently(statementIds, READS_AT_ONCE, async (id) => {
    const payoutId = payoutIdOf(id);
    nameFaults(differences, 'statement', { id, faults: await places.ofStatement(programId, id) });
    nameFaults(differences, 'payout', { id: payoutId, faults: await places.ofPayout(programId, payoutId) });
  });
  await forEachConcurrently(partnerIds, READS_AT_ONCE, async (partnerId) => {
    for await (const entry of places.ofEntries(programId, partnerId)) nameFaults(differences, 'entry', entry);
  });
}
