import { clock, programReader, retry, table } from '#functions/payouts/composition';
import { partners } from '#functions/payouts/partners-composition';
import { makeAdjustments } from '#shared/adapters/dynamodb/money/adjustments/adjustments';
import { makeBalances } from '#shared/adapters/dynamodb/money/ledger/balances';
import { makeRecordAdjustment } from '#shared/application/payouts/adjustments/record-adjustment';
import { makeWriteOffBalance } from '#shared/application/payouts/adjustments/write-off-balance';

const deps = { programs: programReader, partners, adjustments: makeAdjustments(table), clock, ...retry };

/** Making adjustments, for partners that exist. */
export const adjust = makeRecordAdjustment(deps);
export const writeOff = makeWriteOffBalance({ ...deps, balances: makeBalances(table) });
