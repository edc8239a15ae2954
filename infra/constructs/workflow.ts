import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcard } from './acknowledge.ts';
import { type Alarms, statistic } from './alarms.ts';

/** A definition in Amazon States Language, made from the ARNs of the functions it names. */
export type Definition = (arn: Record<string, string>) => object;

export type WorkflowProps = {
  readonly definition: Definition;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  /** Absent where whoever started a run sees its failure: CloudWatch bills every alarm. */
  readonly alarm?: {
    readonly alarms: Alarms;
    /** Reaches the operator's mail when a run fails or times out. */
    readonly whatToDo: string;
  };
};

/** A Standard workflow. Its role may invoke the functions that its definition names, start its own child runs, and log. */
export function makeWorkflow(
  scope: Construct,
  id: string,
  props: WorkflowProps,
): { machine: sfn.StateMachine; invoked: ReadonlySet<string> } {
  const invoked = new Set<string>();
  const definition = props.definition(arnsByName(id, props.functions, invoked));
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal('states.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  const functionArns = [...invoked].sort().map((name) => props.functions.get(name)?.functionArn ?? '');
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: functionArns }));
  const machine = new sfn.StateMachine(scope, id, {
    stateMachineType: sfn.StateMachineType.STANDARD,
    definitionBody: sfn.DefinitionBody.fromString(Stack.of(scope).toJsonString(definition)),
    role,
    logs: { destination: makeLog(scope, id), level: sfn.LogLevel.ERROR, includeExecutionData: false },
  });
  acknowledge(machine, {
    'AwsSolutions-SF1': 'Standard runs keep every event for 90 days by themselves; the log is for the errors.',
    'AwsSolutions-SF2': 'The history of a Standard run shows each state with its times; traces would add cost only.',
  });
  acknowledge(role, {
    'AwsSolutions-IAM5[Resource::*]': 'CloudWatch Logs has no resource-level permissions for log deliveries.',
  });
  allowChildRuns(scope, id, machine);
  props.alarm?.alarms.raiseOnAny(
    `${id}Failed`,
    [machine.metricFailed(statistic.sum), machine.metricTimedOut(statistic.sum)],
    props.alarm.whatToDo,
  );
  return { machine, invoked };
}

/** A name the definition asks for and no function has stops the synth here. */
function arnsByName(
  id: string,
  functions: ReadonlyMap<string, LambdaFunction>,
  invoked: Set<string>,
): Record<string, string> {
  return new Proxy<Record<string, string>>(
    {},
    {
      get: (_target, name) => {
        const fn = functions.get(String(name));
        if (!fn) throw new Error(`workflow ${id}: there is no function ${String(name)}`);
        invoked.add(String(name));
        return fn.functionArn;
      },
    },
  );
}

/** Distributed maps run their items as child runs of the same machine, which can be redriven. */
function allowChildRuns(scope: Construct, id: string, machine: sfn.StateMachine): void {
  const runs = Stack.of(scope).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${machine.stateMachineName}/*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const policy = new Policy(scope, `${id}ChildRuns`, {
    roles: [machine.role],
    statements: [
      new PolicyStatement({ actions: ['states:StartExecution'], resources: [machine.stateMachineArn] }),
      new PolicyStatement({
        actions: ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
        resources: [runs],
      }),
    ],
  });
  acknowledgeWildcard(policy, runs, 'Child runs get their names when they start.');
}

function makeLog(scope: Construct, id: string): LogGroup {
  return new LogGroup(scope, `${id}Log`, {
    // Log deliveries to this prefix do not lengthen the account's one log resource policy.
    logGroupName: `/aws/vendedlogs/states/${Stack.of(scope).stackName}-${id}`,
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
