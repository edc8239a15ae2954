import { Failure } from '#shared/application/failure';
import type { Adjustment, AdjustmentStore } from '#shared/application/payouts/adjustments/adjustment-ports';
import type { ProgramReader } from '#shared/application/programs';

export type GetAdjustment = (input: {
  readonly programId: string;
  readonly adjustmentId: string;
}) => Promise<Adjustment>;

/** Reads an adjustment as it stands, also a declined one with its reason. @throws Failure unknown_program, not_found */
export function makeGetAdjustment(deps: {
  programs: Pick<ProgramReader, 'get'>;
  adjustments: Pick<AdjustmentStore, 'find'>;
}): GetAdjustment {
  return async ({ programId, adjustmentId }) => {
    await deps.programs.get(programId);
    const adjustment = await deps.adjustments.find(programId, adjustmentId);
    if (adjustment) return adjustment;
    throw new Failure('not_found', 'Check the adjustment id; GET .../adjustments lists those of a month.', {
      errors: [{ pointer: 'path:adjustmentId', rule: 'must be the id of an adjustment of this programme' }],
    });
  };
}
