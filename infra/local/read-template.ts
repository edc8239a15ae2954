import { findUnknown, type Machine } from './asl/definition.ts';
import { findTooLarge } from './asl/limits.ts';
import type { AsyncPolicy } from './deliveries.ts';
import type { FunctionSpec } from './lambda.ts';
import type { Subscription } from './logs.ts';
import { type Model, onlyKnown, type Resource } from './model.ts';
import type { StateMachine } from './step-functions.ts';

/** A function with its bundle, its own environment and the endpoints. @throws on a runtime or code it cannot run. */
export function readFunction(
  model: Model,
  declared: Resource,
  endpoints: Readonly<Record<string, string>>,
  /** Values of variables in place of the template's. */
  instead: Readonly<Record<string, string>> = {},
): FunctionSpec {
  const properties = declared.properties as {
    Code?: { S3Key?: string };
    Handler?: string;
    Runtime?: string;
    Role?: string;
    Timeout?: number;
    MemorySize?: number;
    ReservedConcurrentExecutions?: number;
    Environment?: { Variables?: Record<string, string> };
    LoggingConfig?: { LogGroup?: string };
  };
  const where = `function ${declared.logicalId}`;
  if (!properties.Role) throw new Error(`${where} has no Role`);
  if (!/^nodejs\d+\.x$/.test(properties.Runtime ?? ''))
    throw new Error(`${where}: runtime ${properties.Runtime} is not known`);
  const directory = model.asset(properties.Code?.S3Key ?? '');
  if (!directory) throw new Error(`${where}: its code is not an asset of this assembly`);
  const memoryMb = properties.MemorySize ?? 128;
  const logGroup = properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${declared.name}`;
  const variables = Object.entries(properties.Environment?.Variables ?? {}).map(([name, value]) => [
    name,
    instead[name] ?? String(value),
  ]);
  return {
    name: declared.name,
    arn: declared.arn,
    directory,
    handler: properties.Handler ?? 'index.handler',
    timeoutSeconds: properties.Timeout ?? 3,
    memoryMb,
    logGroup,
    maxConcurrency: properties.ReservedConcurrentExecutions,
    environment: {
      ...endpoints,
      AWS_REGION: model.region,
      AWS_DEFAULT_REGION: model.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_LAMBDA_FUNCTION_NAME: declared.name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
      AWS_EXECUTION_ENV: `AWS_Lambda_${properties.Runtime}`,
      LAMBDA_TASK_ROOT: directory,
      _HANDLER: properties.Handler ?? 'index.handler',
      TZ: ':UTC',
      ...Object.fromEntries(variables),
    },
  };
}

/** The workflows, with substitutions filled in. @throws one error naming every state the interpreter does not know. */
export function readMachines(model: Model): StateMachine[] {
  const problems: string[] = [];
  const machines = model.ofType('AWS::StepFunctions::StateMachine').map((declared) => {
    const { Definition, DefinitionString, DefinitionSubstitutions, RoleArn, StateMachineType } = declared.properties;
    if (StateMachineType === 'EXPRESS') problems.push(`${declared.logicalId}: only STANDARD is known`);
    const substitutions = (DefinitionSubstitutions ?? {}) as Record<string, string>;
    const text = (DefinitionString as string | undefined) ?? JSON.stringify(Definition);
    const filled = text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => substitutions[name] ?? whole);
    const definition = JSON.parse(filled) as Machine;
    for (const problem of [...findUnknown(definition), ...findTooLarge(definition)])
      problems.push(`${declared.logicalId}: ${problem}`);
    return { arn: declared.arn, name: declared.name, roleArn: String(RoleArn ?? ''), definition };
  });
  if (problems.length > 0)
    throw new Error(`A workflow holds what infra/local does not know:\n  ${problems.join('\n  ')}`);
  return machines;
}

export function readSubscriptions(model: Model): Subscription[] {
  return model.ofType('AWS::Logs::SubscriptionFilter').map(({ logicalId, properties }) => ({
    name: logicalId,
    logGroup: String(properties.LogGroupName),
    pattern: String(properties.FilterPattern),
    functionArn: String(properties.DestinationArn),
  }));
}

/** What becomes of each function's failed asynchronous calls, by the function's ARN. */
export function readAsyncPolicies(model: Model): Map<string, AsyncPolicy> {
  const policies = new Map<string, AsyncPolicy>();
  for (const declared of model.ofType('AWS::Lambda::Function')) {
    const deadLetter = (declared.properties.DeadLetterConfig as { TargetArn?: string } | undefined)?.TargetArn;
    const config = model
      .ofType('AWS::Lambda::EventInvokeConfig')
      .find(
        (one) => one.properties.FunctionName === declared.name || one.properties.FunctionName === declared.arn,
      )?.properties;
    const destinations = config?.DestinationConfig as { OnFailure?: { Destination?: string } } | undefined;
    onlyKnown(destinations, 'OnFailure', `event invoke config of ${declared.logicalId}`);
    policies.set(declared.arn, {
      deadLetter,
      retries: config?.MaximumRetryAttempts as number | undefined,
      onFailure: destinations?.OnFailure?.Destination,
    });
  }
  return policies;
}
