import { Failure } from '#shared/application/failure';
import type { Clock, Log } from '#shared/application/ports';
import type { RememberTouches } from '#shared/application/referrals/customers/remember-touches';
import type { ConversionStore } from '#shared/application/referrals/ports';
import type { RecordConversion } from '#shared/application/referrals/sales/record-conversion';
import type { RecordRefund } from '#shared/application/referrals/sales/record-refund';
import { type Decision, type PartnerAt, planSale } from '#shared/application/referrals/stripe/plan-stripe-sale';
import { planReinstated, planTaking, SALE_NOT_KNOWN } from '#shared/application/referrals/stripe/plan-stripe-taking';
import type { StripeEventRecord, StripeEventStore, StripePlan } from '#shared/application/referrals/stripe/ports';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { toInstant } from '#shared/domain/time/instant';

/** What waits is looked at again by the sweep, or as soon as what it waits for comes. */
const LOOK_AGAIN_MS = 3_600_000;
/** Of what waits for one reference; the sweep takes the rest. */
const MAX_WOKEN = 20;

export type ProcessStripeEvent = (programId: string, eventId: string) => Promise<StripeEventRecord>;

export type ProcessDeps = {
  readonly events: StripeEventStore;
  readonly conversions: Pick<ConversionStore, 'find'>;
  readonly recordConversion: RecordConversion;
  readonly recordRefund: RecordRefund;
  readonly rememberTouches: RememberTouches;
  readonly partnerAt: PartnerAt;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
} & RetryDeps;

/**
 * Acts on a recorded event until it is done, ignored, waiting or failed. Each step may be repeated:
 * 1. decide, and keep the decision with what it changes (an order's sums, which payments paid it);
 * 2. record the sale or refund under the business key that the decision names: a repeat finds the first;
 * 3. mark the event as done;
 * 4. act on what waited for it.
 * An event that is settled is left alone. A crash between two steps is finished by Stripe's next attempt or by the sweep.
 * @throws Failure temporarily_unavailable, and faults of the store: nothing is settled, repeat later; not_found
 */
export function makeProcessStripeEvent(deps: ProcessDeps): ProcessStripeEvent {
  const process: ProcessStripeEvent = async (programId, eventId) => {
    const record = await deps.events.find(programId, eventId);
    if (!record) {
      throw new Failure('not_found', 'There is no such event of Stripe; it may have lapsed.', {
        errors: [{ pointer: 'path:eventId', rule: 'must be the id of a recorded event' }],
      });
    }
    if (record.status !== 'recorded' && record.status !== 'waiting') return record;
    await processOne(deps, record);
    let after = (await deps.events.find(programId, eventId)) ?? record;
    if (record.status === 'recorded' && after.status === 'waiting') {
      // What it waits for may have come just before it was seen to wait.
      await processOne(deps, after);
      after = (await deps.events.find(programId, eventId)) ?? after;
    }
    if (after.status === 'done') await wake(deps, after, process);
    return after;
  };
  return process;
}

async function processOne(deps: ProcessDeps, record: StripeEventRecord): Promise<void> {
  const plan = record.plan ?? (await decideOnce(deps, record));
  if (plan) await carryOut(deps, record, plan);
}

/** @returns nothing when the event was settled or waits */
async function decideOnce(deps: ProcessDeps, record: StripeEventRecord): Promise<StripePlan | undefined> {
  const { events } = deps;
  const decided = await retryContended(deps, async () => {
    // Two deliveries at once: the first to keep its decision decides for both.
    const { plan } = (await events.find(record.programId, record.eventId)) ?? record;
    if (plan) return { plan };
    const decision = await decide(deps, record);
    if (!('plan' in decision)) return decision;
    return (await events.plan(record, decision.plan, decision.change)) === 'planned' ? decision : 'contended';
  });
  if ('plan' in decided) return decided.plan;
  if ('failed' in decided) {
    await events.settle(record, { status: 'failed', reason: decided.failed, detail: decided.detail });
    return undefined;
  }
  return waitOrGiveUp(deps, record, decided);
}

