import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeSimulations } from '#shared/adapters/dynamodb/money/simulations/simulations';
import type { Simulation, SimulationStore } from '#shared/application/payouts/simulations/simulation';
import { instant, JANUARY } from '#test/support/builders/runs';
import { makeFakeSimulations } from '#test/support/fakes/simulations';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

const AT = instant('2026-02-01T10:00:00.000Z');
const implementations: readonly [string, () => SimulationStore][] = [
  ['on the engine', () => makeSimulations(table)],
  ['in memory', () => makeFakeSimulations().simulations],
];

describe.each(implementations)('simulations %s', (name, make) => {
  let simulations: SimulationStore;
  let programId: string;
  let count = 0;
  beforeEach(() => {
    simulations ??= make();
    count += 1;
    programId = `${name.replaceAll(' ', '-')}-${count}`;
  });
  const aSimulation = (over: Partial<Simulation> = {}): Simulation => ({
    programId,
    simulationId: 's1',
    plan: {
      kind: 'draft',
      draftId: 'spring',
      revision: 3,
      components: [{ kind: 'fixed_fee', id: 'fee', amountMinor: 9_007_199_254_740_993n }],
    },
    from: JANUARY,
    to: JANUARY,
    replaces: [1, 1_000_002],
    months: [{ period: JANUARY, runId: '2026-01.1' }],
    requestHash: 'hash',
    requestedBy: 'person:m',
    requestedAt: AT,
    status: 'running',
    ...over,
  });

  it('keeps what was asked, the draft as it was then, and answers the first under its id', async () => {
    expect(await simulations.create(aSimulation())).toMatchObject({ created: true });
    expect(await simulations.create(aSimulation({ requestHash: 'other' }))).toEqual({
      created: false,
      simulation: aSimulation(),
    });
    expect(await simulations.get(programId, 's1')).toEqual(aSimulation());
    expect(await simulations.get(programId, 's2')).toBeUndefined();
  });

  it('fixes its shards once, while it runs', async () => {
    await simulations.create(aSimulation());
    expect(await simulations.plan(programId, 's1', ['000000-a'], 7)).toBe(true);
    expect(await simulations.plan(programId, 's1', ['000000-b'], 8)).toBe(false);
    expect(await simulations.get(programId, 's1')).toMatchObject({ shards: ['000000-a'], facts: 7 });
    await simulations.create(aSimulation({ simulationId: 's2', status: 'done', resultKey: 'key' }));
    expect(await simulations.plan(programId, 's2', [], 0)).toBe(false);
  });

  it('counts each shard that is done once, however often it was repeated', async () => {
    await simulations.create(aSimulation());
    expect(await simulations.progress(programId, 's1')).toEqual({ shardsDone: 0, conversionsDone: 0 });
    for (const shard of ['a', 'b', 'a']) await simulations.shardDone(programId, 's1', shard, 5);
    expect(await simulations.progress(programId, 's1')).toEqual({ shardsDone: 2, conversionsDone: 10 });
  });

  it('ends once: what comes later changes nothing', async () => {
    await simulations.create(aSimulation());
    await simulations.end(programId, 's1', { at: AT, resultKey: 'key' });
    await simulations.end(programId, 's1', { at: AT, failure: { code: 'late', reason: 'a retry' } });
    expect(await simulations.get(programId, 's1')).toEqual(
      aSimulation({ status: 'done', finishedAt: AT, resultKey: 'key' }),
    );
    await simulations.create(aSimulation({ simulationId: 's2' }));
    await simulations.end(programId, 's2', { at: AT, failure: { code: 'x', reason: 'why' } });
    expect(await simulations.get(programId, 's2')).toMatchObject({ status: 'failed', failure: { reason: 'why' } });
  });
});
