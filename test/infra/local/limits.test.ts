import { describe, expect, test } from 'vitest';
import { functionTable } from '#infra/functions';
import { findUnknown, type Machine } from '#infra/local/asl/definition';
import { assignVariables, countEvents, findTooLarge } from '#infra/local/asl/limits';
import { payoutRunDefinition } from '#infra/workflows/payout-run';
import { childrenOf } from '#shared/application/payouts/runs/shard-ranges';
import { aText, aWorkflow, type Ended } from './support/workflow.ts';

const pass = (more: object) => ({ StartAt: 'Only', States: { Only: { Type: 'Pass', End: true, ...more } } });
const tooMuch = (what: string): Partial<Ended> => ({
  status: 'FAILED',
  error: 'States.DataLimitExceeded',
  cause: expect.stringContaining(what) as unknown as string,
});

describe('what an execution may hold', () => {
  test('a variable of 256 KiB, and so much in one Assign', async () => {
    const most = { a: aText(262_000) };
    expect((await aWorkflow(pass({ Assign: most })).run()).status).toBe('SUCCEEDED');
    expect(await aWorkflow(pass({ Assign: { a: aText(262_145) } })).run()).toMatchObject(tooMuch('variable a'));
    const both = { a: aText(200_000), b: aText(100_000) };
    expect(await aWorkflow(pass({ Assign: both })).run()).toMatchObject(tooMuch('variables that Only assigns'));
  });

  test('10 MiB in all its variables', () => {
    const held = (count: number) => {
      const variables = Object.fromEntries(Array.from({ length: count }, (_, index) => [`v${index}`, aText(255_000)]));
      return { name: 'Only', frame: { variables } } as never;
    };
    expect(() => assignVariables(held(40), { more: aText(255_000) })).not.toThrow();
    expect(() => assignVariables(held(41), { more: aText(255_000) })).toThrow('variables of the execution');
  });

  test('the items of a map in 256 KiB, also those that an expression makes', async () => {
    const over = (items: string): object => ({
      StartAt: 'Only',
      States: {
        Only: {
          Type: 'Map',
          Items: items,
          ItemProcessor: {
            ...pass({ Output: 0 }),
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          },
          End: true,
        },
      },
    });
    expect(await aWorkflow(over('{% [1..50000] %}')).run()).toMatchObject(tooMuch('items of Only'));
    expect((await aWorkflow(over('{% [1..50] %}')).run()).status).toBe('SUCCEEDED');
  });

  test('the results of a distributed map in 256 KiB, as no file takes them', async () => {
    const ended = await aWorkflow({
      StartAt: 'Only',
      States: {
        Only: {
          Type: 'Map',
          Items: '{% [1..30] %}',
          ItemProcessor: {
            ...pass({ Output: aText(10_000) }),
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          },
          Output: {},
          End: true,
        },
      },
    }).run();
    expect(ended).toMatchObject(tooMuch('result of Only'));
  });

  test('25,000 events, of which the last ends it', () => {
    const after = (events: number) => ({
      runtime: { journal: { addEvents: () => events } },
      frame: { scope: '0' },
    });
    const count = (events: number): void => countEvents(after(events) as never, 1);
    expect(() => count(24_999)).not.toThrow();
    expect(() => count(25_000)).toThrow('maximum number of history events (25000)');
  });
});

describe('what a machine may be', () => {
  const map = (name: string, more: object, Mode = 'DISTRIBUTED') => ({
    StartAt: name,
    States: { [name]: { Type: 'Map', End: true, ItemProcessor: { ...pass({}), ProcessorConfig: { Mode } }, ...more } },
  });

  test.each([
    ['a megabyte', { Comment: aText(1_048_576), ...pass({}) }, /^the definition has \d+ bytes, above 1048576$/],
    ['a name of 80 characters', map('x'.repeat(81), {}), /its name is above 80 characters/],
    ['a label of 40 characters', map('A', { Label: 'x'.repeat(41) }), /state A: its Label is above 40 characters/],
    ['10,000 distributed children at once', map('A', { MaxConcurrency: 10_001 }), /MaxConcurrency is above 10000/],
    ['40 inline iterations at once', map('A', { MaxConcurrency: 41 }, 'INLINE'), /MaxConcurrency is above 40/],
  ])('%s, and no more', (_what, machine, problem) => {
    expect(findTooLarge(machine as Machine)).toEqual([expect.stringMatching(problem)]);
  });

  test('labels that no two maps share', () => {
    const twice = { ...map('A', { Label: 'same', Branches: [map('B', { Label: 'same' })] }) };
    expect(findTooLarge(twice as Machine)).toEqual(["state B: its Label same is another's too"]);
  });
});

describe('the payout run within these limits', () => {
  const names = functionTable().map(({ name }) => name);
  const machine = payoutRunDefinition(Object.fromEntries(names.map((name) => [name, name]))) as Machine;

  test('is a machine that the service takes', () => {
    expect([...findUnknown(machine), ...findTooLarge(machine)]).toEqual([]);
  });

  test.each([
    [0, []],
    [
      3,
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
    ],
    [
      1_001,
      [
        [0, 1],
        [2, 3],
        [1_000, 1_000],
      ],
    ],
    [
      20_000,
      [
        [0, 19],
        [20, 39],
        [19_980, 19_999],
      ],
    ],
    [
      1_000_000,
      [
        [0, 999],
        [1_000, 1_999],
        [999_000, 999_999],
      ],
    ],
  ])('deals %i shards out, each once, in a list that a state holds', async (shardCount, some) => {
    const { Items } = machine.States.Compute!;
    const ended = await aWorkflow({
      StartAt: 'Plan',
      States: {
        Plan: {
          Type: 'Pass',
          Assign: { children: childrenOf(shardCount), programId: 'p'.repeat(60), runId: '2026-01.1' },
          Next: 'Deal',
        },
        Deal: { Type: 'Pass', Output: Items, End: true },
      },
    }).run();
    const dealt = (ended.output as { first: number; last: number }[]).map(({ first, last }) => [first, last]);
    expect([...dealt.slice(0, some.length - 1), ...dealt.slice(-1)]).toEqual(some);
    for (const [index, [first]] of dealt.entries()) expect(first).toBe(index === 0 ? 0 : dealt[index - 1]![1]! + 1);
    expect(dealt.length).toBeLessThanOrEqual(1_000);
  });
});
