import { Failure } from '#shared/application/failure';
import type {
  AgreementProposal,
  AgreementWrites,
  RecordedAgreement,
} from '#shared/application/partners/agreement-ports';
import { termsHashOf, versionTermsOf } from '#shared/application/partners/agreement-record';
import type { AgreementChange, Books } from '#shared/application/partners/change-agreements';
import { MAX_TERMS, nextSequence } from '#shared/application/partners/change-standing';
import type { PlanReader, Standing } from '#shared/application/partners/ports';
import { componentsToText } from '#shared/application/payouts/plans/plan-text';
import type { Digest } from '#shared/application/ports';
import type { Program } from '#shared/application/programs';
import type { Currency } from '#shared/domain/money/money';
import {
  customPlanVersion,
  type Duration,
  type Exclusivity,
  isCustomPlanVersion,
} from '#shared/domain/partner/agreement';
import { fixedEnd } from '#shared/domain/partner/agreement-term';
import { effectiveInstant } from '#shared/domain/partner/terms';
import type { Component } from '#shared/domain/plan/plan';
import { type ProposedComponent, validatePlan } from '#shared/domain/plan/plan-rules';
import type { Instant } from '#shared/domain/time/instant';

/** Each close of a partner reads every one of them by itself. */
export const MAX_CUSTOM_VERSIONS = 50;
/** An item of its own of at most 400 kB; a close keeps all of a partner's in memory. */
export const MAX_COMPONENTS_BYTES = 100_000;
/** Terms are one item of 400 kB that every close reads; the rest of it is for tiers, and for what happens to versions later. */
export const MAX_STANDING_BYTES = 250_000;

export type AgreementTerms = Omit<Duration, 'renewedMonths'> & {
  readonly startsAt: Instant;
  readonly endsAt?: Instant | undefined;
  /** A published plan, or the partner's own components: exactly one of them. */
  readonly planVersion?: number | undefined;
  readonly components?: readonly ProposedComponent[] | undefined;
  /** What the end means for customers who bought before it; absent: `stop`. */
  readonly afterEnd?: 'stop' | 'honour_until_window_ends' | undefined;
  readonly text?: string | undefined;
  /** Absent: only with a text. */
  readonly requiresAcceptance?: boolean | undefined;
  readonly exclusivity?: Exclusivity | undefined;
};

/**
 * Holds the terms against the programme's plans and the rules of plans.
 * @throws Failure unknown_plan_version, plan_invalid, invalid_request
 */
export async function requireTerms(
  plans: PlanReader,
  { programId, currency }: Pick<Program, 'programId' | 'currency'>,
  terms: AgreementTerms,
): Promise<void> {
  const { planVersion, components } = terms;
  if ((planVersion === undefined) === (components === undefined)) {
    throw new Failure('invalid_request', 'Send a planVersion, or components of its own: exactly one of the two.', {
      errors: [{ pointer: '/planVersion', rule: 'or components must be given, not both' }],
    });
  }
  if (components) return requireComponents(components, currency);
  if (planVersion !== undefined && !isCustomPlanVersion(planVersion) && (await plans.get(programId, planVersion)))
    return;
  throw new Failure('unknown_plan_version', `Publish plan version ${planVersion} first, or name one that exists.`, {
    errors: [{ pointer: '/planVersion', rule: 'must be a published plan version of the programme' }],
  });
}

function requireComponents(components: readonly ProposedComponent[], programCurrency: Currency): void {
  const errors = validatePlan({ version: 1, components }, programCurrency);
  if (errors.length > 0) {
    const named = errors.map(({ pointer, rule }) => `${pointer} ${rule}`).join('; ');
    throw new Failure('plan_invalid', `Correct the components and send them again: ${named}.`, { errors });
  }
  const bytes = bytesOf(componentsToText(components as readonly Component[]));
  if (bytes <= MAX_COMPONENTS_BYTES) return;
  throw new Failure('invalid_request', `Send fewer or smaller components: at most ${MAX_COMPONENTS_BYTES} bytes.`, {
    errors: [{ pointer: '/components', rule: `must have at most ${MAX_COMPONENTS_BYTES} bytes as text, has ${bytes}` }],
  });
}

