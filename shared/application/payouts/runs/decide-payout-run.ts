import { Failure } from '#shared/application/failure';
import type { PayoutRuns, StatementReader } from '#shared/application/payouts/ports';
import { statementIdOf } from '#shared/domain/ledger/money-ids';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { makeGetProgram } from '../programs/get-program.ts';
import { makeGetPayoutRun } from './get-payout-run.ts';
import { makeWeighRunDecision, type Person, type WeighRunDecisionDeps } from './weigh-run-decision.ts';

/** Two approvers at one moment take turns: the second look sees the first decision. */
const MAX_LOOKS = 4;

export type DecidePayoutRun = (
  input: Person & {
    readonly programId: string;
    readonly runId: string;
    readonly requestId: string;
    readonly decision: 'approve' | 'reject';
    readonly contentHash: string;
    readonly comment?: string | undefined;
    readonly holds?: readonly string[] | undefined;
  },
) => Promise<PayoutRun>;

export type DecidePayoutRunDeps = WeighRunDecisionDeps & {
  readonly runs: Pick<PayoutRuns, 'get' | 'latestOf' | 'decide' | 'decidedByRequest'>;
  readonly statements: Pick<StatementReader, 'header'>;
};

/**
 * Takes one person's decision on a run:
 * 1. it must name the content that was on the screen; 2. who had a hand in what the run pays (`exclusionsOf`) cannot approve,
 * and an approval whose giver had one after it no longer counts; 3. above the policy's limit who approves must have signed in a
 * short time ago; 4. it is appended together with what it does to the run. The last approval needed, or one rejection,
 * completes the decision, and the stream wakes the workflow.
 * @throws Failure not_found, run_not_awaiting_decision, content_hash_mismatch, approver_excluded, login_not_fresh,
 *   already_decided, invalid_request
 */
export function makeDecidePayoutRun(deps: DecidePayoutRunDeps): DecidePayoutRun {
  const getRun = makeGetPayoutRun(deps);
  const weigh = makeWeighRunDecision(deps);
  return async ({ programId, runId, requestId, ...request }) => {
    for (let look = 1; look <= MAX_LOOKS; look += 1) {
      const run = await getRun(programId, runId);
      if (await deps.runs.decidedByRequest(programId, runId, request.by, requestId)) return run;
      const { given: all, holds, completes } = await weigh(run, request);
      await assertKnownPartners(deps, run, holds);
      const given = all.at(-1);
      if (!given) throw new Error(`an accepted decision on ${runId} is not among its decisions`);
      const stored = { all, given, holds, completes, requestId, contentHash: request.contentHash };
      if (await deps.runs.decide(run, stored)) return getRun(programId, runId);
    }
    throw new Failure('temporarily_unavailable', 'Others are deciding on this run; look at it and try again.');
  };
}

/** Every partner has a statement in the programme's currency in every run: a hold on anybody else is a slip. */
async function assertKnownPartners(deps: DecidePayoutRunDeps, run: PayoutRun, holds: readonly string[]): Promise<void> {
  if (holds.length === 0) return;
  const { currency } = await makeGetProgram(deps)(run.programId);
  for (const [index, partnerId] of holds.entries()) {
    if (await deps.statements.header(run.programId, statementIdOf(run.runId, partnerId, currency))) continue;
    throw new Failure('invalid_request', `Correct the holds: this run has no statement of partner ${partnerId}.`, {
      errors: [{ pointer: `/holds/${index}`, rule: 'must be a partner of this run' }],
    });
  }
}
