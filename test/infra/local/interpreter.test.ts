import { describe, expect, test } from 'vitest';
import { findUnknown, type Machine } from '#infra/local/asl/definition';
import { aText, aWorkflow, MACHINE_ARN, named, untilEnded } from './support/workflow.ts';

const invoke = (name: string, more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: name, Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...more,
});
const waitForToken = (name: string, more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: name, Payload: { token: '{% $states.context.Task.Token %}' } },
  ...more,
});
const one = (state: object) => ({ StartAt: 'Only', States: { Only: { End: true, ...state } } });

describe('data of JSONata states', () => {
  test('arguments mix values, expressions and variables, as in the documented conversion', async () => {
    const { run } = aWorkflow(
      {
        StartAt: 'Assign',
        States: {
          Assign: { Type: 'Pass', Assign: { customerName: 'María' }, Next: 'Greet' },
          Greet: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Arguments: {
              FunctionName: 'echo',
              Payload: {
                static: 'Hello',
                title: '{% $states.input.title %}',
                name: '{% $customerName %}',
                'not-evaluated': '$customerName',
              },
            },
            Output: '{% $states.result.Payload %}',
            End: true,
          },
        },
      },
      { echo: (payload: unknown) => payload },
    );
    expect(await run({ title: 'Doctor' })).toEqual({
      status: 'SUCCEEDED',
      output: { static: 'Hello', title: 'Doctor', name: 'María', 'not-evaluated': '$customerName' },
    });
  });

  test('assignments of one state all see the values from before it', async () => {
    const swap = { x: '{% $y %}', y: '{% $x %}' };
    const { run } = aWorkflow({
      StartAt: 'Begin',
      States: {
        Begin: { Type: 'Pass', Assign: { x: 1, y: 2 }, Next: 'Swap' },
        Swap: { Type: 'Pass', Assign: swap, Output: '{% [$x, $y] %}', Next: 'Read' },
        Read: { Type: 'Pass', Output: { before: '{% $states.input %}', after: '{% [$x, $y] %}' }, End: true },
      },
    });
    expect((await run()).output).toEqual({ before: [1, 2], after: [2, 1] });
  });

  test('without Output a task gives its result and a pass its input', async () => {
    expect((await aWorkflow(one({ Type: 'Pass' })).run({ a: 1 })).output).toEqual({ a: 1 });
    const task = aWorkflow(one({ ...invoke('f'), Output: undefined }), { f: () => 7 });
    expect((await task.run()).output).toEqual({ ExecutedVersion: '$LATEST', Payload: 7, StatusCode: 200 });
  });

  test('the functions that Step Functions adds to JSONata work', async () => {
    const { run } = aWorkflow(
      one({
        Type: 'Pass',
        Output: {
          partition: '{% $partition([1,2,3,4], 3) %}',
          range: '{% $range(0, 6, 2) %}',
          hash: "{% $hash('abc') %}",
          parsed: '{% $parse(\'{"a":[1]}\').a %}',
          uuid: "{% $match($uuid(), /^[0-9a-f-]{36}$/).match != '' %}",
          sameSeed: '{% $random(7) = $random(7) %}',
        },
      }),
    );
    expect((await run()).output).toEqual({
      partition: [[1, 2, 3], [4]],
      range: [0, 2, 4, 6],
      hash: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      parsed: [1],
      uuid: true,
      sameSeed: true,
    });
  });

  test.each(['{% $states.input.missing %}', "{% 'a' + 1 %}", "{% $eval('1') %}"])(
    '%s fails as a query',
    async (Output) => {
      expect(await aWorkflow(one({ Type: 'Pass', Output })).run()).toMatchObject({
        status: 'FAILED',
        error: 'States.QueryEvaluationError',
      });
    },
  );

  test('the context names execution, state and machine', async () => {
    const { run } = aWorkflow(one({ Type: 'Pass', Output: '{% $states.context %}' }));
    expect((await run({ a: 1 })).output).toMatchObject({
      Execution: { Input: { a: 1 }, StartTime: '2026-01-01T00:00:00.000Z' },
      State: { Name: 'Only', RetryCount: 0 },
      StateMachine: { Id: MACHINE_ARN, Name: 'test' },
    });
  });
});