async function decide(
  deps: ProcessDeps,
  record: StripeEventRecord,
): Promise<Decision | { readonly failed: string; readonly detail: string }> {
  const { events } = deps;
  const { fact, programId } = record;
  const nothing = (reason: string): Decision => ({ plan: { kind: 'nothing', reason }, change: {} });
  switch (fact.kind) {
    case 'sale':
      return planSale(deps, record, fact, deps.clock());
    case 'taking':
      return planTaking(deps, record, fact);
    case 'reinstated':
      return planReinstated(deps, record, fact);
    case 'touch': {
      const { touch, occurredAt: at, customerId } = fact;
      if (customerId !== undefined) await deps.rememberTouches({ programId, customerId, ...touch, at });
      for (const reference of fact.references) await events.rememberTouch(programId, reference, { ...touch, at });
      return nothing('touch_remembered');
    }
    case 'payment':
      await events.link(programId, fact.orderId, fact.references);
      return nothing('payment_linked');
    case 'nothing':
      return nothing(fact.reason);
  }
}

type Missing = Extract<Decision, { waitFor: unknown }>;

async function waitOrGiveUp(
  { events, clock }: ProcessDeps,
  record: StripeEventRecord,
  missing: Missing,
): Promise<undefined> {
  const { waitFor, reason, untilMs, detail } = missing;
  const now = clock();
  if (now >= untilMs) await events.settle(record, { status: 'failed', reason, detail });
  else {
    const dueAt = toInstant(Math.min(now + LOOK_AGAIN_MS, untilMs));
    await events.wait(record, { references: waitFor, reason, dueAt });
  }
  return undefined;
}

async function carryOut(deps: ProcessDeps, record: StripeEventRecord, plan: StripePlan): Promise<void> {
  const { events } = deps;
  const { programId } = record;
  try {
    if (plan.kind === 'record_conversion') {
      const { kind: _, ...conversion } = plan;
      await deps.recordConversion({ ...conversion, programId });
    } else if (plan.kind === 'record_refund') {
      const { kind: _, refundKind, ...refund } = plan;
      await deps.recordRefund({ ...refund, kind: refundKind, programId });
    }
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'temporarily_unavailable') throw error;
    if (error.code === 'unknown_order' && plan.kind === 'record_refund') {
      // Its sale is decided but not recorded yet: the sale's event is in work, or failed and will be sent again.
      const dueAt = toInstant(deps.clock() + LOOK_AGAIN_MS);
      return events.wait(record, { references: [plan.orderId], reason: 'sale_not_recorded', dueAt });
    }
    const rules = error.errors.map(({ pointer, rule }) => `${pointer} ${rule}`).join('; ');
    return events.settle(record, {
      status: 'failed',
      reason: error.code,
      detail: [error.message, rules].join(' ').trim(),
    });
  }
  await events.settle(record, { status: 'done', reason: plan.kind === 'nothing' ? plan.reason : plan.kind });
}

/** What it brought others may wait for. Nothing is lost here: the sweep looks at all that waits. */
async function wake(deps: ProcessDeps, record: StripeEventRecord, process: ProcessStripeEvent): Promise<void> {
  const { programId, eventId, fact } = record;
  try {
    for (const reference of broughtBy(fact)) {
      const waiting = await deps.events.waitingFor(programId, reference);
      for (const id of waiting.filter((one) => one !== eventId).slice(0, MAX_WOKEN)) {
        await reopen(deps.events, programId, id);
        await process(programId, id);
      }
    }
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown';
    deps.log.warn('an event of Stripe that waited could not be processed yet', { programId, eventId, reason });
  }
}

/** A refund that was given up because its sale did not come is as good as one that waits. */
async function reopen(events: StripeEventStore, programId: string, eventId: string): Promise<void> {
  const record = await events.find(programId, eventId);
  if (record?.status !== 'failed' || record.reason !== SALE_NOT_KNOWN) return;
  await events.settle(record, { status: 'recorded', dueAt: record.receivedAt });
}

function broughtBy(fact: StripeEventRecord['fact']): readonly string[] {
  if (fact.kind === 'sale' || fact.kind === 'payment') return [...new Set([fact.orderId, ...fact.references])];
  return fact.kind === 'touch' ? fact.references : [];
}
