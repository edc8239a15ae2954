/** Faults of ours, which say nothing of the receiver: about two hours, and as long as an attempt that broke off is another's. */
const RETRY = [
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 60, MaxAttempts: 12, BackoffRate: 1.5, MaxDelaySeconds: 900 },
];

/**
 * The attempts of one delivery after its first: wait, try, and again while the task says so. How long is the task's to say, which knows
 * the schedule of Standard Webhooks and what the receiver asked for. Ids travel between the states, never a payload.
 */
export function webhookDeliveryDefinition(arn: Record<string, string>): object {
  return {
    Comment: 'Sends a webhook again until it arrives or its schedule is over',
    QueryLanguage: 'JSONata',
    StartAt: 'Wait',
    States: {
      Wait: { Type: 'Wait', Seconds: '{% $states.input.waitSeconds %}', Next: 'Attempt' },
      Attempt: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: arn['attempt-webhook'], Payload: '{% $states.input %}' },
        Output: '{% $states.result.Payload %}',
        Retry: RETRY,
        Next: 'IsDone',
      },
      IsDone: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.done %}', Next: 'Done' }],
        Default: 'Wait',
      },
      Done: { Type: 'Succeed' },
    },
  };
}
