import { distanceWords } from '#shared/adapters/words/distance-words';
import {
  amountIn,
  countIn,
  dayIn,
  deadlineIn,
  labelled,
  lastDayIn,
  listIn,
  momentIn,
  percentIn,
  periodIn,
  withCapital,
} from '#shared/adapters/words/formats';
import { inline, lines, type Say, type Values } from '#shared/adapters/words/say';
import type {
  Amount,
  Language,
  NoticeCategory,
  NoticeFacts,
  NoticeKind,
  Reader,
} from '#shared/application/notifications/messages';
import type { Distance } from '#shared/domain/partner/tiers/measures';
import { tellingDistances } from '#shared/domain/partner/tiers/telling-distances';
import type { Instant, Period } from '#shared/domain/time/instant';
import type { Key } from './words/en.ts';

/** What a message says, in order, before it becomes HTML or plain text: both show the same. */
export type Block =
  | { readonly type: 'paragraph'; readonly text: string }
  /** A person's words. */
  | { readonly type: 'quote'; readonly by: string; readonly lines: readonly string[] }
  /** The one number that matters. */
  | { readonly type: 'figure'; readonly label: string; readonly value: string }
  | { readonly type: 'facts'; readonly rows: readonly Row[] }
  /** Amounts below each other. */
  | { readonly type: 'account'; readonly caption: string; readonly rows: readonly AccountRow[] }
  | { readonly type: 'progress'; readonly title: string; readonly steps: readonly Step[] }
  | { readonly type: 'news'; readonly title: string; readonly items: readonly News[] }
  /** The one thing to do, as a button: an address of a web page of ours. */
  | { readonly type: 'link'; readonly label: string; readonly href: string }
  | { readonly type: 'next'; readonly title: string; readonly items: readonly string[] };

export type Row = { readonly label: string; readonly value: string };
export type AccountRow = Row & { readonly isResult: boolean };
/** `done` in basis points of what is wanted; absent for a yes or no. */
export type Step = { readonly text: string; readonly measured?: { readonly done: number; readonly words: string } };
export type News = { readonly title: string; readonly text: string; readonly when: string };

/** Colours what it is about; no meaning lies in the colour alone. */
export type Tone = 'plain' | 'good' | 'attention' | 'bad';

export type Content = {
  readonly tone: Tone;
  readonly title: string;
  /** Shown in the list of mails beside the subject; absent: the first paragraph. */
  readonly preview?: string | undefined;
  /** The first one is a paragraph. */
  readonly blocks: readonly Block[];
};

/** Puts one kind of notice into words. */
export type Write<Kind extends NoticeKind> = (facts: NoticeFacts[Kind], pen: Pen) => Content;
export type Writers = { readonly [Kind in NoticeKind]: Write<Kind> };

/** Everything that a reader's language and clock decide. */
export type Pen = {
  readonly reader: Reader;
  readonly program: string;
  say(key: Key, values?: Values): string;
  labelled(key: Key, value: string): string;
  amount(amount: Amount): string;
  count(count: bigint | number): string;
  percents(ratesBps: readonly number[]): string;
  list(items: readonly string[]): string;
  day(instant: Instant): string;
  moment(instant: Instant): string;
  deadline(instant: Instant): string;
  lastDay(instant: Instant): string;
  period(period: Period): string;
  paragraph(key: Key, values?: Values): Block;
  next(...items: readonly string[]): Block;
  quote(text: string | undefined, key: Key): readonly Block[];
  facts(rows: readonly (readonly [Key, string | undefined])[]): Block;
  progress(title: string, distances: readonly Distance[]): readonly Block[];
};

export function penFor(reader: Reader, sayIn: Say<Key>): Pen {
  const { language } = reader;
  const program = inline(reader.program.name);
  const say = (key: Key, values?: Values): string => sayIn(language, key, values);
  return {
    reader,
    program,
    say,
    labelled: (key, value) => labelled(language, say(key), value),
    amount: (amount) => amountIn(language, amount),
    count: (count) => countIn(language, count),
    percents: (rates) =>
      listIn(
        language,
        rates.map((rate) => percentIn(language, rate)),
      ),
    list: (items) => listIn(language, items.map(inline)),
    day: (instant) => dayIn(reader, instant),
    moment: (instant) => momentIn(reader, instant),
    deadline: (instant) => deadlineIn(reader, instant),
    lastDay: (instant) => lastDayIn(reader, instant),
    period: (period) => periodIn(language, period),
    paragraph: (key, values) => ({ type: 'paragraph', text: say(key, values) }),
    next: (...items) => ({ type: 'next', title: say('next.title'), items }),
    quote: (text, key) => {
      const said = lines(text ?? '');
      return said.length === 0 ? [] : [{ type: 'quote', by: say(key, { program }), lines: said }];
    },
    facts: (rows) => ({
      type: 'facts',
      rows: rows.flatMap(([key, text]) => {
        const value = inline(text ?? '');
        return value === '' ? [] : [{ label: say(key), value }];
      }),
    }),
    progress: (title, distances) =>
      distances.length === 0
        ? []
        : [{ type: 'progress', title, steps: tellingDistances(distances).map((one) => stepOf(one, reader, say)) }],
  };
}

const WHOLE_BPS = 10_000n;

function stepOf(distance: Distance, reader: Reader, say: Pen['say']): Step {
  const { condition, found, wanted } = distance;
  const text = withCapital(distanceWords(distance, { ...reader, currency: reader.program.currency }));
  const show = SHOWN[condition.fact]?.(reader);
  if (!show || wanted <= 0n) return { text };
  const kept = found < 0n ? 0n : found;
  const done = Number(kept >= wanted ? WHOLE_BPS : (kept * WHOLE_BPS) / wanted);
  return { text, measured: { done, words: say('progress.of', { found: show(kept), wanted: show(wanted) }) } };
}

type Show = (reader: Reader) => (number: bigint) => string;

/** Of the conditions that are counted: how a number is written. The words of a share have both numbers already. */
const SHOWN: { readonly [Fact in Distance['condition']['fact']]?: Show } = {
  qualified_referrals:
    ({ language }) =>
    (count) =>
      countIn(language, count),
  partner_revenue:
    ({ language, program }) =>
    (minor) =>
      amountIn(language, { minor, currency: program.currency }),
};

export const TOPICS: Readonly<Record<NoticeCategory, Key>> = {
  tier: 'topic.tier',
  sales: 'topic.sales',
  money: 'topic.money',
  security: 'topic.security',
  agreement: 'topic.agreement',
  training: 'topic.training',
};

export type { Key, Language };
