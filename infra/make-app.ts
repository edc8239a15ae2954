import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Environment, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { FUNCTIONS_DIRECTORY } from './build.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { type FunctionDefinition, functionTable } from './functions.ts';
import { StatefulStack } from './stacks/stateful-stack.ts';
import { StatelessStack } from './stacks/stateless-stack.ts';

export type AppOptions = {
  /** Where `npm run build` put the bundles. */
  readonly functionsDirectory?: string | undefined;
  readonly functions?: readonly FunctionDefinition[] | undefined;
  /** Wins over cdk.json. */
  readonly context?: Readonly<Record<string, unknown>> | undefined;
  readonly outdir?: string | undefined;
};

/**
 * The whole installation: what must survive a mistake (stateful) and what can be made again (stateless).
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
  const stateful = new StatefulStack(app, 'TallystickStateful', { env, terminationProtection: true });
  new StatelessStack(app, 'TallystickStateless', {
    env,
    stateful,
    configuration,
    functions: options.functions ?? functionTable(),
    functionsDirectory: options.functionsDirectory ?? FUNCTIONS_DIRECTORY,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

function readProjectContext(): Record<string, unknown> {
  const text = readFileSync(join(import.meta.dirname, '..', 'cdk.json'), 'utf8');
  return (JSON.parse(text) as { context: Record<string, unknown> }).context;
}

/** Undefined: the template names no account and no region, so that it deploys to any. */
function readEnv({ account, region }: Configuration): Environment {
  return { ...(account ? { account } : {}), ...(region ? { region } : {}) };
}
