import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { toCursor } from '#shared/adapters/dynamodb/cursor';
import { makePlans } from '#shared/adapters/dynamodb/money/plans/plans';
import { makeRuns } from '#shared/adapters/dynamodb/money/runs/runs';
import { makeCodeStore } from '#shared/adapters/dynamodb/referrals/codes/codes';
import { makeLinkStore } from '#shared/adapters/dynamodb/referrals/links/links';

const documents = {
  send: () => Promise.reject(new Error('it reached the table')),
} as unknown as DynamoDBDocumentClient;
const table = { documents, tableName: 'table' };
const refusal = { code: 'invalid_request', errors: [{ pointer: 'query:cursor' }] };

describe('a made-up cursor never reaches the table', () => {
  it.each(['x', 'RUN#', 'RUN#2026-01', 'RUN#2026-01.1', 'RUN#2026-01.0001#x', 'PLAN#0000000001'])(
    'as run %j',
    async (position) => {
      const list = makeRuns(table).list('acme', { cursor: toCursor(position), limit: 1 });
      await expect(list).rejects.toMatchObject(refusal);
    },
  );

  it.each(['x', 'PLAN#1', 'RUN#2026-01.0001'])('as plan %j', async (position) => {
    const list = makePlans(table).list('acme', { cursor: toCursor(position), limit: 1 });
    await expect(list).rejects.toMatchObject(refusal);
  });

  it.each([
    ['x', undefined],
    ['#x', undefined],
    ['mira#a#b', undefined],
    ['other#slug', 'mira'],
  ])('as link or code %j', async (position, partnerId) => {
    const page = { cursor: toCursor(position), partnerId, limit: 1 };
    await expect(makeLinkStore(table).list('acme', page)).rejects.toMatchObject(refusal);
    await expect(makeCodeStore(table).list('acme', page)).rejects.toMatchObject(refusal);
  });

  it.each(['0~LINES#~~', '0~LINES#5#', '0~STATEMENT', '0'])('as line %j', async (position) => {
    vi.stubEnv('MONEY_TABLE', 'Money');
    vi.stubEnv('CONFIG_TTL_SECONDS', '0');
    const { listStatementLines } = await import('#functions/payouts/statements/list-statement-lines');
    const input = {
      params: { programId: 'acme', statementId: '2026-01.1~p1~GBP' },
      query: { cursor: toCursor(position), limit: 1 },
      body: undefined,
    };
    await expect(listStatementLines(input as never, { principal: undefined } as never)).rejects.toMatchObject(refusal);
  });

  it.each(['0', '~1', '1~', '1~x', 'NOTHING#000001~1', '1234567~1'])('as reason %j', async (position) => {
    vi.stubEnv('MONEY_TABLE', 'Money');
    vi.stubEnv('CONFIG_TTL_SECONDS', '0');
    const { listNothingEarned } = await import('#functions/payouts/statements/list-nothing-earned');
    const input = {
      params: { programId: 'acme', statementId: '2026-01.1~p1~GBP' },
      query: { cursor: toCursor(position), limit: 1 },
      body: undefined,
    };
    await expect(listNothingEarned(input as never, { principal: undefined } as never)).rejects.toMatchObject(refusal);
  });

  it('while its own go there', async () => {
    const runs = makeRuns(table).list('acme', { cursor: toCursor('RUN#2026-01.0001'), limit: 1 });
    await expect(runs).rejects.toThrow('reached');
    const page = { cursor: toCursor('mira#slug'), partnerId: 'mira', limit: 1 };
    await expect(makeLinkStore(table).list('acme', page)).rejects.toThrow('reached');
  });
});
