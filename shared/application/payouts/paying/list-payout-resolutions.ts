import { Failure } from '#shared/application/failure';
import type { PayoutResolutions, Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { parseRunId, runIdOf } from '#shared/domain/ledger/money-ids';
import type { Payout } from '#shared/domain/ledger/payout';
import type { PayoutResolution, ResolutionStatus } from '#shared/domain/ledger/payout-resolution';

/** Runs that one answer may look into, each a query that mostly finds nothing: five years of months. */
const MAX_RUNS = 60;
const A_PAGE = 60;

export type ListedResolution = PayoutResolution &
  Pick<Payout, 'currency' | 'amountMinor'> & {
    readonly payoutStatus: Payout['status'];
  };

export type ListPayoutResolutions = (input: {
  readonly programId: string;
  readonly status?: ResolutionStatus | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<ListedResolution>>;

/**
 * What people say became of payouts, those of the newest run first. A run is listed whole, so that a page may be longer than
 * `limit`: people rarely say it of more than a few.
 * @throws Failure unknown_program; invalid_request for a cursor that this list did not give
 */
export function makeListPayoutResolutions(deps: {
  readonly resolutions: Pick<PayoutResolutions, 'ofRun'>;
  readonly payouts: Pick<Payouts, 'getMany'>;
  readonly runs: Pick<PayoutRuns, 'list'>;
  readonly programs: Pick<ProgramReader, 'get'>;
}): ListPayoutResolutions {
  return async ({ programId, status, cursor, limit }) => {
    await deps.programs.get(programId);
    const after = cursor === undefined ? undefined : runOf(cursor);
    const found: PayoutResolution[] = [];
    let looked = 0;
    let last: string | undefined;
    for await (const runId of runsBehind(deps.runs, programId, after)) {
      if (looked === MAX_RUNS || found.length >= limit) {
        return { items: await withPayouts(deps.payouts, programId, found), nextCursor: encode(last ?? runId) };
      }
      for await (const resolution of deps.resolutions.ofRun(programId, runId)) {
        if ((status ?? resolution.status) === resolution.status) found.push(resolution);
      }
      looked += 1;
      last = runId;
    }
    return { items: await withPayouts(deps.payouts, programId, found) };
  };
}

/** Runs newest first, those behind one of them. */
async function* runsBehind(
  runs: Pick<PayoutRuns, 'list'>,
  programId: string,
  after: string | undefined,
): AsyncGenerator<string> {
  let isBehind = after === undefined;
  let cursor: string | undefined;
  do {
    const page = await runs.list(programId, { cursor, limit: A_PAGE });
    for (const { runId } of page.items) {
      if (isBehind) yield runId;
      if (runId === after) isBehind = true;
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

async function withPayouts(
  payouts: Pick<Payouts, 'getMany'>,
  programId: string,
  resolutions: readonly PayoutResolution[],
): Promise<readonly ListedResolution[]> {
  const ids = [...new Set(resolutions.map(({ payoutId }) => payoutId))];
  const byId = new Map((await payouts.getMany(programId, ids)).map((payout) => [payout.payoutId, payout]));
  return resolutions.flatMap((resolution) => {
    const payout = byId.get(resolution.payoutId);
    if (!payout) return [];
    const { currency, amountMinor, status: payoutStatus } = payout;
    return [{ ...resolution, currency, amountMinor, payoutStatus }];
  });
}

function encode(runId: string): string {
  return Buffer.from(runId).toString('base64url');
}

function runOf(cursor: string): string {
  const runId = Buffer.from(cursor, 'base64url').toString('utf8');
  const parts = parseRunId(runId);
  if (parts && encode(runIdOf(parts.period, parts.attempt)) === cursor) return runId;
  throw new Failure('invalid_request', 'Send the nextCursor of the page before, or none for the first page.', {
    errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned' }],
  });
}
