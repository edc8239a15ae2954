type Point = {
  readonly value?: string | undefined;
  readonly isOther?: true | undefined;
  readonly clicks: number;
  readonly visitors: number;
};

const DAY_MS = 86_400_000;

/** Every day from the first to the last, both included. */
export function daysOf(from: string, to: string): readonly string[] {
  const days: string[] = [];
  for (let ms = Date.parse(`${from}T00:00:00Z`); ms <= Date.parse(`${to}T00:00:00Z`); ms += DAY_MS) {
    days.push(new Date(ms).toISOString().slice(0, 10));
  }
  return days;
}

export const valueName = ({ value, isOther }: Pick<Point, 'value' | 'isOther'>): string =>
  isOther ? 'All others' : (value ?? '');

/** What each value came to over all days, the largest first, the others last. */
export function sumsByValue(points: readonly Point[]): readonly Point[] {
  const sums = new Map<string, Point>();
  for (const point of points) {
    const known = sums.get(valueName(point));
    sums.set(valueName(point), {
      ...point,
      clicks: (known?.clicks ?? 0) + point.clicks,
      visitors: (known?.visitors ?? 0) + point.visitors,
    });
  }
  return [...sums.values()].sort(
    (a, b) => Number(a.isOther ?? false) - Number(b.isOther ?? false) || b.clicks - a.clicks,
  );
}
