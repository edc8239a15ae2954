import { cadenceOf, isRhythm, type SummedKind } from '#shared/application/notifications/cadences';
import type { SalesSum } from '#shared/application/notifications/outbox';
import type { StoredChoices, SummedSpan } from '#shared/application/notifications/preferences';
import { compareText, type EpochMs, type Instant, toEpochMs } from '#shared/domain/time/instant';

/** As far back as any digest goes. */
const KEPT_MS = 93 * 24 * 3_600_000;
/** So that a mind that changes all day fills no item. */
const MAX_SPANS = 20;

type Known = Pick<StoredChoices, 'cadences' | 'summed' | 'salesFrom'> | undefined;

/** When a reader wanted sales of a kind summed up; what is off now was not wanted then either. */
export function spansOf(kind: SummedKind, choices: Known): readonly SummedSpan[] {
  const cadence = cadenceOf(kind, choices);
  if (cadence === 'off') return [];
  return choices?.summed?.[kind] ?? (isRhythm(cadence) ? [{ from: choices?.salesFrom }] : []);
}

/** The spans of a reader who changes its mind: sales before it are summed up, or told one by one, as they were to be. */
export function spansAfter(
  kind: SummedKind,
  { before, after, now }: { readonly before: Known; readonly after: Pick<StoredChoices, 'cadences'>; now: Instant },
): readonly SummedSpan[] {
  const next = cadenceOf(kind, after);
  if (next === 'off') return [];
  const [was, is] = [isRhythm(cadenceOf(kind, before)), isRhythm(next)];
  const kept = spansOf(kind, before).filter(({ until = now }) => toEpochMs(now) - toEpochMs(until) <= KEPT_MS);
  if (was && !is) return kept.map((span) => ({ ...span, until: span.until ?? now })).slice(-MAX_SPANS);
  return !was && is ? [...kept, { from: now }].slice(-MAX_SPANS) : kept;
}

type Read = (fromMs: EpochMs, toMs: EpochMs) => Promise<SalesSum>;

/** What was recorded in a time and is to be summed up, each kind in its spans; mostly one look. */
export async function sumSales(read: Read, choices: Known, fromMs: EpochMs, toMs: EpochMs): Promise<SalesSum> {
  const looks = new Map<string, Promise<SalesSum>>();
  const look = (from: EpochMs, to: EpochMs): Promise<SalesSum> => {
    const key = `${from} ${to}`;
    const found = looks.get(key) ?? read(from, to);
    looks.set(key, found);
    return found;
  };
  const all = async (kind: SummedKind): Promise<readonly SalesSum[]> => {
    const parts = spansOf(kind, choices).flatMap(({ from, until }) => {
      const startMs = Math.max(fromMs, from === undefined ? fromMs : toEpochMs(from));
      const endMs = Math.min(toMs, until === undefined ? toMs : toEpochMs(until));
      return startMs < endMs ? [look(startMs, endMs)] : [];
    });
    return Promise.all(parts);
  };
  const [recorded, held] = await Promise.all([all('conversion.recorded'), all('conversion.held')]);
  return {
    recorded: recorded.reduce((sum, one) => sum + one.recorded, 0),
    held: held.reduce((sum, one) => sum + one.held, 0),
    amounts: added(recorded.flatMap(({ amounts }) => amounts)),
  };
}

function added(amounts: SalesSum['amounts']): SalesSum['amounts'] {
  const sums = new Map<string, bigint>();
  for (const { currency, minor } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + minor);
  return [...sums]
    .map(([currency, minor]) => ({ currency, minor }))
    .sort((a, b) => compareText(a.currency, b.currency));
}
