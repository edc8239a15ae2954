import type { Assembly, Stack, TemplateResource } from './assembly.ts';
import { isTrue, resolveValue, type Scope } from './intrinsics.ts';
import { RESOURCE_TYPES, type ResourceType } from './resource-types.ts';

export type Properties = Readonly<Record<string, unknown>>;

export type Resource = {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
  readonly arn: string;
  readonly ref: string;
  readonly properties: Properties;
};

export type Model = {
  readonly account: string;
  readonly region: string;
  readonly resources: readonly Resource[];
  readonly ofType: (type: string) => readonly Resource[];
  readonly asset: (s3Key: string) => string | undefined;
};

export type Addresses = { readonly apiUrl: string; readonly servicesUrl: string };

/** The shortest limit of all named things (a function's name). */
const MAX_NAME_LENGTH = 64;

/**
 * Resolves every resource of an assembly to names, ARNs and plain properties.
 * @throws one error that names everything this host does not know: types, properties, intrinsics, references.
 */
export function readModel(
  assembly: Assembly,
  addresses: Addresses,
  parameters: Readonly<Record<string, string>>,
): Model {
  const problems: string[] = [];
  const exports = new Map<string, () => unknown>();
  const importValue = (name: string): unknown => {
    const found = exports.get(name);
    if (!found) throw new Error(`no stack exports ${name}`);
    return found();
  };
  const scopes = assembly.stacks.map((stack) => ({
    stack,
    scope: makeScope(stack, addresses, parameters, importValue),
  }));
  for (const { stack, scope } of scopes) {
    for (const output of Object.values(stack.template.Outputs ?? {})) {
      if (!output.Export || (output.Condition && !isTrue(output.Condition, scope))) continue;
      exports.set(String(resolveValue(output.Export.Name, scope)), () => resolveValue(output.Value, scope));
    }
  }
  const resources = scopes.flatMap(({ stack, scope }) =>
    Object.entries(stack.template.Resources ?? {}).flatMap(([logicalId, declared]) => {
      try {
        if (declared.Condition && !isTrue(declared.Condition, scope)) return [];
        return [readResource(stack, logicalId, declared, scope, addresses)];
      } catch (error) {
        problems.push(`${stack.name}/${logicalId} (${declared.Type}): ${(error as Error).message}`);
        return [];
      }
    }),
  );
  if (problems.length > 0) {
    throw new Error(`The template holds what infra/local does not know:\n  ${problems.join('\n  ')}`);
  }
  const first = assembly.stacks[0] as Stack;
  return {
    account: first.account,
    region: first.region,
    resources,
    ofType: (type) => resources.filter((resource) => resource.type === type),
    asset: (key) => assembly.assets.get(key),
  };
}

function makeScope(
  stack: Stack,
  addresses: Addresses,
  parameters: Readonly<Record<string, string>>,
  importValue: Scope['importValue'],
): Scope {
  const values: Record<string, unknown> = {
    'AWS::AccountId': stack.account,
    'AWS::Region': stack.region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': `arn:aws:cloudformation:${stack.region}:${stack.account}:stack/${stack.name}/00000000-local`,
    'AWS::NotificationARNs': [],
  };
  for (const [name, declared] of Object.entries(stack.template.Parameters ?? {})) {
    values[name] = parameters[name] ?? declared.Default ?? '';
  }
  const find = (logicalId: string): [TemplateResource, ResourceType] => {
    const declared = stack.template.Resources?.[logicalId];
    if (!declared) throw new Error(`${logicalId} is not declared`);
    return [declared, typeOf(declared)];
  };
  const scope: Scope = {
    template: stack.template,
    values,
    importValue,
    ref: (logicalId) => {
      const [declared, type] = find(logicalId);
      return fill(type.ref ?? '%n', stack, physicalName(stack, logicalId, declared, scope), type, addresses);
    },
    attribute: (logicalId, name) => {
      const [declared, type] = find(logicalId);
      const pattern = type.attributes?.[name];
      if (pattern === undefined) throw new Error(`attribute ${logicalId}.${name} of ${declared.Type} is not known`);
      return fill(pattern, stack, physicalName(stack, logicalId, declared, scope), type, addresses);
    },
  };
  return scope;
}

function readResource(
  stack: Stack,
  logicalId: string,
  declared: TemplateResource,
  scope: Scope,
  addresses: Addresses,
): Resource {
  const type = typeOf(declared);
  const name = physicalName(stack, logicalId, declared, scope);
  if (type.accepts !== '*') {
    const known = new Set(`${type.uses ?? ''} ${type.accepts ?? ''} ${type.name ?? ''}`.split(' '));
    const unknown = Object.keys(declared.Properties ?? {}).filter((property) => !known.has(property));
    if (unknown.length > 0) throw new Error(`property ${unknown.join(', ')} is not known to the local host`);
  }
  const properties = type.accepts === '*' ? {} : (resolveValue(declared.Properties ?? {}, scope) as Properties);
  return {
    stack: stack.name,
    logicalId,
    type: declared.Type,
    name,
    arn: fill('%a', stack, name, type, addresses),
    ref: fill(type.ref ?? '%n', stack, name, type, addresses),
    properties: withLocalAddress(properties, addresses) as Properties,
  };
}

function typeOf(declared: TemplateResource): ResourceType {
  const type = RESOURCE_TYPES[declared.Type];
  if (!type) throw new Error(`type ${declared.Type} is not known to the local host`);
  return type;
}

function physicalName(stack: Stack, logicalId: string, declared: TemplateResource, scope: Scope): string {
  const property = RESOURCE_TYPES[declared.Type]?.name;
  const given = property ? resolveValue(declared.Properties?.[property], scope) : undefined;
  if (given !== undefined) return String(given);
  const long = `${stack.name}-${logicalId}`;
  // The end is kept: a CDK logical id ends with the hash that makes it unique.
  const name = long.length <= MAX_NAME_LENGTH ? long : `${stack.name.slice(0, 15)}-${logicalId.slice(-48)}`;
  return /S3::Bucket$|ApiGatewayV2|Cognito::UserPoolClient/.test(declared.Type) ? name.toLowerCase().slice(-63) : name;
}

function fill(pattern: string, stack: Stack, name: string, type: ResourceType, addresses: Addresses): string {
  const arn = `arn:aws:${type.arn ?? 'local:%h:%n'}`;
  const parts: Record<string, string> = {
    h: `${stack.region}:${stack.account}`,
    n: name,
    r: stack.region,
    c: stack.account,
    u: addresses.servicesUrl,
    p: addresses.apiUrl,
  };
  return pattern.replaceAll('%a', arn).replaceAll(/%([hnrcup])/g, (whole, letter: string) => parts[letter] ?? whole);
}

/** An HTTP API's default address contains its id; on one machine that address is the local server's. */
function withLocalAddress(value: unknown, addresses: Addresses): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/https:\/\/[\w-]+\.execute-api\.[\w-]+\.amazonaws\.com/g, addresses.apiUrl);
  }
  if (Array.isArray(value)) return value.map((item) => withLocalAddress(item, addresses));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withLocalAddress(item, addresses)]));
}

/** @throws when a nested object has a key this host would silently leave out. */
export function onlyKnown(value: unknown, keys: string, where: string): void {
  const known = new Set(keys.split(' '));
  const unknown = Object.keys((value ?? {}) as object).filter((key) => !known.has(key));
  if (unknown.length > 0) throw new Error(`${where}: ${unknown.join(', ')} is not known to the local host`);
}
