import { makeSimulationFiles } from '#shared/adapters/documents/simulation-files';
import type { Simulation, SimulationFiles, SimulationStore } from '#shared/application/payouts/simulations/simulation';
import { sha256 } from '#test/support/builders/payouts';

/** Simulations in memory, under the table's conditions; their files go through the real text of a file. */
export function makeFakeSimulations(): {
  readonly simulations: SimulationStore;
  readonly files: SimulationFiles;
  /** What the bucket holds, by key. */
  readonly stored: Map<string, string>;
} {
  const simulations = new Map<string, Simulation>();
  const marks = new Map<string, number>();
  const stored = new Map<string, string>();
  const keyOf = (programId: string, simulationId: string): string => `${programId}#${simulationId}`;
  const change = (programId: string, simulationId: string, values: Partial<Simulation>): boolean => {
    const known = simulations.get(keyOf(programId, simulationId));
    if (known?.status !== 'running') return false;
    simulations.set(keyOf(programId, simulationId), { ...known, ...values });
    return true;
  };
  const documents = {
    get: async (key: string): Promise<string> => {
      const text = stored.get(key);
      if (text === undefined) throw new Error(`there is no document ${key}`);
      return text;
    },
    putOnce: async (key: string, text: string): Promise<string> => {
      if (!stored.has(key)) stored.set(key, text);
      return stored.get(key)!;
    },
  };
  return {
    stored,
    files: makeSimulationFiles({ documents, digest: sha256 }),
    simulations: {
      get: async (programId, simulationId) => simulations.get(keyOf(programId, simulationId)),
      create: async (simulation) => {
        const key = keyOf(simulation.programId, simulation.simulationId);
        const known = simulations.get(key);
        if (!known) simulations.set(key, simulation);
        return { created: !known, simulation: known ?? simulation };
      },
      plan: async (programId, simulationId, shards, facts) =>
        simulations.get(keyOf(programId, simulationId))?.shards === undefined &&
        change(programId, simulationId, { shards, facts }),
      shardDone: async (programId, simulationId, shard, facts) =>
        void marks.set(`${keyOf(programId, simulationId)}#${shard}`, facts),
      progress: async (programId, simulationId) => {
        const own = [...marks].filter(([key]) => key.startsWith(`${keyOf(programId, simulationId)}#`));
        return { shardsDone: own.length, conversionsDone: own.reduce((sum, [, facts]) => sum + facts, 0) };
      },
      end: async (programId, simulationId, { at, ...end }) => {
        change(programId, simulationId, { status: 'failure' in end ? 'failed' : 'done', finishedAt: at, ...end });
      },
    },
  };
}
