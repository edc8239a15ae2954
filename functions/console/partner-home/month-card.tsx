import type { JSX } from 'preact';
import type * as z from 'zod';
import { Alert, Badge, Card, Facts, Table } from '#console/ui/parts';
import type { Format } from '#functions/console/web/format';
import type { monthSoFarSchema } from '#shared/contracts/payouts/figures/get-month-so-far';
import { nothingWords, wayName } from './home-words.ts';

export type MonthSoFar = z.output<typeof monthSoFarSchema>;
type Statement = MonthSoFar['statements'][number];

/** The month so far as one number, what becomes of it, and, opened, how it follows line by line. */
export function MonthCard({
  month,
  currency,
  format,
  now,
  salesHref,
}: {
  readonly month: MonthSoFar;
  readonly currency: string;
  readonly format: Format;
  readonly now: number;
  readonly salesHref: string;
}): JSX.Element {
  const { period, statements, asOf, state } = month;
  // The programme's own currency first; every other only with something in it.
  const shown = statements
    .filter((one) => one.currency === currency || hasSomething(one))
    .toSorted((a, b) => Number(b.currency === currency) - Number(a.currency === currency));
  return (
    <Card
      id="month-so-far"
      title={`${format.period(period)} so far`}
      lead={`Estimate as of ${format.moment(asOf)} (${format.relative(asOf, now)})`}
      actions={<Badge tone="info">{state === 'closing' ? 'being closed' : 'estimate'}</Badge>}
    >
      {shown.map((statement) => (
        <div key={statement.currency} class="month-sum">
          <p class="month-earned amount">{format.amount(statement.earnedMinor, statement.currency)}</p>
          <p class="text-secondary">{earnedWords(statement, format, salesHref)}</p>
          <Facts rows={amountsOf(statement, format)} />
        </div>
      ))}
      <details class="how" id="how-it-is-computed">
        <summary>How this is computed</summary>
        <div class="stack how-body">
          {shown.map((statement) => (
            <HowStatement key={statement.currency} statement={statement} format={format} isOnly={shown.length === 1} />
          ))}
          <NotCounted month={month} format={format} />
          <Earlier month={month} format={format} />
          <div>
            <h3 class="how-title">What can still change</h3>
            <ul class="how-list">
              {month.mayChange.map(({ what, sentence }) => (
                <li key={what}>{sentence}</li>
              ))}
            </ul>
          </div>
        </div>
      </details>
    </Card>
  );
}

/** While a month with very many sales is counted for the first time. */
export function MonthBeingCounted({
  detail,
  address,
}: {
  readonly detail: string;
  /** Of the page, which is asked again. */
  readonly address: string;
}): JSX.Element {
  return (
    <section
      class="card"
      id="month-so-far"
      hx-get={address}
      hx-trigger="load delay:4s"
      hx-select="#month-so-far"
      hx-swap="outerHTML"
    >
      <div class="card-header">
        <h2 class="card-title">The month so far</h2>
      </div>
      <div class="card-body">
        <Alert tone="info" title="It is being counted">
          <p>{detail}</p>
        </Alert>
      </div>
    </section>
  );
}

const hasSomething = (one: Statement): boolean =>
  one.conversions > 0 || one.earnedMinor !== 0 || one.openingBalanceMinor !== 0 || one.adjustmentMinor !== 0;

function earnedWords({ conversions }: Statement, format: Format, salesHref: string): JSX.Element {
  if (conversions === 0) return <>Commission of this month. No sale has come in yet.</>;
  return (
    <>
      Commission of{' '}
      <a href={salesHref}>
        {format.count(conversions)} {conversions === 1 ? 'sale' : 'sales'}
      </a>{' '}
      {conversions === 1 ? 'that counts in this month.' : 'that count in this month.'}
    </>
  );
}

function amountsOf(one: Statement, format: Format): readonly (readonly [string, string | undefined])[] {
  const amount = (minor: number): string => format.amount(minor, one.currency);
  const unlessZero = (minor: number): string | undefined => (minor === 0 ? undefined : amount(minor));
  return [
    ['Taken back by refunds', unlessZero(one.clawbackMinor)],
    ['Corrections', unlessZero(one.adjustmentMinor)],
    ['Carried over from before', unlessZero(one.openingBalanceMinor)],
    ['Would be paid out', amount(one.payableMinor)],
    ['Would stay for the next month', unlessZero(one.closingBalanceMinor)],
  ];
}

