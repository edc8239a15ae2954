import type { ComponentChildren, JSX } from 'preact';
import { Icon, type IconName } from '#console/ui/icons';
import type { Format } from '#functions/console/web/format';

/** What pages are put together from. Classes are Tabler's; what it lacks is in assets/console.css. */

type Children = { readonly children?: ComponentChildren };

export function Card({
  title,
  actions,
  lead,
  flush,
  children,
  id,
}: Children & {
  readonly title?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly lead?: ComponentChildren;
  /** Without space around: for tables and lists. */
  readonly flush?: boolean;
  readonly id?: string;
}): JSX.Element {
  return (
    <section class="card" id={id}>
      {title ? (
        <div class="card-header">
          <div>
            <h2 class="card-title">{title}</h2>
            {lead ? <p class="card-subtitle">{lead}</p> : null}
          </div>
          {actions ? <div class="card-actions">{actions}</div> : null}
        </div>
      ) : null}
      {flush ? children : <div class="card-body">{children}</div>}
    </section>
  );
}

/** Cards beside each other where there is room. */
export function Grid({ children, wide }: Children & { readonly wide?: boolean }): JSX.Element {
  return <div class={wide ? 'tile-grid tile-grid-wide' : 'tile-grid'}>{children}</div>;
}

export function Stack({ children }: Children): JSX.Element {
  return <div class="stack">{children}</div>;
}

/** One number that matters, with what it is and what it is compared to. */
export function Figure({
  label,
  value,
  note,
  href,
}: {
  readonly label: string;
  readonly value: ComponentChildren;
  readonly note?: ComponentChildren;
  readonly href?: string | undefined;
}): JSX.Element {
  return (
    <div class="card figure-card">
      <div class="card-body">
        <div class="subheader">{href ? <a href={href}>{label}</a> : label}</div>
        <div class="figure-value">{value}</div>
        {note ? <div class="text-secondary figure-note">{note}</div> : null}
      </div>
    </div>
  );
}

export type Tone = 'good' | 'attention' | 'bad' | 'info' | 'plain';

const BADGES: Readonly<Record<Tone, string>> = {
  good: 'badge badge-good',
  attention: 'badge badge-attention',
  bad: 'badge badge-bad',
  info: 'badge badge-info',
  plain: 'badge badge-plain',
};

/** A state in a word; the colour repeats what the word says. */
export function Badge({ tone, children }: Children & { readonly tone: Tone }): JSX.Element {
  return <span class={BADGES[tone]}>{children}</span>;
}

const ALERTS: Readonly<Record<Tone, readonly [string, IconName]>> = {
  good: ['alert alert-success', 'done'],
  attention: ['alert alert-warning', 'warning'],
  bad: ['alert alert-danger', 'warning'],
  info: ['alert alert-info', 'info'],
  plain: ['alert alert-secondary', 'info'],
};

/** Says what is the matter and what to do. `alert` interrupts a screen reader: for what went wrong. */
export function Alert({
  tone,
  title,
  children,
}: Children & { readonly tone: Tone; readonly title?: string }): JSX.Element {
  const [style, icon] = ALERTS[tone];
  return (
    <div class={style} role={tone === 'bad' ? 'alert' : 'note'}>
      <Icon name={icon} />
      <div>
        {title ? <p class="alert-title">{title}</p> : null}
        {children}
      </div>
    </div>
  );
}

/** Nothing is here yet: says what will be, and how to begin. */
export function Empty({
  icon = 'info',
  title,
  children,
  action,
}: Children & { readonly icon?: IconName; readonly title: string; readonly action?: ComponentChildren }): JSX.Element {
  return (
    <div class="empty">
      <div class="empty-icon">
        <Icon name={icon} />
      </div>
      <p class="empty-title">{title}</p>
      {children ? <p class="empty-subtitle text-secondary">{children}</p> : null}
      {action ? <div class="empty-action">{action}</div> : null}
    </div>
  );
}

export type Column<Row> = {
  readonly label: ComponentChildren;
  readonly cell: (row: Row) => ComponentChildren;
  /** Numbers stand below each other, to the right. */
  readonly isNumber?: boolean | undefined;
  /** Left out where there is little room. */
  readonly isMinor?: boolean | undefined;
};

