import type { JSX } from 'preact';
import { Alert, Badge, ButtonLink, Card, Facts, Pager, Stack } from '#console/ui/parts';
import type { Visit } from '#functions/console/web/page';
import { NothingEarned } from './nothing-earned.tsx';
import type { ReadStatement } from './read-statement.ts';
import { StatementAmounts } from './statement-amounts.tsx';
import { StatementLines } from './statement-lines.tsx';
import { statementState } from './statement-words.ts';

type Props = {
  readonly visit: Pick<Visit, 'format' | 'address'>;
  readonly read: ReadStatement;
  /** Address of the statement's page; its files and calculations lie below. */
  readonly base: string;
};

/** A statement as staff and its partner read it: amounts, each line, what earned nothing. */
export function StatementView({ visit, read, base }: Props): JSX.Element {
  const { statement, lines, nextLines, nothing, nextNothing } = read;
  const [tone, word] = statementState(statement);
  return (
    <Stack>
      {statement.state === 'draft' ? (
        <Alert tone="attention" title="This is a draft">
          <p>Its run waits for a decision. It can still be rejected and computed again with other amounts.</p>
        </Alert>
      ) : null}
      {statement.held ? (
        <Alert tone="info" title="The payout was held back">
          <p>The statement stands. Its amount stays owed and opens the next month.</p>
        </Alert>
      ) : null}
      <Card title="Amounts" actions={<Badge tone={tone}>{word}</Badge>}>
        <StatementAmounts statement={statement} format={visit.format} />
      </Card>
      <Card title="Lines" lead="Open a line to see how its amount follows." flush>
        <StatementLines visit={visit} lines={lines} currency={statement.currency} base={base} />
        <Pager address={visit.address} nextCursor={nextLines} />
      </Card>
      <NothingEarned
        entries={nothing}
        base={base}
        more={nextNothing && `${base}?nothing=${encodeURIComponent(nextNothing)}`}
      />
      <Card title="Proof">
        <Facts
          rows={[
            ['Statement', statement.statementId],
            [
              'Digest (SHA-256)',
              <span key="digest" class="hash">
                {statement.digest}
              </span>,
            ],
          ]}
        />
        <p class="text-secondary mb-0">
          The digest covers the amounts and every line. The same facts give the same digest for ever.
        </p>
      </Card>
    </Stack>
  );
}

/** Buttons beside the title. */
export function StatementFiles({ base }: { readonly base: string }): JSX.Element {
  return (
    <>
      <ButtonLink href={`${base}/pdf`} icon="download" download>
        PDF
      </ButtonLink>
      <ButtonLink href={`${base}/csv`} icon="download" download>
        CSV
      </ButtonLink>
    </>
  );
}
