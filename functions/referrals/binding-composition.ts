import * as z from 'zod';
import { clock, conversions, retry } from '#functions/referrals/composition';
import { bindings } from '#functions/referrals/customer-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makeBindCustomer } from '#shared/application/referrals/customers/bind-customer';
import { makePartnerDirectory } from '#shared/application/referrals/partner-directory';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));

const partners = makePartnerDirectory({
  terms: makePartnerTermsReader({ documents, tableName: environment.PARTNERS_TABLE }),
  clock,
});

/** Giving a customer to a partner, which needs to know who the partners are. */
export const bindCustomerTo = makeBindCustomer({ conversions, bindings, programs, partners, clock, digest, ...retry });
