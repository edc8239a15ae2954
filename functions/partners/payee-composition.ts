import * as z from 'zod';
import { caller, clock, partners } from '#functions/partners/composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import type { RequestContext } from '#functions/runtime/http';
import { payeeKey } from '#functions/runtime/payee-key';
import { isPartnerOnly } from '#functions/runtime/principal';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makeOwnPayeeHashKey } from '#shared/adapters/dynamodb/partners/payee-hash-key';
import { makePayeeSealer } from '#shared/adapters/payee-vault';
import { makeChangePayee } from '#shared/application/partners/change-payee';
import { makeEnrolPartner } from '#shared/application/partners/enrol-partner';
import type { PayeeEditor } from '#shared/application/partners/payee-rights';

const environment = readEnvironment(z.object({ MONEY_TABLE: z.string(), PARTNERS_TABLE: z.string() }));
const partnersTable = { documents, tableName: environment.PARTNERS_TABLE };

/** Details can be sealed here, and not opened. */
const sealer = makePayeeSealer({
  sealer: payeeKey,
  hashKey: makeOwnPayeeHashKey({ ...partnersTable, sealer: payeeKey, opener: payeeKey }),
  digest,
});

/** The two routes that say where a partner is paid. */
export const payTo = makeChangePayee({ partners, programs, sealer, clock });
export const enrol = makeEnrolPartner({
  partners,
  programs,
  plans: makePlanReader({ documents, tableName: environment.MONEY_TABLE }),
  sealer,
  clock,
  digest,
});

export function payeeEditor(context: Pick<RequestContext, 'principal'>, programId: string): PayeeEditor {
  const { principal } = context;
  return {
    ...caller(context),
    isPerson: principal?.kind === 'person',
    isPartnerOnly: principal !== undefined && isPartnerOnly(principal, programId),
    ...(principal?.signedInAt === undefined ? {} : { signedInAt: principal.signedInAt }),
  };
}
