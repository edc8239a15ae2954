import type { JSX } from 'preact';
import { Badge, Card, Empty, Time } from '#console/ui/parts';
import type { Format } from '#functions/console/web/format';
import { tierName } from './home-words.ts';

/** More are in the inbox. */
const MAX_SHOWN = 6;

export type Change = { readonly at: string; readonly title: string; readonly text?: string; readonly isNew: boolean };

type Notice = {
  readonly title: string;
  readonly text: string;
  readonly occurredAt: string;
  readonly readAt?: string | undefined;
};
type TierTerm = { readonly tier: string; readonly recordedAt: string; readonly from: string };

/** Notices and tiers by when they came, newest first; those since the last visit are new. */
export function changesOf(
  notices: readonly Notice[],
  tiers: readonly TierTerm[],
  previousVisitAt: number | undefined,
  format: Format,
): readonly Change[] {
  const isNew = (at: string): boolean => previousVisitAt !== undefined && Date.parse(at) > previousVisitAt;
  const [first, ...moves] = [...tiers].sort((a, b) => Date.parse(a.recordedAt) - Date.parse(b.recordedAt));
  return [
    ...notices.map(({ title, text, occurredAt }) => ({ at: occurredAt, title, text, isNew: isNew(occurredAt) })),
    // The first tier is no change; a move that a notice tells at the same time is told once.
    ...(first ? moves : [])
      .filter(({ recordedAt }) => isNew(recordedAt) && !notices.some((one) => isNear(one.occurredAt, recordedAt)))
      .map(({ tier, recordedAt, from }) => ({
        at: recordedAt,
        title: `Your tier is ${tierName(tier)} from ${format.day(from)}`,
        isNew: true,
      })),
  ]
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .slice(0, MAX_SHOWN);
}

const NEAR_MS = 120_000;
const isNear = (a: string, b: string): boolean => Math.abs(Date.parse(a) - Date.parse(b)) < NEAR_MS;

export function SinceCard({
  changes,
  previousVisitAt,
  format,
  inboxHref,
}: {
  readonly changes: readonly Change[];
  readonly previousVisitAt: number | undefined;
  readonly format: Format;
  readonly inboxHref: string;
}): JSX.Element {
  const news = changes.filter(({ isNew }) => isNew).length;
  return (
    <Card
      title="What is new"
      lead={
        previousVisitAt === undefined
          ? 'Your latest notices'
          : `${news === 0 ? 'Nothing' : format.count(news)} since you were last here, ${format.moment(previousVisitAt)}`
      }
      actions={<a href={inboxHref}>Inbox</a>}
      flush
    >
      {changes.length === 0 ? (
        <Empty icon="bell" title="Nothing yet">
          Sales, statements, payouts and tiers are told here as they come.
        </Empty>
      ) : (
        <ul class="news">
          {changes.map(({ at, title, text, isNew }) => (
            <li key={`${at} ${title}`}>
              <div class="news-title">
                {isNew ? <Badge tone="info">new</Badge> : null} {title}
              </div>
              {text ? <p class="text-secondary">{text}</p> : null}
              <div class="text-secondary">
                <Time at={at} format={format} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