function HowStatement({
  statement,
  format,
  isOnly,
}: {
  readonly statement: Statement;
  readonly format: Format;
  readonly isOnly: boolean;
}): JSX.Element {
  const { currency, ways, nothing, earnedMinor } = statement;
  const amount = (minor: number): string => format.amount(minor, currency);
  const title = isOnly ? 'What earns it' : `What earns it in ${currency}`;
  return (
    <div>
      <h3 class="how-title">{title}</h3>
      {ways.length === 0 ? (
        <p class="text-secondary">Nothing yet.</p>
      ) : (
        <Table
          caption={title}
          rows={ways}
          keyOf={(way) => `${way.planVersion} ${way.componentId} ${way.kind} ${way.rateBps} ${way.rateRule}`}
          columns={[
            {
              label: 'What',
              cell: (way) => (
                <>
                  {wayName(way)}
                  <div class="text-secondary">
                    {way.componentId}, plan {way.planVersion}
                  </div>
                </>
              ),
            },
            { label: 'How', cell: (way) => <How way={way} format={format} currency={currency} /> },
            {
              label: 'Sales',
              isNumber: true,
              isMinor: true,
              cell: (way) => (way.conversions === 0 ? '' : format.count(way.conversions)),
            },
            { label: 'Commission', isNumber: true, cell: (way) => amount(way.amountMinor) },
          ]}
          foot={
            <tr>
              <td colSpan={2}>Commission</td>
              <td class="minor" />
              <td class="number">{amount(earnedMinor)}</td>
            </tr>
          }
        />
      )}
      {nothing.length > 0 ? (
        <>
          <h3 class="how-title">What earns nothing</h3>
          <ul class="how-list">
            {nothing.map((one) => (
              <li key={`${one.componentId} ${one.reason}`}>{nothingWords(one, format)}</li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}

function How({
  way,
  format,
  currency,
}: {
  readonly way: Statement['ways'][number];
  readonly format: Format;
  readonly currency: string;
}): JSX.Element {
  const cut = way.cutLines > 0 ? ' A cap of the plan cut some of it.' : '';
  if (way.kind !== 'revenue_share' || way.baseMinor === undefined) {
    return (
      <>
        {way.sentence}
        {cut && !way.sentence.includes('cap') ? cut : ''}
      </>
    );
  }
  const rate = way.rateBps === undefined ? 'Several rates' : format.percent(way.rateBps);
  return (
    <>
      {rate} of {format.amount(way.baseMinor, currency)}
      {cut}
      {way.why === undefined ? null : <div class="text-secondary">{way.why}</div>}
    </>
  );
}

function NotCounted({ month, format }: { readonly month: MonthSoFar; readonly format: Format }): JSX.Element | null {
  const { underReview, later } = month;
  if (underReview.length === 0 && later.length === 0) return null;
  const sales = (count: number): string => `${format.count(count)} ${count === 1 ? 'sale' : 'sales'}`;
  return (
    <div>
      <h3 class="how-title">What is not counted in it</h3>
      <ul class="how-list">
        {underReview.map(({ currency, conversions, amountMinor }) => (
          <li key={currency}>
            {sales(conversions)} of {format.amount(amountMinor, currency)} under review: they count once they are
            accepted.
          </li>
        ))}
        {later.map(({ period, currency, conversions, amountMinor }) => (
          <li key={`${period} ${currency}`}>
            {sales(conversions)} of {format.amount(amountMinor, currency)}{' '}
            {conversions === 1 ? 'that counts' : 'that count'} in {format.period(period)}.
          </li>
        ))}
      </ul>
    </div>
  );
}

function Earlier({ month, format }: { readonly month: MonthSoFar; readonly format: Format }): JSX.Element | null {
  if (month.earlier.length === 0) return null;
  const rows = month.earlier.flatMap(({ period, statements }) =>
    statements.map((statement) => ({ period, ...statement })),
  );
  return (
    <div>
      <h3 class="how-title">Months before it that are not closed yet</h3>
      <Table
        caption="Months before it that are not closed yet"
        rows={rows}
        keyOf={({ period, currency }) => `${period} ${currency}`}
        columns={[
          { label: 'Month', cell: ({ period }) => format.period(period) },
          { label: 'Sales', isNumber: true, cell: ({ conversions }) => format.count(conversions) },
          { label: 'Commission', isNumber: true, cell: (one) => format.amount(one.earnedMinor, one.currency) },
          {
            label: 'Would be paid',
            isNumber: true,
            isMinor: true,
            cell: (one) => format.amount(one.payableMinor, one.currency),
          },
        ]}
      />
    </div>
  );
}
