import * as z from 'zod';
import { clock, partners } from '#functions/partners/composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makeEnrolPartner } from '#shared/application/partners/enrol-partner';

const { MONEY_TABLE: tableName } = readEnvironment(z.object({ MONEY_TABLE: z.string() }));

function noPayee(): never {
  throw new Error('an application says nothing of a payee');
}

/** The use case of enrol-partner, which has no key of payees here: whoever is accepted says itself where it is paid. */
export const enrol = makeEnrolPartner({
  ...{ partners, programs, clock, digest },
  plans: makePlanReader({ documents, tableName }),
  sealer: { seal: noPayee, fingerprint: noPayee, hash: noPayee },
});