describe('choices and waits', () => {
  const choice = {
    StartAt: 'Choose',
    States: {
      Choose: {
        Type: 'Choice',
        Choices: [
          { Condition: "{% $states.input.type = 'big' %}", Next: 'End', Assign: { size: 'big' } },
          {
            Condition: '{% $states.input.n > 10 and $states.input.n < 20 %}',
            Next: 'End',
            Output: 'teens',
            Assign: { size: 'teen' },
          },
        ],
        Default: 'End',
        Assign: { size: 'default' },
      },
      End: { Type: 'Pass', Output: '{% [$size, $states.input] %}', End: true },
    },
  };
  test.each([
    [{ type: 'big' }, ['big', { type: 'big' }]],
    [{ n: 12 }, ['teen', 'teens']],
    [{ n: 1 }, ['default', { n: 1 }]],
  ])('%j goes its way with that way’s variables', async (input, output) => {
    expect((await aWorkflow(choice).run(input)).output).toEqual(output);
  });

  test('no choice and no default is an error', async () => {
    const { run } = aWorkflow({
      StartAt: 'C',
      States: { C: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'S' }] }, S: { Type: 'Succeed' } },
    });
    expect(await run()).toMatchObject({ error: 'States.NoChoiceMatched' });
  });

  test('a wait lasts seconds or until an instant', async () => {
    const { run, clock } = aWorkflow({
      StartAt: 'Seconds',
      States: {
        Seconds: { Type: 'Wait', Seconds: '{% $states.input.delay %}', Next: 'Until' },
        Until: { Type: 'Wait', Timestamp: '2026-01-01T01:00:00Z', End: true },
      },
    });
    expect((await run({ delay: 90 })).output).toEqual({ delay: 90 });
    expect(clock.waitedMs).toEqual([90_000, 3_510_000]);
  });
});

describe('errors', () => {
  test('a retrier waits longer each time, then the catcher sees the error', async () => {
    const { run, clock, calls } = aWorkflow(
      {
        StartAt: 'Try',
        States: {
          Try: invoke('f', {
            Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, MaxAttempts: 2, BackoffRate: 3 }],
            Catch: [
              { ErrorEquals: ['States.ALL'], Next: 'Caught', Assign: { code: '{% $states.errorOutput.Error %}' } },
            ],
            End: true,
          }),
          Caught: { Type: 'Pass', Output: '{% [$code, $parse($states.input.Cause).errorMessage] %}', End: true },
        },
      },
      { f: () => Promise.reject(named('Busy', 'come back')) },
    );
    expect((await run()).output).toEqual(['Busy', 'come back']);
    expect(clock.waitedMs).toEqual([2000, 6000]);
    expect(calls).toHaveLength(3);
  });

  test('each retrier counts for itself and the delay is bounded', async () => {
    const errors = ['A', 'B', 'A'];
    const { run, clock } = aWorkflow(
      one(
        invoke('f', {
          Retry: [
            { ErrorEquals: ['A'], MaxAttempts: 2, BackoffRate: 100, MaxDelaySeconds: 5 },
            { ErrorEquals: ['B'], MaxAttempts: 1 },
          ],
        }),
      ),
      {
        f: () => {
          const error = errors.shift();
          if (error) throw named(error);
          return 'ok';
        },
      },
    );
    expect((await run()).output).toBe('ok');
    expect(clock.waitedMs).toEqual([1000, 1000, 5000]);
  });

  test('States.TaskFailed matches any error but a timeout', async () => {
    const withRetry = { Retry: [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 1 }] };
    const failing = aWorkflow(one(invoke('f', withRetry)), { f: () => Promise.reject(named('Odd')) });
    await failing.run();
    expect(failing.calls).toHaveLength(2);
    const late = aWorkflow(one(waitForToken('f', { ...withRetry, TimeoutSeconds: 5 })), { f: () => null });
    expect(await late.run()).toMatchObject({ error: 'States.Timeout' });
    expect(late.calls).toHaveLength(1);
  });

  test('a fail state carries evaluated error and cause', async () => {
    const { run } = aWorkflow({
      StartAt: 'F',
      States: { F: { Type: 'Fail', Error: 'Bad', Cause: "{% 'no ' & $states.input.what %}" } },
    });
    expect(await run({ what: 'money' })).toEqual({ status: 'FAILED', error: 'Bad', cause: 'no money' });
  });

  test('an unknown function fails the task by the service’s name for it', async () => {
    const { run, service } = aWorkflow(one(invoke('gone')));
    expect(await run()).toMatchObject({ status: 'FAILED', error: 'Lambda.ResourceNotFoundException' });
    expect(() => service.start('arn:nothing', '{}')).toThrow('State Machine Does Not Exist');
  });
});

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

