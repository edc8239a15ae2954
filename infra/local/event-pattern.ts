import { BlockList, isIP } from 'node:net';

/**
 * True when an event matches a pattern: the comparison operators of EventBridge
 * (user guide, "Comparison operators"), also used by filters of event source mappings.
 */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  const { $or: alternatives, ...fields } = pattern as Record<string, unknown>;
  if (alternatives && !(alternatives as unknown[]).some((alternative) => matchesPattern(alternative, event)))
    return false;
  return Object.entries(fields).every(([key, rule]) => {
    const values = valuesAt(event, key);
    if (Array.isArray(rule)) return rule.some((test) => matchesLeaf(test, values));
    return values.some((value) => value !== null && typeof value === 'object' && matchesPattern(rule, value));
  });
}

/** A leaf sees `undefined` when the key is absent; an array in the event matches when one of its elements does. */
function valuesAt(event: unknown, key: string): unknown[] {
  const items = Array.isArray(event) ? event : [event];
  const found = items.flatMap((item) => {
    if (item === null || typeof item !== 'object' || !(key in item)) return [];
    return [(item as Record<string, unknown>)[key]].flat();
  });
  return found.length > 0 ? found : [undefined];
}

function matchesLeaf(test: unknown, values: readonly unknown[]): boolean {
  if (test === null || typeof test !== 'object') return values.includes(test);
  const [operator, operand] = Object.entries(test)[0] ?? ['', undefined];
  if (operator === 'exists')
    return operand === values.some((value) => value === null || (value !== undefined && typeof value !== 'object'));
  if (operator === 'anything-but') {
    return values.some((value) => value !== undefined) && !values.some((value) => isOneOf(operand, value));
  }
  return values.some((value) => OPERATORS[operator]?.(operand, value));
}

/** `anything-but` takes a value, a list, or one operator with a value or a list. */
function isOneOf(operand: unknown, value: unknown): boolean {
  if (Array.isArray(operand)) return operand.includes(value);
  if (operand === null || typeof operand !== 'object') return operand === value;
  const [operator, texts] = Object.entries(operand)[0] ?? ['', undefined];
  return [texts].flat().some((text) => OPERATORS[operator]?.(text, value));
}

const text = (test: (operand: string, value: string) => boolean) => (operand: unknown, value: unknown) =>
  typeof value === 'string' && test(String(operand), value);

/** `prefix` and `suffix` may carry `{"equals-ignore-case": text}`. */
const edge = (test: (operand: string, value: string) => boolean) => (operand: unknown, value: unknown) => {
  if (typeof value !== 'string') return false;
  if (typeof operand === 'string') return test(operand, value);
  return test(String((operand as Record<string, unknown>)['equals-ignore-case']).toLowerCase(), value.toLowerCase());
};

const OPERATORS: Readonly<Record<string, (operand: unknown, value: unknown) => boolean>> = {
  prefix: edge((operand, value) => value.startsWith(operand)),
  suffix: edge((operand, value) => value.endsWith(operand)),
  'equals-ignore-case': text((operand, value) => operand.toLowerCase() === value.toLowerCase()),
  wildcard: text((operand, value) => wildcardExpression(operand).test(value)),
  cidr: text((operand, value) => isInside(operand, value)),
  numeric: (operand, value) => typeof value === 'number' && isInRange(operand as unknown[], value),
};

const KNOWN = new Set([...Object.keys(OPERATORS), 'exists', 'anything-but']);

/** @throws on an operator this matcher does not know, by name: it must not silently never match. */
export function checkPattern(pattern: unknown, where: string): void {
  if (pattern === null || typeof pattern !== 'object') throw new Error(`${where}: a field needs a list of values`);
  for (const [key, rule] of Object.entries(pattern)) {
    if (key === '$or') for (const alternative of rule as unknown[]) checkPattern(alternative, where);
    else if (!Array.isArray(rule)) checkPattern(rule, where);
    else {
      for (const test of rule) {
        const operator = test && typeof test === 'object' ? Object.keys(test)[0] : undefined;
        if (operator !== undefined && !KNOWN.has(operator))
          throw new Error(`${where}: operator ${operator} is not known`);
      }
    }
  }
}

function wildcardExpression(pattern: string): RegExp {
  const parts = pattern.split(/(\\.|\*)/).map((part) => {
    if (part === '*') return '.*';
    const literal = part.startsWith('\\') ? part.slice(1) : part;
    return literal.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, 's');
}

function isInRange(conditions: readonly unknown[], value: number): boolean {
  for (let i = 0; i + 1 < conditions.length; i += 2) {
    const bound = Number(conditions[i + 1]);
    const holds = {
      '=': value === bound,
      '<': value < bound,
      '<=': value <= bound,
      '>': value > bound,
      '>=': value >= bound,
    };
    if (!holds[conditions[i] as keyof typeof holds]) return false;
  }
  return true;
}

function isInside(range: string, address: string): boolean {
  const [network = '', bits] = range.split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) !== isIP(network)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), family);
  return list.check(address, family);
}
