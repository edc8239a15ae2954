import { describe, expect, it } from 'vitest';
import { setRail } from '#console/admin/settings/change-rails';
import { settingsChangePages } from '#console/admin/settings/change-settings';
import { plainAmount } from '#console/admin/settings/setting-kinds';
import { EVENT_GROUPS } from '#functions/console/admin/admin-words';
import { isSame } from '#functions/console/admin/settings/setting-values';
import { SETTINGS_GROUPS } from '#functions/console/admin/settings/settings-groups';
import { formOf } from '#functions/console/web/form';
import { makeFormat } from '#functions/console/web/format';
import type { Action, Visit } from '#functions/console/web/page';
import { WEBHOOK_TYPES } from '#shared/contracts/notifications/webhooks/webhook-event';
import { payoutsSchema } from '#shared/contracts/payouts/programs/payout-policy';
import { controlsBodySchema } from '#shared/contracts/payouts/programs/program';
import { programSettingsSchema } from '#shared/contracts/payouts/programs/program-settings';

const SHOWN = new Set(SETTINGS_GROUPS.flatMap(({ settings }) => settings.map((one) => `${one.section}.${one.name}`)));
const namesOf = (section: string, names: readonly string[]): string[] => names.map((name) => `${section}.${name}`);

describe('the pages of settings', () => {
  it('have every setting, control and rule of payouts that the API has', () => {
    const { attribution, tracking, fraud } = programSettingsSchema.parse({});
    const all = [
      ...namesOf('attribution', [...Object.keys(attribution), 'bindingMonths']),
      ...namesOf('tracking', [...Object.keys(tracking), 'utm', 'disclosure']),
      ...namesOf('fraud', Object.keys(fraud)),
      ...namesOf('controls', Object.keys(controlsBodySchema.shape)),
      ...namesOf('approvals', ['required', 'extraApproverAboveMinor']),
      ...namesOf('payouts', Object.keys(payoutsSchema.shape)),
    ];
    // The version counts by itself; accounts and company have a page of their own.
    const elsewhere = ['tracking.disclosureVersion', 'payouts.source', 'payouts.issuer'];
    expect(all.filter((field) => !SHOWN.has(field)).sort()).toEqual([...elsewhere].sort());
    expect([...SHOWN].filter((field) => !all.includes(field))).toEqual([]);
  });

  it('offer every event that a webhook may be told of', () => {
    const offered = EVENT_GROUPS.flatMap(([, events]) => events.map(([type]) => type));
    expect([...offered].sort()).toEqual([...WEBHOOK_TYPES].sort());
  });

  it('take an amount in the decimals of its currency', () => {
    expect(plainAmount(1_000_050, { programme: { currency: 'GBP' } } as Visit)).toBe('10000.50');
    expect(plainAmount(1_000_050, { programme: { currency: 'JPY' } } as Visit)).toBe('1000050');
  });

  it('hold what is not said and the default for the same, in any order of members', () => {
    expect(isSame(undefined, null)).toBe(true);
    expect(isSame({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
    expect(isSame([1, 2], [2, 1])).toBe(false);
  });
});

describe('a change of settings', () => {
  const program = {
    approvals: { required: 2 },
    payouts: payoutsSchema.parse({ reminderHours: [72, 168], alsoExcluded: ['published_a_plan'] }),
  };
  const sent: unknown[] = [];
  const visit = {
    programme: { programId: 'shop', name: 'Shop', currency: 'GBP' },
    format: makeFormat('en-GB', 'Europe/London'),
    api: {
      call: async ({ name }: { name: string }, call: { body?: unknown }) => {
        if (name !== 'get-program') sent.push([name, call.body]);
        return program;
      },
    },
  } as unknown as Visit;
  const change = settingsChangePages.find(({ name }) => name === 'change-approvals-settings') as Action;
  const send = async (fields: Readonly<Record<string, string>>) => {
    sent.length = 0;
    const data = new FormData();
    const asShown = { required: '2', expiryHours: '336', changeFlagPercent: '50', reminderHours: '72, 168' };
    for (const [name, value] of Object.entries({ ...asShown, alsoExcluded: 'published_a_plan', ...fields })) {
      data.set(name, value);
    }
    return change.send(visit, formOf(data), 'key');
  };

  it('leaves what somebody else has changed since the form was shown', async () => {
    // The form showed one approver; meanwhile two were asked for, and this person changed the expiry alone.
    const shown = JSON.stringify({ 'approvals.required': 1, 'payouts.expiryHours': 336 });
    await send({ shown, required: '1', expiryHours: '300', changeFlagPercent: '50' });
    expect(sent).toEqual([['change-payout-policy', { payouts: { expiryHours: 300 } }]]);
  });

  it('sends what differs from what holds and nothing else', async () => {
    await send({ above0: '10000.50', required0: '3', expiryHours: '' });
    expect(sent).toEqual([
      [
        'change-payout-policy',
        { payouts: { requiredAbove: [{ aboveMinor: 1_000_050, required: 3 }], expiryHours: null } },
      ],
    ]);
  });

  it('sends nothing when nothing was changed, and says so', async () => {
    expect(await send({})).toMatchObject({ kind: 'redirect', done: expect.stringContaining('Nothing was changed') });
    expect(sent).toEqual([]);
  });

  it('names the field that is half filled in, or no number', async () => {
    await expect(send({ above0: '10' })).rejects.toMatchObject({ field: 'required0' });
    await expect(send({ reminderHours: '72, soon' })).rejects.toMatchObject({ field: 'reminderHours' });
    await expect(send({ above0: '10.005', required0: '3' })).rejects.toMatchObject({ field: 'above0' });
    expect(sent).toEqual([]);
  });
});

it('keys of rails come from fields whose values no refused form repeats', async () => {
  const data = new FormData();
  for (const [name, value] of [
    ['stripeSecret', 'rk_test_abcdefgh'],
    ['clientSecret', 'paypal-secret'],
    ['clientId', 'paypal-client'],
    ['mode', 'test'],
  ] as const) {
    data.set(name, value);
  }
  const form = formOf(data);
  expect(Object.keys(form.values)).toEqual(['clientId', 'mode']);
  const bodies: unknown[] = [];
  const api = { call: async (_route: unknown, { body }: { body: unknown }) => void bodies.push(body) };
  for (const rail of ['stripe', 'paypal']) {
    await setRail.send({ api, params: { rail }, programme: { programId: 'shop' } } as unknown as Visit, form, 'key');
  }
  expect(bodies).toEqual([
    { secretKey: 'rk_test_abcdefgh' },
    { clientId: 'paypal-client', clientSecret: 'paypal-secret', mode: 'test' },
  ]);
});
