import type { ProgramStore, SettingsChange } from '#shared/application/payouts/ports';
import type { Instant } from '#shared/domain/time/instant';
import { makeGetProgram } from './get-program.ts';

/** Before every change. */
const EVER = '' as Instant;

/** Every change of a programme's settings, oldest first. @throws Failure unknown_program */
export function makeListSettingsChanges(deps: {
  programs: Pick<ProgramStore, 'get' | 'settingsChanges'>;
}): (programId: string) => Promise<readonly SettingsChange[]> {
  const getProgram = makeGetProgram(deps);
  return async (programId) => {
    await getProgram(programId);
    return deps.programs.settingsChanges(programId, EVER);
  };
}
