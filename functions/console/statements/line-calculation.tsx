import type { JSX } from 'preact';
import type * as z from 'zod';
import { Badge, Facts, type Tone } from '#console/ui/parts';
import type { Visit } from '#functions/console/web/page';
import type { explanationSchema } from '#shared/contracts/payouts/statements/explain-conversion';
import { lineWords } from './statement-words.ts';

export type Explanation = z.output<typeof explanationSchema>;
type Sale = Omit<Explanation, 'parts'>;
type Decision = Sale['decisions'][number];

const OUTCOMES: Readonly<Record<Decision['outcome'], readonly [Tone, string]>> = {
  paid: ['good', 'Paid'],
  nothing: ['plain', 'Pays nothing'],
  by_the_period: ['info', 'Paid once a month'],
  not_counted: ['attention', 'Known when the month is closed'],
};

type Props = {
  readonly visit: Pick<Visit, 'format'>;
  readonly explanation: Explanation;
  /** Whose part of a split sale is asked about; all parts without. */
  readonly partnerId?: string | undefined;
  /** Within a page or a row that says already which sale it is. */
  readonly brief?: boolean | undefined;
};

/** What a sale earned and why: its facts, what each rule paid, and every rule's sentence in the order in which they decided. */
export function LineCalculation({ visit, explanation, partnerId, brief }: Props): JSX.Element {
  const parts = explanation.parts?.filter((part) => partnerId === undefined || part.partnerId === partnerId) ?? [];
  const sales: readonly Sale[] = parts.length > 0 ? parts : [explanation];
  return (
    <div class="calculation">
      {sales.map((sale) => (
        <OneSale key={sale.partnerId ?? ''} visit={visit} sale={sale} brief={brief} />
      ))}
    </div>
  );
}

function OneSale({
  visit: { format },
  sale,
  brief,
}: {
  readonly visit: Props['visit'];
  readonly sale: Sale;
  readonly brief: boolean | undefined;
}): JSX.Element {
  const { currency } = sale.amount;
  const amount = (minor: number): string => format.amount(minor, currency);
  return (
    <>
      <p class="calculation-summary">{sale.summary}</p>
      <Facts
        rows={[
          ['Sold', format.moment(sale.occurredAt)],
          ['Amount of the sale', amount(sale.amount.minor)],
          ['Part of a split sale', sale.shareBps === undefined ? undefined : format.percent(sale.shareBps)],
          ['Refunded before the month closed', sale.netting.nettedMinor ? amount(sale.netting.nettedMinor) : undefined],
          ['Left to earn on', amount(sale.netting.baseMinor)],
          ['Counts in', format.period(sale.period.period)],
          ['Tier at the time', sale.tier?.tier],
          ['Terms', sale.agreement && termsOf(sale.agreement)],
          ['Earned', amount(sale.earnedMinor)],
          ['Taken back later', sale.clawbackMinor ? amount(sale.clawbackMinor) : undefined],
        ]}
      />
      {sale.decisions.length > 0 ? (
        <ul class="calculation-rules" aria-label="What each rule of the plan paid">
          {sale.decisions.map((decision) => (
            <Rule key={decision.componentId} decision={decision} currency={currency} format={format} />
          ))}
        </ul>
      ) : null}
      <details open={!brief}>
        <summary>How it was decided, step by step</summary>
        <ol class="calculation-story">
          {sale.story.map((sentence, at) => (
            <li key={at}>{sentence}</li>
          ))}
        </ol>
      </details>
    </>
  );
}

const termsOf = ({ planVersion, ownTerms }: NonNullable<Sale['agreement']>): string =>
  ownTerms ? 'agreed with this partner alone' : `plan version ${planVersion}`;

function Rule({
  decision,
  currency,
  format,
}: {
  readonly decision: Decision;
  readonly currency: string;
  readonly format: Visit['format'];
}): JSX.Element {
  const [tone, word] = OUTCOMES[decision.outcome];
  return (
    <li>
      <div class="calculation-rule">
        <span>
          <strong>{decision.componentId}</strong> <Badge tone={tone}>{word}</Badge>{' '}
          {decision.estimate ? <Badge tone="info">Estimate</Badge> : null}
        </span>
        <span class="amount">{format.amount(decision.amountMinor, currency)}</span>
      </div>
      <p class="text-secondary">{decision.sentence}</p>
      {decision.lines.map((line, at) => {
        const words = lineWords(line, currency, format) ?? line.calculation;
        return words ? (
          <p key={at} class="amount">
            {words}
          </p>
        ) : null;
      })}
    </li>
  );
}
