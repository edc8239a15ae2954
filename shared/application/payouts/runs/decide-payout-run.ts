import { Failure } from '#shared/application/failure';
import type { PayoutRuns, ProgramStore, StatementReader } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import { statementIdOf } from '#shared/domain/ledger/money-ids';
import { type DecisionAnswer, type Exclusion, type PayoutRun, weighDecision } from '#shared/domain/run/payout-run';
import { toInstant } from '#shared/domain/time/instant';
import { makeGetProgram } from '../programs/get-program.ts';
import { makeGetPayoutRun } from './get-payout-run.ts';
import { exclusionsOf, type RunExclusionsDeps } from './run-exclusions.ts';

/** Two approvers at one moment take turns: the second look sees the first decision. */
const MAX_LOOKS = 4;

export type DecidePayoutRun = (input: {
  readonly programId: string;
  readonly runId: string;
  readonly by: string;
  readonly requestId: string;
  readonly decision: 'approve' | 'reject';
  readonly contentHash: string;
  readonly comment?: string | undefined;
  readonly holds?: readonly string[] | undefined;
}) => Promise<PayoutRun>;

export type DecidePayoutRunDeps = Omit<RunExclusionsDeps, 'controls'> & {
  readonly programs: Pick<ProgramStore, 'get' | 'controlsChanges' | 'settingsChanges' | 'policyChanges'>;
  readonly runs: Pick<PayoutRuns, 'get' | 'latestOf' | 'decide' | 'decidedByRequest'>;
  readonly statements: Pick<StatementReader, 'header'>;
  readonly clock: Clock;
};

/**
 * Takes one person's decision on a run:
 * 1. it must name the content that was on the screen; 2. who had a hand in what the run pays (`exclusionsOf`) cannot approve,
 * and an approval whose giver had one after it no longer counts; 3. it is appended together with what it does to the run. The last approval needed, or one rejection,
 * completes the decision, and the stream wakes the workflow.
 * @throws Failure not_found, run_not_awaiting_decision, content_hash_mismatch, approver_excluded, already_decided, invalid_request
 */
export function makeDecidePayoutRun(deps: DecidePayoutRunDeps): DecidePayoutRun {
  const getRun = makeGetPayoutRun(deps);
  const excludedFrom = async (run: PayoutRun): Promise<ReadonlyMap<string, Exclusion>> => {
    if (run.status !== 'awaiting_decision') return new Map();
    const program = await makeGetProgram(deps)(run.programId);
    return exclusionsOf({ ...deps, controls: deps.programs }, program, run);
  };
  return async ({ programId, runId, requestId, ...request }) => {
    for (let look = 1; look <= MAX_LOOKS; look += 1) {
      const run = await getRun(programId, runId);
      if (await deps.runs.decidedByRequest(programId, runId, request.by, requestId)) return run;
      const exclusions = request.decision === 'approve' ? await excludedFrom(run) : new Map();
      const answer = weighDecision(run, { ...request, at: toInstant(deps.clock()) }, exclusions);
      if (answer.answer !== 'accepted') throw refusal(run, answer);
      await assertKnownPartners(deps, run, answer.holds);
      const { given: all, holds, completes } = answer;
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

const EXCLUSION_TEXT: Readonly<Record<Exclusion, string>> = {
  opened_the_run: 'you opened this run',
  made_an_adjustment: 'you made an adjustment that this run pays',
  reattributed_a_sale: 'you gave a sale that this run pays to another partner',
  released_a_sale: 'you released a held sale that this run pays',
  bound_a_customer: 'you bound a customer to a partner in the month that this run pays',
  changed_a_payee: "you changed a payee's bank details since the last run",
  released_payouts: 'you released payouts that were held since the last run was opened',
  changed_controls: "you changed the programme's controls since the last run was opened",
  changed_settings: 'you changed how the programme attributes sales or looks for fraud since the last run was opened',
  changed_policy: "you changed the programme's payout policy since the last run was opened",
  changed_a_rail: 'you changed from which Stripe or PayPal account the programme pays since the last run was opened',
  changed_tiers: "you changed what the programme's tiers ask for since the last run was opened",
  gave_a_role: 'you made somebody admin, finance or approver of this programme since the last run was opened',
  published_a_plan: "you published a plan, and the programme's policy excludes who did",
  created_an_api_key: "you made an API key that could record sales, and the programme's policy excludes who did",
};

function refusal(run: PayoutRun, answer: Exclude<DecisionAnswer, { answer: 'accepted' }>): Failure {
  switch (answer.answer) {
    case 'not_awaiting':
      return new Failure(
        'run_not_awaiting_decision',
        `Run ${run.runId} is ${run.status}: there is nothing to decide.`,
        {
          extra: { runStatus: run.status },
        },
      );
    case 'already_decided':
      return new Failure('already_decided', 'Your decision stands; another person must give the next one.');
    case 'other_content':
      return new Failure('content_hash_mismatch', 'Read the run again and decide on what it shows now.', {
        errors: [{ pointer: '/contentHash', rule: 'must be the content hash of the run' }],
        extra: { contentHash: answer.contentHash },
      });
    case 'excluded':
      return new Failure(
        'approver_excluded',
        `Ask somebody else to approve: ${EXCLUSION_TEXT[answer.exclusion]}. You may still reject.`,
        { extra: { reason: answer.exclusion } },
      );
    case 'comment_missing':
      return new Failure('invalid_request', 'Say why you reject the run.', {
        errors: [{ pointer: '/comment', rule: 'must be given to reject' }],
      });
    case 'other_holds':
      return new Failure(
        'invalid_request',
        'Send the holds that the first approver chose, or none; or reject the run.',
        {
          errors: [{ pointer: '/holds', rule: `must be ${JSON.stringify(answer.holds)} or absent` }],
          extra: { holds: answer.holds },
        },
      );
  }
}
