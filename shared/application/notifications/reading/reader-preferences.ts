import { Failure } from '#shared/application/failure';
import type { Preferences } from '#shared/application/notifications/preferences';
import { partnerRecipient, staffRecipient } from '#shared/application/notifications/preferences';
import type { makeSetPreferences, Wish } from '#shared/application/notifications/reading/choose-preferences';
import { type PreferencesView, preferencesView } from '#shared/application/notifications/reading/preferences-view';
import { type Asking, requireOwnOrAdmin } from '#shared/application/notifications/staff/own-or-admin';
import type { StaffStore } from '#shared/application/notifications/staff/staff-ports';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { ProgramReader } from '#shared/application/programs';

type Deps = {
  readonly preferences: Pick<Preferences, 'find'>;
  readonly programs: Pick<ProgramReader, 'get'>;
};
export type OfPartner = { readonly programId: string; readonly partnerId: string; readonly by: string };
export type OfPerson = { readonly programId: string; readonly personId: string; readonly asking: Asking };

/**
 * What a partner is told when and how; with a wish after it was written down.
 * @throws Failure not_found, unknown_program; invalid_request
 */
export function makePartnerPreferences(
  deps: Deps & {
    readonly partners: Pick<PartnerStore, 'profile'>;
    readonly set?: ReturnType<typeof makeSetPreferences> | undefined;
  },
) {
  return async ({ programId, partnerId, by }: OfPartner, wish?: Wish): Promise<PreferencesView> => {
    const [program, profile] = await Promise.all([
      deps.programs.get(programId),
      deps.partners.profile(programId, partnerId),
    ]);
    if (!profile) throw new Failure('not_found', 'There is no such partner.');
    const recipientId = partnerRecipient(partnerId);
    if (wish && deps.set) await deps.set({ programId, recipientId, audience: 'partner', by }, wish);
    return preferencesView('partner', await deps.preferences.find(programId, recipientId), program);
  };
}

/**
 * The same of somebody who runs the programme, for that person and for admins.
 * @throws Failure not_found, unknown_program; invalid_request
 */
export function makeStaffPreferences(
  deps: Deps & {
    readonly staff: Pick<StaffStore, 'find'>;
    readonly set?: ReturnType<typeof makeSetPreferences> | undefined;
  },
) {
  return async ({ programId, personId, asking }: OfPerson, wish?: Wish): Promise<PreferencesView> => {
    const [program, person] = await Promise.all([deps.programs.get(programId), deps.staff.find(programId, personId)]);
    const { language, timeZone } = requireOwnOrAdmin(person, asking);
    const recipientId = staffRecipient(personId);
    if (wish && deps.set) await deps.set({ programId, recipientId, audience: 'staff', by: asking.by }, wish);
    const choices = await deps.preferences.find(programId, recipientId);
    return preferencesView('staff', choices, { language, timeZone: timeZone ?? program.timeZone });
  };
}
