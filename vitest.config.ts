import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: [],
    // Unless said, one core is left to the main process, which has little to do: on two cores that is half the machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          setupFiles: ['test/support/setup.ts'],
          // Unit tests share no state, so one module graph a worker serves all files: a third of the time.
          isolate: false,
          pool: 'threads',
          // Nothing here waits: only a busy machine makes properties take long, and that is no failure.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'simulation',
          include: ['test/simulation/**/*.test.ts'],
          setupFiles: ['test/support/setup.ts'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          // Each file has an engine of its own and changes nothing else: loading the SDK anew for each costs half the time.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts'],
          // CDK takes seconds to load and to synthesise; the files only read what one synth made.
          isolate: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Three stacks at a time: half of what they do is to wait, for streams, workflows and pages.
          maxWorkers: 3,
          // Files that keep to programmes of their own share the stack of their worker.
          isolate: false,
          globalSetup: ['test/support/synthesise-once.ts', 'test/support/one-stack-a-worker.ts'],
        },
      },
    ],
  },
});
