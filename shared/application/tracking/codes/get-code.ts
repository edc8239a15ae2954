import { forEachConcurrently } from '#shared/application/payouts/concurrency';
import type { Page } from '#shared/application/ports';
import type { SeatStore } from '#shared/application/referrals/redemptions/redemption-ports';
import type {
  CodeCatalogue,
  CodeChange,
  RedemptionCounts,
  StoredCode,
} from '#shared/application/tracking/codes/code-ports';
import { requireCode } from '#shared/application/tracking/codes/require-code';
import type { ListQuery } from '#shared/application/tracking/ports';
import { canonicalCode } from '#shared/domain/tracking/code';
import { seatsTaken } from '#shared/domain/tracking/seats';

/** Older ones stay stored. */
const MAX_CHANGES = 100;
const CODES_AT_ONCE = 16;

/** How a code was redeemed so far. */
export type CodeUse = {
  readonly confirmed: number;
  /** Of a limited code: reserved and confirmed, at this moment. A reservation that lapsed counts until its seat is wanted. */
  readonly seats?: { readonly taken: number; readonly available: number; readonly overLimit: number } | undefined;
};
export type CodeWithUse = { readonly code: StoredCode; readonly use: CodeUse };

type UseDeps = { readonly seats: Pick<SeatStore, 'shards'>; readonly counts: RedemptionCounts };

/** A code with its redemptions and its changes. @throws Failure not_found */
export function makeGetCode(
  deps: { readonly codes: Pick<CodeCatalogue, 'find' | 'changes'> } & UseDeps,
): (query: {
  readonly programId: string;
  readonly code: string;
  readonly partnerIds?: readonly string[] | undefined;
}) => Promise<CodeWithUse & { readonly changes: readonly CodeChange[] }> {
  return async (query) => {
    const code = await requireCode(deps.codes, query);
    const [[withUse], changes] = await Promise.all([
      usesOf(deps, query.programId, [code]),
      deps.codes.changes(query.programId, canonicalCode(code.code), MAX_CHANGES),
    ]);
    return { ...(withUse as CodeWithUse), changes };
  };
}

/** A page of a programme's codes with their redemptions. */
export function makeListCodes(
  deps: { readonly codes: Pick<CodeCatalogue, 'list'> } & UseDeps,
): (programId: string, query: ListQuery) => Promise<Page<CodeWithUse>> {
  return async (programId, query) => {
    const page = await deps.codes.list(programId, query);
    return { ...page, items: await usesOf(deps, programId, page.items) };
  };
}

/** Codes with how they were redeemed, as after they were made or changed. */
export async function usesOf(
  { seats, counts }: UseDeps,
  programId: string,
  codes: readonly StoredCode[],
): Promise<readonly CodeWithUse[]> {
  const confirmed = await counts.confirmed(
    programId,
    codes.map(({ code }) => canonicalCode(code)),
  );
  const taken = new Map<string, number>();
  await forEachConcurrently(codes, CODES_AT_ONCE, async ({ code, maxRedemptions }) => {
    if (maxRedemptions === undefined) return;
    taken.set(code, seatsTaken(await seats.shards(programId, canonicalCode(code), maxRedemptions)));
  });
  return codes.map((code) => {
    const { maxRedemptions: limit } = code;
    const used = taken.get(code.code) ?? 0;
    const use = { confirmed: confirmed.get(canonicalCode(code.code)) ?? 0 };
    if (limit === undefined) return { code, use };
    return {
      code,
      use: {
        ...use,
        seats: { taken: used, available: Math.max(0, limit - used), overLimit: Math.max(0, used - limit) },
      },
    };
  });
}
