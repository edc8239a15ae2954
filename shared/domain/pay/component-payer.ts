import { shareOf } from '../money/money.ts';
import type { NothingReason, StatementLine } from '../statement/statement.ts';
import type { StatementContext } from '../statement/statement-context.ts';
import type { FoundRate } from './rate-rules.ts';
import { firstPurchaseOf, type Sale } from './sale.ts';
import { makeWindow } from './window.ts';

/** Adds a component's lines for a sale to `lines`, or says why it pays nothing on it. */
export type PaySale = (sale: Sale, lines: StatementLine[]) => NothingReason | undefined;

/** A component of a plan version that pays on conversions, with what it has counted so far in this statement. */
export type ComponentPayer = {
  readonly componentId: string;
  readonly pay: PaySale;
  /** Whether it is a share with a window, and so outlives an agreement that honours those. */
  readonly hasWindow?: boolean | undefined;
  /** Only in volume mode: what was counted, to be held against what was weighed. */
  readonly counted?: (() => { readonly key: string; readonly total: bigint }) | undefined;
};

/** Whether a share's window, if it has one, takes the sale. */
export function makeWindowCheck(
  component: { readonly windowMonths?: number | undefined },
  context: Pick<StatementContext, 'zone'>,
): (sale: Sale) => boolean {
  if (component.windowMonths === undefined) return () => true;
  const isInside = makeWindow(component.windowMonths, context.zone);
  return (sale) => isInside(sale.conversion.occurredAt, firstPurchaseOf(sale.conversion).at);
}

/** One share, rounded by itself, half to even (semantics 5 and 6). */
export function shareLine(componentId: string, sale: Sale, baseMinor: bigint, rateBps: number): StatementLine {
  return {
    kind: 'revenue_share',
    amountMinor: shareOf(baseMinor, rateBps),
    componentId,
    planVersion: sale.plan.version,
    conversionId: sale.conversion.conversionId,
    baseMinor,
    rateBps,
  };
}

/** The whole sale at the rate of the rule that was found for it, whatever brackets it lies in (semantics 6a). */
export function ruledLine(componentId: string, sale: Sale, { rateBps, words }: FoundRate): StatementLine {
  return { ...shareLine(componentId, sale, sale.baseMinor, rateBps), rateRule: words };
}
