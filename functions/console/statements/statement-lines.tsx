import type { JSX } from 'preact';
import { Empty, Table } from '#console/ui/parts';
import type { Visit } from '#functions/console/web/page';
import { lineKind, lineSubject, lineWords, type StatementLine } from './statement-words.ts';

type Props = {
  readonly visit: Pick<Visit, 'format'>;
  readonly lines: readonly StatementLine[];
  readonly currency: string;
  /** Address of the statement's page: its calculations lie below, at `/calculation?orderId=`. */
  readonly base: string;
};

/**
 * The lines of a statement. Each opens to how its amount follows; what every rule said of the sale is fetched when it is opened, or
 * by the link inside where there is no script.
 */
export function StatementLines({ visit, lines, currency, base }: Props): JSX.Element {
  const { format } = visit;
  if (lines.length === 0) {
    return (
      <Empty title="No lines">
        Nothing was earned, taken back or corrected in this month. The amounts above were brought forward.
      </Empty>
    );
  }
  return (
    <Table
      caption="Lines of the statement"
      rows={lines.map((line, at) => ({ ...line, key: String(at) }))}
      keyOf={({ key }) => key}
      columns={[
        { label: 'What for', cell: (line) => <What line={line} currency={currency} base={base} format={format} /> },
        {
          label: 'Base',
          isNumber: true,
          isMinor: true,
          cell: ({ baseMinor }) => (baseMinor === undefined ? '' : format.amount(baseMinor, currency)),
        },
        {
          label: 'Rate',
          isNumber: true,
          isMinor: true,
          cell: ({ rateBps }) => (rateBps === undefined ? '' : format.percent(rateBps)),
        },
        { label: 'Amount', isNumber: true, cell: ({ amountMinor }) => format.amount(amountMinor, currency) },
      ]}
    />
  );
}

function What({
  line,
  currency,
  base,
  format,
}: {
  readonly line: StatementLine;
  readonly currency: string;
  readonly base: string;
  readonly format: Visit['format'];
}): JSX.Element {
  const subject = lineSubject(line);
  const words = lineWords(line, currency, format);
  const title = (
    <>
      {lineKind(line.kind)} {subject ? <span class="text-secondary line-subject">{subject}</span> : null}
    </>
  );
  const told = (
    <>
      {words ? <p class="amount">{words}</p> : null}
      {line.calculation && words === undefined ? <p class="amount">In minor units: {line.calculation}</p> : null}
      {line.componentId ? (
        <p class="text-secondary">
          Rule “{line.componentId}” of the plan{line.planVersion ? `, version ${line.planVersion}` : ''}
        </p>
      ) : null}
    </>
  );
  if (line.conversionId === undefined) {
    return (
      <details class="line">
        <summary>{title}</summary>
        <div class="line-body">{told}</div>
      </details>
    );
  }
  const href = `${base}/calculation?orderId=${encodeURIComponent(line.conversionId)}`;
  return (
    <details class="line" hx-get={href} hx-trigger="toggle once" hx-target="find .line-more" hx-swap="innerHTML">
      <summary>{title}</summary>
      <div class="line-body">
        {told}
        <div class="line-more">
          <a href={href}>Every rule that looked at this sale</a>
        </div>
      </div>
    </details>
  );
}
