import { describe, expect, test } from 'vitest';
import { findUnknown, type Machine } from '#infra/local/asl/definition';
import { invoke, one } from './support/states.ts';
import { aText, aWorkflow, MACHINE_ARN, untilEnded } from './support/workflow.ts';

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
