import type { JSX } from 'preact';
import type * as z from 'zod';
import { Alert, Badge, Card, Progress } from '#console/ui/parts';
import type { Format } from '#functions/console/web/format';
import type { tierProgressSchema } from '#shared/contracts/partners/tiers/get-tier-progress';
import { doneBps, tierName } from './home-words.ts';

type TierProgress = z.output<typeof tierProgressSchema>;

/** The tier, what it pays, and what is left to the next: each condition with how much of it is there. */
export function TierCard({
  progress,
  format,
}: {
  readonly progress: TierProgress;
  readonly format: Format;
}): JSX.Element {
  const { tier, next, warning, upcoming, nextByInvitation, ratesBps, summary } = progress;
  const measures = next?.measures ?? progress.keeps.measures;
  return (
    <Card
      title={tier ? `Your tier: ${tierName(tier)}` : 'Your tier'}
      lead={ratesBps.length > 0 ? `It pays ${format.list(ratesBps.map((one) => format.percent(one)))}.` : undefined}
      actions={next?.isReached ? <Badge tone="good">next tier reached</Badge> : undefined}
    >
      <div class="stack">
        {warning ? (
          <Alert tone="attention" title={`Your tier falls to ${tierName(warning.to)} on ${format.day(warning.endsAt)}`}>
            <p>Unless what is missing is there again by then.</p>
          </Alert>
        ) : null}
        {upcoming ? (
          <Alert tone="good" title={`You move to ${tierName(upcoming.tier)} on ${format.day(upcoming.from)}`} />
        ) : null}
        <p>{summary}</p>
        {measures.length > 0 ? (
          <ul class="measures">
            {measures.map(({ words, found, wanted, met }) => (
              <li key={words}>
                <div class="measure-words">
                  <span>{words}</span>
                  {met ? <Badge tone="good">met</Badge> : null}
                </div>
                <Progress doneBps={doneBps(found, wanted)} label={words} />
              </li>
            ))}
          </ul>
        ) : null}
        {next ? (
          <p class="text-secondary">
            {next.ratesBps.length > 0
              ? `${tierName(next.tier)} pays ${format.list(next.ratesBps.map((one) => format.percent(one)))}.`
              : `The next tier is ${tierName(next.tier)}.`}
          </p>
        ) : null}
        {nextByInvitation ? (
          <p class="text-secondary">{tierName(nextByInvitation)} is by invitation: your partner manager decides.</p>
        ) : null}
      </div>
    </Card>
  );
}
