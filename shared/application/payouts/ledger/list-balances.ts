import { Failure } from '#shared/application/failure';
import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { Clock, Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { compareText, type Instant, toInstant } from '#shared/domain/time/instant';
import { forEachConcurrently } from '../concurrency.ts';
import { instantAsked } from './as-of.ts';
import type { GetBalance } from './get-balance.ts';

/** Each is a few reads. */
const PARTNERS_AT_ONCE = 8;

type Balances = Awaited<ReturnType<GetBalance>>;

export type ListBalances = (input: {
  readonly programId: string;
  /** Inclusive; default: now. */
  readonly asOf?: Instant | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<Balances>>;

/**
 * What each partner is owed, page by page in the order of their ids; each as `get-balance` answers it.
 * @throws Failure unknown_program; invalid_request for an instant to come or a cursor that this list did not give; amount_out_of_range
 */
export function makeListBalances(deps: {
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly partners: Pick<PartnerTermsReader, 'listIds'>;
  readonly balance: GetBalance;
  readonly clock: Clock;
}): ListBalances {
  return async ({ programId, asOf, cursor, limit }) => {
    await deps.programs.get(programId);
    instantAsked(asOf, toInstant(deps.clock()));
    const after = cursor === undefined ? undefined : partnerOf(cursor);
    const ids = await deps.partners.listIds(programId, { after, limit });
    const items: Balances[] = [];
    await forEachConcurrently(ids, PARTNERS_AT_ONCE, async (partnerId) => {
      items.push(await deps.balance({ programId, partnerId, asOf }));
    });
    items.sort((a, b) => compareText(a.partnerId, b.partnerId));
    const last = ids.at(-1);
    return ids.length < limit || last === undefined ? { items } : { items, nextCursor: encode(last) };
  };
}

function encode(partnerId: string): string {
  return Buffer.from(partnerId).toString('base64url');
}

function partnerOf(cursor: string): string {
  const partnerId = Buffer.from(cursor, 'base64url').toString('utf8');
  if (/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/.test(partnerId) && encode(partnerId) === cursor) return partnerId;
  throw new Failure('invalid_request', 'Send the nextCursor of the page before, or none for the first page.', {
    errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned' }],
  });
}
