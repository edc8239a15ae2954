import { clock, programReader, table } from '#functions/payouts/composition';
import { partners } from '#functions/payouts/partners-composition';
import { makeAdjustments } from '#shared/adapters/dynamodb/adjustments';
import { makeRecordAdjustment } from '#shared/application/payouts/record-adjustment';

/** Making adjustments, for partners that exist. */
export const adjust = makeRecordAdjustment({
  programs: programReader,
  partners,
  adjustments: makeAdjustments(table),
  clock,
});
