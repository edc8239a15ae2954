import { toDecimal } from '../money/minor-units.ts';
import type { Currency } from '../money/money.ts';
import { scheduleOf } from '../partner/terms.ts';
import type { BracketComponent, PartnerTerms, Plan } from '../plan/plan.ts';
import { isCut, rateRuleOf } from '../statement/calculation-of.ts';
import type { LineKind, NothingEarned, StatementLine } from '../statement/statement.ts';
import { isByBrackets } from './explain-brackets.ts';
import { nothingSentence } from './explain-nothing-words.ts';

/** Lines of a month that follow from one rule: a component of a plan version at one rate. */
export type EarnedWay = {
  readonly kind: LineKind;
  readonly componentId: string;
  readonly planVersion: number;
  readonly rateBps?: number | undefined;
  /** The rule of the plan that set the rate, where the component's own did not. */
  readonly rateRule?: string | undefined;
  readonly conversions: number;
  /** Of shares: what the rate was taken of. */
  readonly baseMinor?: bigint | undefined;
  readonly amountMinor: bigint;
  /** Lines that a cap cut. */
  readonly cutLines: number;
  /** Of fees and guarantees, which have one line: how it follows. */
  readonly calculation?: string | undefined;
};

export type NothingCount = Pick<NothingEarned, 'componentId' | 'reason'> & { readonly count: number };

/** A plan has some dozens of rates; what goes beyond is summed with the last way of its component. */
const MAX_WAYS = 200;

type Growing = { -readonly [K in keyof EarnedWay]: EarnedWay[K] } & { lastConversionId?: string | undefined };

/** Adds up a month's lines by how they came about. It keeps a sum a rule, never lines: memory is flat in their number. */
export function makeMonthFold(): {
  readonly line: (line: StatementLine) => void;
  readonly nothing: (items: readonly NothingEarned[]) => void;
  readonly ways: () => readonly EarnedWay[];
  readonly reasons: () => readonly NothingCount[];
} {
  const ways = new Map<string, Growing>();
  const reasons = new Map<string, { componentId?: string | undefined; reason: string; count: number }>();
  return {
    line(line) {
      const { kind, componentId = '', planVersion = 0, amountMinor } = line;
      const rateRule = kind === 'revenue_share' ? rateRuleOf(line) : undefined;
      const own = JSON.stringify([planVersion, componentId, kind, line.rateBps, rateRule]);
      const key = ways.has(own) || ways.size < MAX_WAYS ? own : JSON.stringify([planVersion, componentId, kind]);
      const way = ways.get(key) ?? {
        kind,
        componentId,
        planVersion,
        ...(key === own ? { rateBps: line.rateBps, rateRule } : {}),
        conversions: 0,
        amountMinor: 0n,
        cutLines: 0,
      };
      ways.set(key, way);
      way.amountMinor += amountMinor;
      if (line.baseMinor !== undefined) way.baseMinor = (way.baseMinor ?? 0n) + line.baseMinor;
      if (isCut(line)) way.cutLines += 1;
      if (kind === 'fixed_fee' || kind === 'minimum_commitment') way.calculation = line.calculation;
      // The lines of a sale follow one another: one that lies in two brackets of one rate is one sale.
      if (line.conversionId !== undefined && line.conversionId !== way.lastConversionId) {
        way.conversions += 1;
        way.lastConversionId = line.conversionId;
      }
    },
    nothing(items) {
      for (const { componentId, reason } of items) {
        const key = JSON.stringify([componentId, reason]);
        const known = reasons.get(key) ?? { ...(componentId === undefined ? {} : { componentId }), reason, count: 0 };
        reasons.set(key, known);
        known.count += 1;
      }
    },
    ways: () => [...ways.values()].map(({ lastConversionId: _last, ...way }) => way),
    reasons: () => [...reasons.values()].sort((a, b) => b.count - a.count),
  };
}

/** What set the rate of a way: the rule, the tier or the bracket; `undefined` where there is no rate, or nothing to tell. */
export function whyRate(
  way: EarnedWay,
  plan: Plan | undefined,
  terms: Pick<PartnerTerms, 'tiers'>,
  currency: Currency,
): string | undefined {
  if (way.rateRule !== undefined) return way.rateRule;
  const component = plan?.components.find(({ id }) => id === way.componentId);
  if (!component || way.rateBps === undefined) return undefined;
  if ('ratesByTier' in component) {
    const held = new Set(scheduleOf(terms.tiers).map(({ tier }) => tier));
    const tiers = Object.entries(component.ratesByTier).flatMap(([tier, rateBps]) =>
      rateBps === way.rateBps && held.has(tier) ? [tier] : [],
    );
    return tiers.length === 0 ? undefined : `tier ${tiers.join(' or ')}`;
  }
  const amount = (minor: bigint): string => `${toDecimal(minor, currency)} ${currency}`;
  return isByBrackets(component) ? bracketWords(component, way.rateBps, amount) : undefined;
}

/** How a way of earning follows from the plan and the terms, in one sentence. */
export function waySentence(way: EarnedWay, why: string | undefined, currency: Currency): string {
  const amount = (minor: bigint): string => `${toDecimal(minor, currency)} ${currency}`;
  const sales = `${way.conversions} ${way.conversions === 1 ? 'sale' : 'sales'}`;
  const cut = way.cutLines === 0 ? '' : ` A cap cut ${way.cutLines === 1 ? 'one line' : `${way.cutLines} lines`}.`;
  switch (way.kind) {
    case 'revenue_share': {
      const of = way.baseMinor === undefined ? sales : `${amount(way.baseMinor)} from ${sales}`;
      const rate = way.rateBps === undefined ? 'Several rates' : percent(way.rateBps);
      return `${rate} of ${of}${why === undefined ? '' : ` (${why})`}.${cut}`;
    }
    case 'referral_fee':
      return `A fixed amount for the first purchase of a customer, ${sales}.${cut}`;
    case 'fixed_fee':
      return 'A fixed amount for the month, as the month would end with the terms of today.';
    case 'minimum_commitment':
      return 'Tops the month up to what is guaranteed; it shrinks as sales come in.';
    default:
      return 'As recorded.';
  }
}

const BPS_A_PERCENT = 100;
const percent = (rateBps: number): string => `${rateBps / BPS_A_PERCENT} %`;

function bracketWords(
  component: BracketComponent,
  rateBps: number,
  amount: (minor: bigint) => string,
): string | undefined {
  const shown = (bound: bigint): string => (component.metric === 'revenue' ? amount(bound) : `${bound} sales`);
  const bounds = component.brackets.flatMap(({ upTo, rateBps: ofBracket }, index) => {
    if (ofBracket !== rateBps) return [];
    const above = component.brackets[index - 1]?.upTo ?? 0n;
    if (upTo === null) return above === 0n ? ['without a bound'] : [`above ${shown(above)}`];
    return above === 0n ? [`up to ${shown(upTo)}`] : [`above ${shown(above)} up to ${shown(upTo)}`];
  });
  if (bounds.length === 0) return undefined;
  const whole = component.mode === 'volume' ? ', which sets the rate of the whole month' : '';
  return `bracket ${bounds.join(' or ')}${whole}`;
}

/** Why some sales of a month earn nothing, for a list of reasons with their counts. */
export function nothingCountSentence({ componentId, reason, count }: NothingCount): string {
  const sentence = nothingSentence({ conversionId: '', componentId, reason });
  return count === 1 ? sentence : sentence.replace(/^It earned/, 'Each earned').replace(' it earned', ' each earned');
}
