import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Environment, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { FUNCTIONS_DIRECTORY } from './build.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { pascalCase } from './constructs/slice.ts';
import { type FunctionDefinition, functionTable } from './functions.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { ServiceStack } from './stacks/functions-stack.ts';
import { StatefulStack } from './stacks/stateful-stack.ts';
import { WorkflowsStack } from './stacks/workflows-stack.ts';

const WORKFLOWS = 'workflows';

export type AppOptions = {
  /** Where `npm run build` put the bundles. */
  readonly functionsDirectory?: string | undefined;
  readonly functions?: readonly FunctionDefinition[] | undefined;
  /** Wins over cdk.json. */
  readonly context?: Readonly<Record<string, unknown>> | undefined;
  readonly outdir?: string | undefined;
};

/**
 * The whole installation: what must survive a mistake (stateful), and what can be made again at any time: the API, a stack a service
 * (of payouts two, with what was paid apart; training apart from partners), the workflows. They refer to the stateful and the API's stack only, so CloudFormation can deploy them in any order after those.
 * Reads the context of cdk.json itself, so that `node infra/app.ts` and the CDK command give the same template;
 * `-c` and CDK_CONTEXT_JSON win.
 */
export function makeApp(options: AppOptions = {}): App {
  const app = new App({
    analyticsReporting: false,
    context: readProjectContext(),
    ...(options.context ? { postCliContext: { ...options.context } } : {}),
    ...(options.outdir ? { outdir: options.outdir } : {}),
  });
  const configuration = readConfiguration(app.node);
  const env = readEnv(configuration);
  const stateful = new StatefulStack(app, 'TallystickStateful', { env, configuration, terminationProtection: true });
  const functionsDirectory = options.functionsDirectory ?? FUNCTIONS_DIRECTORY;
  const { authorizer, parts } = partition(options.functions ?? functionTable());
  const api = new ApiStack(app, 'TallystickApi', { env, stateful, configuration, authorizer, functionsDirectory });
  for (const [part, functions] of parts) {
    const props = { env, part, stateful, api, configuration, functions, functionsDirectory };
    const id = `Tallystick${pascalCase(part)}`;
    if (part === WORKFLOWS) new WorkflowsStack(app, id, props);
    else new ServiceStack(app, id, props);
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

/** Which stack each function lives in: a task or a caller of a workflow with the workflows, the others with their service. */
function partition(functions: readonly FunctionDefinition[]): {
  readonly authorizer: FunctionDefinition;
  readonly parts: ReadonlyMap<string, readonly FunctionDefinition[]>;
} {
  const authorizer = only(functions, 'authorizer');
  only(functions, 'unknown_route');
  const parts = Map.groupBy(
    functions.filter((definition) => definition !== authorizer),
    ({ trigger, uses, service, part = service }) =>
      trigger.kind === 'workflow' || uses.some(({ kind }) => kind === 'machine') ? WORKFLOWS : part,
  );
  return { authorizer, parts };
}

function only(functions: readonly FunctionDefinition[], kind: 'authorizer' | 'unknown_route'): FunctionDefinition {
  const found = functions.filter(({ trigger }) => trigger.kind === kind);
  const [definition] = found;
  if (!definition || found.length > 1) throw new Error(`Declare exactly one function for ${kind}, not ${found.length}`);
  return definition;
}

function readProjectContext(): Record<string, unknown> {
  const text = readFileSync(join(import.meta.dirname, '..', 'cdk.json'), 'utf8');
  return (JSON.parse(text) as { context: Record<string, unknown> }).context;
}

/** Undefined: the template names no account and no region, so that it deploys to any. */
function readEnv({ account, region }: Configuration): Environment {
  return { ...(account ? { account } : {}), ...(region ? { region } : {}) };
}
