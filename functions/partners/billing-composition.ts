import * as z from 'zod';
import { clock, partners } from '#functions/partners/composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeBillings } from '#shared/adapters/dynamodb/partners/billings';
import { makeGetBilling, makeSetBilling } from '#shared/application/partners/set-billing';

const { PARTNERS_TABLE: tableName } = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));
const billings = makeBillings({ documents, tableName });

export const readBilling = makeGetBilling({ partners, billings });
export const writeBilling = makeSetBilling({ partners, billings, clock });
