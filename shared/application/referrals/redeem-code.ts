import { Failure } from '#shared/application/failure';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { Code, CodeReader, Redemption, RedemptionStore } from '#shared/application/referrals/ports';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { type EpochMs, toInstant } from '#shared/domain/time/instant';
import { canonicalCode } from '#shared/domain/tracking/code';

/** A checkout takes minutes; a seat must not be blocked for hours. */
const RESERVED_MS = 30 * 60_000;
/** Seats given back before saying that there are none: as many as one answer may take time for. */
const MAX_LAPSED = 25;
const REDEMPTION_ID_LENGTH = 26;

export type RedeemCodeInput = { readonly programId: string; readonly code: string; readonly customerId: string };
export type RedeemCodeOutput = { readonly redemption: Redemption; readonly repeated: boolean };

/**
 * Reserves a code for a customer (design.md, Tracking).
 * 1. Find the code; unknown, another programme's, disabled and out of time answer alike.
 * 2. A reservation that holds is answered again; a confirmed one is not redeemable once more; a lapsed one gives its seat back.
 * 3. Take the reservation and, for a limited code, one seat. When there is none, give lapsed seats back and try once more.
 * @throws Failure unknown_program, code_not_redeemable, temporarily_unavailable
 */
export function makeRedeemCode(
  deps: {
    readonly redemptions: RedemptionStore;
    readonly codes: CodeReader;
    readonly programs: ProgramReader;
    readonly clock: Clock;
    readonly digest: Digest;
  } & RetryDeps,
): (input: RedeemCodeInput) => Promise<RedeemCodeOutput> {
  return async (input) => {
    await deps.programs.get(input.programId);
    const canonical = canonicalCode(input.code);
    const code = canonical === '' ? undefined : await deps.codes.find(canonical);
    if (!code || code.programId !== input.programId || !isOpen(code, deps.clock())) throw notRedeemable();
    const redemptionId = idOf(input, canonical, deps.digest);
    let hasSwept = false;
    return retryContended(deps, async () => {
      const now = deps.clock();
      const known = await deps.redemptions.find(input.programId, redemptionId);
      if (known?.status === 'confirmed') throw notRedeemable();
      if (known?.status === 'reserved') {
        if (known.reservedUntil > toInstant(now)) return { redemption: known, repeated: true };
        if (known.limited) await deps.redemptions.release(known);
      }
      const redemption: Redemption = {
        redemptionId,
        programId: input.programId,
        code: canonical,
        customerId: input.customerId,
        partnerId: code.partnerId,
        status: 'reserved',
        reservedUntil: toInstant(now + RESERVED_MS),
        limited: code.maxRedemptions !== undefined,
      };
      const outcome = await deps.redemptions.reserve(redemption, code.maxRedemptions, toInstant(now));
      if (outcome === 'reserved') return { redemption, repeated: false };
      if (outcome === 'exhausted') {
        if (hasSwept || (await giveLapsedBack(deps.redemptions, code, canonical, now)) === 0) throw notRedeemable();
        hasSwept = true;
      }
      return 'contended';
    });
  };
}

function isOpen(code: Code, now: EpochMs): boolean {
  const at = toInstant(now);
  return (
    !code.disabled &&
    (code.validFrom === undefined || at >= code.validFrom) &&
    (code.validUntil === undefined || at < code.validUntil)
  );
}

async function giveLapsedBack(
  redemptions: RedemptionStore,
  code: Code,
  canonical: string,
  now: EpochMs,
): Promise<number> {
  const lapsed = await redemptions.lapsed(code.programId, canonical, toInstant(now), MAX_LAPSED);
  let given = 0;
  for (const redemption of lapsed) if ((await redemptions.release(redemption)) === 'done') given += 1;
  return given;
}

/** The same customer and code always meet in the same item: once a customer, and safe to repeat. */
function idOf(input: RedeemCodeInput, canonical: string, digest: Digest): string {
  return digest(JSON.stringify([input.programId, canonical, input.customerId])).slice(0, REDEMPTION_ID_LENGTH);
}

function notRedeemable(): Failure {
  return new Failure('code_not_redeemable', 'Check the code with the customer, or go on without it.', {
    errors: [{ pointer: '/code', rule: 'cannot be redeemed' }],
  });
}
