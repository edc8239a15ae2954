import { clock, programReader, table } from '#functions/payouts/composition';
import { partners } from '#functions/payouts/partners-composition';
import { makeAdjustments } from '#shared/adapters/dynamodb/adjustments';
import { makeBalances } from '#shared/adapters/dynamodb/balances';
import { makeRecordAdjustment } from '#shared/application/payouts/record-adjustment';
import { makeWriteOffBalance } from '#shared/application/payouts/write-off-balance';

const deps = { programs: programReader, partners, adjustments: makeAdjustments(table), clock };

/** Making adjustments, for partners that exist. */
export const adjust = makeRecordAdjustment(deps);
export const writeOff = makeWriteOffBalance({ ...deps, balances: makeBalances(table) });
