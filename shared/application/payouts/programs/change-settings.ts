import { Failure } from '#shared/application/failure';
import type { ProgramStore } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramSettings } from '#shared/application/programs';
import { programSettingsSchema } from '#shared/contracts/payouts/programs/program-settings';
import { toInstant } from '#shared/domain/time/instant';
import { makeGetProgram } from './get-program.ts';

/** A lost race is looked at again, so that two changes of different settings both count. */
const MAX_LOOKS = 4;

/** What is absent stays; null brings a setting back to its default (RFC 7396). */
export type SettingsPatch = {
  readonly [S in keyof ProgramSettings]?:
    | { readonly [K in keyof ProgramSettings[S]]?: ProgramSettings[S][K] | null | undefined }
    | undefined;
};

export type ChangeSettings = (input: {
  readonly programId: string;
  readonly settings: SettingsPatch;
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
}) => Promise<Program>;

/**
 * Changes how a programme attributes, tracks and looks for fraud. The change, with who made it and what held before, is stored
 * in the transaction of its effect; one that changes nothing stores nothing. What was decided before it stays decided.
 * @throws Failure unknown_program, temporarily_unavailable when others change them at the same moment
 */
export function makeChangeSettings(deps: {
  programs: Pick<ProgramStore, 'get' | 'changeSettings'>;
  clock: Clock;
}): ChangeSettings {
  const getProgram = makeGetProgram(deps);
  return async ({ programId, settings, ...actor }) => {
    for (let look = 1; look <= MAX_LOOKS; look += 1) {
      const program = await getProgram(programId);
      const before = settingsOf(program);
      const after = patchedSettings(before, settings);
      if (JSON.stringify(before) === JSON.stringify(after)) return program;
      const version = program.settingsVersion + 1;
      const at = toInstant(deps.clock());
      if (await deps.programs.changeSettings({ programId, version, before, after, ...actor, at })) {
        return getProgram(programId);
      }
    }
    throw new Failure('temporarily_unavailable', 'Others are changing the settings; look at them and try again.');
  };
}

/** The settings of a programme, in the one order in which they are compared. */
export function settingsOf({ attribution, tracking, fraud }: ProgramSettings): ProgramSettings {
  return programSettingsSchema.parse({ attribution, tracking, fraud });
}

/** The settings after a patch, each back at its default where the patch says null. */
export function patchedSettings(before: ProgramSettings, patch: SettingsPatch): ProgramSettings {
  const section = (name: keyof ProgramSettings): object => {
    const named = Object.entries(patch[name] ?? {}).filter(([, value]) => value !== undefined);
    const merged = Object.entries({ ...before[name], ...Object.fromEntries(named) });
    return Object.fromEntries(merged.filter(([, value]) => value !== null));
  };
  const after = programSettingsSchema.parse({
    attribution: section('attribution'),
    tracking: section('tracking'),
    fraud: section('fraud'),
  });
  const isToldAnew =
    after.tracking.disclosure !== before.tracking.disclosure || after.tracking.language !== before.tracking.language;
  if (!isToldAnew) return after;
  const disclosureVersion = before.tracking.disclosureVersion + 1;
  return { ...after, tracking: { ...after.tracking, disclosureVersion } };
}
