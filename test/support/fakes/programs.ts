import { timeZoneOf } from '#shared/adapters/time-zones';
import { Failure } from '#shared/application/failure';
import { DEFAULT_CONTROLS, DEFAULT_PAYOUT_RULES, type Program, type ProgramReader } from '#shared/application/programs';
import { DEFAULT_SETTINGS } from '#shared/contracts/payouts/programs/program-settings';
import type { Instant, Period } from '#shared/domain/time/instant';

export function aProgram(overrides: Partial<Program> = {}): Program {
  return {
    programId: 'shop',
    name: 'Corner shop',
    currency: 'GBP',
    timeZone: 'Europe/London',
    holdDays: 0,
    minimumPayoutMinor: 0n,
    booksOpenFrom: '2026-01' as Period,
    ...DEFAULT_SETTINGS,
    attribution: { ...DEFAULT_SETTINGS.attribution, windowDays: 30 },
    settingsVersion: 0,
    approvals: { required: 2 },
    payouts: DEFAULT_PAYOUT_RULES,
    policyVersion: 0,
    controls: DEFAULT_CONTROLS,
    controlsVersion: 0,
    closedThrough: '2025-12' as Period,
    createdAt: '2026-01-01T00:00:00.000Z' as Instant,
    ...overrides,
  };
}

/** Programmes in memory; `set` changes one, as a close does. */
export function makeFakePrograms(...programs: readonly Program[]): ProgramReader & { set(program: Program): void } {
  const known = new Map(programs.map((program) => [program.programId, program]));
  return {
    set: (program) => known.set(program.programId, program),
    get: async (programId) => {
      const program = known.get(programId);
      if (!program) throw new Failure('unknown_program', 'Check the programme id.');
      return program;
    },
    zone: timeZoneOf,
  };
}
