import { Failure } from '#shared/application/failure';
import type { Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { PayoutHold, PayoutHolds } from './payout-hold-ports.ts';

export type ListPayoutHolds = (input: {
  readonly programId: string;
  readonly partnerId?: string | undefined;
  readonly state?: 'in_force' | 'released' | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<PayoutHold>>;

/**
 * Holds by partner, then id.
 * @throws Failure unknown_program; invalid_request for a cursor that this list did not give
 */
export function makeListPayoutHolds(deps: {
  programs: Pick<ProgramReader, 'get'>;
  holds: Pick<PayoutHolds, 'all'>;
}): ListPayoutHolds {
  return async ({ programId, partnerId, state, cursor, limit }) => {
    await deps.programs.get(programId);
    const after = cursor === undefined ? undefined : decode(cursor, partnerId);
    const items: PayoutHold[] = [];
    for await (const hold of deps.holds.all(programId, { partnerId, after })) {
      if (state !== undefined && (state === 'released') !== (hold.release !== undefined)) continue;
      if (items.length === limit) return { items, nextCursor: encode(items.at(-1) as PayoutHold) };
      items.push(hold);
    }
    return { items };
  };
}

function encode({ partnerId, holdId }: Pick<PayoutHold, 'partnerId' | 'holdId'>): string {
  return Buffer.from(`${partnerId}~${holdId}`).toString('base64url');
}

function decode(cursor: string, asked: string | undefined): Pick<PayoutHold, 'partnerId' | 'holdId'> {
  const [partnerId = '', holdId = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split('~');
  const isOwn = encode({ partnerId, holdId }) === cursor && partnerId !== '' && holdId !== '';
  if (isOwn && (asked === undefined || asked === partnerId)) return { partnerId, holdId };
  throw new Failure('invalid_request', 'Send the nextCursor of the page before, or none for the first page.', {
    errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned' }],
  });
}
