import { submittingShards } from '#shared/application/payouts/paying/pace';
import { tierReviewStates } from './tier-review.ts';

const INVOKE = 'arn:aws:states:::lambda:invoke';
const INVOKE_AND_WAIT = 'arn:aws:states:::lambda:invoke.waitForTaskToken';
const PAYLOAD = '{% $states.result.Payload %}';
const IDS = { programId: '{% $programId %}', runId: '{% $runId %}' };
const GOING_ON =
  "{% $merge([{'programId': $programId, 'runId': $runId}, $exists($states.input.cursor) ? {'cursor': $states.input.cursor} : {}]) %}";

/** Children of a map at once, unless the configuration says otherwise: half of what a new account's functions may be. */
const SHARDS_AT_ONCE = 5;
/** The shards of each child, by number: a list of twenty thousand names would outgrow a state. */
const RANGES = [
  '[$map([0..$children.childCount - 1], function($child) { {',
  "'first': $child * $children.shardsAChild, ",
  "'last': $min([($child + 1) * $children.shardsAChild, $children.shardCount]) - 1",
  '} })]',
].join('');

type Retry = Record<string, unknown>[];

/** Faults that pass by themselves; a task that did its work before it failed finds it done when repeated. */
const RETRY: Retry = [
  // The facts are not what was computed, or come to too much: asking again changes nothing.
  { ErrorEquals: ['FactsChanged', 'AmountTooLarge', 'PartnerTooLarge'], MaxAttempts: 0 },
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 4, BackoffRate: 2, MaxDelaySeconds: 60 },
];

/**
 * Once a run is approved its money is due, and while it waits people have worked on it: it is tried for a quarter of an hour
 * before a person must look.
 */
const PATIENT_RETRY: Retry = [
  { ErrorEquals: ['FileTooLarge'], MaxAttempts: 0 },
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 12, BackoffRate: 2, MaxDelaySeconds: 120 },
];

/** Every failure ends in the run's item, with its reason. */
const CATCH = [{ ErrorEquals: ['States.ALL'], Next: 'RecordFailure' }];

/** The next reminder is due, or the decision was stored before this wait began: its message went to an earlier one. */
const WAIT_IS_OVER = ['States.Timeout', 'DecisionStored'];

/**
 * A payout run in Amazon States Language (design.md, Closing a month): drain, compute, summarise, wait for the decision
 * with reminders, then post, submit, write the bank files and review the tiers; or void. Ids travel between the states, never amounts.
 * A run that is resumed after its approval starts at the posting.
 */
