import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fieldErrors } from '#functions/runtime/field-errors';
import { instantSchema } from '#shared/contracts/fields';
import { remedySchema } from '#shared/contracts/partners/dispute';
import { emailSchema } from '#shared/contracts/partners/enrol-partner';
import { contactEmailSchema } from '#shared/contracts/partners/escalation-contact';
import { componentSchema } from '#shared/contracts/payouts/plans/plan';
import { routes } from '#shared/contracts/routes';

const told = (schema: z.ZodType, value: unknown): string[] =>
  (schema.safeParse(value).error?.issues ?? []).flatMap((issue) =>
    fieldErrors(issue).map(({ pointer, rule }) => `${pointer} ${rule}`.trim()),
  );

const either = z.union([z.strictObject({ amount: z.int() }), z.strictObject({ all: z.literal(true) })]);

describe('what is wrong with a field, in words', () => {
  it.each<[string, z.ZodType, unknown, readonly string[]]>([
    ['a missing field', z.object({ a: z.string() }), {}, ['/a is missing']],
    ['a missing time', z.object({ a: instantSchema }), {}, ['/a is missing']],
    ['a missing address', z.object({ a: emailSchema }), {}, ['/a is missing']],
    ['no time', instantSchema, '5 May', ['must be an ISO 8601 time with a zone, such as 2026-01-31T23:59:59Z']],
    ['another type', z.object({ a: z.int() }), { a: 'x' }, ['/a must be a number']],
    ['no whole number', z.int(), 1.5, ['must be a whole number']],
    ['not a number', z.coerce.number(), 'x', ['must be a number']],
    ['a list', z.object({ a: z.array(z.int()) }), { a: {} }, ['/a must be a list']],
    ['an object', z.record(z.string(), z.int()), 'x', ['must be an object']],
    ['one value', z.object({ a: z.literal(true) }), { a: 1 }, ['/a must be true']],
    ['some values', z.enum(['a', 'b']), 'c', ['must be one of: a, b']],
    ['too short', z.string().min(1), '', ['must have at least 1 character']],
    ['too long', z.string().max(3), 'four', ['must have at most 3 characters']],
    ['exactly so long', z.string().length(3), 'x', ['must have exactly 3 characters']],
    ['too few', z.array(z.int()).min(2), [1], ['must have at least 2 items']],
    ['too small', z.int().min(1), 0, ['must be at least 1']],
    ['not above', z.number().positive(), 0, ['must be more than 0']],
    ['not below', z.number().lt(5), 5, ['must be less than 5']],
    ['a multiple', z.number().multipleOf(5), 3, ['must be a multiple of 5']],
    ['an e-mail address', z.email(), 'x', ['must be an e-mail address']],
    ['a web address', z.url(), 'x', ['must be a web address such as https://example.com']],
    ['an instant', z.iso.datetime(), 'x', ['must be an instant such as 2026-01-31T12:00:00Z']],
    ['a date', z.iso.date(), 'x', ['must be a date such as 2026-01-31']],
    ['a beginning', z.string().startsWith('po~'), 'x', ['must start with po~']],
    ['an end', z.string().endsWith('.csv'), 'x', ['must end with .csv']],
    ['a part', z.string().includes('@'), 'x', ['must contain @']],
    ['a pattern', z.string().regex(/^a$/), 'x', ['must be written as /^a$/']],
    ['a worded pattern', z.string().regex(/^a$/, 'must be an a'), 'x', ['must be an a']],
    [
      'a name',
      z.record(z.string().regex(/^a$/, 'must be an a'), z.int()),
      { b: 1 },
      ['/b has a name that must be an a'],
    ],
    ['an unknown field', z.strictObject({}), { a: 1, b: 2 }, ['/a is not a known field', '/b is not a known field']],
    ['a rule without words', z.string().refine(() => false), 'x', ['is not a possible value']],
    [
      'a missing kind',
      z.object({
        c: z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]),
      }),
      { c: {} },
      ['/c/kind must be one of: a, b'],
    ],
    ['none of two shapes', either, {}, ['must be an object with amount, or an object whose all must be true']],
    ['no object of two shapes', either, 'x', ['must be an object']],
    ['neither value', z.union([z.int(), z.literal('in_force')]), 'x', ['must be a number, or in_force']],
  ])('names %s', (_, schema, value, words) => {
    expect(told(schema, value)).toEqual(words);
  });

  it('says what a remedy, a component and a contact must be', () => {
    expect(told(remedySchema, {})).toEqual([
      'must be {"adjustment": {"amountMinor", "currency"}} or {"reattribute": true}',
    ]);
    expect(told(componentSchema, { kind: 'share' })).toEqual([
      expect.stringMatching(/^\/kind must be one of: revenue_share, /),
    ]);
    expect(told(contactEmailSchema, 'nobody')).toEqual(['must be an e-mail address']);
  });

  it("keeps the library's own words out of every answer to a body or a query of the wrong kind", () => {
    const wrong = [undefined, null, 7, 'x', [], {}, { kind: 'x' }, [{}]];
    for (const { name, body, query } of routes as readonly { name: string; body?: z.ZodType; query?: z.ZodType }[])
      for (const schema of [body, query])
        for (const value of schema ? wrong : []) {
          const fields = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
          const values = [value, ...fields.map((field) => ({ [field]: value }))];
          for (const one of values)
            for (const words of told(schema as z.ZodType, one))
              expect(words, `${name}: ${words}`).not.toMatch(
                /(^| )(Invalid|Expected|expected|received|Too|Unrecognized)\b/,
              );
        }
  });
});
