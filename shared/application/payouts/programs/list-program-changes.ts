import type { ProgramStore } from '#shared/application/payouts/ports';
import { compareText, type Instant } from '#shared/domain/time/instant';
import { makeGetProgram } from './get-program.ts';

export type ChangedField = { readonly field: string; readonly before?: unknown; readonly after?: unknown };

export type ProgramChange = {
  readonly of: 'settings' | 'controls' | 'policy';
  readonly version: number;
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
  readonly at: Instant;
  readonly fields: readonly ChangedField[];
};

/** Before every change. */
const EVER = '' as Instant;
/** People look at the last ones. */
const MAX_CHANGES = 500;

type Kept = Omit<ProgramChange, 'of' | 'fields'> & { readonly before: object; readonly after: object };

/** Who changed which settings, controls and rules of payouts, newest first. @throws Failure unknown_program */
export function makeListProgramChanges(deps: {
  readonly programs: Pick<ProgramStore, 'get' | 'settingsChanges' | 'controlsChanges' | 'policyChanges'>;
}): (programId: string) => Promise<readonly ProgramChange[]> {
  const getProgram = makeGetProgram(deps);
  return async (programId) => {
    await getProgram(programId);
    const [settings, controls, policies] = await Promise.all([
      deps.programs.settingsChanges(programId, EVER),
      deps.programs.controlsChanges(programId, EVER),
      deps.programs.policyChanges(programId, EVER),
    ]);
    return [
      ...settings.map((change) => changeOf('settings', change)),
      ...controls.map((change) =>
        changeOf('controls', { ...change, before: { controls: change.before }, after: { controls: change.after } }),
      ),
      ...policies.map((change) => changeOf('policy', change)),
    ]
      .sort((a, b) => compareText(b.at, a.at) || b.version - a.version)
      .slice(0, MAX_CHANGES);
  };
}

function changeOf(of: ProgramChange['of'], { version, by, onBehalfOf, at, before, after }: Kept): ProgramChange {
  const was = fieldsOf(before);
  const is = fieldsOf(after);
  const names = [...new Set([...was.keys(), ...is.keys()])].sort();
  const fields = names
    .filter((field) => textOf(was.get(field)) !== textOf(is.get(field)))
    .map((field) => ({ field, before: was.get(field), after: is.get(field) }));
  return { of, version, by, ...(onBehalfOf === undefined ? {} : { onBehalfOf }), at, fields };
}

/** Each setting by its section and name. */
function fieldsOf(value: object): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(value).flatMap(([section, fields]) =>
      Object.entries((fields ?? {}) as object).map(([name, one]): [string, unknown] => [`${section}.${name}`, one]),
    ),
  );
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner)) ?? '';
}
