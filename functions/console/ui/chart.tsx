import { scaleBand, scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { JSX } from 'preact';

/** One row of numbers over the same labels. Numbers are drawn, never calculated with: money comes as minor units of one currency. */
export type Series = { readonly name: string; readonly values: readonly number[] };

type ChartProps = {
  /** What it shows, for who does not see it. */
  readonly title: string;
  /** Below the axis: days, months, partners. */
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** A number in words, for the axis and the table. */
  readonly say: (value: number) => string;
  readonly kind?: 'line' | 'bars' | 'stacked';
};

const WIDTH = 720;
const HEIGHT = 220;
const LEFT = 76;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 28;
const TICKS = 4;
/** More labels would overlap. */
const MAX_LABELS = 8;

/**
 * A chart drawn on the server, in the colours of the page: no script, no layout shift. The same numbers are in a table below it, closed:
 * what cannot be seen, measured or copied from a picture.
 */
export function Chart(props: ChartProps): JSX.Element {
  const { title, labels, series, say, kind = 'line' } = props;
  return (
    <figure class="chart">
      {labels.length === 0 ? null : (
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          width={WIDTH}
          height={HEIGHT}
          role="img"
          aria-label={`${title}. The numbers are in the table below.`}
        >
          <Drawing {...props} kind={kind} />
        </svg>
      )}
      {series.length > 1 ? (
        <ul class="chart-legend list-inline" aria-hidden="true">
          {series.map(({ name }, at) => (
            <li key={name} class="list-inline-item">
              <span class={`chart-key chart-${at}`} /> {name}
            </li>
          ))}
        </ul>
      ) : null}
      <details class="chart-table">
        <summary>{title}: the numbers</summary>
        <div class="table-responsive">
          <table class="table table-sm">
            <caption class="visually-hidden">{title}</caption>
            <thead>
              <tr>
                <th scope="col">
                  <span class="visually-hidden">Label</span>
                </th>
                {series.map(({ name }) => (
                  <th key={name} scope="col" class="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {labels.map((label, row) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {series.map(({ name, values }) => (
                    <td key={name} class="number">
                      {say(values[row] ?? 0)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function Drawing({
  labels,
  series,
  say,
  kind,
}: ChartProps & { readonly kind: NonNullable<ChartProps['kind']> }): JSX.Element {
  const totals = labels.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const all = kind === 'stacked' ? totals : series.flatMap(({ values }) => values);
  const x = scaleBand(
    labels.map((_, at) => at),
    [LEFT, WIDTH - RIGHT],
  ).padding(kind === 'line' ? 0 : 0.2);
  const y = scaleLinear([Math.min(0, ...all), Math.max(1, ...all)], [HEIGHT - BOTTOM, TOP]).nice(TICKS);
  const step = Math.max(1, Math.ceil(labels.length / MAX_LABELS));
  const centre = (at: number): number => (x(at) ?? 0) + x.bandwidth() / 2;
  return (
    <>
      {y
        .ticks(TICKS)
        .filter(Number.isInteger)
        .map((tick) => (
          <g key={tick}>
            <line class="chart-rule" x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text class="chart-text" x={LEFT - 8} y={y(tick) + 4} text-anchor="end">
              {say(tick)}
            </text>
          </g>
        ))}
      {labels.map((label, at) =>
        at % step === 0 ? (
          <text key={label} class="chart-text" x={centre(at)} y={HEIGHT - 8} text-anchor="middle">
            {label}
          </text>
        ) : null,
      )}
      {kind === 'line' ? (
        <Lines series={series} centre={centre} y={y} />
      ) : (
        <Bars series={series} x={x} y={y} isStacked={kind === 'stacked'} />
      )}
    </>
  );
}

type Height = (value: number) => number;

function Lines({
  series,
  centre,
  y,
}: {
  readonly series: readonly Series[];
  readonly centre: (at: number) => number;
  readonly y: Height;
}): JSX.Element {
  const path = line<number>()
    .x((_, at) => centre(at))
    .y((value) => y(value));
  const below = area<number>()
    .x((_, at) => centre(at))
    .y0(y(0))
    .y1((value) => y(value));
  return (
    <>
      {series.map(({ name, values }, at) => (
        <g key={name} class={`chart-${at}`}>
          {series.length === 1 ? <path class="chart-area" d={below([...values]) ?? ''} /> : null}
          <path class="chart-line" d={path([...values]) ?? ''} />
          {values.length === 1 ? <circle class="chart-dot" cx={centre(0)} cy={y(values[0] ?? 0)} r={4} /> : null}
        </g>
      ))}
    </>
  );
}

function Bars({
  series,
  x,
  y,
  isStacked,
}: {
  readonly series: readonly Series[];
  readonly x: ReturnType<typeof scaleBand<number>>;
  readonly y: Height;
  readonly isStacked: boolean;
}): JSX.Element {
  const width = isStacked ? x.bandwidth() : x.bandwidth() / series.length;
  const below = (row: number, at: number): number =>
    isStacked ? series.slice(0, row).reduce((sum, { values }) => sum + (values[at] ?? 0), 0) : 0;
  return (
    <>
      {series.map(({ name, values }, row) => (
        <g key={name} class={`chart-${row}`}>
          {values.map((value, at) => {
            const from = y(below(row, at));
            const to = y(below(row, at) + value);
            const left = (x(at) ?? 0) + (isStacked ? 0 : row * width);
            return (
              <rect
                key={at}
                class="chart-bar"
                x={left}
                y={Math.min(from, to)}
                width={width}
                height={Math.abs(from - to)}
                rx={2}
              />
            );
          })}
        </g>
      ))}
    </>
  );
}
