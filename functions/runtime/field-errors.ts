import type * as z from 'zod';
import type { FieldError } from '#shared/application/failure';

/** JSON pointer (RFC 6901) and rule of each thing a schema found wrong; unknown keys are named one by one. */
export function fieldErrors(issue: z.core.$ZodIssue, prefix = ''): FieldError[] {
  const escapePart = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1');
  const at = (path: readonly PropertyKey[]): string =>
    prefix === '' ? path.map((part) => `/${escapePart(part)}`).join('') : `${prefix}${path.map(String).join('.')}`;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: at([...issue.path, key]), rule: 'is not a known field' }));
  }
  return [{ pointer: at(issue.path), rule: ruleOf(issue) }];
}

const NOUNS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

/** The library's own messages are for developers of schemas; those that a contract words itself stay. */
function ruleOf(issue: z.core.$ZodIssue): string {
  if (!/^(Invalid|Too (small|big)|Unrecognized)/.test(issue.message)) return issue.message;
  if (issue.message.endsWith('received undefined')) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${NOUNS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${String(issue.values[0])}`
        : `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `must ${sizeVerb(issue.origin)} at least ${issue.minimum}${sizeUnit(issue.origin)}`;
    case 'too_big':
      return `must ${sizeVerb(issue.origin)} at most ${issue.maximum}${sizeUnit(issue.origin)}`;
    default:
      return issue.message;
  }
}

const sizeVerb = (origin: string): string => (origin === 'string' || origin === 'array' ? 'have' : 'be');
const sizeUnit = (origin: string): string => (origin === 'string' ? ' characters' : origin === 'array' ? ' items' : '');
