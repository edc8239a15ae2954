import { describe, expect, it } from 'vitest';
import { SIMULATION_LIMITS } from '#shared/application/payouts/simulations/simulate-plan';
import { makeStartSimulation } from '#shared/application/payouts/simulations/start-simulation';
import type { ReferralFacts } from '#shared/application/referral-facts';
import { NO_FACTS } from '#test/support/builders/closing-half';
import { sha256 } from '#test/support/builders/payouts';
import { FEBRUARY, instant, JANUARY } from '#test/support/builders/runs';
import { aDraft, aSimulatedProgramme, ask, cost, partner, sale } from '#test/support/builders/simulated-programme';

describe('a simulation that no answer waits for', () => {
  it.each([
    ['facts', { facts: 1 }],
    ['statements', { statements: 1 }],
  ])('goes on by itself before it reads a fact when the months hold more %s', async (_what, limit) => {
    const { simulator } = await aSimulatedProgramme(
      [sale('o1'), sale('o2', { occurredAt: instant('2026-01-16T00:00:00Z') })],
      [partner('p1'), partner('p2')],
    );
    const facts: ReferralFacts = {
      ...NO_FACTS,
      conversions: () => expect.unreachable('no fact is read'),
    };
    const { simulation, result } = await simulator.ask(
      ask,
      { facts, limits: { ...SIMULATION_LIMITS, ...limit } },
      'big',
    );
    expect([simulation.status, result]).toEqual(['running', undefined]);

    await simulator.goOn('big');
    const done = await simulator.read({ programId: 'acme', simulationId: 'big' });
    const atOnce = await simulator.ask(ask);
    expect(done.simulation).toMatchObject({ status: 'done', facts: 2, finishedAt: expect.any(String) });
    expect(done.progress).toEqual({ shardsDone: 1, conversionsDone: 2 });
    expect(done.result).toEqual({ ...atOnce.result, simulationId: 'big' });
  });

  it('goes on by itself when its time is up, in the middle of a month: facts are taken as they come', async () => {
    const { simulator } = await aSimulatedProgramme([]);
    let now = 0;
    const facts: ReferralFacts = {
      ...NO_FACTS,
      async *conversions() {
        for (let second = 0; ; second += 1) {
          now += 1;
          yield sale(`o${String(second).padStart(6, '0')}`);
        }
      },
    };
    const limits = { ...SIMULATION_LIMITS, seconds: 20 };
    const { simulation } = await simulator.ask(ask, { facts, limits, clock: () => now });
    expect(simulation.status).toBe('running');
    expect(now).toBe(20_001);
  });

  it('goes on by itself when that is asked for, however small it is', async () => {
    const { simulator } = await aSimulatedProgramme([sale('o1')]);
    const { simulation } = await simulator.ask({ ...ask, background: true }, {}, 'small');
    expect(simulation.status).toBe('running');
    await simulator.goOn('small');
    const { result } = await simulator.read({ programId: 'acme', simulationId: 'small' });
    expect(result?.items).toEqual([cost('p1', 'GBP', 1_000n, 1_500n)]);
  });

  it('may be repeated at every step, and its shards are those of the first try', async () => {
    const { half, simulator } = await aSimulatedProgramme([sale('o1')]);
    const limits = { ...SIMULATION_LIMITS, facts: 0 };
    await simulator.ask(ask, { limits }, 'big');
    const id = { programId: 'acme', simulationId: 'big' };
    const { shards } = await simulator.plan(id);
    expect(await simulator.plan(id)).toEqual({ shards });
    for (const shard of [...shards, ...shards]) await simulator.shard({ ...id, shard });
    await simulator.finish(id);
    half.time.now += 60_000;
    const first = await simulator.read(id);
    await simulator.finish(id);
    await simulator.finish({ ...id, failure: { code: 'late', reason: 'a retry' } });
    expect(await simulator.read(id)).toEqual(first);
    expect(first.progress.shardsDone).toBe(shards.length);
    await expect(simulator.shard({ ...id, shard: shards[0]! })).rejects.toThrow('done, not running');
    expect(await simulator.plan(id)).toEqual({ shards: [] });
  });

  it('ends with its reason when a step failed', async () => {
    const { simulator } = await aSimulatedProgramme([sale('o1')]);
    await simulator.ask(ask, { limits: { ...SIMULATION_LIMITS, facts: 0 } }, 'big');
    const id = { programId: 'acme', simulationId: 'big' };
    const failure = { code: 'States.Timeout', reason: 'a shard took too long' };
    await simulator.finish({ ...id, failure });
    expect(await simulator.read(id)).toMatchObject({ simulation: { status: 'failed', failure }, result: undefined });
  });

  it('is started once under a name that follows from it', async () => {
    const started: [string, object][] = [];
    const start = makeStartSimulation({ start: async (...call) => void started.push(call), digest: sha256 });
    for (let delivery = 0; delivery < 2; delivery += 1) await start({ programId: 'acme:uk', simulationId: 's1' });
    expect(started[0]).toEqual(started[1]);
    expect(started[0]).toEqual([
      expect.stringMatching(/^simulation-[0-9a-f]{32}$/),
      { programId: 'acme:uk', simulationId: 's1' },
    ]);
  });
});

describe('the same Idempotency-Key', () => {
  it('is the same simulation, also when the draft changed since', async () => {
    const { simulator } = await aSimulatedProgramme([sale('o1')]);
    const draft = aDraft([{ kind: 'revenue_share', id: 'share', ratesByTier: { referral: 2000 } }]);
    await simulator.drafts.save('acme', draft);
    const asked = { draftId: 'spring', from: JANUARY, to: JANUARY };
    const first = await simulator.ask(asked, {}, 'key');
    expect(first.result?.items).toEqual([cost('p1', 'GBP', 1_000n, 2_000n)]);
    await simulator.drafts.save('acme', { ...draft, revision: 2, components: [] });
    expect(await simulator.ask(asked, {}, 'key')).toEqual(first);
    await expect(simulator.ask({ ...asked, to: FEBRUARY }, {}, 'key')).rejects.toMatchObject({
      code: 'idempotency_key_reused',
      errors: [{ pointer: 'header:Idempotency-Key' }],
    });
  });

  it('answers both of two requests at once with what the first stored', async () => {
    const { simulator } = await aSimulatedProgramme([sale('o1')]);
    const [one, other] = await Promise.all([simulator.ask(ask, {}, 'key'), simulator.ask(ask, {}, 'key')]);
    expect(one).toEqual(other);
    expect([...simulator.stored.keys()].filter((key) => key.includes('/result-'))).toHaveLength(1);
  });

  it('shows how far one is that goes on by itself', async () => {
    const { simulator } = await aSimulatedProgramme([sale('o1')]);
    const over = { limits: { ...SIMULATION_LIMITS, facts: 0 } };
    await simulator.ask(ask, over, 'key');
    expect((await simulator.ask(ask, over, 'key')).simulation.status).toBe('running');
    await simulator.goOn('key');
    expect((await simulator.ask(ask, over, 'key')).result?.items).toEqual([cost('p1', 'GBP', 1_000n, 1_500n)]);
  });
});
