import { Failure } from '#shared/application/failure';
import type { DecisionRecord, DisputeDecisionReader } from '#shared/application/partners/dispute-ports';
import type { DomainEvent } from '#shared/contracts/events';
import type { Remedy, RemedyEffect } from '#shared/domain/partner/dispute';

type DisputeRemedied = Extract<DomainEvent, { type: 'dispute.remedied' }>;

export type DecidedDispute = { readonly programId: string; readonly disputeId: string; readonly number: number };

export type RemedyOutcome = 'none_of_ours' | 'carried_out' | 'failed';

/**
 * Carries out one kind of remedy of a decided dispute, in the service that owns what it changes. `remedy` repeats safely: it
 * makes what it makes under an id that follows from the decision. The event that asked for it is done only when its outcome is
 * on the bus, so that a crash in between has it delivered again; then the outcome is told again.
 * @throws Error to have the event delivered again: the outcome is not known, or could not be told
 */
export async function carryOutDispute<K extends Remedy['kind']>(
  deps: {
    readonly decisions: DisputeDecisionReader;
    /** Answers what it brought about; `undefined` when others tell of it. Throws a Failure when it cannot be. */
    readonly remedy: (
      decision: DecisionRecord,
      remedy: Extract<Remedy, { kind: K }>,
    ) => Promise<RemedyEffect | undefined>;
    readonly publish: (events: readonly DomainEvent[]) => Promise<readonly DomainEvent[]>;
  },
  kind: K,
  { programId, disputeId, number }: DecidedDispute,
): Promise<RemedyOutcome> {
  const decision = await deps.decisions.get(programId, disputeId, number);
  if (!decision) throw new Error(`decision ${number} of dispute ${disputeId} is not stored`);
  const { remedy } = decision;
  if (remedy?.kind !== kind) return 'none_of_ours';
  const effect = await tryRemedy(() => deps.remedy(decision, remedy as Extract<Remedy, { kind: K }>));
  if (effect) {
    const refused = await deps.publish([remediedEvent(decision, effect)]);
    if (refused.length > 0)
      throw new Error(`the outcome of dispute ${disputeId} was not taken; deliver the event again`);
  }
  return effect?.kind === 'failed' ? 'failed' : 'carried_out';
}

/** A refusal will be the same tomorrow: people decide anew. Being busy is no refusal. */
async function tryRemedy(remedy: () => Promise<RemedyEffect | undefined>): Promise<RemedyEffect | undefined> {
  try {
    return await remedy();
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'temporarily_unavailable') throw error;
    const rules = error.errors.map(({ rule }) => rule).join('; ');
    return { kind: 'failed', reason: rules === '' ? error.message : `${error.message} (${rules})` };
  }
}

/** What became of a decision's remedy. The same outcome has the same id. */
export function remediedEvent(
  decision: DecidedDispute & { readonly decidedAt: string },
  effect: RemedyEffect,
): DisputeRemedied {
  const { programId, disputeId, number, decidedAt } = decision;
  const state = effect.kind === 'adjustment' ? effect.state : effect.kind;
  return {
    type: 'dispute.remedied',
    eventId: `dispute-remedied~${programId}~${disputeId}~${number}~${state}`,
    programId,
    disputeId,
    number,
    occurredAt: decidedAt,
    effect,
  };
}
