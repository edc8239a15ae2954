import { partnersTable } from '#functions/payouts/partners-composition';
import { payeeKey } from '#functions/runtime/payee-key';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makePayeeOpener } from '#shared/adapters/payee-vault';

/** Payees with their details: for the functions that hand payouts over, which alone may open them. */
export const payees = makePartnerTermsReader({ ...partnersTable, opener: makePayeeOpener({ opener: payeeKey }) });
