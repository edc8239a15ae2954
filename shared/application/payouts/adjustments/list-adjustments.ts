import { Failure } from '#shared/application/failure';
import type {
  Adjustment,
  AdjustmentList,
  AdjustmentPlace,
  AdjustmentStore,
} from '#shared/application/payouts/adjustments/adjustment-ports';
import type { Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { AdjustmentStatus } from '#shared/domain/ledger/adjustment';
import { nextPeriod } from '#shared/domain/time/calendar';
import type { Period } from '#shared/domain/time/instant';

/** Index pages one answer may read: a filter that matches little answers a short page with a cursor. */
const MAX_READS = 20;

export type ListAdjustments = (input: {
  readonly programId: string;
  readonly period?: Period | undefined;
  readonly partnerId?: string | undefined;
  readonly status?: AdjustmentStatus | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<Adjustment>>;

type Position = { readonly scope: number; readonly after?: AdjustmentPlace | undefined };

/**
 * Adjustments of a month, the first open one unless another is named: its facts, then what was proposed for it and waits or
 * was declined. Proposals alone (`status` `proposed`) are listed over all months unless one is named.
 * @throws Failure unknown_program; invalid_request for a cursor that this list did not give
 */
export function makeListAdjustments(deps: {
  programs: Pick<ProgramReader, 'get'>;
  adjustments: Pick<AdjustmentStore, 'list'>;
}): ListAdjustments {
  return async ({ programId, period, partnerId, status, cursor, limit }) => {
    const { closedThrough } = await deps.programs.get(programId);
    const scopes = scopesOf(status, period, partnerId, nextPeriod(closedThrough));
    const items: Adjustment[] = [];
    let position: Position | undefined = cursor === undefined ? { scope: 0 } : decode(cursor, scopes);
    for (let reads = 0; position && reads < MAX_READS && items.length < limit; reads += 1) {
      const { scope, after }: Position = position;
      const list = scopes[scope] as AdjustmentList;
      const page = await deps.adjustments.list(programId, list, { after, limit: limit - items.length });
      items.push(...page.items.filter((item) => isAsked(item, list, status, partnerId)));
      const last = page.items.at(-1);
      if (page.more && last) position = { scope, after: last };
      else position = scope + 1 < scopes.length ? { scope: scope + 1 } : undefined;
    }
    return { items, ...(position ? { nextCursor: encode(position) } : {}) };
  };
}

function scopesOf(
  status: AdjustmentStatus | undefined,
  period: Period | undefined,
  partnerId: string | undefined,
  due: Period,
): readonly AdjustmentList[] {
  if (status === 'proposed' && period === undefined) return [{ of: 'pending' }];
  const of = { period: period ?? due, partnerId };
  const recorded = status === undefined || status === 'recorded' ? [{ of: 'recorded', ...of } as const] : [];
  return status === 'recorded' ? recorded : [...recorded, { of: 'proposals', ...of }];
}

/** A proposal that was approved is listed where it was recorded. */
function isAsked(
  item: Adjustment,
  list: AdjustmentList,
  status: AdjustmentStatus | undefined,
  partnerId: string | undefined,
): boolean {
  if (list.of !== 'recorded' && item.status === 'recorded') return false;
  return (status ?? item.status) === item.status && (partnerId ?? item.partnerId) === item.partnerId;
}

function encode({ scope, after }: Position): string {
  const place = after ? [after.period, after.partnerId, after.occurredAt, after.adjustmentId] : [];
  return Buffer.from(JSON.stringify([scope, ...place])).toString('base64url');
}

function decode(cursor: string, scopes: readonly AdjustmentList[]): Position {
  try {
    const [scope, ...place] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    const list = typeof scope === 'number' ? scopes[scope] : undefined;
    if (list && typeof scope === 'number') {
      if (place.length === 0) return { scope };
      const [period, partnerId, occurredAt, adjustmentId] = place.map(String) as [string, string, string, string];
      const after = { period, partnerId, occurredAt, adjustmentId } as AdjustmentPlace;
      if (place.length === 4 && isOf(list, after)) return { scope, after };
    }
  } catch {
    // Answered below, as any other text that is no cursor.
  }
  throw new Failure('invalid_request', 'Use a cursor exactly as the list gave it.', {
    errors: [{ pointer: 'query:cursor', rule: 'is not a cursor of this list' }],
  });
}

/** A key from outside what is listed would be refused by the table. */
function isOf(list: AdjustmentList, after: AdjustmentPlace): boolean {
  if (!/^\d{4}-\d{2}$/.test(after.period)) return false;
  if (list.of === 'pending') return true;
  return list.period === after.period && (list.partnerId ?? after.partnerId) === after.partnerId;
}
