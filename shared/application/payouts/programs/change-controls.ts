import { Failure } from '#shared/application/failure';
import type { ProgramStore } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramControls } from '#shared/application/programs';
import { toInstant } from '#shared/domain/time/instant';
import { makeGetProgram } from './get-program.ts';

/** A lost race is looked at again, so that two changes of different controls both count. */
const MAX_LOOKS = 4;

/** What is absent stays; null takes an optional control away (RFC 7396). */
export type ControlsPatch = {
  readonly [K in keyof ProgramControls]?: ProgramControls[K] | null | undefined;
};

export type ChangeControls = (input: {
  readonly programId: string;
  readonly controls: ControlsPatch;
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
}) => Promise<Program>;

/**
 * Changes a programme's limits and deadlines. The change, with who made it and what held before, is stored in the transaction
 * of its effect; one that changes nothing stores nothing. What was proposed under an older limit stays proposed.
 * @throws Failure unknown_program, temporarily_unavailable when others change them at the same moment
 */
export function makeChangeControls(deps: {
  programs: Pick<ProgramStore, 'get' | 'changeControls'>;
  clock: Clock;
}): ChangeControls {
  const getProgram = makeGetProgram(deps);
  return async ({ programId, controls, ...actor }) => {
    for (let look = 1; look <= MAX_LOOKS; look += 1) {
      const program = await getProgram(programId);
      const before = program.controls;
      const after = patched(before, controls);
      if (isSame(before, after)) return program;
      const version = program.controlsVersion + 1;
      const at = toInstant(deps.clock());
      if (await deps.programs.changeControls({ programId, version, before, after, ...actor, at })) {
        return getProgram(programId);
      }
    }
    throw new Failure('temporarily_unavailable', 'Others are changing the controls; look at them and try again.');
  };
}

function patched(before: ProgramControls, patch: ControlsPatch): ProgramControls {
  const named = Object.entries(patch).filter(([, value]) => value !== undefined);
  const after = { ...before, ...Object.fromEntries(named) };
  return Object.fromEntries(Object.entries(after).filter(([, value]) => value !== null)) as ProgramControls;
}

function isSame(a: ProgramControls, b: ProgramControls): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof ProgramControls>;
  return [...names].every((name) => a[name] === b[name]);
}
