import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { openapiDocument } from '#functions/console/openapi-document';
import { simulationResult, simulationStatus } from '#functions/payouts/simulations/simulation-answer';
import { documents } from '#functions/runtime/dynamodb';
import { toJson } from '#functions/runtime/http';
import { functionTable } from '#infra/functions';
import { simulatePlanRoute } from '#shared/contracts/payouts/simulations/simulate-plan';
import { simulationResultSchema, simulationStatusSchema } from '#shared/contracts/payouts/simulations/simulation';
import { JANUARY } from '#test/support/builders/runs';
import { aDraft, aSimulatedProgramme, ask, sale } from '#test/support/builders/simulated-programme';

describe('POST simulations', () => {
  const { body, access } = simulatePlanRoute;
  const sent = { planVersion: 1, from: '2025-01', to: '2026-12' };
  const problemsOf = (change: object): unknown =>
    body.safeParse({ ...sent, ...change }).error?.issues.map(({ path, message }) => [path.join('/'), message]);

  it('takes two years and no month more', () => {
    expect(body.parse(sent)).toEqual(sent);
    expect(problemsOf({ to: '2027-01' })).toEqual([['to', 'must be at most 24 months from the first to the last']]);
  });

  it('takes one month, but none that ends before it starts', () => {
    expect(problemsOf({ to: '2025-01' })).toBeUndefined();
    expect(problemsOf({ to: '2024-12' })).toEqual([['to', 'must not be before from']]);
  });

  it.each([
    ['planVersion', { planVersion: 0 }],
    ['planVersion', { planVersion: '1' }],
    ['from', { from: '2025-13' }],
    ['from', { from: undefined }],
    ['to', { to: '2025-01-31' }],
    ['planVersion', { planVersion: 'latest' }],
    ['planVersion', { planVersion: undefined }],
    ['planVersion', { draftId: 'spring' }],
    ['revision', { revision: 3 }],
    ['replaces', { planVersion: 'in_force', replaces: [1] }],
    ['replaces', { replaces: [] }],
    ['', { partnerId: 'p1' }],
  ])('names %s when it breaks a rule: %o', (path, change) => {
    expect(problemsOf(change)).toEqual([[path, expect.any(String)]]);
  });

  it('is for those who make plans and those who pay for them', () => {
    expect([...access].sort()).toEqual(['admin', 'finance', 'partner_manager']);
  });

  it('is described with what it answers', () => {
    const { paths } = openapiDocument() as { paths: Record<string, Record<string, unknown>> };
    expect(paths['/v1/programs/{programId}/simulations']?.post).toMatchObject({
      operationId: 'simulate-plan',
      responses: {
        200: { content: { 'application/json': { schema: { required: expect.arrayContaining(['items']) } } } },
      },
    });
  });

  it('writes what was asked to its own table alone and reads the other services through their contracts', () => {
    const { uses } = functionTable().find(({ name }) => name === 'simulate-plan')!;
    const tables = uses.flatMap((binding) => (binding.kind === 'table' ? [[binding.table, binding.access]] : []));
    expect(Object.fromEntries(tables)).toEqual({ money: 'write', partners: 'contract', referrals: 'contract' });
  });
});

describe('the answer', () => {
  it('is what the contract says, member by member, of a plan, a draft and the terms in force', async () => {
    const { simulator } = await aSimulatedProgramme([sale('o1')]);
    await simulator.drafts.save('acme', aDraft([{ kind: 'fixed_fee', id: 'fee', amountMinor: 700 }]));
    for (const [plan, replacesCustomTerms] of [
      [{ planVersion: 2, replaces: [1] }, false],
      [{ planVersion: 2, replaces: [1, 1_000_001] }, true],
      [{ draftId: 'spring' }, true],
      [{ planVersion: 'in_force' }, false],
    ] as const) {
      const { result } = await simulator.ask({ ...plan, from: JANUARY, to: JANUARY });
      const answer: unknown = JSON.parse(toJson(simulationResult(result!)));
      expect(simulationResultSchema.strict().parse(answer)).toMatchObject({
        ...plan,
        replacesCustomTerms,
        runIds: ['2026-01.1'],
      });
    }
  });

  it('of one that goes on by itself says how far it is, and in the end what it came to', async () => {
    const { simulator } = await aSimulatedProgramme([sale('o1')]);
    await simulator.ask({ ...ask, background: true }, {}, 'big');
    const status = async (): Promise<unknown> => {
      const { simulation, progress, result } = await simulator.read({ programId: 'acme', simulationId: 'big' });
      return simulationStatusSchema.strict().parse(JSON.parse(toJson(simulationStatus(simulation, progress, result))));
    };
    expect(await status()).toMatchObject({ status: 'running', planVersion: 2, progress: { shardsDone: 0 } });
    await simulator.goOn('big');
    const done = { status: 'done', progress: { shards: 1, shardsDone: 1, conversionsDone: 1 } };
    expect(await status()).toMatchObject({ ...done, result: { simulationId: 'big' } });
  });
});

describe('the function', () => {
  const dynamodb = mockClient(documents);
  let handler: (event: never, context: unknown) => Promise<{ statusCode: number; body: string }>;
  beforeAll(async () => {
    // As every test of a function names them: the modules that read them are shared by the files of a worker.
    vi.stubEnv('MONEY_TABLE', 'Money');
    vi.stubEnv('PARTNERS_TABLE', 'Partners');
    vi.stubEnv('REFERRALS_TABLE', 'Referrals');
    vi.stubEnv('DOCUMENTS_BUCKET', 'documents');
    vi.stubEnv('CONFIG_TTL_SECONDS', '0');
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    handler = (await import('#functions/payouts/simulations/simulate-plan')).handler as never;
  });

  it('answers 404 for another programme, and stores nothing under the Idempotency-Key', async () => {
    dynamodb.on(GetCommand).resolves({});
    const principal = JSON.stringify({ kind: 'person', id: 'x', grants: [{ programId: 'acme', role: 'finance' }] });
    const event = {
      pathParameters: { programId: 'acme' },
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k1' },
      requestContext: { authorizer: { lambda: { principal } } },
      body: JSON.stringify({ planVersion: 1, from: '2026-01', to: '2026-01' }),
    };
    const { statusCode, body } = await handler(event as never, {});
    expect([statusCode, JSON.parse(body)]).toMatchObject([404, { code: 'unknown_program' }]);
    expect(dynamodb.calls().map(({ args }) => args[0].constructor.name)).toEqual(['GetCommand']);
  });
});
