import { clock, programReader, retry, table } from '#functions/payouts/composition';
import { makeAdjustments } from '#shared/adapters/dynamodb/money/adjustments/adjustments';
import { makeDecideAdjustment } from '#shared/application/payouts/adjustments/decide-adjustment';
import { makeGetAdjustment } from '#shared/application/payouts/adjustments/get-adjustment';
import { makeListAdjustments } from '#shared/application/payouts/adjustments/list-adjustments';

const deps = { programs: programReader, adjustments: makeAdjustments(table), clock, ...retry };

/** Reading adjustments and deciding on them. Making one also reads partners, and has its own file. */
export const decideOnAdjustment = makeDecideAdjustment(deps);
export const readAdjustment = makeGetAdjustment(deps);
export const readAdjustments = makeListAdjustments(deps);
