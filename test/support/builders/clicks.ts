import { timeZoneOf } from '#shared/adapters/time-zones';
import type { ClickToCount } from '#shared/application/tracking/clicks/click-ports';
import { dayOf } from '#shared/domain/time/wall-day';
import { aClick } from '#test/support/builders/referrals';

const KEPT_MS = 30 * 86_400_000;

/** A click as the roll-up hands it on, of a programme whose clock shows UTC unless `day` says otherwise. */
export function aClickToCount(overrides: Partial<ClickToCount> = {}): ClickToCount {
  const click = aClick(overrides);
  return {
    ...click,
    day: dayOf(click.at, timeZoneOf('UTC')),
    partnerId: 'mira',
    keptUntil: click.at + KEPT_MS,
    ...overrides,
  };
}
