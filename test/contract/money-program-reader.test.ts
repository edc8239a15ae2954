import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makePlans } from '#shared/adapters/dynamodb/money/plans/plans';
import { makeProgramReader } from '#shared/adapters/dynamodb/money/programs/program-reader';
import { makePrograms } from '#shared/adapters/dynamodb/money/programs/programs';
import { makeRuns } from '#shared/adapters/dynamodb/money/runs/runs';
import { aProgramme, aRun, DECEMBER, instant, JANUARY } from '#test/support/builders/runs';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

/** A reader of its own with a clock by hand, counting what it asks the table. */
function aReader(ttlSeconds: number) {
  const time = { now: 0, calls: 0, failing: false };
  const send = (command: never): Promise<unknown> => {
    time.calls += 1;
    if (time.failing) return Promise.reject(new Error('no connection'));
    return table.documents.send(command) as Promise<unknown>;
  };
  const documents = { send } as unknown as DynamoDBDocumentClient;
  const reader = makeProgramReader({ documents, tableName: table.tableName, ttlSeconds, clock: () => time.now });
  return { reader, time };
}

describe('the programme reader', () => {
  it('is never older than its time to live, counted from before the read', async () => {
    const programId = 'reader-ttl';
    await makePrograms(table).create(aProgramme({ programId }));
    const { reader, time } = aReader(5);
    expect((await reader.get(programId)).closedThrough).toBe(DECEMBER);
    expect(await makeRuns(table).open(aRun({ programId }), 'r1', DECEMBER, undefined)).toBe(true);
    time.now = 4_999;
    expect((await reader.get(programId)).closedThrough).toBe(DECEMBER);
    expect(time.calls).toBe(1);
    time.now = 5_000;
    expect((await reader.get(programId)).closedThrough).toBe(JANUARY);
  });

  it('shares one read among those who ask at once', async () => {
    const programId = 'reader-shared';
    await makePrograms(table).create(aProgramme({ programId }));
    const { reader, time } = aReader(5);
    await Promise.all(Array.from({ length: 20 }, () => reader.get(programId)));
    expect(time.calls).toBe(1);
  });

  it('keeps neither a missing programme nor a failed read', async () => {
    const programId = 'reader-missing';
    const { reader, time } = aReader(5);
    await expect(reader.get(programId)).rejects.toMatchObject({ code: 'unknown_program' });
    await makePrograms(table).create(aProgramme({ programId }));
    time.failing = true;
    await expect(reader.get(programId)).rejects.toThrow('no connection');
    time.failing = false;
    expect((await reader.get(programId)).programId).toBe(programId);
  });

  it('lists every programme in order of id', async () => {
    for (const programId of ['zz-2', 'zz-1']) await makePrograms(table).create(aProgramme({ programId }));
    const ids: string[] = [];
    for await (const program of aReader(5).reader.list()) ids.push(program.programId);
    expect(ids.filter((id) => id.startsWith('zz-'))).toEqual(['zz-1', 'zz-2']);
  });
});

it('reads a published plan for other services, and asks again for one that was not there', async () => {
  const plans = makePlanReader(table);
  expect(await plans.get('planned', 1)).toBeUndefined();
  const components = [{ kind: 'fixed_fee' as const, id: 'fee', amountMinor: 500n }];
  const publishedAt = instant('2026-01-01T00:00:00Z');
  await makePlans(table).publish('planned', { version: 1, components, publishedBy: 'person:a', publishedAt });
  expect(await plans.get('planned', 1)).toEqual({ version: 1, components });
});
