import { remediedEvent } from '#shared/application/carry-out-dispute';
import type { PostedStatement } from '#shared/application/payouts/ledger/ledger-ports';
import type { SettingsChange } from '#shared/application/payouts/ports';
import type { Simulation } from '#shared/application/payouts/simulations/simulation';
import type { DomainEvent } from '#shared/contracts/events';
import type { Payout } from '#shared/domain/ledger/payout';
import { decisionOfRemedy } from '#shared/domain/partner/dispute';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import type { Instant, Period } from '#shared/domain/time/instant';
import { payoutEvents, statementReady } from '../paying/paying-events.ts';
import { waitingEvents } from './waiting-events.ts';

/** A change of the Money table that others want to know of. */
export type MoneyChange =
  /** A simulation that was asked for. */
  | { readonly type: 'simulation'; readonly simulation: Simulation }
  | { readonly type: 'settings'; readonly change: SettingsChange }
  /** The item that a statement was posted with. */
  | { readonly type: 'posted'; readonly statement: PostedStatement }
  | {
      readonly type: 'payout';
      readonly before: Payout | undefined;
      readonly after: Payout;
      /** Of a payout that was created with nothing else: the statement that was posted so. */
      readonly statement?: PostedStatement | undefined;
    }
  | { readonly type: 'run'; readonly before: PayoutRun | undefined; readonly after: PayoutRun }
  | {
      readonly type: 'rail_event';
      readonly eventId: string;
      readonly programId: string;
      readonly payoutId: string;
      readonly occurredAt: Instant;
      readonly outcome: 'settled' | 'failed' | 'returned';
      readonly reason?: string | undefined;
    }
  /** A bank's file that a call could not finish. */
  | { readonly type: 'bank_report'; readonly programId: string; readonly reportId: string; readonly at: Instant }
  | {
      /** An adjustment that a dispute was decided with was proposed, recorded or declined. */
      readonly type: 'dispute_adjustment';
      readonly programId: string;
      readonly adjustmentId: string;
      readonly state: 'proposed' | 'recorded' | 'declined';
      readonly period: Period;
      readonly at: Instant;
    };

/** The events of a change. Their ids follow from what happened, so that a record read twice gives the same event. */
export function eventsOf(change: MoneyChange): readonly DomainEvent[] {
  if (change.type === 'rail_event') {
    const { type: _, ...report } = change;
    return [{ ...report, type: 'payout.rail_event' }];
  }
  if (change.type === 'dispute_adjustment') return remedyEvents(change);
  if (change.type === 'simulation') return simulationEvents(change.simulation);
  if (change.type === 'bank_report') {
    const { programId, reportId, at } = change;
    const eventId = `${programId}/${reportId}/interrupted/${at}`;
    return [{ type: 'bank_report.interrupted', eventId, programId, reportId, occurredAt: at }];
  }
  if (change.type === 'posted') return [statementReady(change.statement)];
  if (change.type === 'payout') {
    const { before, after, statement } = change;
    return [...(statement ? [statementReady(statement)] : []), ...payoutEvents(before, after)];
  }
  if (change.type === 'settings') return settingsEvents(change.change);
  const { before, after } = change;
  const { programId, runId, period } = after;
  const events: DomainEvent[] = [];
  if (before?.execution !== after.execution) {
    const eventId = `${programId}/${runId}/opened/${after.execution}`;
    events.push({ type: 'run.opened', eventId, programId, runId, period, occurredAt: after.openedAt });
  }
  if (after.decision && !before?.decision) {
    const eventId = `${programId}/${runId}/decided`;
    const occurredAt = after.given.at(-1)?.at ?? after.openedAt;
    events.push({ type: 'run.decided', eventId, programId, runId, decision: after.decision, occurredAt });
  }
  return [...events, ...waitingEvents(before, after)];
}

function remedyEvents(change: Extract<MoneyChange, { type: 'dispute_adjustment' }>): readonly DomainEvent[] {
  const { programId, adjustmentId, state, period, at } = change;
  const decided = decisionOfRemedy(adjustmentId);
  if (!decided) return [];
  return [remediedEvent({ ...decided, programId, decidedAt: at }, { kind: 'adjustment', state, adjustmentId, period })];
}

/** Links keep what follows from these two; every other setting is read when it is needed. */
function settingsEvents({ programId, version, before, after, at }: SettingsChange): readonly DomainEvent[] {
  const kept = ({ tracking }: SettingsChange['after']): string =>
    JSON.stringify([tracking.destinationHosts, tracking.utm]);
  if (kept(before) === kept(after)) return [];
  const eventId = `${programId}/settings/${version}`;
  return [{ type: 'tracking_settings.changed', eventId, programId, settingsVersion: version, occurredAt: at }];
}

/** One that was done at once needs no workflow. */
function simulationEvents({ programId, simulationId, status, requestedAt }: Simulation): readonly DomainEvent[] {
  if (status !== 'running') return [];
  const eventId = `${programId}/${simulationId}/requested`;
  return [{ type: 'simulation.requested', eventId, programId, simulationId, occurredAt: requestedAt }];
}
