import { Failure } from '#shared/application/failure';
import type { Clock, Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { ConversionPages, ListedConversion } from '#shared/application/referrals/ports';
import { periodOfConversion } from '#shared/domain/facts/facts';
import { type Period, toInstant } from '#shared/domain/time/instant';

export type ListConversionsInput = {
  readonly programId: string;
  /** Absent: the month that a sale made now would count in. */
  readonly period?: Period | undefined;
  readonly partnerId?: string | undefined;
  /** Those that nobody could claim. */
  readonly unattributed?: boolean | undefined;
  /** Whose sales alone the caller may see; `undefined` for staff and keys. */
  readonly onlyPartners?: readonly string[] | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

export type ListConversions = (
  input: ListConversionsInput,
) => Promise<Page<ListedConversion> & { readonly period: Period }>;

/**
 * One page of the sales that count in a month, of one partner or of nobody: facts lie by partner and month, so that one of
 * the two must be named (design.md, Data and its owners).
 * 1. whose sales the caller asks for and may see; 2. the month; 3. the page.
 * @throws Failure unknown_program; invalid_request (neither partner nor unattributed, both, a cursor that was not given);
 * forbidden for a partner that asks for unattributed sales; not_found for one that asks for another's
 */
export function makeListConversions(deps: {
  readonly sales: ConversionPages;
  readonly programs: ProgramReader;
  readonly clock: Clock;
}): ListConversions {
  return async (input) => {
    const { programId, cursor, limit } = input;
    const partnerId = whose(input);
    const { timeZone, holdDays, closedThrough } = await deps.programs.get(programId);
    const now = toInstant(deps.clock());
    const period = input.period ?? periodOfConversion(now, holdDays, closedThrough, deps.programs.zone(timeZone));
    return { period, ...(await deps.sales.ofMonth({ programId, partnerId, period }, { cursor, limit })) };
  };
}

/** `undefined`: those of nobody. */
function whose({ partnerId, unattributed = false, onlyPartners }: ListConversionsInput): string | undefined {
  if (onlyPartners) return ownOf(onlyPartners, partnerId, unattributed);
  if ((partnerId !== undefined) === unattributed) {
    throw new Failure('invalid_request', 'Name a partner, or ask for the sales that nobody could claim.', {
      errors: [{ pointer: 'query:partnerId', rule: 'must be given, or unattributed=true instead, but not both' }],
    });
  }
  return partnerId;
}

function ownOf(own: readonly string[], asked: string | undefined, unattributed: boolean): string {
  if (unattributed) {
    throw new Failure('forbidden', 'A partner lists its own sales. File a dispute for an order that it misses.', {
      errors: [{ pointer: 'query:unattributed', rule: 'is for staff and keys' }],
    });
  }
  const partnerId = asked ?? own[0];
  if (partnerId !== undefined && own.includes(partnerId)) return partnerId;
  throw new Failure('not_found', 'There is no such partner.', {
    errors: [{ pointer: 'query:partnerId', rule: 'is not a partner that you may see' }],
  });
}
