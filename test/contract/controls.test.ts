import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlsChangeKey, programKey } from '#shared/adapters/dynamodb/money/money-keys';
import { makePrograms } from '#shared/adapters/dynamodb/money/programs/programs';
import { makeChangeControls } from '#shared/application/payouts/programs/change-controls';
import { DEFAULT_CONTROLS } from '#shared/application/programs';
import { aProgramme, instant } from '#test/support/builders/runs';
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
] as const)('controls %s', (name, make) => {
  const programId = `controls-${name.replaceAll(' ', '-')}`;

  it('are changed one by one, and two people who change different ones at one moment both count', async () => {
    const programs = make();
    await programs.create(aProgramme({ programId }));
    const change = makeChangeControls({ programs, clock });
    await Promise.all([
      change({ programId, controls: { adjustmentLimitMinor: 10_000n }, by: 'person:a' }),
      change({ programId, controls: { disputeAnswerDays: 5 }, by: 'person:b' }),
    ]);
    const both = { adjustmentLimitMinor: 10_000n, disputeAnswerDays: 5 };
    expect(await programs.get(programId)).toMatchObject({ controls: both, controlsVersion: 2 });

    const same = await change({ programId, controls: { disputeAnswerDays: 5 }, by: 'person:a' });
    expect(same.controlsVersion).toBe(2);
    const without = await change({ programId, controls: { adjustmentLimitMinor: null }, by: 'person:a' });
    expect(without.controls).toEqual({
      ...DEFAULT_CONTROLS,
      disputeAnswerDays: 5,
    });
  });

  it('are told as they were changed, from an instant on', async () => {
    const programs = make();
    const id = `${programId}-told`;
    await programs.create(aProgramme({ programId: id }));
    let now = clock();
    const change = makeChangeControls({ programs, clock: () => now });
    await change({ programId: id, controls: { disputeAnswerDays: 5 }, by: 'person:a' });
    now += 1_000;
    await change({ programId: id, controls: { disputeAnswerDays: 6 }, by: 'key:k', onBehalfOf: 'person:b' });
    const all = await programs.controlsChanges(id, instant('2026-03-01T10:00:00Z'));
    expect(all.map(({ version, by }) => [version, by])).toEqual([
      [1, 'person:a'],
      [2, 'key:k'],
    ]);
    expect(await programs.controlsChanges(id, instant('2026-03-01T10:00:01Z'))).toEqual([
      {
        programId: id,
        version: 2,
        before: { ...DEFAULT_CONTROLS, disputeAnswerDays: 5 },
        after: { ...DEFAULT_CONTROLS, disputeAnswerDays: 6 },
        by: 'key:k',
        onBehalfOf: 'person:b',
        at: instant('2026-03-01T10:00:01Z'),
      },
    ]);
    expect(await programs.controlsChanges('nobody', instant('2026-01-01T00:00:00Z'))).toEqual([]);
  });

  it('refuses a change under a number that is taken', async () => {
    const programs = make();
    const id = `${programId}-taken`;
    await programs.create(aProgramme({ programId: id }));
    const at = aProgramme().createdAt;
    const change = { programId: id, version: 1, before: DEFAULT_CONTROLS, after: DEFAULT_CONTROLS, by: 'person:a', at };
    expect(await programs.changeControls(change)).toBe(true);
    expect(await programs.changeControls(change)).toBe(false);
  });
});

describe('controls in the table', () => {
  it('have their defaults in a programme that is older than them, and keep each change with who made it', async () => {
    const programs = makePrograms(table);
    await programs.create(aProgramme({ programId: 'old' }));
    const strip = {
      TableName: table.tableName,
      Key: programKey('old'),
      UpdateExpression: 'REMOVE controls, controlsVersion',
    };
    await table.documents.send(new UpdateCommand(strip));
    expect(await programs.get('old')).toMatchObject({ controls: DEFAULT_CONTROLS, controlsVersion: 0 });

    const change = makeChangeControls({ programs, clock });
    await change({ programId: 'old', controls: { writeOffLimitMinor: 5n }, by: 'key:k', onBehalfOf: 'person:a' });
    const { Item } = await table.documents.send(
      new GetCommand({ TableName: table.tableName, Key: controlsChangeKey('old', 1) }),
    );
    expect(Item).toMatchObject({
      type: 'controls_change',
      by: 'key:k',
      onBehalfOf: 'person:a',
      at: '2026-03-01T10:00:00.000Z',
      before: { writeOffLimitMinor: 0 },
      after: { writeOffLimitMinor: 5 },
    });
  });
});
