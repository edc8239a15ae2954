import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { Clock } from '#shared/application/ports';
import type { PartnerDirectory } from '#shared/application/referrals/ports';

/** Partners are never removed; only a change of their e-mail address can be seen this late. */
const REMEMBERED_MS = 60_000;
/** About 1 MB; a programme has hundreds of partners. */
const MAX_REMEMBERED = 5_000;

/** The contract index of partners as a directory, remembered a minute a partner. A partner not found is asked for again each time. */
export function makePartnerDirectory(deps: {
  readonly terms: Pick<PartnerTermsReader, 'emailHash'>;
  readonly clock: Clock;
}): PartnerDirectory {
  const remembered = new Map<string, { readonly partner: { readonly emailHash: string }; readonly until: number }>();
  return {
    find: async (programId, partnerId) => {
      const key = `${programId}/${partnerId}`;
      const known = remembered.get(key);
      if (known && known.until > deps.clock()) return known.partner;
      const emailHash = await deps.terms.emailHash(programId, partnerId);
      if (emailHash === undefined) return undefined;
      if (remembered.size >= MAX_REMEMBERED) remembered.clear();
      remembered.set(key, { partner: { emailHash }, until: deps.clock() + REMEMBERED_MS });
      return { emailHash };
    },
  };
}