export function payoutRunDefinition(arn: Record<string, string>, shardsAtOnce = SHARDS_AT_ONCE): object {
  const once = (name: string, payload: object, next: object, retry = RETRY): object => ({
    Type: 'Task',
    Resource: INVOKE,
    Arguments: { FunctionName: arn[name], Payload: { ...IDS, ...payload } },
    Output: PAYLOAD,
    Retry: retry,
    ...next,
  });
  /**
   * One child a range of shards, which calls the function again, with its cursor, until the range is done. Children do not see
   * the variables, so each item carries its ids.
   */
  const eachShard = (
    state: string,
    name: string,
    extra: Record<string, string>,
    next: string,
    retry = RETRY,
    atOnce = shardsAtOnce,
  ): object => ({
    Type: 'Map',
    Items: `{% [$map(${RANGES}, function($range) { $merge([${JSON.stringify(extra)}, {'programId': $programId, 'runId': $runId}, $range]) })] %}`,
    MaxConcurrency: atOnce,
    ToleratedFailurePercentage: 0,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: state,
      States: {
        [state]: {
          Type: 'Task',
          Resource: INVOKE,
          Arguments: { FunctionName: arn[name], Payload: '{% $states.input %}' },
          Output: '{% $merge([$states.input, $states.result.Payload]) %}',
          Retry: retry,
          Next: `${state}Done`,
        },
        [`${state}Done`]: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input.done %}', Output: {}, Next: `${state}Ended` }],
          Default: state,
        },
        [`${state}Ended`]: { Type: 'Succeed' },
      },
    },
    Output: {},
    Catch: CATCH,
    Next: next,
  });
  /** A task over all shards, which is called again while it answers a cursor. */
  const untilDone = (state: string, name: string, next: string, output: object, retry = RETRY): object => ({
    [state]: once(
      name,
      {},
      { Catch: CATCH, Next: `${state}Done`, Arguments: { FunctionName: arn[name], Payload: GOING_ON } },
      retry,
    ),
    [`${state}Done`]: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $exists($states.input.cursor) %}', Next: state }],
      Default: next,
      Output: output,
    },
  });
  const review = tierReviewStates(arn);

  return {
    Comment: 'Closes a month: computes the statements, asks for the decision, pays',
    QueryLanguage: 'JSONata',
    StartAt: 'Drain',
    States: {
      Drain: {
        Type: 'Wait',
        Seconds: '{% $states.input.drainSeconds %}',
        Assign: {
          programId: '{% $states.input.programId %}',
          runId: '{% $states.input.runId %}',
        },
        Next: 'Plan',
      },
      Plan: once(
        'plan-payout-run',
        {},
        {
          Assign: { children: '{% $states.result.Payload %}' },
          Catch: CATCH,
          Next: 'WhereToStart',
        },
      ),
      WhereToStart: {
        Type: 'Choice',
        Choices: [{ Condition: "{% $states.input.phase = 'post' %}", Next: 'Post' }],
        Default: 'Compute',
      },
      Compute: eachShard('ComputeShard', 'compute-statements', { step: 'compute' }, 'Recount'),
      Recount: eachShard('RecountShard', 'compute-statements', { step: 'recount' }, 'Summarise'),
      Summarise: once('summarise-payout-run', {}, { Catch: CATCH, Next: 'Remind', Output: {} }),
      // Says how long to wait, or what to do instead: it reads the run, so that a decision is never missed between two waits.
      Remind: once('remind-approvers', {}, { Catch: CATCH, Next: 'WhatNext' }, PATIENT_RETRY),
      WhatNext: {
        Type: 'Choice',
        Choices: [
          { Condition: "{% $states.input.next = 'wait' %}", Next: 'AwaitDecision' },
          { Condition: "{% $states.input.next = 'approve' %}", Next: 'Post' },
          { Condition: "{% $states.input.next = 'reject' %}", Next: 'Reject' },
        ],
        Default: 'Expire',
      },
      // Each wait has a token of its own. One that is over takes no answer: the run is read again before anything is done.
      AwaitDecision: {
        Type: 'Task',
        Resource: INVOKE_AND_WAIT,
        Arguments: {
          FunctionName: arn['request-decision'],
          Payload: { ...IDS, taskToken: '{% $states.context.Task.Token %}' },
        },
        TimeoutSeconds: '{% $states.input.waitSeconds %}',
        Output: { next: '{% $states.result.decision %}' },
        Retry: [{ ErrorEquals: [...WAIT_IS_OVER], MaxAttempts: 0 }, ...PATIENT_RETRY],
        Catch: [{ ErrorEquals: [...WAIT_IS_OVER], Next: 'Remind' }, ...CATCH],
        Next: 'WhatNext',
      },
      Reject: once('void-payout-run', { outcome: 'rejected' }, { Catch: CATCH, Next: 'EndedUnpaid' }),
      Expire: once('void-payout-run', { outcome: 'expired' }, { Catch: CATCH, Next: 'Expired' }),
      // An approval that was stored before the time ran out counts, also when its message came too late.
      Expired: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.approved %}', Next: 'Post' }],
        Default: 'EndedUnpaid',
      },
      EndedUnpaid: { Type: 'Succeed' },
      Post: eachShard('PostShard', 'post-statements', {}, 'Submit', PATIENT_RETRY),
      Submit: eachShard(
        'SubmitShard',
        'submit-payouts',
        {},
        'WriteBankFiles',
        PATIENT_RETRY,
        submittingShards(shardsAtOnce),
      ),
      ...untilDone(
        'WriteBankFiles',
        'write-bank-files',
        'Review',
        { programId: '{% $programId %}', period: "{% $substringBefore($runId, '.') %}", isPaid: true },
        PATIENT_RETRY,
      ),
      Review: {
        Type: 'Parallel',
        Branches: [review],
        Output: {},
        // The money is out; the nightly review looks at the same partners again.
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Complete' }],
        Next: 'Complete',
      },
      ...untilDone('Complete', 'complete-payout-run', 'Paid', {}, PATIENT_RETRY),
      Paid: { Type: 'Succeed' },
      RecordFailure: once(
        'void-payout-run',
        {
          outcome: 'failed',
          error: "{% $exists($states.input.Error) ? $states.input.Error : 'States.Unknown' %}",
          cause: "{% $exists($states.input.Cause) ? $string($states.input.Cause) : '' %}",
        },
        { Next: 'Failed' },
        // Until this is stored nobody can open the month again.
        PATIENT_RETRY,
      ),
      Failed: {
        Type: 'Fail',
        Error: 'PayoutRunFailed',
        Cause: 'The payout run names the reason: GET it, mend the cause, and open the period again.',
      },
    },
  };
}
