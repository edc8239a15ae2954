import { toDecimal } from '../money/minor-units.ts';
import type { Currency } from '../money/money.ts';
import type { BracketPosition, TouchedBracket } from './explain-brackets.ts';

const BPS_A_PERCENT = 100;

/** Where a sale stands among the brackets of a component, in words. */
export function bracketSentence(componentId: string, position: BracketPosition, currency: Currency): string {
  const { mode, metric, countedBefore, countedAfter, monthTotal = 0n, brackets } = position;
  const amount = (minor: bigint): string => `${toDecimal(minor, currency)} ${currency}`;
  const counted = (count: bigint): string => {
    if (metric === 'revenue') return amount(count);
    return `${count} ${count === 1n ? 'sale' : 'sales'}`;
  };
  const bounds = ({ above, upTo }: TouchedBracket): string => {
    const shown = (bound: bigint): string => (metric === 'revenue' ? amount(bound) : bound.toString());
    if (upTo === null) return above === 0n ? 'that has no bound' : `above ${shown(above)}`;
    return above === 0n ? `up to ${shown(upTo)}` : `above ${shown(above)} up to ${shown(upTo)}`;
  };
  const rate = ({ rateBps }: TouchedBracket): string => `${rateBps / BPS_A_PERCENT} %`;
  const [only] = brackets;
  if (!only) return `For "${componentId}" the month had counted ${counted(countedBefore)} before it.`;
  if (mode === 'volume') {
    return `For "${componentId}" the whole month comes to ${counted(monthTotal)}: the bracket ${bounds(only)} pays all of it ${rate(only)}.`;
  }
  if (metric === 'conversions') {
    return `For "${componentId}" it is sale number ${countedAfter} of the month: the bracket ${bounds(only)} pays ${rate(only)}.`;
  }
  const parts = brackets.map((one) => `${amount(one.baseMinor)} in the bracket ${bounds(one)} at ${rate(one)}`);
  return `For "${componentId}" the month had counted ${counted(countedBefore)} before it, so it lies with ${parts.join(' and ')}.`;
}
