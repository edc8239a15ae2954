import { describe, expect, test } from 'vitest';
import { invoke, one, waitForToken } from './support/states.ts';
import { aWorkflow, MACHINE_ARN, named } from './support/workflow.ts';

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
