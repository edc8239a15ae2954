import type { ProgramStore } from '#shared/application/payouts/ports';
import type { TrackingSettings } from '#shared/application/programs';
import type { Instant } from '#shared/domain/time/instant';
import { disclosureText, type Language } from '#shared/domain/tracking/disclosure';
import { makeGetProgram } from './get-program.ts';
import { makeListSettingsChanges } from './list-settings-changes.ts';

export type Disclosure = {
  readonly version: number;
  readonly language: Language;
  readonly text: string;
  readonly from: Instant;
};

/** Every version of a programme's disclosure, oldest first: the first one, and one a change of text or language. @throws Failure unknown_program */
export function makeListDisclosures(deps: {
  programs: Pick<ProgramStore, 'get' | 'settingsChanges'>;
}): (programId: string) => Promise<readonly Disclosure[]> {
  const getProgram = makeGetProgram(deps);
  const changesOf = makeListSettingsChanges(deps);
  return async (programId) => {
    const program = await getProgram(programId);
    const changes = await changesOf(programId);
    const told = (tracking: TrackingSettings, from: Instant): Disclosure => ({
      version: tracking.disclosureVersion,
      language: tracking.language,
      text: disclosureText(tracking),
      from,
    });
    const first = told(changes[0]?.before.tracking ?? program.tracking, program.createdAt);
    const later = changes
      .filter(({ before, after }) => before.tracking.disclosureVersion !== after.tracking.disclosureVersion)
      .map(({ after, at }) => told(after.tracking, at));
    return [first, ...later];
  };
}
