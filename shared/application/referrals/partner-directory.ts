import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { PayeeAccounts } from '#shared/application/payee-accounts';
import type { Clock } from '#shared/application/ports';
import type { KnownPartner, PartnerDirectory } from '#shared/application/referrals/ports';

/** Partners are never removed; only a change of their e-mail address or account can be seen this late. */
const REMEMBERED_MS = 60_000;
/** About 1 MB; a programme has hundreds of partners. */
const MAX_REMEMBERED = 5_000;

/**
 * The contract index of partners as a directory, remembered a minute a partner. A partner not found is asked for again each
 * time. Without `accounts` nothing is known of where partners are paid.
 */
export function makePartnerDirectory(deps: {
  readonly terms: Pick<PartnerTermsReader, 'emailHash'>;
  readonly accounts?: PayeeAccounts | undefined;
  readonly clock: Clock;
}): PartnerDirectory {
  const remembered = new Map<string, { readonly partner: KnownPartner; readonly until: number }>();
  return {
    isAccount: deps.accounts?.isAccount,
    find: async (programId, partnerId) => {
      const key = `${programId}/${partnerId}`;
      const known = remembered.get(key);
      if (known && known.until > deps.clock()) return known.partner;
      const [emailHash, account] = await Promise.all([
        deps.terms.emailHash(programId, partnerId),
        deps.accounts?.of(programId, partnerId),
      ]);
      if (emailHash === undefined) return undefined;
      if (remembered.size >= MAX_REMEMBERED) remembered.clear();
      const partner = { emailHash, ...account };
      remembered.set(key, { partner, until: deps.clock() + REMEMBERED_MS });
      return partner;
    },
  };
}
