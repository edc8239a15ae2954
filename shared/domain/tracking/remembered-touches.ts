import type { EpochMs } from '../time/instant.ts';
import { type AttributionRules, type Touch, windowMs } from './attribution.ts';

/** Codes and clicks that are kept of a customer before a sale, so that one item of some kB holds them. */
export const MAX_TOUCHES_KEPT = 20;

const nameOf = ({ kind, clickId, reference, at }: Touch): string => clickId ?? `${kind} ${reference} ${at}`;

/**
 * What is kept of a customer once `offered` came: each touch once, by time, without those that have left the window.
 * Beyond {@link MAX_TOUCHES_KEPT} the first and the newest stay, since one of them decides in either model.
 */
export function rememberTouches(
  known: readonly Touch[],
  offered: readonly Touch[],
  now: EpochMs,
  rules: Pick<AttributionRules, 'windowDays'>,
): readonly Touch[] {
  const inWindow = [...known, ...offered].filter(({ at = now }) => now - at <= windowMs(rules));
  const kept = [...new Map(inWindow.map((touch) => [nameOf(touch), touch])).values()].sort(
    (a, b) => (a.at ?? 0) - (b.at ?? 0),
  );
  return kept.length <= MAX_TOUCHES_KEPT ? kept : [...kept.slice(0, 1), ...kept.slice(1 - MAX_TOUCHES_KEPT)];
}
