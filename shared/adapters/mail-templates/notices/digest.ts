import { type Block, type Content, type News, type Pen, TOPICS } from '#shared/adapters/mail-templates/content';
import { lastDayIn, monthIn } from '#shared/adapters/words/formats';
import {
  KINDS,
  type NoticeCategory,
  type NoticeMessage,
  type RenderDigest,
} from '#shared/application/notifications/messages';

type Digest = Parameters<RenderDigest>[0];

/** Of each category; the inbox has all. Of a longer mail Gmail cuts off the end, and the link to unsubscribe with it. */
const MAX_LISTED = 12;

/** In the order in which a digest shows them. */
const ORDER: readonly NoticeCategory[] = ['sales', 'tier', 'training', 'agreement', 'money', 'security'];

/** Several notices as one: grouped by what they are about, oldest first, sales summed. */
export function writeDigest(digest: Digest, pen: Pen, contentOf: (message: NoticeMessage) => Content): Content {
  const { cadence, from, to, notices, sales } = digest;
  const title =
    cadence === 'daily'
      ? pen.say('digest.title.daily', { day: lastDayIn(pen.reader, to) })
      : pen.say('digest.title.monthly', { period: monthIn(pen.reader, from) });
  const groups = ORDER.flatMap((category): Block[] => {
    const all = notices.filter(({ kind }) => KINDS[kind].category === category);
    const more = all.length - MAX_LISTED;
    const items = [
      ...(category === 'sales' && sales ? salesNews(sales, pen) : []),
      ...all.slice(0, MAX_LISTED).map((notice) => newsOf(notice, pen, contentOf)),
      ...(more > 0 ? [{ title: pen.say('digest.more', { count: more }), text: '', when: '' }] : []),
    ];
    return items.length === 0 ? [] : [{ type: 'news', title: pen.say(TOPICS[category]), items }];
  });
  return {
    tone: 'plain',
    title,
    preview: pen.say('digest.news', { count: notices.length }),
    blocks: [pen.paragraph('digest.lead', { from: pen.moment(from), to: pen.moment(to) }), ...groups],
  };
}

function newsOf(notice: Digest['notices'][number], pen: Pen, contentOf: (message: NoticeMessage) => Content): News {
  const { title, blocks } = contentOf(notice);
  const [lead] = blocks;
  return { title, text: lead?.type === 'paragraph' ? lead.text : '', when: pen.moment(notice.occurredAt) };
}

function salesNews({ recorded, held, amounts }: NonNullable<Digest['sales']>, pen: Pen): readonly News[] {
  const total = pen.labelled('digest.sales.total', pen.list(amounts.map(pen.amount)));
  return [
    ...(recorded > 0
      ? [
          {
            title: pen.say('digest.sales.recorded', { count: recorded }),
            text: amounts.length > 0 ? total : '',
            when: '',
          },
        ]
      : []),
    ...(held > 0 ? [{ title: pen.say('digest.sales.held', { count: held }), text: '', when: '' }] : []),
  ];
}
