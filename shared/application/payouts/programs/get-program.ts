import { Failure } from '#shared/application/failure';
import type { ProgramStore } from '#shared/application/payouts/ports';
import type { Program } from '#shared/application/programs';

export type GetProgram = (programId: string) => Promise<Program>;

/** Reads a programme as it is now. @throws Failure unknown_program */
export function makeGetProgram(deps: { programs: Pick<ProgramStore, 'get'> }): GetProgram {
  return async (programId) => {
    const program = await deps.programs.get(programId);
    if (program) return program;
    throw new Failure('unknown_program', 'Check the programme id; GET /v1/programs lists those you may see.', {
      errors: [{ pointer: 'path:programId', rule: 'must be the id of a programme' }],
    });
  };
}
