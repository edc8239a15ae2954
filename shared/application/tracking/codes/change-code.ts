import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { SeatStore } from '#shared/application/referrals/redemptions/redemption-ports';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { changedFields, fieldsOf } from '#shared/application/tracking/codes/code-content';
import type { CodeCatalogue, CodeContent, NewLimit, StoredCode } from '#shared/application/tracking/codes/code-ports';
import { checkCodeContent } from '#shared/application/tracking/codes/code-rules';
import { requireCode } from '#shared/application/tracking/codes/require-code';
import { checkDestination } from '#shared/application/tracking/links/check-destination';
import { toInstant } from '#shared/domain/time/instant';
import { canonicalCode } from '#shared/domain/tracking/code';

/** What is absent stays; null takes it away (RFC 7396). */
export type CodePatch = { readonly [K in keyof CodeContent]?: CodeContent[K] | null | undefined };

export type ChangeCodeInput = {
  readonly programId: string;
  readonly code: string;
  readonly change: CodePatch;
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
};

/**
 * Changes what a code offers, to whom, how often and until when; never whom it pays. Each change is kept with who made it, in
 * the transaction of its effect; one that changes nothing stores nothing.
 * Reservations keep the terms they were made on. A limit counts what was reserved while the code had one; lowered below
 * that, it takes nothing back and gives no seat until enough came back.
 * @throws Failure unknown_program, not_found, destination_not_allowed, invalid_request, temporarily_unavailable
 */
export function makeChangeCode(
  deps: {
    readonly codes: Pick<CodeCatalogue, 'find' | 'change'>;
    readonly seats: Pick<SeatStore, 'shards'>;
    readonly programs: ProgramReader;
    readonly clock: Clock;
  } & RetryDeps,
): (input: ChangeCodeInput) => Promise<StoredCode> {
  return async ({ programId, code: typed, change, by, onBehalfOf }) => {
    const { tracking } = await deps.programs.get(programId);
    return retryContended(deps, async () => {
      const before = await requireCode(deps.codes, { programId, code: typed });
      const wanted = patched(before, change);
      if (change.destination) wanted.destination = checkDestination(change.destination, tracking.destinationHosts);
      const changed = changedFields(before, wanted);
      if (changed.length === 0) return before;
      checkCodeContent(wanted, before.isChosen !== false);
      const sequence = (before.version ?? 0) + 1;
      const after: StoredCode = { ...wanted, version: sequence };
      const record = {
        sequence,
        at: toInstant(deps.clock()),
        by,
        ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
        before: fieldsOf(before, changed),
        after: fieldsOf(after, changed),
      };
      const seats = changed.includes('maxRedemptions') ? await newLimit(deps.seats, before, after) : undefined;
      return (await deps.codes.change(after, record, seats)) === 'changed' ? after : 'contended';
    });
  };
}

type Draft = { -readonly [K in keyof StoredCode]: StoredCode[K] };

function patched(code: StoredCode, change: CodePatch): Draft {
  const sent = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...code, ...Object.fromEntries(sent.map(([name, value]) => [name, value ?? undefined])) };
}

/** All shards that may have been taken from, or may be from now on. */
async function newLimit(
  seats: Pick<SeatStore, 'shards'>,
  before: StoredCode,
  { programId, code, maxRedemptions: limit }: StoredCode,
): Promise<NewLimit | undefined> {
  if (limit === undefined) return undefined;
  const widest = Math.max(limit, before.maxRedemptions ?? 0);
  return { limit, shards: await seats.shards(programId, canonicalCode(code), widest) };
}
