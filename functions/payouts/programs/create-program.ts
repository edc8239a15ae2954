import type * as z from 'zod';
import { createNewProgram, idempotency } from '#functions/payouts/composition';
import { controlsOf } from '#functions/payouts/programs/controls';
import { payoutRulesOf } from '#functions/payouts/programs/payout-policy';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { actorOf } from '#functions/runtime/principal';
import { Failure } from '#shared/application/failure';
import type { ApprovalPolicy } from '#shared/application/programs';
import { createProgramRoute } from '#shared/contracts/payouts/programs/create-program';
import type { approvalsSchema } from '#shared/contracts/payouts/programs/program';

function policyOf(sent: number | z.output<typeof approvalsSchema>): ApprovalPolicy {
  if (typeof sent === 'number') return { required: sent };
  const above = sent.extraApproverAboveMinor;
  return { required: sent.required, ...(above === undefined ? {} : { extraApproverAboveMinor: BigInt(above) }) };
}

export const createProgram: HttpHandler<typeof createProgramRoute> = ({ body }, { principal, newId }) => {
  if (!principal?.grants.some(({ role, programId }) => role === 'admin' && programId === '*')) {
    throw new Failure('forbidden', 'Ask an administrator of the whole installation to create a programme.');
  }
  return createNewProgram({
    ...body,
    ...actorOf(principal),
    programId: newId,
    minimumPayoutMinor: BigInt(body.minimumPayoutMinor),
    approvals: body.approvals === undefined ? undefined : policyOf(body.approvals),
    payouts: body.payouts && payoutRulesOf(body.payouts),
    controls: body.controls && controlsOf(body.controls),
  });
};

export const handler = httpFunction(createProgramRoute, createProgram, { idempotency });
