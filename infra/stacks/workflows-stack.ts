import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { makeSchedule } from '../constructs/schedule.ts';
import type { Slice } from '../constructs/slice.ts';
import { makeWorkflow } from '../constructs/workflow.ts';
import type { MachineName } from '../declarations.ts';
import { payoutRunDefinition } from '../workflows/payout-run.ts';
import { simulationDefinition } from '../workflows/simulation.ts';
import { tierReviewDefinition } from '../workflows/tier-review.ts';
import { webhookDeliveryDefinition } from '../workflows/webhook-delivery.ts';
import { FunctionsStack, type FunctionsStackProps } from './functions-stack.ts';

/** After midnight in the Americas' evening and Europe's night; the review itself knows each programme's time zone. */
const TIER_REVIEW_SCHEDULE = 'cron(0 3 * * ? *)';

/**
 * The workflows with the functions that they call, and those that start or resume them: a task can be renamed or dropped in one
 * deployment, because no other stack's machine holds on to it.
 */
export class WorkflowsStack extends FunctionsStack {
  constructor(scope: Construct, id: string, props: FunctionsStackProps) {
    super(scope, id, props);
    const tasks = this.makeSlices(props.functions.filter(({ trigger }) => trigger.kind === 'workflow'));
    const machines = this.makeWorkflows(tasks, props.configuration.shardsAtOnce);
    const callers = this.makeSlices(
      props.functions.filter(({ trigger }) => trigger.kind !== 'workflow'),
      { machines },
    );
    this.connect([...tasks, ...callers]);
  }

  private makeWorkflows(tasks: readonly Slice[], shardsAtOnce: number): Record<MachineName, StateMachine> {
    const { alarms } = this;
    const functions = new Map(tasks.map((slice) => [slice.definition.name, slice.function]));
    const payoutRun = makeWorkflow(this, 'PayoutRun', {
      definition: (arn) => payoutRunDefinition(arn, shardsAtOnce),
      functions,
      alarm: {
        alarms,
        whatToDo:
          'A payout run failed or timed out. GET .../payout-runs: the run says why. Mend the cause and open its month again; a redrive ' +
          'would only end again (README, When something goes wrong).',
      },
    });
    const simulation = makeWorkflow(this, 'Simulation', {
      definition: simulationDefinition,
      functions,
    });
    const tierReview = makeWorkflow(this, 'TierReview', {
      definition: tierReviewDefinition,
      functions,
      alarm: {
        alarms,
        whatToDo:
          'The nightly tier review failed or timed out. Open it in Step Functions, mend the cause and redrive it.',
      },
    });
    makeSchedule(this, 'TierReviewSchedule', {
      expression: TIER_REVIEW_SCHEDULE,
      description: 'Starts the nightly tier review',
      targetArn: tierReview.machine.stateMachineArn,
      action: 'states:StartExecution',
      queue: this.deadLetters(),
    });
    // What never arrives is in the log of its endpoint, where whoever runs the receiver looks.
    const webhookDelivery = makeWorkflow(this, 'WebhookDelivery', { definition: webhookDeliveryDefinition, functions });
    const made = [payoutRun, simulation, tierReview, webhookDelivery];
    const invoked = new Set(made.flatMap((one) => [...one.invoked]));
    const idle = tasks.map(({ definition }) => definition.name).filter((name) => !invoked.has(name));
    if (idle.length > 0) throw new Error(`No workflow invokes these tasks: ${idle.join(', ')}`);
    return {
      payoutRun: payoutRun.machine,
      simulation: simulation.machine,
      webhookDelivery: webhookDelivery.machine,
    };
  }
}