/** A table that scrolls by itself where it is too wide. `caption` says what it lists, for those who do not see the title above it. */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
  foot,
}: {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly foot?: ComponentChildren;
}): JSX.Element {
  const style = ({ isNumber, isMinor }: Column<Row>): string | undefined =>
    [isNumber ? 'number' : '', isMinor ? 'minor' : ''].filter(Boolean).join(' ') || undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (axe: scrollable-region-focusable).
    <section class="table-responsive" tabIndex={0} aria-label={caption}>
      <table class="table table-vcenter card-table">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th key={at} scope="col" class={style(column)}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, at) => (
                <td key={at} class={style(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {foot ? <tfoot>{foot}</tfoot> : null}
      </table>
    </section>
  );
}

/** Names and what they are: `[['Period', 'November 2026'], ...]`; what is `undefined` is left out. */
export function Facts({ rows }: { readonly rows: readonly (readonly [string, ComponentChildren])[] }): JSX.Element {
  return (
    <dl class="facts">
      {rows
        .filter(([, value]) => value !== undefined && value !== null && value !== false && value !== '')
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** To the next page of a list, and back to its first. The address keeps its other filters. */
export function Pager({
  address,
  nextCursor,
}: {
  readonly address: string;
  readonly nextCursor?: string | undefined;
}): JSX.Element | null {
  const at = new URL(address, 'http://console');
  const isFirst = !at.searchParams.has('cursor');
  if (isFirst && nextCursor === undefined) return null;
  const first = new URL(at);
  first.searchParams.delete('cursor');
  const next = new URL(at);
  if (nextCursor !== undefined) next.searchParams.set('cursor', nextCursor);
  return (
    <nav class="pager" aria-label="Pages">
      {isFirst ? null : (
        <a class="btn" href={`${first.pathname}${first.search}`}>
          First page
        </a>
      )}
      {nextCursor === undefined ? null : (
        <a class="btn" href={`${next.pathname}${next.search}`} rel="next">
          Next page <Icon name="next" />
        </a>
      )}
    </nav>
  );
}

export function ButtonLink({
  href,
  icon,
  children,
  primary,
  download,
}: Children & {
  readonly href: string;
  readonly icon?: IconName;
  readonly primary?: boolean;
  readonly download?: boolean;
}): JSX.Element {
  return (
    <a class={primary ? 'btn btn-primary' : 'btn'} href={href} download={download ? '' : undefined}>
      {icon ? <Icon name={icon} /> : null}
      <span>{children}</span>
    </a>
  );
}

/** Copies `text`; without script the text beside it can be selected. */
export function Copy({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }): JSX.Element {
  return (
    <button type="button" class="btn needs-script" data-copy={text}>
      <Icon name="copy" /> <span data-label>{label}</span>
    </button>
  );
}

/** How far, as a bar with its words. @param doneBps 0 to 10000 */
export function Progress({ doneBps, label }: { readonly doneBps: number; readonly label: string }): JSX.Element {
  return <progress class="progress" max={10_000} value={Math.max(0, Math.min(10_000, doneBps))} aria-label={label} />;
}

export function Time({
  at,
  format,
  as = 'moment',
}: {
  readonly at: string | number;
  readonly format: Format;
  readonly as?: 'moment' | 'day';
}): JSX.Element {
  return <time dateTime={new Date(at).toISOString()}>{as === 'day' ? format.day(at) : format.moment(at)}</time>;
}

/** Parts of a page that can be chosen by address: `[['All', '?status=', true], ...]`. */
export function Tabs({
  label,
  tabs,
}: {
  readonly label: string;
  readonly tabs: readonly (readonly [string, string, boolean])[];
}): JSX.Element {
  return (
    <nav aria-label={label}>
      <ul class="nav nav-underline mb-3">
        {tabs.map(([name, href, isCurrent]) => (
          <li key={href} class="nav-item">
            <a
              class={isCurrent ? 'nav-link active' : 'nav-link'}
              href={href}
              aria-current={isCurrent ? 'page' : undefined}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
