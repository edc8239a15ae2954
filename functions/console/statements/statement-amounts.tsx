import type { ComponentChildren, JSX } from 'preact';
import type { Format } from '#functions/console/web/format';
import type { Statement } from './statement-words.ts';

/** The amounts of a statement as a sum that can be followed: what came in, what moved, what is paid and what stays. */
export function StatementAmounts({
  statement,
  format,
}: {
  readonly statement: Statement;
  readonly format: Format;
}): JSX.Element {
  const { currency, writtenOffMinor, unsentMinor, payableMinor, held } = statement;
  const amount = (minor: number): string => format.amount(minor, currency);
  return (
    <table class="table sums">
      <caption class="visually-hidden">Amounts of this statement</caption>
      <tbody>
        <Line label="Brought forward from the month before" value={amount(statement.openingBalanceMinor)} />
        <Line label="Earned this month" value={amount(statement.earnedMinor)} />
        <Line label="Taken back after refunds" value={amount(statement.clawbackMinor)} />
        <Line
          label="Corrections"
          value={amount(statement.adjustmentMinor)}
          note={writtenOffMinor ? `of these, given up by the programme: ${amount(writtenOffMinor)}` : undefined}
        />
      </tbody>
      <tfoot>
        <Line
          label={held ? 'To be paid (held back for now)' : 'To be paid'}
          value={amount(payableMinor)}
          note={
            unsentMinor ? `${amount(unsentMinor)} of earlier payouts waits besides, and is paid by itself` : undefined
          }
        />
        <Line label="Carried forward to the next month" value={amount(statement.closingBalanceMinor)} />
      </tfoot>
    </table>
  );
}

function Line({
  label,
  value,
  note,
}: {
  readonly label: string;
  readonly value: ComponentChildren;
  readonly note?: string | undefined;
}): JSX.Element {
  return (
    <tr>
      <th scope="row">
        {label}
        {note ? <div class="text-secondary">{note}</div> : null}
      </th>
      <td class="number">{value}</td>
    </tr>
  );
}
