import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { type FunctionDefinition, functionTable } from '#infra/functions';
import { makeApp } from '#infra/make-app';

export type Resource = {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
};
export type Resources = Readonly<Record<string, Resource>>;
export type Statement = { Effect: string; Action: string | string[]; Resource: unknown; Condition?: unknown };

type Synthesised = {
  readonly directory: string;
  readonly stateful: Template;
  /** All other stacks as if they were one: what the installation holds, whichever stack holds it. */
  readonly stateless: Template;
  /** By name. */
  readonly stacks: ReadonlyMap<string, Template>;
};

/** A synth takes seconds: the files of one worker share the one without a context of its own, which they only read. */
let shared: Synthesised | undefined;

/** The app with a stub for each bundle: what the template says does not depend on what the bundles hold. */
export function synthesise(
  context?: Record<string, unknown>,
  functions: readonly FunctionDefinition[] = functionTable(),
): Synthesised {
  if (context) return synthesiseNow(context, functions);
  shared ??= synthesiseNow({}, functions);
  return shared;
}

/** Without which there is no app, and those named: what a setting or a check comes to shows in these in a tenth of the time. */
export function indispensable(...names: readonly string[]): readonly FunctionDefinition[] {
  return functionTable().filter(
    ({ name, trigger, uses }) =>
      names.includes(name) ||
      ['authorizer', 'unknown_route', 'workflow'].includes(trigger.kind) ||
      uses.some(({ kind }) => kind === 'machine'),
  );
}

/** Answers where. */
export function writeStubs(work: string, functions: readonly FunctionDefinition[]): string {
  const functionsDirectory = join(work, 'functions');
  for (const { name } of functions) {
    mkdirSync(join(functionsDirectory, name), { recursive: true });
    writeFileSync(join(functionsDirectory, name, 'index.mjs'), `export const handler = () => '${name}';\n`);
  }
  return functionsDirectory;
}

function synthesiseNow(context: Record<string, unknown>, functions: readonly FunctionDefinition[]): Synthesised {
  const work = mkdtempSync(join(tmpdir(), 'tallystick-synth-'));
  const functionsDirectory = writeStubs(work, functions);
  // Schema validation of the template takes seconds and runs in `npm run synth`; the AwsSolutions checks run here too.
  process.env.CDK_VALIDATION = 'false';
  const outdir = join(work, 'cdk.out');
  // Somebody hears of alarms, or each synth would print the warning that nobody does.
  makeApp({ functionsDirectory, functions, context: { alarmEmail: 'ops@example.com', ...context }, outdir }).synth();
  return readSynthesised(outdir);
}

/** What a cloud assembly holds. */
export function readSynthesised(directory: string): Synthesised {
  const stacks = new Map(
    readdirSync(directory)
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => [
        file.replace('.template.json', ''),
        Template.fromString(readFileSync(join(directory, file), 'utf8')),
      ]),
  );
  const { TallystickStateful: stateful, ...others } = Object.fromEntries(stacks);
  if (!stateful) throw new Error('the app has no stateful stack');
  return { directory, stateful, stateless: merged(others), stacks };
}

/** @throws when two stacks use one logical id, which would hide a resource from the tests. */
function merged(templates: Readonly<Record<string, Template>>): Template {
  const all: Record<string, Resource> = {};
  for (const [stack, template] of Object.entries(templates)) {
    for (const [id, resource] of Object.entries(resourcesOf(template))) {
      if (all[id]) throw new Error(`${stack}: another stack has a resource ${id} too`);
      all[id] = resource;
    }
  }
  // A stack in itself has no dependency on another: the merged one is only looked at.
  return Template.fromJSON({ Resources: all }, { skipCyclicalDependenciesCheck: true });
}

/** By type: the grants of each function are asked for many times over. */
const resourcesByType = new WeakMap<Template, Map<string | undefined, Resources>>();

export function resourcesOf(template: Template, type?: string): Resources {
  const known = resourcesByType.get(template) ?? new Map<string | undefined, Resources>();
  resourcesByType.set(template, known);
  const all = template.toJSON().Resources as Resources;
  const resources =
    known.get(type) ??
    Object.fromEntries(Object.entries(all).filter(([, resource]) => !type || resource.Type === type));
  known.set(type, resources);
  return resources;
}

/** Every statement a role holds: in itself, and in the policies attached to it. */
export function statementsOfRole(template: Template, roleId: string): Statement[] {
  const inline = (resourcesOf(template)[roleId]?.Properties.Policies ?? []) as { PolicyDocument: unknown }[];
  const attached = Object.values(resourcesOf(template, 'AWS::IAM::Policy')).filter((policy) =>
    (policy.Properties.Roles as { Ref: string }[]).some(({ Ref }) => Ref === roleId),
  );
  const documents = [
    ...inline.map((policy) => policy.PolicyDocument),
    ...attached.map((it) => it.Properties.PolicyDocument),
  ];
  return documents.flatMap((document) => (document as { Statement: Statement[] }).Statement);
}

export function actionsOf(statement: Statement): string[] {
  return [statement.Action].flat();
}

/** The logical id of the function with this name, by the stub its asset holds: construct ids are the name in Pascal case. */
export function functionId(template: Template, name: string): string {
  const pascal = name.replace(/(^|-)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase());
  const named = new RegExp(`^${pascal}[0-9A-F]{8}$`);
  const ids = Object.keys(resourcesOf(template, 'AWS::Lambda::Function')).filter((id) => named.test(id));
  if (ids.length !== 1) throw new Error(`expected one function ${name}, found ${ids.join(', ') || 'none'}`);
  return ids[0] as string;
}

export function roleOf(template: Template, name: string): string {
  const { Role } = resourcesOf(template)[functionId(template, name)]!.Properties as {
    Role: { 'Fn::GetAtt': string[] };
  };
  return Role['Fn::GetAtt'][0] as string;
}
