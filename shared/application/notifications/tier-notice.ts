import { mailPage } from '#shared/application/notifications/mail-page';
import type { Mail } from '#shared/application/notifications/ports';
import type { TierChange } from '#shared/application/partners/ports';
import type { Program } from '#shared/application/programs';
import { DEFAULT_TIERS, REVIEW_MONTHS, STRATEGIC_FIT, type TierRule } from '#shared/domain/partner/tier-review';
import type { Component } from '#shared/domain/plan/plan';

export type TierNoticeInput = {
  readonly partnerName: string;
  readonly program: Pick<Program, 'name' | 'timeZone'>;
  readonly change: Pick<TierChange, 'from' | 'to' | 'effectiveFrom' | 'reason' | 'source'>;
  /** The plan in force from the change on; `undefined` without an agreement. */
  readonly components: readonly Component[] | undefined;
};

/** What changed, from when, why, what it pays and what comes next, in plain words. */
export function tierNotice(input: TierNoticeInput): { title: string; text: string; mail: Omit<Mail, 'to'> } {
  const { partnerName, program, change } = input;
  const title = `Your tier in ${program.name} is now ${change.to}`;
  const facts = [
    `From ${dateOf(change.effectiveFrom, program.timeZone)} you are in the tier ${change.to}. Before, it was ${change.from}.`,
    `Why: ${change.source === 'enrolment' ? 'this was agreed when you joined' : endSentence(change.reason)}`,
    rateSentence(input.components, change.to),
    nextSentence(change.to),
  ].filter((sentence) => sentence !== undefined);
  const text = facts.join('\n\n');
  return {
    title,
    text,
    mail: {
      subject: title,
      text: `Hello ${partnerName},\n\n${text}\n\nYou find this notice in your inbox in ${program.name}, too.\n`,
      html: mailPage(
        title,
        `Hello ${partnerName},`,
        facts,
        `You find this notice in your inbox in ${program.name}, too.`,
      ),
    },
  };
}

function endSentence(reason: string): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}

/** The day in the programme's time zone, with the zone's name, because a day starts elsewhere at another time. */
function dateOf(instant: string, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone }).format(new Date(instant));
  return `${day} (${timeZone})`;
}

function rateSentence(components: readonly Component[] | undefined, tier: string): string | undefined {
  const rates = (components ?? []).flatMap((component) =>
    component.kind === 'revenue_share' && 'ratesByTier' in component && Object.hasOwn(component.ratesByTier, tier)
      ? [component.ratesByTier[tier] ?? 0]
      : [],
  );
  if (rates.length === 0) return undefined;
  return `Your share of sales from then on: ${rates.map(percent).join(' and ')}.`;
}

function percent(rateBps: number): string {
  return `${rateBps / 100} %`;
}

function nextSentence(tier: string): string | undefined {
  const next: TierRule | undefined = DEFAULT_TIERS[DEFAULT_TIERS.findIndex((rule) => rule.tier === tier) + 1];
  if (!DEFAULT_TIERS.some((rule) => rule.tier === tier) || !next) return undefined;
  if (next.byInvitation) return `Next: the tier ${next.tier} is by invitation. Talk to your programme manager.`;
  const certification = {
    none: '',
    any_training: ' and a valid certification',
    [STRATEGIC_FIT]: " and your programme manager's confirmation",
  }[next.certification];
  return `Next: the tier ${next.tier} asks for ${next.qualifiedReferrals} qualified referrals in ${REVIEW_MONTHS} months${certification}. A qualified referral is a new customer whose first purchase came through you and was kept.`;
}
