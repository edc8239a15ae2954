import { compareText, type Instant } from '../time/instant.ts';
import type { TimeZone } from '../time/time-zone.ts';
import type { AgreementVersion, Exclusivity, ProposedVersion } from './agreement.ts';
import { fixedEnd } from './agreement-term.ts';
import { scheduleOf } from './terms.ts';

/** What one version of one partner holds alone, and when: `from` inclusive, `until` exclusive. */
export type Holding = {
  readonly partnerId: string;
  readonly agreementId: string;
  readonly kind: Exclusivity['kind'];
  readonly values: readonly string[];
  readonly from: Instant;
  readonly until?: Instant | undefined;
};

function earliest(...instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants.filter((instant) => instant !== undefined).toSorted(compareText)[0];
}

function holdingOf(
  partnerId: string,
  { agreementId, from, exclusivity }: AgreementVersion,
  end: Instant | undefined,
): readonly Holding[] {
  if (exclusivity === undefined) return [];
  const until = earliest(end, exclusivity.until);
  if (until !== undefined && until <= from) return [];
  const { kind, values } = exclusivity;
  return [{ partnerId, agreementId, kind, values, from, ...(until === undefined ? {} : { until }) }];
}

/**
 * What a partner holds by its versions: each while it is in force, so that an exclusivity ends with its version, with the
 * next one that does not repeat it, and at its own `until`. An open proposal holds its place too: accepting it must not fail
 * because somebody else was promised the same meanwhile.
 */
export function holdingsOf(
  partnerId: string,
  versions: readonly AgreementVersion[],
  proposals: readonly ProposedVersion[],
  zone: TimeZone,
): readonly Holding[] {
  const schedule = scheduleOf(versions);
  const held = schedule.flatMap((version, index) =>
    holdingOf(partnerId, version, earliest(version.endsAt, schedule[index + 1]?.from)),
  );
  const offered = proposals
    .filter(({ withdrawnAt }) => withdrawnAt === undefined)
    .flatMap((proposal) => holdingOf(partnerId, proposal, proposal.endsAt ?? fixedEnd(proposal.from, proposal, zone)));
  return [...held, ...offered];
}

/** The same kind, a value in common and an instant in common. */
function overlap(a: Holding, b: Holding): boolean {
  const atTheSameTime = (a.until === undefined || b.from < a.until) && (b.until === undefined || a.from < b.until);
  return a.kind === b.kind && atTheSameTime && a.values.some((value) => b.values.includes(value));
}

/** The first of the others' holdings that overlaps one of a partner's own. */
export function conflictWith(own: readonly Holding[], others: readonly Holding[]): Holding | undefined {
  return others.find((other) => own.some((mine) => mine.partnerId !== other.partnerId && overlap(mine, other)));
}

/** Without those that ended by an instant before which nothing can start any more. */
export function stillRelevant(holdings: readonly Holding[], since: Instant): readonly Holding[] {
  return holdings.filter(({ until }) => until === undefined || until > since);
}

/** The same holdings in the same order have the same text: whether there is anything to write. */
export function holdingsText(holdings: readonly Holding[]): string {
  return JSON.stringify(
    holdings.map(({ partnerId, agreementId, kind, values, from, until }) => [
      partnerId,
      agreementId,
      kind,
      values,
      from,
      until ?? null,
    ]),
  );
}
