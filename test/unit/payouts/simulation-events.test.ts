import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, it } from 'vitest';
import { moneyChangeOfRecord } from '#shared/adapters/dynamodb/money/money-stream';
import { itemOfSimulation } from '#shared/adapters/dynamodb/money/simulations/simulation-item';
import { eventsOf } from '#shared/application/payouts/runs/money-events';
import type { Simulation } from '#shared/application/payouts/simulations/simulation';
import { domainEventSchema } from '#shared/contracts/events';
import { instant, JANUARY } from '#test/support/builders/runs';

const aSimulation = (over: Partial<Simulation> = {}): Simulation => ({
  programId: 'acme',
  simulationId: 's1',
  plan: {
    kind: 'draft',
    draftId: 'spring',
    revision: 1,
    components: [{ kind: 'fixed_fee', id: 'f', amountMinor: 5n }],
  },
  from: JANUARY,
  to: JANUARY,
  months: [{ period: JANUARY }],
  requestHash: 'hash',
  requestedBy: 'person:m',
  requestedAt: instant('2026-02-01T10:00:00Z'),
  status: 'running',
  ...over,
});
const eventsFor = (after: Simulation, before?: Simulation): readonly unknown[] => {
  const image = (simulation: Simulation) => marshall(itemOfSimulation(simulation), { removeUndefinedValues: true });
  const change = moneyChangeOfRecord({
    dynamodb: { NewImage: image(after), ...(before ? { OldImage: image(before) } : {}) },
  } as never);
  return change ? eventsOf(change) : [];
};

it('a simulation that goes on by itself is told once, when it is asked for', () => {
  const events = eventsFor(aSimulation());
  expect(events).toEqual([
    {
      type: 'simulation.requested',
      eventId: 'acme/s1/requested',
      programId: 'acme',
      simulationId: 's1',
      occurredAt: instant('2026-02-01T10:00:00Z'),
    },
  ]);
  expect(domainEventSchema.parse(events[0])).toEqual(events[0]);
  expect(eventsFor(aSimulation({ shards: ['a'] }), aSimulation())).toEqual([]);
});

it('a simulation that was answered at once starts nothing', () => {
  expect(eventsFor(aSimulation({ status: 'done', resultKey: 'key' }))).toEqual([]);
});
