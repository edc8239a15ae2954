import type { Block, Content, Pen, Tone, Writers } from '#shared/adapters/mail-templates/content';
import { named } from '#shared/adapters/words/formats';
import type { NoticeFacts } from '#shared/application/notifications/messages';

type Move = NoticeFacts['tier.promoted'];
type Kinds =
  | 'tier.promoted'
  | 'tier.demoted'
  | 'tier.changed'
  | 'tier.demotion_warned'
  | 'tier.demotion_lifted'
  | 'tier.within_reach'
  | 'certification.earned'
  | 'certification.expiring';

export const TIER_NOTICES: Pick<Writers, Kinds> = {
  'tier.promoted': (facts, pen) =>
    // No congratulations to a share that is gone.
    facts.losesShare
      ? moved(pen, facts, 'plain', 'tier.moved.title', [why(facts, pen, 'tier.why.changed')])
      : moved(pen, facts, 'good', 'tier.promoted.title', [why(facts, pen, 'tier.why.promoted')]),
  'tier.demoted': (facts, pen) =>
    moved(pen, facts, 'attention', 'tier.moved.title', [
      why(facts, pen, 'tier.why.demoted'),
      ...pen.progress(pen.say('tier.missing.title', { tier: named(facts.from) }), facts.unmet),
    ]),
  'tier.changed': (facts, pen) => moved(pen, facts, 'plain', 'tier.moved.title', [why(facts, pen, 'tier.why.changed')]),
  'tier.demotion_warned': ({ tier, to, endsAt, isLast, unmet }, pen) => {
    const deadline = pen.deadline(endsAt);
    return {
      tone: 'attention',
      title: pen.say(isLast ? 'tier.warned.last.title' : 'tier.warned.title', { tier: named(tier) }),
      blocks: [
        pen.paragraph('tier.warned.lead', { tier: named(tier), to: named(to), deadline }),
        ...pen.progress(pen.say('tier.warned.missing'), unmet),
        pen.next(pen.say('tier.warned.next', { deadline }), pen.say('tier.warned.ask', { program: pen.program })),
      ],
    };
  },
  'tier.demotion_lifted': ({ tier }, pen) => ({
    tone: 'good',
    title: pen.say('tier.lifted.title', { tier: named(tier) }),
    blocks: [pen.paragraph('tier.lifted.lead', { tier: named(tier) })],
  }),
  'tier.within_reach': ({ tier, next, distances }, pen) => ({
    tone: 'good',
    title: pen.say('tier.reach.title', { next: named(next) }),
    blocks: [
      pen.paragraph('tier.reach.lead', { tier: named(tier), next: named(next) }),
      ...pen.progress(pen.say('tier.next.title', { tier: named(next) }), distances),
      pen.next(pen.say('tier.reach.next')),
    ],
  }),
  'certification.earned': ({ title, expiresAt }, pen) => ({
    tone: 'good',
    title: pen.say('certification.earned.title', { title }),
    blocks: [
      pen.paragraph('certification.earned.lead', { title }),
      ...(expiresAt === undefined ? [] : [pen.facts([['row.validUntil', pen.deadline(expiresAt)]])]),
    ],
  }),
  'certification.expiring': ({ title, expiresAt }, pen) => ({
    tone: 'attention',
    title: pen.say('certification.expiring.title', { title }),
    blocks: [
      pen.paragraph('certification.expiring.lead', { deadline: pen.deadline(expiresAt) }),
      pen.next(pen.say('certification.expiring.next', { program: pen.program })),
    ],
  }),
};

type TitleKey = 'tier.promoted.title' | 'tier.moved.title';
type ReviewKey = 'tier.why.promoted' | 'tier.why.demoted' | 'tier.why.changed';

function moved(pen: Pen, facts: Move, tone: Tone, title: TitleKey, reasons: readonly Block[]): Content {
  const { from, to, effectiveFrom, reason, until, ratesBps, losesShare, next } = facts;
  return {
    tone,
    title: pen.say(title, { to: named(to) }),
    blocks: [
      pen.paragraph('tier.moved.lead', { day: pen.day(effectiveFrom), to: named(to), from: named(from) }),
      ...reasons,
      ...pen.quote(reason, 'tier.reason.by'),
      ...(until === undefined ? [] : [pen.paragraph('tier.until', { deadline: pen.deadline(until) })]),
      ...(ratesBps.length === 0
        ? []
        : [{ type: 'figure', label: pen.say('tier.rates.label'), value: pen.percents(ratesBps) } as const]),
      ...(losesShare ? [pen.paragraph('tier.rates.lost', { to: named(to), program: pen.program })] : []),
      ...(next ? towards(pen, next) : []),
      ...nextSteps(pen, facts, tone),
    ],
  };
}

/** Why a tier moved: what the review found, or who decided. */
function why({ by, to, from }: Move, pen: Pen, review: ReviewKey): Block {
  if (by === 'person') return pen.paragraph('tier.why.person', { program: pen.program });
  if (by === 'enrolment') return pen.paragraph('tier.why.enrolment');
  return pen.paragraph(review, { to: named(to), from: named(from) });
}

/** What is left to do for the tier above, or that nothing is. */
export function towards(pen: Pen, { tier, distances }: NonNullable<Move['next']>): readonly Block[] {
  if (distances.length === 0) return [pen.paragraph('tier.next.met', { tier: named(tier) })];
  return pen.progress(pen.say('tier.next.title', { tier: named(tier) }), distances);
}

function nextSteps(pen: Pen, { by, nextByInvitation }: Move, tone: Tone): readonly Block[] {
  const steps = [
    ...(tone === 'attention' && by === 'review' ? [pen.say('tier.demoted.next')] : []),
    ...(nextByInvitation === undefined
      ? []
      : [pen.say('tier.next.invitation', { tier: named(nextByInvitation), program: pen.program })]),
  ];
  return steps.length === 0 ? [] : [pen.next(...steps)];
}
