import { Failure } from '#shared/application/failure';
import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { parseRunId, parseStatementId } from '#shared/domain/ledger/money-ids';
import type { Payout, PayoutStatus } from '#shared/domain/ledger/payout';
import { OVER_STATUSES } from '#shared/domain/run/payout-run';

/** Index pages one answer may read: a filter that matches little answers a short page with a cursor. */
const MAX_READS = 40;

export type ListPayouts = (input: {
  readonly programId: string;
  readonly runId?: string | undefined;
  readonly partnerId?: string | undefined;
  readonly status?: PayoutStatus | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<ListedPayout>>;

/** `waitsFor`: its own run is over without it, so that the next run which is approved pays it, once there is a payee. */
export type ListedPayout = Payout & { readonly waitsFor?: 'next_approved_run' | undefined };

/** Where the next page starts: in this run after this payout. `runs` leads to the runs after it, if any are wanted. */
type Position = { readonly runId: string; readonly after?: string | undefined; readonly runs?: string | undefined };

/**
 * Payouts of one run, or of all runs from the newest; a page may be shorter than `limit` and still have a next one.
 * @throws Failure unknown_program; invalid_request for a cursor that this list did not give
 */
export function makeListPayouts(deps: {
  payouts: Pick<Payouts, 'ofRun'>;
  runs: Pick<PayoutRuns, 'list' | 'get'>;
  programs: Pick<ProgramReader, 'get'>;
}): ListPayouts {
  return async ({ programId, runId, partnerId, status, cursor, limit }) => {
    await deps.programs.get(programId);
    const items: Payout[] = [];
    let position = cursor === undefined ? undefined : decode(cursor, { runId, partnerId });
    if (!position) position = runId === undefined ? await nextRun(deps.runs, programId, undefined) : { runId };
    for (let reads = 0; position && reads < MAX_READS && items.length < limit; reads += 1) {
      const page: Page<Payout> = await deps.payouts.ofRun(programId, position.runId, {
        partnerId,
        after: position.after,
        limit: limit - items.length,
      });
      items.push(...page.items.filter((payout) => status === undefined || payout.status === status));
      if (page.nextCursor !== undefined) position = { ...position, after: page.nextCursor };
      else position = position.runs === undefined ? undefined : await nextRun(deps.runs, programId, position.runs);
    }
    return {
      items: await withWaits(deps.runs, programId, items),
      ...(position ? { nextCursor: encode(position) } : {}),
    };
  };
}

async function withWaits(
  runs: Pick<PayoutRuns, 'get'>,
  programId: string,
  payouts: readonly Payout[],
): Promise<readonly ListedPayout[]> {
  const over = new Set<string>();
  for (const runId of new Set(payouts.filter(({ status }) => status === 'created').map((payout) => payout.runId))) {
    const run = await runs.get(programId, runId);
    if (run && OVER_STATUSES.includes(run.status)) over.add(runId);
  }
  return payouts.map((payout) =>
    payout.status === 'created' && over.has(payout.runId) ? { ...payout, waitsFor: 'next_approved_run' } : payout,
  );
}

async function nextRun(
  runs: Pick<PayoutRuns, 'list'>,
  programId: string,
  after: string | undefined,
): Promise<Position | undefined> {
  const page = await runs.list(programId, { cursor: after, limit: 1 });
  const run = page.items[0];
  return run && { runId: run.runId, ...(page.nextCursor === undefined ? {} : { runs: page.nextCursor }) };
}

function encode(position: Position): string {
  return Buffer.from(JSON.stringify([position.runId, position.after ?? null, position.runs ?? null])).toString(
    'base64url',
  );
}

type Asked = { readonly runId: string | undefined; readonly partnerId: string | undefined };

function decode(cursor: string, asked: Asked): Position {
  try {
    const [runId, after, runs] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    const isOwn =
      typeof runId === 'string' &&
      isTextOrNull(after) &&
      isTextOrNull(runs) &&
      isOfRun(runId, after, asked) &&
      (asked.runId === undefined || runs === null);
    if (isOwn) return { runId, after: after ?? undefined, runs: runs ?? undefined };
  } catch {
    // Answered below, as any other text that is no cursor.
  }
  throw new Failure('invalid_request', 'Use a cursor exactly as the list gave it.', {
    errors: [{ pointer: 'query:cursor', rule: 'is not a cursor of this list' }],
  });
}

/** A key from outside the run or the partner that is read would be refused by the table. */
function isOfRun(runId: string, after: string | null, asked: Asked): boolean {
  if (!parseRunId(runId) || (asked.runId !== undefined && asked.runId !== runId)) return false;
  if (after === null) return true;
  const statement = after.startsWith('po~') ? parseStatementId(after.slice('po~'.length)) : undefined;
  return statement?.runId === runId && (asked.partnerId === undefined || statement.partnerId === asked.partnerId);
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}
