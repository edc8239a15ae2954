import { Failure } from '#shared/application/failure';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { keptCustomerId } from '#shared/application/referrals/customers/customer-id';
import type { TouchStore } from '#shared/application/referrals/customers/customer-ports';
import { collectTouches, type TouchSources } from '#shared/application/referrals/sales/collect-touches';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { type EpochMs, type Instant, toEpochMs, toInstant } from '#shared/domain/time/instant';
import { type Touch, windowMs } from '#shared/domain/tracking/attribution';
import { rememberTouches } from '#shared/domain/tracking/remembered-touches';

export type RememberTouchesInput = {
  readonly programId: string;
  readonly customerId: string;
  readonly clickToken?: string | undefined;
  readonly clickTokens?: readonly string[] | undefined;
  readonly code?: string | undefined;
  /** When the code was entered; a click says itself when it was. Default: now. */
  readonly at?: Instant | undefined;
};

export type RememberTouchesOutput = {
  /** As it is kept: never an e-mail address. */
  readonly customerId: string;
  /** What was sent; `rejected` says why one is not kept. */
  readonly touches: readonly Touch[];
  readonly keptUntil?: Instant | undefined;
};

export type RememberTouches = (input: RememberTouchesInput) => Promise<RememberTouchesOutput>;

/** Clocks differ: as much as a click may be after its sale. */
const CLOCK_SKEW_MS = 5 * 60_000;
/** Longer than a sale's clock may differ; from then on the window refuses them anyway. */
const KEPT_AFTER_MS = 86_400_000;

/**
 * Keeps clicks and codes of a customer who may buy later, such as at sign-up: they are weighed at each sale of the
 * customer within the attribution window, as if the sale had carried them. Safe to repeat: a click is kept once.
 * A code is judged by when it was entered. What cannot count is answered with its reason and not kept; it loses nothing.
 * @throws Failure unknown_program, temporarily_unavailable; invalid_request for an `at` to come
 */
export function makeRememberTouches(
  deps: {
    readonly touches: TouchStore;
    readonly programs: Pick<ProgramReader, 'get'>;
    readonly clock: Clock;
    readonly digest: Digest;
  } & TouchSources &
    RetryDeps,
): RememberTouches {
  return async (input) => {
    const { attribution: rules } = await deps.programs.get(input.programId);
    const customerId = keptCustomerId(deps.digest, input.customerId);
    const of = { programId: input.programId, customerId };
    const now = deps.clock();
    const at = input.at ?? toInstant(now);
    if (toEpochMs(at) > now + CLOCK_SKEW_MS) throw toCome();
    const sent = await collectTouches(deps, {
      programId: input.programId,
      occurredAt: at,
      clickToken: input.clickToken,
      clickTokens: input.clickTokens,
      code: input.code,
    });
    const touches = sent.map((touch) => inWindow(touch, now, windowMs(rules)));
    const counted = touches.filter(({ rejected }) => rejected === undefined);
    if (counted.length === 0) return { customerId, touches };
    return retryContended(deps, async () => {
      const known = await deps.touches.read(of);
      const kept = rememberTouches(known.touches, counted, now, rules);
      const newest = kept.reduce((latest, touch) => Math.max(latest, touch.at ?? now), 0);
      const keptUntil = toInstant(newest + windowMs(rules) + KEPT_AFTER_MS);
      const saved = await deps.touches.save(of, { touches: kept, revision: known.revision + 1 }, keptUntil);
      return saved === 'contended' ? saved : { customerId, touches, keptUntil };
    });
  };
}

function inWindow(touch: Touch, now: EpochMs, window: number): Touch {
  const isOver = touch.rejected === undefined && now - (touch.at ?? now) > window;
  return isOver ? { ...touch, rejected: 'outside_window' } : touch;
}

function toCome(): Failure {
  return new Failure('invalid_request', 'Send when the customer entered the code, or leave it out for now.', {
    errors: [{ pointer: '/at', rule: 'must not be in the future' }],
  });
}
