import { componentsToText } from '#shared/application/payouts/plans/plan-text';
import type { Digest } from '#shared/application/ports';
import { canonicalJson, type Plain } from '#shared/domain/audit/canonical-json';
import type { Exclusivity } from '#shared/domain/partner/agreement';
import type { Component } from '#shared/domain/plan/plan';
import type { RecordedAgreement, VersionTerms } from './agreement-ports.ts';

/** What a version consists of beside its own fields. */
export type VersionContent = {
  readonly text?: string | undefined;
  readonly components?: readonly Component[] | undefined;
};

/**
 * SHA-256 of everything that is agreed, as whoever reads the proposal has it: the canonical JSON of the fields below under the names
 * of the API, absent ones left out. The text's own hash says nothing of components and dates.
 */
export function termsHashOf(asked: RecordedAgreement, { text, components }: VersionContent, digest: Digest): string {
  const { from: startsAt, endsAt, planVersion, termMonths, renewal, noticeDays, afterEnd, exclusivity } = asked;
  const dates = { startsAt, endsAt, termMonths, renewal, noticeDays };
  const named = exclusivity && namedExclusivity(exclusivity);
  const terms = { ...dates, planVersion, components: components as Plain, afterEnd, exclusivity: named, text };
  return digest(canonicalJson(terms));
}

function namedExclusivity({ kind, values, until }: Exclusivity): Plain {
  return kind === 'category' ? { kind, categories: values, until } : { kind, countries: values, until };
}

/** SHA-256 of components as they are stored, byte for byte. */
export function componentsHashOf(components: readonly Component[], digest: Digest): string {
  return digest(componentsToText(components));
}

/** A version as it counts, for its record: what closes pay by must be what the record says. */
export function versionTermsOf(
  version: RecordedAgreement,
  components: readonly Component[] | undefined,
  digest: Digest,
): VersionTerms {
  const { from, endsAt, planVersion, sequence, termMonths, renewal, noticeDays, afterEnd, exclusivity, textHash } =
    version;
  const terms = {
    from,
    endsAt,
    planVersion,
    sequence,
    termMonths,
    renewal,
    noticeDays,
    afterEnd,
    exclusivity,
    textHash,
  };
  const componentsHash = components && componentsHashOf(components, digest);
  const named = Object.entries({ ...terms, componentsHash }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named) as VersionTerms;
}