describe('what the service refuses', () => {
  test('an output above 256 KiB between states', async () => {
    const { run } = aWorkflow(one(invoke('f', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Only' }] })), {
      f: () => aText(262_145),
    });
    expect(await run()).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    const fits = aWorkflow(one(invoke('f')), { f: () => aText(262_000) });
    expect((await fits.run()).status).toBe('SUCCEEDED');
  });

  test('more than 25,000 events in one history, but not spread over distributed children', async () => {
    const items = Array.from({ length: 40 }, (_, index) => index);
    const inner = {
      Type: 'Map',
      Items: '{% $range(1, 320, 1) %}',
      ItemProcessor: one({ Type: 'Pass', Output: 0 }),
      Output: 0,
    };
    const outer = (Mode: string) =>
      one({ Type: 'Map', Items: items, ItemProcessor: { ...one(inner), ProcessorConfig: { Mode } }, Output: 'done' });
    const inline = await aWorkflow(outer('INLINE')).run();
    expect(inline).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringContaining('25000'),
    });
    expect(await aWorkflow(outer('DISTRIBUTED')).run()).toEqual({ status: 'SUCCEEDED', output: 'done' });
  });

  test('the name of another input, a bad name, an input above 256 KiB', async () => {
    const { service } = aWorkflow(one({ Type: 'Wait', Seconds: 1 }));
    const first = service.start(MACHINE_ARN, '{"a":1}', 'run-1');
    expect(service.start(MACHINE_ARN, '{"a":1}', 'run-1')).toEqual(first);
    expect(() => service.start(MACHINE_ARN, '{"a":2}', 'run-1')).toThrow('Execution Already Exists');
    await untilEnded(service, first.executionArn);
    expect(() => service.start(MACHINE_ARN, '{"a":1}', 'run-1')).toThrow('Execution Already Exists');
    for (const name of ['', 'a b', 'a:b', 'a/b', 'x'.repeat(81)])
      expect(() => service.start(MACHINE_ARN, '{}', name)).toThrow('Invalid Name');
    expect(() => service.start(MACHINE_ARN, JSON.stringify(aText(262_144)))).toThrow('above 262144');
  });

  test('a machine, state, field, resource or mode it does not know, by name', () => {
    const unknown = findUnknown({
      StartAt: 'A',
      QueryLanguage: 'JSONata',
      States: {
        A: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Next: 'B' },
        B: { Type: 'Pass', ResultPath: '$', Next: 'Nowhere' } as never,
        C: { Type: 'Dance' },
        D: {
          Type: 'Map',
          ItemReader: {},
          ItemProcessor: { ...one({ Type: 'Pass', QueryLanguage: 'JSONPath' }), ProcessorConfig: { Mode: 'HYBRID' } },
        } as never,
      },
    } as Machine);
    expect(unknown).toEqual([
      'state A: resource arn:aws:states:::sqs:sendMessage is not known',
      'state B: field ResultPath of Pass is not known',
      'state B: goes to Nowhere, which is not a state',
      'state C: type Dance is not known',
      'state D: field ItemReader of Map is not known',
      'state D: processor mode HYBRID is not known',
      'state Only: only JSONata is known',
    ]);
  });

  test('a machine’s own time-out', async () => {
    const { run } = aWorkflow({ TimeoutSeconds: 10, ...one({ Type: 'Wait', Seconds: 1000 }) });
    expect(await run()).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  });
});
