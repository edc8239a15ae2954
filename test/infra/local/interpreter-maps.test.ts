import { describe, expect, test } from 'vitest';
import { invoke, one, waitForToken } from './support/states.ts';
import { aWorkflow, MACHINE_ARN, named, untilEnded } from './support/workflow.ts';

describe('maps and branches', () => {
  const map = (more: object, processor: object) =>
    one({ Type: 'Map', ItemProcessor: { QueryLanguage: 'JSONata', ...processor }, ...more });

  test('an inline map keeps order, knows its item and reads outer variables', async () => {
    const { run } = aWorkflow({
      StartAt: 'Rate',
      States: {
        Rate: { Type: 'Pass', Assign: { rate: 10 }, Next: 'Each' },
        Each: {
          Type: 'Map',
          Items: '{% $states.input.list %}',
          ItemSelector: {
            value: '{% $states.context.Map.Item.Value %}',
            index: '{% $states.context.Map.Item.Index %}',
          },
          ItemProcessor: {
            StartAt: 'Times',
            States: {
              Times: { Type: 'Pass', Output: '{% $states.input.value * $rate + $states.input.index %}', End: true },
            },
          },
          End: true,
        },
      },
    });
    expect((await run({ list: [3, 1, 2] })).output).toEqual([30, 11, 22]);
  });

  test('a map takes the pairs of an object', async () => {
    const { run } = aWorkflow(
      map(
        {
          Items: { a: 1, b: 2 },
          ItemSelector: '{% $states.context.Map.Item.Key & $string($states.context.Map.Item.Value) %}',
        },
        { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } },
      ),
    );
    expect((await run()).output).toEqual(['a1', 'b2']);
  });

  test('MaxConcurrency bounds how many children run at once', async () => {
    let now = 0;
    let most = 0;
    const { run } = aWorkflow(
      map(
        { Items: '{% $range(1, 20, 1) %}', MaxConcurrency: 3 },
        { ...one(invoke('f')), ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
      ),
      {
        f: async () => {
          most = Math.max(most, ++now);
          await new Promise((done) => setTimeout(done, 2));
          return now--;
        },
      },
    );
    expect((await run()).output).toHaveLength(20);
    expect(most).toBe(3);
  });

  test('a distributed child sees neither variables nor the item, and one failure is too many', async () => {
    const distributed = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
    const look = (Output: string) => ({ ...one({ Type: 'Pass', Output }), ...distributed });
    const item = aWorkflow(map({ Items: [1] }, look('{% $exists($states.context.Map) %}')));
    expect((await item.run()).output).toEqual([false]);
    const { run } = aWorkflow(map({ Items: [1, 2] }, { ...one(invoke('f')), ...distributed }), {
      f: (n: number) => (n === 2 ? Promise.reject(named('Broken')) : n),
    });
    expect(await run()).toMatchObject({
      error: 'States.ExceedToleratedFailureThreshold',
      cause: expect.stringContaining('Broken'),
    });
  });

  test('tolerated failures leave the other results', async () => {
    const processor = { ...one(invoke('f')), ProcessorConfig: { Mode: 'DISTRIBUTED' } };
    const { run } = aWorkflow(map({ Items: [1, 2, 3, 4], ToleratedFailurePercentage: 25 }, processor), {
      f: (n: number) => (n === 2 ? Promise.reject(named('Broken')) : n),
    });
    expect((await run()).output).toEqual([1, 3, 4]);
  });

  test('batches hold items and what is shared', async () => {
    const { run } = aWorkflow(
      map(
        { Items: [1, 2, 3], ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { run: '{% $states.input.run %}' } } },
        { ...one({ Type: 'Pass' }), ProcessorConfig: { Mode: 'DISTRIBUTED' } },
      ),
    );
    expect((await run({ run: 'r1' })).output).toEqual(
      [
        { run: undefined, BatchInput: { run: 'r1' }, Items: [1, 2] },
        { BatchInput: { run: 'r1' }, Items: [3] },
      ].map(({ BatchInput, Items }) => ({ BatchInput, Items })),
    );
  });

  test('branches run on the same input and the first failure ends all', async () => {
    const branch = (state: object) => one(state);
    const good = aWorkflow(
      one({ Type: 'Parallel', Branches: [branch({ Type: 'Pass' }), branch({ Type: 'Pass', Output: 2 })] }),
    );
    expect((await good.run('in')).output).toEqual(['in', 2]);
    const bad = aWorkflow(
      one({
        Type: 'Parallel',
        Branches: [branch(waitForToken('f')), { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'No' } } }],
      }),
      { f: () => null },
    );
    expect(await bad.run()).toMatchObject({ status: 'FAILED', error: 'No' });
  });
});

describe('task tokens', () => {
  const parts = (more: object = {}) => {
    let token = '';
    const workflow = aWorkflow(one(waitForToken('ask', more)), {
      ask: (payload: { token: string }) => {
        token = payload.token;
      },
    });
    const { executionArn } = workflow.service.start(MACHINE_ARN, '{}');
    const asked = async (): Promise<string> => {
      while (!token) await new Promise((done) => setTimeout(done, 1));
      return token;
    };
    return { ...workflow, executionArn, asked, api: workflow.service.operations };
  };

  test('an answer goes on with its output, once', async () => {
    const { api, asked, service, executionArn } = parts();
    const taskToken = await asked();
    api.SendTaskSuccess!({ taskToken, output: '{"approved":true}' });
    expect(await untilEnded(service, executionArn)).toEqual({ status: 'SUCCEEDED', output: { approved: true } });
    expect(() => api.SendTaskSuccess!({ taskToken, output: '{}' })).toThrow('Task Timed Out');
    expect(() => api.SendTaskFailure!({ taskToken: 'x' })).toThrow('Invalid Token');
  });

  test('a failure is an error of that name', async () => {
    const { api, asked, service, executionArn } = parts();
    api.SendTaskFailure!({ taskToken: await asked(), error: 'Rejected', cause: 'by finance' });
    expect(await untilEnded(service, executionArn)).toEqual({
      status: 'FAILED',
      error: 'Rejected',
      cause: 'by finance',
    });
  });

  test('a missed heartbeat ends the wait', async () => {
    const { service, executionArn, clock } = parts({ HeartbeatSeconds: 60, TimeoutSeconds: 600 });
    expect(await untilEnded(service, executionArn)).toMatchObject({ error: 'States.HeartbeatTimeout' });
    expect(clock.waitedMs).toEqual([60_000]);
  });

  test('an output that is not JSON is refused', async () => {
    const { api, asked } = parts();
    const taskToken = await asked();
    expect(() => api.SendTaskSuccess!({ taskToken, output: '{' })).toThrow('Not valid JSON');
  });
});
