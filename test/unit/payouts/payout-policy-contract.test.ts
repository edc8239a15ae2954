import { expect, it } from 'vitest';
import { fieldErrors } from '#functions/runtime/field-errors';
import { payoutsBodySchema, policyChangeSchema } from '#shared/contracts/payouts/programs/payout-policy';

const told = (payouts: object): readonly string[] =>
  (policyChangeSchema.safeParse({ payouts }).error?.issues ?? []).flatMap((issue) =>
    fieldErrors(issue).map(({ pointer, rule }) => `${pointer} ${rule}`),
  );

it.each<[string, object, readonly string[]]>([
  [
    'totals that do not rise',
    {
      requiredAbove: [
        { aboveMinor: 100, required: 2 },
        { aboveMinor: 100, required: 3 },
        { aboveMinor: 99, required: 3 },
      ],
    },
    [
      '/payouts/requiredAbove/1/aboveMinor must be above 100, which stands before it',
      '/payouts/requiredAbove/2/aboveMinor must be above 100, which stands before it',
    ],
  ],
  [
    'more people than a run can ask for',
    { requiredAbove: [{ aboveMinor: 100, required: 11 }] },
    ['/payouts/requiredAbove/0/required must be at most 10'],
  ],
  [
    'reminders out of order',
    { reminderHours: [72, 24] },
    ['/payouts/reminderHours/1 must be above 72, which stands before it'],
  ],
  ['a reminder at once', { reminderHours: [0] }, ['/payouts/reminderHours/0 must be at least 1']],
  ['half an hour', { expiryHours: 1.5 }, ['/payouts/expiryHours must be a whole number']],
  [
    'the same people twice',
    { alsoExcluded: ['published_a_plan', 'published_a_plan'] },
    ['/payouts/alsoExcluded must name each once'],
  ],
  [
    'people who are always excluded, or unknown',
    { alsoExcluded: ['opened_the_run'] },
    ['/payouts/alsoExcluded/0 must be one of: published_a_plan, created_an_api_key'],
  ],
])('a policy refuses %s, by the field and the rule', (_what, payouts, errors) => {
  expect(told(payouts)).toEqual(errors);
});

it('takes reminders and totals that rise', () => {
  const requiredAbove = [
    { aboveMinor: 0, required: 3 },
    { aboveMinor: 1, required: 2 },
  ];
  expect(payoutsBodySchema.safeParse({ requiredAbove, reminderHours: [1, 2, 1_000], expiryHours: 1_001 }).success).toBe(
    true,
  );
  expect(told({ requiredAbove: null, reminderHours: [], alsoExcluded: null })).toEqual([]);
});
