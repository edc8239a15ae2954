import type * as z from 'zod';
import { fieldErrors } from '#functions/runtime/field-errors';
import { problemOf, type Reply, reply } from '#functions/runtime/http';
import { log } from '#functions/runtime/log';
import { Failure } from '#shared/application/failure';
import { runInOrder } from '#shared/application/referrals/sales/run-in-order';

/** Enough to hide the table's latency; more would only queue at one function instance. */
const ITEMS_AT_ONCE = 8;
const SERVER_FAULT = 500;

/**
 * Answers each item of a batch by itself, in the order sent. Items that share a key act one after the other.
 * Errors are named from the top of the body: `/items/3/amount/minor`. A batch with an item that failed on our side may be
 * sent again under its key.
 */
export async function answerEach<S extends z.ZodType>(
  items: readonly unknown[],
  schema: S,
  keysOf: (item: z.output<S>) => readonly string[],
  answer: (item: z.output<S>, index: number) => Promise<Record<string, unknown>>,
): Promise<Reply> {
  const read = items.map((item) => schema.safeParse(item));
  const answers = await runInOrder(
    read,
    { limit: ITEMS_AT_ONCE, keysOf: (item) => (item.success ? keysOf(item.data) : []) },
    async (item, index) => {
      if (!item.success) return invalidItem(item.error, index);
      try {
        return await answer(item.data, index);
      } catch (error) {
        return problemAnswer(error, index);
      }
    },
  );
  const hasFailed = answers.some(({ status }) => typeof status === 'number' && status >= SERVER_FAULT);
  return reply(200, { body: { items: answers }, forget: hasFailed });
}

function invalidItem(error: z.ZodError, index: number): Record<string, unknown> {
  const errors = error.issues.flatMap((issue) => fieldErrors({ ...issue, path: ['items', index, ...issue.path] }));
  const named = errors.map(({ pointer, rule }) => `${pointer} ${rule}`).join('; ');
  const problem = problemOf(new Failure('invalid_request', `Correct and send again: ${named}.`, { errors }));
  return { status: problem.status, problem };
}

function problemAnswer(error: unknown, index: number): Record<string, unknown> {
  const problem = problemOf(error instanceof Failure ? namedFromTheTop(error, index) : error);
  if (!(error instanceof Failure)) {
    log.error('batch item failed', {
      index,
      error: error instanceof Error ? (error.stack ?? error.message) : 'unknown',
    });
  }
  return { status: problem.status, problem };
}

function namedFromTheTop({ code, message, errors, extra }: Failure, index: number): Failure {
  const moved = errors.map((error) => ({ ...error, pointer: `/items/${index}${error.pointer}` }));
  return new Failure(code, message, { errors: moved, extra });
}
