import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { FunctionDefinition } from '../functions.ts';
import { acknowledgeWildcard } from './acknowledge.ts';
import { bind, documentsWithin, type Resources, secretsOnDemandArns } from './bindings.ts';

export type Slice = {
  readonly definition: FunctionDefinition;
  readonly function: lambda.Function;
  readonly logGroup: LogGroup;
  readonly role: Role;
};

/**
 * One function with its own role and log group. The role may do what the declaration's bindings need and write its own
 * log, nothing else; the environment holds those bindings' variables, nothing else.
 */
export function makeSlice(
  scope: Construct,
  definition: FunctionDefinition,
  resources: Resources,
  functionsDirectory: string,
): Slice {
  const { name, profile, uses, service } = definition;
  const id = pascalCase(name);
  const bounds = uses.map((binding) => bind(binding, resources));
  const logGroup = new LogGroup(scope, `${id}Log`, {
    // Long enough to look into last month's run; what must be kept longer is in the Money table.
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const writesItsLog = new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
  const statements = [writesItsLog, ...bounds.flatMap((bound) => bound.statements)];
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { slice: new PolicyDocument({ statements }) },
  });
  for (const binding of uses.filter(({ kind }) => kind === 'documents')) {
    // By its export, because that is how this stack's template will name the bucket.
    const bucket = resources.stateful.exportValue(resources.stateful.documents.bucketArn);
    const keys = `${bucket}/${documentsWithin(binding)}`;
    acknowledgeWildcard(role, keys, 'Documents are named by run: their keys are not known when deploying.');
  }
  for (const [kind, arn] of Object.entries(secretsOnDemandArns(resources))) {
    if (!uses.some((binding) => binding.kind === kind)) continue;
    acknowledgeWildcard(role, arn, 'Programmes make these secrets themselves, under this prefix alone.');
  }
  const fn = new lambda.Function(scope, id, {
    description: definition.route?.summary ?? `${service}: ${name}`,
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(join(functionsDirectory, name)),
    memorySize: profile.memoryMb,
    timeout: Duration.seconds(profile.timeoutSeconds),
    environment: Object.assign({}, ...bounds.map((bound) => bound.environment)) as Record<string, string>,
    role,
    logGroup,
  });
  return { definition, function: fn, logGroup, role };
}

export function pascalCase(name: string): string {
  return name
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}
