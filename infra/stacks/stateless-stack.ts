import { Annotations, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration.ts';
import { type Alarms, makeAlarms, statistic } from '../constructs/alarms.ts';
import { addRoutes, makeApi } from '../constructs/api.ts';
import { connectAsyncEdge, makeDeadLetters } from '../constructs/async-edges.ts';
import type { Resources } from '../constructs/bindings.ts';
import { makeSchedule } from '../constructs/schedule.ts';
import { makeSlice, type Slice } from '../constructs/slice.ts';
import { makeWorkflow } from '../constructs/workflow.ts';
import type { FunctionDefinition } from '../functions.ts';
import { payoutRunDefinition } from '../workflows/payout-run.ts';
import { tierReviewDefinition } from '../workflows/tier-review.ts';
import type { StatefulStack } from './stateful-stack.ts';

const ASYNCHRONOUS = new Set(['event', 'stream', 'logs', 'hourly']);
/** After midnight in the Americas' evening and Europe's night; the review itself knows each programme's time zone. */
const TIER_REVIEW_SCHEDULE = 'cron(0 3 * * ? *)';

export type StatelessStackProps = StackProps & {
  readonly stateful: StatefulStack;
  readonly configuration: Configuration;
  readonly functions: readonly FunctionDefinition[];
  readonly functionsDirectory: string;
};

/** What can be made again at any time: functions, API, workflows, rules, schedules, queues and alarms. */
export class StatelessStack extends Stack {
  constructor(scope: Construct, id: string, props: StatelessStackProps) {
    super(scope, id, { env: props.env, description: 'Tallystick: functions, API and workflows' });
    const { stateful, configuration } = props;
    const alarms = makeAlarms(this, configuration.alarmEmail);
    const api = makeApi(this, alarms);
    const resources = { stack: this, stateful, configuration, publicUrl: configuration.publicUrl ?? api.apiEndpoint };
    const makeAll = (needsMachine: boolean, given: Resources): Slice[] =>
      props.functions
        .filter(({ uses }) => uses.some((binding) => binding.kind === 'machine') === needsMachine)
        .map((definition) => makeSlice(this, definition, given, props.functionsDirectory));

    const first = makeAll(false, resources);
    const { payoutRun } = makeWorkflows(this, first, alarms);
    const slices = [...first, ...makeAll(true, { ...resources, payoutRun })];
    addRoutes(this, api, slices, {
      authorizer: only(slices, 'authorizer'),
      unknownRoute: only(slices, 'unknown_route'),
    });
    connectAsyncEdges(this, slices, stateful, alarms);
    if (!configuration.alarmEmail) {
      Annotations.of(this).addWarningV2(
        'tallystick:alarms-reach-nobody',
        'Alarms reach nobody: deploy with -c alarmEmail=ops@your.domain, or subscribe to the topic in AlarmTopicArn.',
      );
    }
    new CfnOutput(this, 'AlarmTopicArn', { value: alarms.topic.topicArn });
  }
}

function makeWorkflows(scope: Construct, slices: readonly Slice[], alarms: Alarms) {
  const functions = new Map(slices.map((slice) => [slice.definition.name, slice.function]));
  const payoutRun = makeWorkflow(scope, 'PayoutRun', {
    definition: payoutRunDefinition,
    functions,
    alarms,
    whatToDo: 'A payout run failed or timed out. Open it in Step Functions, mend the cause and redrive it.',
  });
  const tierReview = makeWorkflow(scope, 'TierReview', {
    definition: tierReviewDefinition,
    functions,
    alarms,
    whatToDo: 'The nightly tier review failed or timed out. Open it in Step Functions, mend the cause and redrive it.',
  });
  makeSchedule(scope, 'TierReviewSchedule', {
    expression: TIER_REVIEW_SCHEDULE,
    description: 'Starts the nightly tier review',
    targetArn: tierReview.machine.stateMachineArn,
    action: 'states:StartExecution',
    queue: makeDeadLetters(scope, 'TierReview', 'The nightly tier review could not be started', alarms),
  });
  const invoked = new Set([...payoutRun.invoked, ...tierReview.invoked]);
  const idle = slices.filter(
    ({ definition }) => definition.trigger.kind === 'workflow' && !invoked.has(definition.name),
  );
  if (idle.length > 0) {
    throw new Error(`No workflow invokes these tasks: ${idle.map(({ definition }) => definition.name).join(', ')}`);
  }
  return { payoutRun: payoutRun.machine };
}

function connectAsyncEdges(scope: Construct, slices: readonly Slice[], stateful: StatefulStack, alarms: Alarms): void {
  const consumers = slices.filter(({ definition }) => ASYNCHRONOUS.has(definition.trigger.kind));
  const logsOf = (name: string): Slice => {
    const slice = slices.find(({ definition }) => definition.name === name);
    if (!slice) throw new Error(`there is no function ${name} whose log could be read`);
    return slice;
  };
  for (const slice of consumers) {
    connectAsyncEdge(scope, slice, logsOf, { tables: stateful.tables, bus: stateful.bus, alarms });
  }
  alarms.raiseOnAny(
    'Consumers',
    consumers.map((slice) => slice.function.metricErrors(statistic.sum)),
    'A function that handles events, streams or logs failed. It is retried; read its log before its dead-letter queue fills.',
  );
}

function only(slices: readonly Slice[], kind: 'authorizer' | 'unknown_route'): Slice {
  const found = slices.filter(({ definition }) => definition.trigger.kind === kind);
  const [slice] = found;
  if (!slice || found.length > 1) throw new Error(`Declare exactly one function for ${kind}, not ${found.length}`);
  return slice;
}
