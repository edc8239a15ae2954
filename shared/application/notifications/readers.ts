import type { Reader } from '#shared/application/notifications/messages';
import type { Habits } from '#shared/application/notifications/plan-delivery';
import type { Preferences } from '#shared/application/notifications/preferences';
import type { Recipient } from '#shared/application/notifications/recipients';
import type { Program, ProgramReader } from '#shared/application/programs';

export type KnownReader = { readonly habits: Habits; readonly reader: Reader };

/** A recipient with what it chose: its own choices win over what the programme recorded of it, and these over the programme's. */
export function makeReaderOf(deps: {
  readonly preferences: Pick<Preferences, 'find'>;
  readonly programs: Pick<ProgramReader, 'zone'>;
}) {
  return async (program: Program, recipient: Recipient): Promise<KnownReader> => {
    const { programId, currency } = program;
    const { audience, recipientId } = recipient;
    // A bare address is nobody's name.
    const name = recipient.name || program.name;
    const choices = recipientId === undefined ? undefined : await deps.preferences.find(programId, recipientId);
    const timeZone = choices?.timeZone ?? recipient.timeZone ?? program.timeZone;
    const language = choices?.language ?? recipient.language ?? 'en';
    const reader = { audience, name, language, timeZone, program: { programId, name: program.name, currency } };
    return { habits: { choices, zone: deps.programs.zone(timeZone) }, reader };
  };
}
