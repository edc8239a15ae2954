const INVOKE = 'arn:aws:states:::lambda:invoke';
const PAYLOAD = '{% $states.result.Payload %}';

/** Shards at once: with eight partners each, below what a new account's tables and functions take. */
const SHARDS_AT_ONCE = 10;

/** Faults that pass by themselves; a task that did its work before it failed finds it done when repeated. */
const RETRY = [
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 5, BackoffRate: 2, MaxDelaySeconds: 60 },
];

/**
 * Reviews the tiers of every programme, or with `{programId, period}` as input of one as of a month's end: also as a
 * branch of another workflow; `isPaid` with it says that the month is final. Ids travel between the states; each shard decides
 * and writes for its own partners.
 */
export function tierReviewStates(
  arn: Record<string, string>,
  { reminds = false }: { readonly reminds?: boolean } = {},
): { StartAt: string; States: Record<string, object> } {
  return {
    StartAt: 'PlanTierReview',
    States: {
      PlanTierReview: {
        Type: 'Task',
        Resource: INVOKE,
        Arguments: { FunctionName: arn['plan-tier-review'], Payload: '{% $states.input %}' },
        Output: PAYLOAD,
        Retry: RETRY,
        Next: 'ReviewShards',
      },
      ReviewShards: {
        Type: 'Map',
        Items: '{% $states.input.shards %}',
        MaxConcurrency: SHARDS_AT_ONCE,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: reminds ? 'KeepShard' : 'ReviewTiers',
          States: {
            ...(reminds ? remindStates(arn) : {}),
            ReviewTiers: {
              Type: 'Task',
              Resource: INVOKE,
              Arguments: { FunctionName: arn['review-tiers'], Payload: '{% $states.input %}' },
              Output: PAYLOAD,
              Retry: RETRY,
              Next: 'ShardDone',
            },
            // A call answers where it stands when its time is over, and is called again with that.
            ShardDone: {
              Type: 'Choice',
              Choices: [
                {
                  Condition: '{% $states.input.done %}',
                  Output: '{% $states.input.counts %}',
                  Next: reminds ? 'RemindPartners' : 'ShardEnded',
                },
              ],
              Default: 'ReviewTiers',
            },
            ShardEnded: { Type: 'Succeed' },
          },
        },
        // The zero keeps the sum defined when there are no partners.
        Output: {
          reviewed: '{% $sum([0, $states.result.reviewed]) %}',
          promoted: '{% $sum([0, $states.result.promoted]) %}',
          warned: '{% $sum([0, $states.result.warned]) %}',
          demoted: '{% $sum([0, $states.result.demoted]) %}',
          unmeasured: '{% $sum([0, $states.result.unmeasured]) %}',
        },
        End: true,
      },
    },
  };
}

/** Once a night, after the review so that it never keeps one back: partners are told what of their terms ends soon. */
function remindStates(arn: Record<string, string>): Record<string, object> {
  return {
    KeepShard: { Type: 'Pass', Assign: { shard: '{% $states.input %}' }, Next: 'ReviewTiers' },
    RemindPartners: {
      Type: 'Task',
      Resource: INVOKE,
      Arguments: { FunctionName: arn['remind-partners'], Payload: '{% $shard %}' },
      Output: '{% $states.input %}',
      Retry: RETRY,
      Next: 'ShardEnded',
    },
  };
}

/** The nightly tier review in Amazon States Language. */
export function tierReviewDefinition(arn: Record<string, string>): object {
  return {
    Comment: 'Reviews the tiers of partners: promotes, warns and demotes; and reminds of terms that end soon',
    QueryLanguage: 'JSONata',
    ...tierReviewStates(arn, { reminds: true }),
  };
}
