import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programKey } from '#shared/adapters/dynamodb/money/money-keys';
import { makeProgramReader } from '#shared/adapters/dynamodb/money/programs/program-reader';
import { makePrograms } from '#shared/adapters/dynamodb/money/programs/programs';
import { makeChangeSettings } from '#shared/application/payouts/programs/change-settings';
import { makeListDisclosures } from '#shared/application/payouts/programs/list-disclosures';
import { makeListSettingsChanges } from '#shared/application/payouts/programs/list-settings-changes';
import { DEFAULT_SETTINGS, settingsChangeSchema } from '#shared/contracts/payouts/programs/program-settings';
import { disclosureText } from '#shared/domain/tracking/disclosure';
import { aProgramme } from '#test/support/builders/runs';
import { makeFakeMoney } from '#test/support/fakes/money';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

const clock = (): number => Date.parse('2026-03-01T10:00:00Z');

describe.each([
  ['on the engine', () => makePrograms(table)],
  ['in memory', () => makeFakeMoney().programs],
] as const)('settings %s', (name, make) => {
  const programId = `settings-${name.replaceAll(' ', '-')}`;

  it('are changed one by one, and two people who change different ones at one moment both count', async () => {
    const programs = make();
    await programs.create(aProgramme({ programId }));
    const change = makeChangeSettings({ programs, clock });
    await Promise.all([
      change({ programId, settings: { attribution: { windowDays: 7 } }, by: 'person:a' }),
      change({ programId, settings: { tracking: { utm: { source: 'partner' }, language: 'de' } }, by: 'person:b' }),
    ]);
    expect(await programs.get(programId)).toMatchObject({
      attribution: { ...DEFAULT_SETTINGS.attribution, windowDays: 7 },
      tracking: { ...DEFAULT_SETTINGS.tracking, utm: { source: 'partner' }, language: 'de', disclosureVersion: 2 },
      settingsVersion: 2,
    });
    const same = await change({ programId, settings: { attribution: { windowDays: 7 } }, by: 'person:a' });
    expect(same.settingsVersion).toBe(2);
    const reset = { attribution: { windowDays: null }, tracking: { utm: null } };
    const back = await change({ programId, settings: reset, by: 'person:a' });
    expect(back.attribution).toEqual(DEFAULT_SETTINGS.attribution);
    expect(back.tracking).toEqual({ ...DEFAULT_SETTINGS.tracking, language: 'de', disclosureVersion: 2 });

    const changes = await makeListSettingsChanges({ programs })(programId);
    expect(changes.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(changes.at(-1)).toMatchObject({
      before: { attribution: { windowDays: 7 } },
      after: { attribution: { windowDays: 90 } },
      by: 'person:a',
      at: '2026-03-01T10:00:00.000Z',
    });
  });

  it('keep every version of what customers were told about who is paid', async () => {
    const programs = make();
    const id = `${programId}-told`;
    await programs.create(aProgramme({ programId: id }));
    const change = makeChangeSettings({ programs, clock });
    await change({ programId: id, settings: { tracking: { disclosure: 'Paid: {payee}' } }, by: 'person:a' });
    await change({ programId: id, settings: { attribution: { windowDays: 7 } }, by: 'person:a' });
    await change({ programId: id, settings: { tracking: { disclosure: null, language: 'fr' } }, by: 'person:a' });
    const at = '2026-03-01T10:00:00.000Z';
    expect(await makeListDisclosures({ programs })(id)).toEqual([
      { version: 1, language: 'en', text: disclosureText({ language: 'en' }), from: aProgramme().createdAt },
      { version: 2, language: 'en', text: 'Paid: {payee}', from: at },
      { version: 3, language: 'fr', text: disclosureText({ language: 'fr' }), from: at },
    ]);
    expect((await programs.get(id))?.tracking.disclosureVersion).toBe(3);
  });

  it('are not changed in a programme that does not exist', async () => {
    const programs = make();
    const unknown = { code: 'unknown_program' };
    const settings = { attribution: { windowDays: 7 } };
    await expect(
      makeChangeSettings({ programs, clock })({ programId: 'nobody', settings, by: 'person:a' }),
    ).rejects.toMatchObject(unknown);
    await expect(makeListSettingsChanges({ programs })('nobody')).rejects.toMatchObject(unknown);
  });

  it('refuses a change under a number that is taken', async () => {
    const programs = make();
    const id = `${programId}-taken`;
    const { createdAt: at } = aProgramme();
    await programs.create(aProgramme({ programId: id }));
    const states = { before: DEFAULT_SETTINGS, after: DEFAULT_SETTINGS };
    const change = { programId: id, version: 1, ...states, by: 'person:a', at };
    expect(await programs.changeSettings(change)).toBe(true);
    expect(await programs.changeSettings(change)).toBe(false);
  });
});

describe('settings in the table', () => {
  it('have their defaults in a programme that is older than them, and reach every reader once changed', async () => {
    const programs = makePrograms(table);
    await programs.create(aProgramme({ programId: 'old' }));
    await table.documents.send(
      new UpdateCommand({
        TableName: table.tableName,
        Key: programKey('old'),
        UpdateExpression: 'SET attribution = :old REMOVE tracking, fraud, settingsVersion',
        ExpressionAttributeValues: { ':old': { model: 'first_touch', windowDays: 30, codeBeatsLink: false } },
      }),
    );
    const attribution = { ...DEFAULT_SETTINGS.attribution, model: 'first_touch', windowDays: 30, codeBeatsLink: false };
    expect(await programs.get('old')).toMatchObject({ ...DEFAULT_SETTINGS, attribution, settingsVersion: 0 });
    const settings = { tracking: { paidSearch: 'forbid' } } as const;
    await makeChangeSettings({ programs, clock })({ programId: 'old', settings, by: 'person:a' });
    const reader = makeProgramReader({ ...table, ttlSeconds: 0, clock });
    const tracking = { ...DEFAULT_SETTINGS.tracking, paidSearch: 'forbid' };
    expect(await reader.get('old')).toMatchObject({ attribution, tracking, settingsVersion: 1 });
  });
});

describe('a change of settings', () => {
  it.each([
    [{}, 'must name at least one setting'],
    [{ attribution: {} }, 'must name at least one setting'],
    [{ tracking: { destinationHosts: ['https://shop.example/'] } }, 'must be a host name'],
    [{ attribution: { windowDays: 0 } }, '>=1'],
    [{ tracking: { disclosure: 'Paid: {partner}' } }, 'may have {merchant} and {payee}'],
    [{ colour: {} }, 'colour'],
    [{ fraud: { colour: 1 } }, 'colour'],
  ])('is refused: %j', (body, words) => {
    const { success, error } = settingsChangeSchema.safeParse(body);
    expect(success).toBe(false);
    expect(JSON.stringify(error?.issues)).toContain(words);
  });
});
