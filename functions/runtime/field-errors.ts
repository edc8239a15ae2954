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
  bigint: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};

const FORMATS: Readonly<Record<string, string>> = {
  email: 'must be an e-mail address',
  url: 'must be a web address such as https://example.com',
  uuid: 'must be a UUID',
  datetime: 'must be an instant such as 2026-01-31T12:00:00Z',
  date: 'must be a date such as 2026-01-31',
  time: 'must be a time such as 12:30:00',
  base64: 'must be base64',
};

/** The library's own messages are for developers of schemas; those that a contract words itself stay. */
function ruleOf(issue: z.core.$ZodIssue): string {
  if (!/^(Invalid|Too (small|big)|Unrecognized)/.test(issue.message)) return issue.message;
  if (isMissing(issue)) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${NOUNS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return unionRule(issue);
    case 'invalid_format':
      return formatRule(issue);
    case 'too_small':
      return `must ${sizeVerb(issue.origin)} ${bound(issue, 'at least', 'more than')} ${issue.minimum}${sizeUnit(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `must ${sizeVerb(issue.origin)} ${bound(issue, 'at most', 'less than')} ${issue.maximum}${sizeUnit(issue.origin, issue.maximum)}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_key':
    case 'invalid_element':
      return `has ${issue.code === 'invalid_key' ? 'a name' : 'an entry'} that ${issue.issues.map(ruleOf).join(' and ')}`;
    case 'unrecognized_keys':
      return `must be without ${issue.keys.join(', ')}`;
    case 'custom':
      return 'is not a possible value';
  }
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  return issue.message.endsWith('received undefined');
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? `must be ${String(values[0])}` : `must be one of: ${values.map(String).join(', ')}`;
}

/** A union that names its kinds by a field says which there are; any other, what each of its shapes would ask for. */
function unionRule(issue: z.core.$ZodIssueInvalidUnion): string {
  if ('options' in issue && issue.options && issue.options.length > 0) return oneOf(issue.options);
  const shapes = new Set(issue.errors.map((issues) => issues.map(wishOf).join(' and ')));
  if (shapes.size === 0) return 'must be of one of its kinds, and only of one';
  return `must be ${[...shapes].join(', or ')}`;
}

/** What is asked for, to stand after "must be". */
function wishOf(issue: z.core.$ZodIssue): string {
  if (issue.path.length > 0) {
    const name = issue.path.map(String).join('.');
    return isMissing(issue) ? `an object with ${name}` : `an object whose ${name} ${ruleOf(issue)}`;
  }
  const rule = isMissing(issue) ? `must be given` : ruleOf(issue);
  return rule.startsWith('must be ') ? rule.slice('must be '.length) : `one that ${rule}`;
}

function formatRule(issue: z.core.$ZodIssueInvalidStringFormat): string {
  const { prefix, suffix, includes } = issue as { prefix?: string; suffix?: string; includes?: string };
  if (prefix !== undefined) return `must start with ${prefix}`;
  if (suffix !== undefined) return `must end with ${suffix}`;
  if (includes !== undefined) return `must contain ${includes}`;
  return FORMATS[issue.format] ?? `must be written as ${issue.pattern ?? issue.format}`;
}

const isSized = (origin: string): boolean => origin === 'string' || origin === 'array';
const sizeVerb = (origin: string): string => (isSized(origin) ? 'have' : 'be');

function bound(issue: { exact?: boolean; inclusive?: boolean }, inclusive: string, exclusive: string): string {
  if (issue.exact) return 'exactly';
  return issue.inclusive === false ? exclusive : inclusive;
}

function sizeUnit(origin: string, size: number | bigint): string {
  if (!isSized(origin)) return '';
  const unit = origin === 'string' ? 'character' : 'item';
  return Number(size) === 1 ? ` ${unit}` : ` ${unit}s`;
}
