import type { Suppression, Suppressions } from '#shared/application/notifications/suppressions';
import type { PartnerView } from '#shared/application/partners/get-partner';

export type ShownPartner = PartnerView & {
  /** Why no e-mail reaches the partner; absent when it does. */
  readonly mailStop: Suppression | undefined;
};

/** A partner with whether it can be reached by e-mail. @throws Failure unknown_program, not_found */
export function makeShowPartner(deps: {
  readonly get: (who: { programId: string; partnerId: string }) => Promise<PartnerView>;
  readonly suppressions: Pick<Suppressions, 'find'>;
}) {
  return async (who: { readonly programId: string; readonly partnerId: string }): Promise<ShownPartner> => {
    const view = await deps.get(who);
    return { ...view, mailStop: await deps.suppressions.find(who.programId, view.profile.email) };
  };
}
