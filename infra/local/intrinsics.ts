import type { Template } from './assembly.ts';

export type Scope = {
  readonly template: Template;
  /** Pseudo parameters (AWS::Region, ...) and values of template parameters. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly ref: (logicalId: string) => unknown;
  readonly attribute: (logicalId: string, name: string) => unknown;
  readonly importValue: (exportName: string) => unknown;
};

const NO_VALUE = Symbol('AWS::NoValue');

/** Resolves a template value to plain JSON. @throws on an intrinsic, reference or attribute it does not know, by name. */
export function resolveValue(value: unknown, scope: Scope): unknown {
  const resolved = walk(value, scope);
  return resolved === NO_VALUE ? undefined : resolved;
}

function walk(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, scope)).filter((item) => item !== NO_VALUE);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? ['', undefined];
  if (entries.length === 1 && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))) {
    // A policy statement may have the single key Condition with an object: only a string names a template condition.
    if (name !== 'Condition' || typeof argument === 'string') return call(name, argument, scope);
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, walk(item, scope)]).filter(([, i]) => i !== NO_VALUE));
}

function call(name: string, argument: unknown, scope: Scope): unknown {
  const list = (): unknown[] => walk(argument, scope) as unknown[];
  switch (name) {
    case 'Ref':
      return reference(String(argument), scope);
    case 'Condition':
      return isTrue(String(argument), scope);
    case 'Fn::GetAtt': {
      const [id = '', ...path] = typeof argument === 'string' ? argument.split('.') : (argument as string[]);
      return scope.attribute(id, path.join('.'));
    }
    case 'Fn::Sub':
      return substitute(argument, scope);
    case 'Fn::Join': {
      const [separator, parts] = list() as [string, unknown[]];
      return parts.map(String).join(separator);
    }
    case 'Fn::Select': {
      const [index, items] = list() as [number | string, unknown[]];
      return items[Number(index)];
    }
    case 'Fn::Split': {
      const [separator, text] = list() as [string, string];
      return text.split(separator);
    }
    case 'Fn::ImportValue':
      return scope.importValue(String(walk(argument, scope)));
    case 'Fn::FindInMap': {
      const [map = '', top = '', second = ''] = list().map(String);
      const found = scope.template.Mappings?.[map]?.[top]?.[second];
      if (found === undefined) throw new Error(`Fn::FindInMap finds no ${map}.${top}.${second}`);
      return found;
    }
    case 'Fn::Base64':
      return Buffer.from(String(walk(argument, scope))).toString('base64');
    case 'Fn::If': {
      const [condition, yes, no] = argument as [string, unknown, unknown];
      return walk(isTrue(condition, scope) ? yes : no, scope);
    }
    case 'Fn::Equals': {
      const [left, right] = list();
      return String(left) === String(right);
    }
    case 'Fn::And':
      return list().every(Boolean);
    case 'Fn::Or':
      return list().some(Boolean);
    case 'Fn::Not':
      return !list()[0];
    default:
      throw new Error(`intrinsic ${name} is not known to the local host`);
  }
}

/** True when a template's condition holds. @throws on a name that is not declared. */
export function isTrue(condition: string, scope: Scope): boolean {
  const declared = scope.template.Conditions?.[condition];
  if (declared === undefined) throw new Error(`condition ${condition} is not declared`);
  return walk(declared, scope) === true;
}

function reference(name: string, scope: Scope): unknown {
  if (name === 'AWS::NoValue') return NO_VALUE;
  if (name in scope.values) return scope.values[name];
  if (name.startsWith('AWS::')) throw new Error(`pseudo parameter ${name} is not known to the local host`);
  return scope.ref(name);
}

function substitute(argument: unknown, scope: Scope): string {
  const [text, given] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Record<string, unknown>];
  return text.replaceAll(/\$\{([^}]+)\}/g, (_whole, expression: string) => {
    if (expression.startsWith('!')) return `\${${expression.slice(1)}}`;
    if (expression in given) return String(walk(given[expression], scope));
    const [id = '', ...path] = expression.split('.');
    return String(path.length > 0 ? scope.attribute(id, path.join('.')) : reference(expression, scope));
  });
}
