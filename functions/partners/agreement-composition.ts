import { clock, partners } from '#functions/partners/composition';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makeAcceptAgreement } from '#shared/application/partners/accept-agreement';
import { makeRenewAgreement } from '#shared/application/partners/renew-agreement';
import { makeTerminateAgreement } from '#shared/application/partners/terminate-agreement';
import { makeWithdrawAgreement } from '#shared/application/partners/withdraw-agreement';

/** What happens to a version after it was recorded. */
export const accept = makeAcceptAgreement({ partners, programs, clock, digest });
export const withdraw = makeWithdrawAgreement({ partners, programs, clock });
export const renew = makeRenewAgreement({ partners, programs, clock });
export const terminate = makeTerminateAgreement({ partners, programs, clock });
