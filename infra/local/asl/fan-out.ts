import { setMaxListeners } from 'node:events';
import type { Machine } from './definition.ts';
import { AslError } from './errors.ts';
import { type Bindings, evaluate } from './expressions.ts';
import { numberOf, runSequence, type Start, type Visit } from './interpreter.ts';
import { countEvents, withinLimit } from './limits.ts';

/** Functions run in a few threads here: more children at once would only wait in line. */
const MAX_CHILDREN_AT_ONCE = 40;

type Child = { machine: Machine; index: number; input: (signal: AbortSignal) => Promise<Partial<Start>> };

/** Branches side by side on the same input; the result is the list of their outputs, in order. */
export async function runParallel(visit: Visit): Promise<unknown> {
  const { state, frame } = visit;
  countEvents(visit, 2);
  const input = state.Arguments === undefined ? frame.input : await evaluate(state.Arguments, visit.bindings());
  const children = (state.Branches ?? []).map((machine, index) => ({ machine, index, input: async () => ({ input }) }));
  return runChildren(visit, children, children.length, 0);
}

/** The processor once an item (or batch); inline inside this history, distributed with a history a child. */
export async function runMap(visit: Visit): Promise<unknown> {
  const { state, frame, runtime, start } = visit;
  const processor = state.ItemProcessor;
  if (!processor) throw new AslError('States.Runtime', `${visit.name} has no ItemProcessor`, true);
  if (!frame.items) {
    frame.items = await listItems(visit);
    runtime.journal.save(frame);
  }
  const distributed = processor.ProcessorConfig?.Mode === 'DISTRIBUTED';
  // MapStateStarted and Succeeded; of a distributed one MapRunStarted and Succeeded too, of an inline one each iteration's.
  countEvents(visit, distributed ? 4 : 2 + 2 * frame.items.length);
  const items = frame.items as Item[];
  const select = async (item: Item): Promise<unknown> => {
    if (state.ItemSelector === undefined) return item.Value;
    return evaluate(state.ItemSelector, visit.bindings({}, { Map: { Item: item } }));
  };
  const units: { index: number; make: () => Promise<unknown>; item: Item }[] = state.ItemBatcher
    ? await batchesOf(visit, items, select)
    : items.map((item) => ({ index: item.Index, make: () => select(item), item }));
  const children: Child[] = units.map(({ index, make, item }) => ({
    machine: processor,
    index,
    input: async () => {
      const input = withinLimit(await make(), `item ${index} of ${visit.name}`);
      if (!distributed) return { input, context: { ...start.context, Map: { Item: item } } };
      const context = childContext(visit, index, input);
      return { input, context, outer: {}, scope: childPath(visit, index) };
    },
  }));
  const limit = (await numberOf(visit, state.MaxConcurrency ?? 0, 'MaxConcurrency')) || MAX_CHILDREN_AT_ONCE;
  const share = await numberOf(visit, state.ToleratedFailurePercentage ?? 0, 'ToleratedFailurePercentage');
  const count = await numberOf(visit, state.ToleratedFailureCount ?? 0, 'ToleratedFailureCount');
  const tolerated = distributed ? Math.max(count, Math.floor((share / 100) * children.length)) : 0;
  try {
    return await runChildren(visit, children, Math.min(limit, MAX_CHILDREN_AT_ONCE), tolerated);
  } catch (error) {
    if (!distributed || !(error instanceof AslError)) throw error;
    const text = `The specified tolerated failure threshold was exceeded (${error.error}: ${error.message})`;
    throw new AslError('States.ExceedToleratedFailureThreshold', text);
  }
}

type Item = { Index: number; Value: unknown; Key?: string };

async function listItems(visit: Visit): Promise<Item[]> {
  const { Items } = visit.state;
  const given = withinLimit(
    Items === undefined ? visit.frame.input : await evaluate(Items, visit.bindings()),
    `items of ${visit.name}`,
  );
  if (Array.isArray(given)) return given.map((Value, Index) => ({ Index, Value }));
  if (given !== null && typeof given === 'object') {
    return Object.entries(given).map(([Key, Value], Index) => ({ Index, Key, Value }));
  }
  throw new AslError('States.QueryEvaluationError', `Items of ${visit.name} is neither an array nor an object`);
}

async function batchesOf(visit: Visit, items: readonly Item[], select: (item: Item) => Promise<unknown>) {
  const { MaxItemsPerBatch = items.length, BatchInput } = visit.state.ItemBatcher ?? {};
  const size = Math.max(1, await numberOf(visit, MaxItemsPerBatch, 'MaxItemsPerBatch'));
  const shared = BatchInput === undefined ? {} : { BatchInput: await evaluate(BatchInput, visit.bindings()) };
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => ({
    index,
    item: { Index: index, Value: null },
    make: async () => ({
      ...shared,
      Items: await Promise.all(items.slice(index * size, (index + 1) * size).map(select)),
    }),
  }));
}

function childPath({ frame }: Visit, index: number): string {
  return `${frame.path}/${frame.visit}.${frame.attempts ?? 0}/${index}`;
}

/** A distributed child is an execution of its own; it sees neither variables nor the item of the Map around it. */
function childContext(visit: Visit, index: number, input: unknown): Bindings {
  const { Execution, StateMachine } = visit.start.context as Record<string, { Id?: string; Name?: string }>;
  const label = visit.state.Label ?? visit.name.replaceAll(/\W/g, '');
  const Name = `${Execution?.Name}-${childPath(visit, index).replaceAll('/', '-')}`;
  const Id = `${Execution?.Id?.replace(/:[^:]*$/, '')}/${label}:${Name}`;
  return { Execution: { ...Execution, Id, Name, Input: input }, StateMachine };
}

async function runChildren(
  visit: Visit,
  children: readonly Child[],
  atOnce: number,
  tolerated: number,
): Promise<unknown[]> {
  const { runtime, start, frame } = visit;
  const siblings = new AbortController();
  const signal = AbortSignal.any([start.signal, siblings.signal]);
  setMaxListeners(0, signal);
  const outputs = new Map<number, unknown>();
  const waiting = children.values();
  let failures = 0;
  const lane = async (): Promise<void> => {
    for (const child of waiting) {
      const path = childPath(visit, child.index);
      const outer = { ...start.outer, ...frame.variables };
      try {
        const own = await child.input(signal);
        const begin = { path, scope: frame.scope, input: undefined, outer, context: start.context, signal, ...own };
        outputs.set(child.index, await runSequence(runtime, child.machine, begin));
      } catch (error) {
        if (!(error instanceof AslError) || ++failures > tolerated) throw error;
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, children.length) }, lane));
  } finally {
    siblings.abort();
  }
  return children.flatMap((child) => (outputs.has(child.index) ? [outputs.get(child.index)] : []));
}
