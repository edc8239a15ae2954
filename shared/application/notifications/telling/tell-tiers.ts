import type { NoticeFacts, Tell } from '#shared/application/notifications/messages';
import type { ReadNextTier } from '#shared/application/notifications/telling/read-next-tier';
import { toldEvent } from '#shared/application/notifications/telling/tell-all';
import type { PartnerStore, PlanReader, Standing, TierChange } from '#shared/application/partners/ports';
import { tierChangeSequence, tierStepNumber } from '#shared/application/partners/publish-partner-events';
import type { TierStep, TierStepReader } from '#shared/application/partners/tiers/tier-steps';
import type { Log } from '#shared/application/ports';
import type { DomainEvent } from '#shared/contracts/events';
import { isCustomPlanVersion, versionInForce } from '#shared/domain/partner/agreement';
import { losesRate } from '#shared/domain/plan/loses-rate';
import type { Component } from '#shared/domain/plan/plan';
import { ratesOfTier } from '#shared/domain/plan/rates-of-tier';
import { toInstant } from '#shared/domain/time/instant';

export type TierEvent = Extract<
  DomainEvent,
  {
    type:
      | 'tier.promoted'
      | 'tier.demoted'
      | 'tier.changed'
      | 'tier.demotion_warned'
      | 'tier.demotion_lifted'
      | 'tier.within_reach';
  }
>;
type EventOf<Type extends TierEvent['type']> = Extract<TierEvent, { type: Type }>;
type Move = NoticeFacts['tier.promoted'];

type Deps = {
  readonly tell: Tell;
  readonly partners: Pick<PartnerStore, 'tierChange' | 'standing' | 'components'>;
  readonly plans: PlanReader;
  readonly steps: Pick<TierStepReader, 'find' | 'list'>;
  readonly nextTier: ReadNextTier;
  readonly log: Log;
};

/** A review takes a step or none, so that one of which an event tells is among a partner's last ones. */
const LAST_STEPS = 50;

/**
 * Tells a partner how its tier moves, or may move, with what it was decided on: what was missing is what the review found then, and
 * not what is missing when the notice is written. What the next tier takes is measured now.
 * @throws Error when the partner was not told and should be
 */
export function makeTellTiers({ tell, partners, plans, steps, nextTier, log }: Deps) {
  return async (event: TierEvent): Promise<void> => {
    const { partnerId } = event;
    const to = { audience: 'partner', partnerId } as const;
    switch (event.type) {
      case 'tier.promoted':
      case 'tier.changed': {
        const facts = await moveOf(event);
        return facts && tell(toldEvent(event), to, { kind: event.type, facts });
      }
      case 'tier.demoted': {
        const facts = await moveOf(event);
        const unmet = facts && (await missedAt(event));
        return facts && tell(toldEvent(event), to, { kind: event.type, facts: { ...facts, unmet: unmet ?? [] } });
      }
      case 'tier.demotion_warned': {
        const { tier, isLast } = event;
        // A warning without its reason is none: nobody is lowered for a reason that it was not told.
        const { unmet } = await stepOf(event);
        const facts = { tier, to: event.to, isLast, endsAt: toInstant(Date.parse(event.endsAt)), unmet };
        return tell(toldEvent(event), to, { kind: event.type, facts });
      }
      case 'tier.demotion_lifted':
        return tell(toldEvent(event), to, { kind: event.type, facts: { tier: event.tier } });
      case 'tier.within_reach': {
        const { unmet: distances } = await stepOf(event);
        const facts = { tier: event.tier, next: event.next, distances };
        return tell(toldEvent(event), to, { kind: event.type, facts });
      }
    }
  };

  async function moveOf(event: EventOf<'tier.promoted' | 'tier.demoted' | 'tier.changed'>): Promise<Move | undefined> {
    const { programId, partnerId, eventId } = event;
    const sequence = event.type === 'tier.changed' ? tierChangeSequence(eventId) : event.sequence;
    if (sequence === undefined) throw new Error(`not an event id of a tier change: ${eventId}`);
    const [change, standing] = await Promise.all([
      partners.tierChange(programId, partnerId, sequence),
      partners.standing(programId, partnerId),
    ]);
    if (!change || !standing) {
      log.warn('a tier change concerns nobody who can be told', { eventId });
      return undefined;
    }
    const { from, to, effectiveFrom, source, reason } = change;
    const until = standing.tiers.find((term) => term.tier === to && term.from === effectiveFrom)?.until;
    const components = await componentsInForce(standing, change);
    return {
      ...{ from, to, effectiveFrom, by: source },
      // A review's reason is the facts; only people are quoted.
      ...(source === 'person' ? { reason } : {}),
      ...(until === undefined ? {} : { until }),
      ratesBps: ratesOfTier(components ?? [], to),
      ...(losesRate(components ?? [], from, to) ? { losesShare: true } : {}),
      ...(await aboveOf(event, to)),
    };
  }

  /** Only while the partner is where the notice says. That it moved is told also when nobody can count referrals now. */
  async function aboveOf(event: TierEvent, tier: string): Promise<Pick<Move, 'next' | 'nextByInvitation'>> {
    try {
      const { tier: now, ...above } = (await nextTier(event.programId, event.partnerId)) ?? {};
      return now === tier ? above : {};
    } catch (error) {
      const { eventId } = event;
      log.warn('a tier is told without what the next one takes', { eventId, reason: String(error) });
      return {};
    }
  }

  async function stepOf(event: EventOf<'tier.demotion_warned' | 'tier.within_reach'>): Promise<TierStep> {
    const { programId, partnerId, eventId } = event;
    const number = tierStepNumber(eventId);
    const step = number === undefined ? undefined : await steps.find(programId, partnerId, number);
    if (!step) throw new Error(`there is no step of a review behind ${eventId}`);
    return step;
  }

  /** What was missing of the tier that a partner lost by a review; nothing of one that a person took. */
  async function missedAt(event: EventOf<'tier.demoted'>): Promise<TierStep['unmet'] | undefined> {
    const { items } = await steps.list(event.programId, event.partnerId, { limit: LAST_STEPS });
    return items.find((step) => step.kind === 'demoted' && step.from === event.effectiveFrom)?.unmet;
  }

  async function componentsInForce(standing: Standing, change: TierChange): Promise<readonly Component[] | undefined> {
    const { programId, partnerId } = standing;
    const agreement = versionInForce(standing.agreements, change.effectiveFrom);
    if (!agreement) return undefined;
    const { planVersion } = agreement;
    if (isCustomPlanVersion(planVersion)) return partners.components(programId, partnerId, planVersion);
    return (await plans.get(programId, planVersion))?.components;
  }
}