/**
 * Adds a version to a partner's terms. One that requires acceptance waits as a proposal; any other counts at once, its
 * start and end shifted out of closed periods (design.md, Commission semantics 4).
 * @throws Failure invalid_request when the partner's terms are full
 */
export function addVersion(
  before: Standing,
  terms: AgreementTerms,
  at: { readonly agreementId: string; readonly by: string; readonly now: Instant; readonly books: Books },
  digest: Digest,
): AgreementChange {
  const { agreementId, by, now, books } = at;
  const proposals = before.proposals ?? [];
  const sequence = nextSequence([...before.agreements, ...proposals]);
  const { components, text } = terms;
  const asked: AgreementProposal = {
    ...durationOf(terms),
    agreementId,
    from: terms.startsAt,
    endsAt: terms.endsAt,
    planVersion: terms.planVersion ?? customPlanVersion(sequence),
    sequence,
    recordedAt: now,
    recordedBy: by,
    ...(terms.afterEnd === undefined ? {} : { afterEnd: terms.afterEnd }),
    ...(text === undefined ? {} : { textHash: digest(text) }),
    ...(terms.exclusivity === undefined ? {} : { exclusivity: terms.exclusivity }),
  };
  const own = components as readonly Component[] | undefined;
  const termsHash = termsHashOf(asked, { text, components: own }, digest);
  const version = { ...asked, termsHash };
  const isProposal = terms.requiresAcceptance ?? text !== undefined;
  const counts = isProposal ? undefined : takeEffect(version, books);
  const standing = counts
    ? { ...before, agreements: [...before.agreements, counts] }
    : { ...before, proposals: [...proposals, version] };
  requireRoomForVersion(standing);
  const writes: AgreementWrites = {
    components: own && { planVersion: version.planVersion, components: own },
    record: counts && {
      kind: 'recorded',
      agreementId,
      at: now,
      by,
      termsHash,
      version: versionTermsOf(counts, own, digest),
    },
    text: text === undefined ? undefined : { agreementId, text },
  };
  return { standing, writes };
}

function durationOf({ termMonths, renewal, noticeDays }: AgreementTerms): Duration {
  return {
    ...(termMonths === undefined ? {} : { termMonths, renewal: renewal ?? 'none' }),
    ...(noticeDays === undefined ? {} : { noticeDays }),
  };
}

/** A version as it counts: its instants shifted out of closed periods, its term counted from the shifted start. */
export function takeEffect(version: AgreementProposal, { closedThrough, zone }: Books): RecordedAgreement {
  const { withdrawnAt: _, ...counts } = version;
  const from = effectiveInstant(version.from, closedThrough, zone);
  const endsAt = version.endsAt ? effectiveInstant(version.endsAt, closedThrough, zone) : fixedEnd(from, version, zone);
  // Whoever reads it later sees that it was asked for earlier than it could begin.
  const asked = from === version.from ? {} : { askedFrom: version.from };
  return { ...counts, ...asked, from, endsAt };
}

function requireRoomForVersion(standing: Standing): void {
  const versions = [...standing.agreements, ...(standing.proposals ?? [])];
  const custom = versions.filter(({ planVersion }) => isCustomPlanVersion(planVersion)).length;
  // JSON is never shorter than what the store counts for the same item.
  const bytes = bytesOf(JSON.stringify(standing));
  const isFull = versions.length > MAX_TERMS || bytes > MAX_STANDING_BYTES;
  if (custom <= MAX_CUSTOM_VERSIONS && !isFull) return;
  const rule = isFull
    ? `must be one of at most ${MAX_TERMS} versions, with at most ${MAX_STANDING_BYTES} bytes of terms in all`
    : `must be one of at most ${MAX_CUSTOM_VERSIONS} versions with components of their own`;
  throw new Failure(
    'invalid_request',
    "This partner's terms are full. Publish a plan for it, or enrol a new partner id.",
    {
      errors: [{ pointer: isFull ? '' : '/components', rule }],
    },
  );
}

/** As the store counts a text: in UTF-8. */
function bytesOf(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
