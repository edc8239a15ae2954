import { createHash, randomUUID } from 'node:crypto';
import jsonata from 'jsonata';
import { AslError } from './errors.ts';

export type Bindings = Readonly<Record<string, unknown>>;

const EXPRESSION = /^\{%([\s\S]*)%\}$/;
const MAX_ITEMS = 1000;
const compiled = new Map<string, jsonata.Expression>();

/**
 * Evaluates every `{% ... %}` string in a value (Step Functions, "Transforming data with JSONata").
 * @throws AslError States.QueryEvaluationError, also when an expression yields nothing.
 */
export async function evaluate(value: unknown, bindings: Bindings): Promise<unknown> {
  if (typeof value === 'string') {
    const source = EXPRESSION.exec(value)?.[1];
    return source === undefined ? value : evaluateExpression(source, bindings);
  }
  if (Array.isArray(value)) return Promise.all(value.map((item) => evaluate(item, bindings)));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(async ([key, item]) => [key, await evaluate(item, bindings)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function evaluateExpression(source: string, bindings: Bindings): Promise<unknown> {
  let result: unknown;
  try {
    const expression = compiled.get(source) ?? jsonata(source);
    compiled.set(source, expression);
    result = await expression.evaluate(undefined, { ...FUNCTIONS, ...bindings });
  } catch (error) {
    throw new AslError('States.QueryEvaluationError', `${(error as Error).message} in {%${source}%}`);
  }
  const text = JSON.stringify(result);
  if (text === undefined) {
    throw new AslError('States.QueryEvaluationError', `The expression {%${source}%} returned nothing`);
  }
  // JSONata marks its sequences: a round trip leaves plain JSON.
  return JSON.parse(text) as unknown;
}

/** Functions that Step Functions adds to JSONata; `$eval` is not available there. */
const FUNCTIONS: Bindings = {
  uuid: () => randomUUID(),
  parse: (text: string) => JSON.parse(text) as unknown,
  random: (seed?: number) => (seed === undefined ? Math.random() : seeded(seed)),
  hash: (data: unknown, algorithm = 'SHA-256') => {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    return createHash(algorithm.replace('-', '').toLowerCase()).update(text).digest('hex');
  },
  range: (start: number, end: number, delta: number) => {
    const length = Math.floor((end - start) / delta) + 1;
    if (!(length <= MAX_ITEMS)) throw new Error(`$range is limited to ${MAX_ITEMS} items`);
    return Array.from({ length: Math.max(0, length) }, (_, index) => start + index * delta);
  },
  partition: (list: readonly unknown[], size: number) => {
    if (!(size >= 1)) throw new Error('$partition needs a size of at least 1');
    return Array.from({ length: Math.ceil(list.length / size) }, (_, part) =>
      list.slice(part * size, (part + 1) * size),
    );
  },
  eval: () => {
    throw new Error('$eval is not available in Step Functions: use $parse');
  },
};

/** mulberry32: the same number for the same seed. */
function seeded(seed: number): number {
  let mixed = (seed + 0x6d2b79f5) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}
