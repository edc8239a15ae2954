import { clock, partners } from '#functions/partners/composition';
import { programs } from '#functions/runtime/programs';
import { makeGetAgreement } from '#shared/application/partners/get-agreement';
import { makeGetPartner } from '#shared/application/partners/get-partner';

export const get = makeGetPartner({ partners, programs, clock });
export const wholeAgreement = makeGetAgreement({ partners, programs, clock });
