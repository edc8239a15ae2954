import type { PartnerStore } from '#shared/application/partners/ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { type TermReminder, termReminders } from '#shared/domain/partner/term-reminders';
import { type Instant, toInstant } from '#shared/domain/time/instant';

/** That a partner is told of what ends soon; published from the stream, once. */
export type RecordedReminder = {
  readonly programId: string;
  readonly partnerId: string;
  readonly at: Instant;
  readonly reminder: TermReminder;
};

export type TermReminders = {
  /** False when it was recorded before: the first stays, and is told. */
  record(reminder: RecordedReminder): Promise<boolean>;
};

export type RemindPartners = {
  readonly programId: string;
  /** The shard: partner ids after `after`, up to and with `through`. */
  readonly after?: string | undefined;
  readonly through?: string | undefined;
};

/**
 * Writes down what the partners of a shard are to be told ends soon, each once, however often a night is gone through.
 * @throws Failure unknown_program
 */
export function makeRemindPartners(deps: {
  readonly partners: Pick<PartnerStore, 'standings'>;
  readonly programs: Pick<ProgramReader, 'get' | 'zone'>;
  readonly reminders: TermReminders;
  readonly clock: Clock;
}) {
  return async ({ programId, ...range }: RemindPartners): Promise<{ readonly reminded: number }> => {
    const { timeZone } = await deps.programs.get(programId);
    const zone = deps.programs.zone(timeZone);
    const at = toInstant(deps.clock());
    let reminded = 0;
    for await (const standing of deps.partners.standings(programId, range)) {
      const { partnerId } = standing;
      for (const reminder of termReminders(standing, at, zone)) {
        if (await deps.reminders.record({ programId, partnerId, at, reminder })) reminded += 1;
      }
    }
    return { reminded };
  };
}
