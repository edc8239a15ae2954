const INVOKE = 'arn:aws:states:::lambda:invoke';
const PAYLOAD = '{% $states.result.Payload %}';
/** From the execution itself, so that a failure of the first state knows them too. */
const INPUT = '$states.context.Execution.Input';
const IDS = { programId: `{% ${INPUT}.programId %}`, simulationId: `{% ${INPUT}.simulationId %}` };

/** Shards at once: half of what a payout run takes, which must never wait for a simulation. */
const SHARDS_AT_ONCE = 5;

/** Faults that pass by themselves; a task that did its work before it failed finds it done when repeated. */
const RETRY = [
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 4, BackoffRate: 2, MaxDelaySeconds: 60 },
];
/** Until this is stored, whoever asked sees it running. */
const PATIENT_RETRY = [
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 12, BackoffRate: 2, MaxDelaySeconds: 120 },
];
const CATCH = [{ ErrorEquals: ['States.ALL'], Next: 'RecordFailure' }];

/**
 * A simulation that is too large for one answer, in Amazon States Language: part the partners into shards, state each shard
 * twice, add up. Ids travel between the states; partners, outcomes and the result are files. It writes to no statement,
 * balance or journal, so that it may run beside a payout run.
 */
export function simulationDefinition(arn: Record<string, string>): object {
  const once = (name: string, payload: object, next: object, retry = RETRY): object => ({
    Type: 'Task',
    Resource: INVOKE,
    Arguments: { FunctionName: arn[name], Payload: { ...IDS, ...payload } },
    Retry: retry,
    ...next,
  });
  return {
    Comment: 'Simulates a plan over past months',
    QueryLanguage: 'JSONata',
    StartAt: 'Plan',
    States: {
      Plan: once('plan-simulation', {}, { Output: PAYLOAD, Catch: CATCH, Next: 'Simulate' }),
      Simulate: {
        Type: 'Map',
        Items: `{% [$map($states.input.shards, function($shard) { {'programId': ${INPUT}.programId, 'simulationId': ${INPUT}.simulationId, 'shard': $shard} })] %}`,
        MaxConcurrency: SHARDS_AT_ONCE,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'SimulateShard',
          States: {
            SimulateShard: {
              Type: 'Task',
              Resource: INVOKE,
              Arguments: { FunctionName: arn['simulate-shard'], Payload: '{% $states.input %}' },
              Output: {},
              Retry: RETRY,
              End: true,
            },
          },
        },
        Output: {},
        Catch: CATCH,
        Next: 'Finish',
      },
      Finish: once('finish-simulation', {}, { Output: {}, Catch: CATCH, Next: 'Finished' }),
      Finished: { Type: 'Succeed' },
      RecordFailure: once(
        'finish-simulation',
        {
          failure: {
            code: "{% $exists($states.input.Error) ? $states.input.Error : 'States.Unknown' %}",
            reason: "{% $exists($states.input.Cause) ? $string($states.input.Cause) : '' %}",
          },
        },
        { Next: 'Failed' },
        PATIENT_RETRY,
      ),
      Failed: {
        Type: 'Fail',
        Error: 'SimulationFailed',
        Cause: 'The simulation names the reason: GET it, mend the cause, and ask for it again.',
      },
    },
  };
}
