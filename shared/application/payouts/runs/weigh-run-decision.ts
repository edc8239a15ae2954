import { Failure, type FailureCode } from '#shared/application/failure';
import { requireFreshLogin } from '#shared/application/partners/payee-rights';
import type { ProgramStore } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { PayoutPolicy, Program } from '#shared/application/programs';
import { asksFreshSignIn } from '#shared/domain/run/fresh-sign-in';
import {
  type DecisionAnswer,
  type DecisionRequest,
  type Exclusion,
  type PayoutRun,
  weighDecision,
} from '#shared/domain/run/payout-run';
import { paidByApproval } from '#shared/domain/run/waiting-payouts';
import { type EpochMs, toInstant } from '#shared/domain/time/instant';
import { makeGetProgram } from '../programs/get-program.ts';
import { decisionRefusal } from './decision-refusals.ts';
import { policyOfRun } from './policy-of-run.ts';
import { exclusionsOf, type RunExclusionsDeps } from './run-exclusions.ts';

export type Person = {
  readonly by: string;
  /** When the person proved who they are. */
  readonly signedInAt?: EpochMs | number | undefined;
};

export type WeighRunDecisionDeps = Omit<RunExclusionsDeps, 'controls'> & {
  readonly programs: Pick<ProgramStore, 'get' | 'controlsChanges' | 'settingsChanges' | 'policyChanges'>;
  readonly clock: Clock;
};

type Accepted = Extract<DecisionAnswer, { readonly answer: 'accepted' }>;
type Request = Person & Omit<DecisionRequest, 'at' | 'signedInAt'>;

/** All rules of a person's decision on a run; it stores nothing. @throws Failure as `makeDecidePayoutRun` does */
export function makeWeighRunDecision(
  deps: WeighRunDecisionDeps,
): (run: PayoutRun, request: Request) => Promise<Accepted> {
  return async (run, request) => {
    const approves = run.status === 'awaiting_decision' && request.decision === 'approve';
    const program = approves ? await makeGetProgram(deps)(run.programId) : undefined;
    const exclusions = program ? await excludedFrom(deps, program, run) : new Map<string, Exclusion>();
    const policy = program && (await policyOfRun(deps.programs, program, run));
    const isGuarded = policy !== undefined && asksFresh(policy, run);
    const { signedInAt } = request;
    const kept = isGuarded && signedInAt !== undefined ? toInstant(signedInAt) : undefined;
    const at = toInstant(deps.clock());
    const answer = weighDecision(run, { ...request, at, signedInAt: kept }, exclusions);
    if (answer.answer !== 'accepted') throw decisionRefusal(run, answer);
    if (isGuarded) requireFreshLogin({ signedInAt }, policy.payouts.freshLoginMinutes, deps.clock());
    return answer;
  };
}

/** Whether who approves the run must have signed in a short time ago, by the policy that it was summarised by. */
export function asksFresh({ payouts }: PayoutPolicy, { totals }: Pick<PayoutRun, 'totals'>): boolean {
  return asksFreshSignIn(payouts.freshSignInAboveMinor, paidByApproval(totals));
}

function excludedFrom(
  deps: WeighRunDecisionDeps,
  program: Program,
  run: PayoutRun,
): Promise<ReadonlyMap<string, Exclusion>> {
  return exclusionsOf({ ...deps, controls: deps.programs }, program, run);
}

/** What one person may do about a run now. */
export type YourDecision = {
  /** Whether an approval would be taken. */
  readonly allowed: boolean;
  readonly mayReject: boolean;
  /** Why it would not, with what to do. */
  readonly reasons: readonly {
    readonly code: FailureCode;
    /** Why the person is excluded. */
    readonly exclusion?: Exclusion | undefined;
    readonly text: string;
  }[];
};

/** Weighs, without deciding anything, whether this person could approve what the run shows now, by the rules of a decision itself. */
export function makeYourDecision(
  deps: WeighRunDecisionDeps,
): (run: PayoutRun, person: Person & { readonly isPerson: boolean }) => Promise<YourDecision> {
  const weigh = makeWeighRunDecision(deps);
  return async (run, { isPerson, ...person }) => {
    const contentHash = run.contentHash ?? '';
    const refused = (decision: 'approve' | 'reject'): Promise<Failure | undefined> =>
      weigh(run, { ...person, decision, contentHash, comment: '-' }).then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof Failure) return error;
          throw error;
        },
      );
    if (!isPerson) {
      const text = 'A person decides on a run: an API key cannot.';
      return { allowed: false, mayReject: false, reasons: [{ code: 'person_required', text }] };
    }
    const [approval, rejection] = await Promise.all([refused('approve'), refused('reject')]);
    const reasons = approval ? [{ code: approval.code, exclusion: exclusionOf(approval), text: approval.message }] : [];
    return { allowed: approval === undefined, mayReject: rejection === undefined, reasons };
  };
}

function exclusionOf({ code, extra }: Failure): Exclusion | undefined {
  return code === 'approver_excluded' ? (extra.reason as Exclusion) : undefined;
}
