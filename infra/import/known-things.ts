import { codeSettings } from '#functions/tracking/code-inputs';
import { Failure, type FieldError } from '#shared/application/failure';
import { checkChosenCode, checkCodeContent } from '#shared/application/tracking/codes/code-rules';
import { checkDestination } from '#shared/application/tracking/links/check-destination';
import { createCodeRoute } from '#shared/contracts/tracking/create-code';
import { canonicalCode } from '#shared/domain/tracking/code';
import { reservedWordIn } from '#shared/domain/tracking/slug';
import { type ApiClient, ApiProblem } from '../api-client.ts';
import { severalAtOnce } from '../several-at-once.ts';
import type { ImportKind } from './kinds.ts';
import { fieldAt, type Problem, type ReadyLine } from './read-line.ts';

/** What only the programme knows about lines: partners, codes, plans, and the orders that refunds belong to. */
export type KnownThings = {
  /** What is wrong with a line by itself. A warning is sent all the same. */
  problemsOf(line: ReadyLine): readonly (Problem & { readonly isWarning: boolean })[];
  /** What is wrong with lines together, once all were read. */
  laterProblems(): Promise<readonly Problem[]>;
};

/** Orders looked up before refunds are sent; of a longer file the service itself refuses what does not fit. */
const MAX_ORDERS = 20_000;
const LOOK_UPS_AT_ONCE = 4;

type Refund = {
  readonly line: number;
  readonly refundId: string;
  readonly amountMinor: number;
  readonly currency?: string | undefined;
};
type Order = {
  readonly amount: { readonly minor: number; readonly currency: string };
  readonly refundedMinor: number;
  readonly refunds: readonly { readonly refundId: string }[];
};

/** @throws ApiProblem when the lists may not be read */
export async function knownThings(
  api: ApiClient,
  base: string,
  kind: ImportKind,
  hosts: readonly string[] = [],
): Promise<KnownThings> {
  const namesPartners = kind.name === 'sales' || kind.name === 'links' || kind.name === 'codes';
  const partners = namesPartners ? await idsOf(api, `${base}/partners`, 'partnerId') : undefined;
  const codes = kind.name === 'sales' ? await idsOf(api, `${base}/codes`, 'code') : undefined;
  const plans = kind.name === 'partners' ? await idsOf(api, `${base}/plans`, 'version') : undefined;
  const refunds = new Map<string, Refund[]>();
  return {
    problemsOf: ({ line, key, body, currency }) => {
      const found: (Problem & { readonly isWarning: boolean })[] = [];
      const find = (column: string, rule: string, isWarning = false): void => {
        found.push({ line, key, column, rule, isWarning });
      };
      if (partners && body.partnerId !== undefined && !partners.has(String(body.partnerId))) {
        find('partnerId', 'is not a partner of this programme; enrol it first, or import partners before');
      }
      if (plans && body.planVersion !== undefined && !plans.has(String(body.planVersion)))
        find('planVersion', 'is not a published plan version');
      if (codes && body.code !== undefined && !codes.has(canonicalCode(String(body.code)))) {
        find('code', 'is not a code of this programme: the sale is kept, and attributed by what else it says', true);
      }
      if (typeof body.destination === 'string') {
        const rule = brokenDestination(body.destination, hosts);
        if (rule !== undefined) find('destination', rule);
      }
      if (kind.name === 'codes') {
        for (const { pointer, rule } of brokenTerms(body)) find(fieldAt(pointer), rule);
      }
      const reserved = kind.name === 'links' && typeof body.slug === 'string' ? reservedWordIn(body.slug) : undefined;
      if (reserved) find('slug', `is or contains ${reserved.word}, which is reserved`);
      if (kind.name === 'refunds' && typeof body.amountMinor === 'number') {
        const orderId = String(body.orderId);
        const refund = { line, refundId: key, amountMinor: Number(body.amountMinor), currency };
        refunds.set(orderId, [...(refunds.get(orderId) ?? []), refund]);
      }
      return found;
    },
    laterProblems: async () => {
      const problems: Problem[] = [];
      await severalAtOnce([...refunds].slice(0, MAX_ORDERS), LOOK_UPS_AT_ONCE, async ([orderId, ofOrder]) => {
        problems.push(...refundProblems(ofOrder, await orderAt(api, base, orderId)));
      });
      return problems.toSorted((a, b) => a.line - b.line);
    },
  };
}

/** A code of a file is one that a person chose. */
function brokenTerms(body: ReadyLine['body']): readonly FieldError[] {
  const { data } = createCodeRoute.body.safeParse(body);
  if (data?.code === undefined) return [];
  const { code, ...settings } = data;
  try {
    checkChosenCode(code);
    checkCodeContent({ ...codeSettings('', settings), payeeName: settings.partnerId }, true);
    return [];
  } catch (error) {
    if (error instanceof Failure) return error.errors ?? [];
    throw error;
  }
}

function brokenDestination(destination: string, hosts: readonly string[]): string | undefined {
  try {
    checkDestination(destination, hosts);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error.errors?.[0]?.rule ?? error.message;
    throw error;
  }
}

/** Undefined where the key may not list them: then the service itself says so when a line is sent. */
async function idsOf(api: ApiClient, path: string, name: string): Promise<ReadonlySet<string> | undefined> {
  try {
    const items = await api.list<Record<string, unknown>>(`${path}?limit=200`);
    return new Set(items.map((item) => (name === 'code' ? canonicalCode(String(item[name])) : String(item[name]))));
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'forbidden') return undefined;
    throw error;
  }
}

async function orderAt(api: ApiClient, base: string, orderId: string): Promise<Order | undefined> {
  try {
    return await api.get<Order>(`${base}/conversions/${encodeURIComponent(orderId)}`);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return undefined;
    throw error;
  }
}

/** The refunds of an order in the order of the file, those recorded before left out: together they must not exceed it. */
function refundProblems(refunds: readonly Refund[], order: Order | undefined): Problem[] {
  const recorded = new Set(order?.refunds.map(({ refundId }) => refundId));
  const counted = new Set<string>();
  let left = order ? order.amount.minor - order.refundedMinor : 0;
  return refunds.flatMap(({ line, refundId: key, amountMinor, currency }): Problem[] => {
    if (!order) return [{ line, key, column: 'orderId', rule: 'is not a recorded order; import the sales first' }];
    if (recorded.has(key) || counted.has(key)) return [];
    if (currency !== undefined && currency !== order.amount.currency) {
      // The request has no currency of its own: 500 yen read as euros would take back 50,000 yen.
      const rule = `is ${currency}, and the order is in ${order.amount.currency}: give its currency in a column or with --set`;
      return [{ line, key, column: 'currency', rule }];
    }
    counted.add(key);
    if (amountMinor <= left) {
      left -= amountMinor;
      return [];
    }
    const rule = `is more than is left of the order: ${left} minor units of ${order.amount.currency}`;
    return [{ line, key, column: 'amount', rule }];
  });
}
