import { type ApiClient, ApiProblem } from '../api-client.ts';
import { severalAtOnce } from '../several-at-once.ts';
import type { ImportState } from './journal.ts';
import type { ImportKind } from './kinds.ts';
import { fieldAt, type Problem, type ReadyLine } from './read-line.ts';

/** The API's limit on a batch. */
const BATCH_SIZE = 100;
/** Requests under way: enough to keep the service busy, few enough for one machine. */
const AT_ONCE = 3;

type Answer = { readonly status: number; readonly problem?: ProblemDocument };
type ProblemDocument = {
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly rule: string }[];
};

/** One request's lines; `through`: the last line of the file that it answers for, bad ones that were left out included. */
type Portion = { readonly lines: readonly ReadyLine[]; readonly through: number };

/**
 * Sends lines in batches, several at once, and tells after each how far everything before it was answered. A line that the
 * service refuses is a problem of its own and stops nothing. Every request can be repeated: the keys recognise what was sent.
 * @throws ApiProblem when nothing can be sent at all, e.g. 401, and what fetch throws when the service is not there
 */
export async function sendLines(
  lines: AsyncIterable<ReadyLine>,
  deps: {
    readonly api: ApiClient;
    readonly base: string;
    readonly kind: ImportKind;
    readonly from: ImportState;
    readonly onProblem: (problem: Problem) => void;
    readonly onState: (state: ImportState) => void;
    readonly isStopped: () => boolean;
  },
): Promise<ImportState> {
  const { kind, onProblem, onState } = deps;
  let state = deps.from;
  const answered = new Map<number, Answered>();
  let next = 0;
  /** Portions end in any order; what is kept is how far all of them have ended. */
  const settle = (index: number, counts: Answered): void => {
    answered.set(index, counts);
    for (let ready = answered.get(next); ready; ready = answered.get(next)) {
      answered.delete(next);
      next += 1;
      state = added(state, ready);
    }
    onState(state);
  };
  const size = kind.isBatch ? BATCH_SIZE : 1;
  const inTurn = makeTurns();
  await severalAtOnce(portions(lines, size, deps.isStopped), AT_ONCE, async ([index, portion]) => {
    const answers = await inTurn(portion.lines, () => answersTo(deps, portion.lines));
    const sent = new Set(portion.lines.map(({ line }) => line));
    const count = { sent, through: portion.through, recorded: 0, repeated: 0, refused: [] as number[] };
    for (const [place, line] of portion.lines.entries()) {
      const answer = answers[place];
      if (answer === undefined) throw new Error(`the service left line ${line.line} unanswered`);
      if (answer.status === 201) count.recorded += 1;
      else if (answer.status === 200) count.repeated += 1;
      else {
        count.refused.push(line.line);
        for (const problem of problemsOf(line, answer)) onProblem(problem);
      }
    }
    settle(index, count);
  });
  return state;
}

/**
 * Sends a portion after those before it that have a customer or order in common: who is new, whom a sale binds and what a
 * refund leaves depend on what was recorded first, and that is the order of the file.
 */
function makeTurns(): <T>(lines: readonly ReadyLine[], work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (lines, work) => {
    const names = new Set(lines.flatMap(({ body }) => namesOf(body)));
    // One that fails is followed by none that would stand on it.
    const done = Promise.all([...names].map((name) => last.get(name))).then(work);
    for (const name of names) last.set(name, done);
    const result = await done;
    for (const name of names) if (last.get(name) === done) last.delete(name);
    return result;
  };
}

function namesOf({ orderId, customerId }: ReadyLine['body']): readonly string[] {
  return [
    ...(orderId === undefined ? [] : [`order ${orderId}`]),
    ...(customerId === undefined ? [] : [`customer ${customerId}`]),
  ];
}

type Answered = Omit<ImportState, 'digest'> & { readonly sent: ReadonlySet<number> };

function added(state: ImportState, { sent, ...counts }: Answered): ImportState {
  return {
    ...state,
    through: Math.max(state.through, counts.through),
    recorded: state.recorded + counts.recorded,
    repeated: state.repeated + counts.repeated,
    // What was refused before and came again is counted anew.
    refused: [...state.refused.filter((line) => !sent.has(line)), ...counts.refused],
  };
}

async function* portions(
  lines: AsyncIterable<ReadyLine>,
  size: number,
  isStopped: () => boolean,
): AsyncGenerator<readonly [number, Portion]> {
  let open: ReadyLine[] = [];
  let index = 0;
  for await (const line of lines) {
    if (isStopped()) return;
    open.push(line);
    if (open.length < size) continue;
    yield [index, { lines: open, through: line.line }];
    index += 1;
    open = [];
  }
  const last = open.at(-1);
  if (last && !isStopped()) yield [index, { lines: open, through: last.line }];
}

type Target = { readonly api: ApiClient; readonly base: string; readonly kind: ImportKind };

async function answersTo(target: Target, lines: readonly ReadyLine[]): Promise<readonly Answer[]> {
  return target.kind.isBatch ? sendBatch(target, lines) : [await sendOne(target, lines[0])];
}

async function sendBatch({ api, base, kind }: Target, lines: readonly ReadyLine[]): Promise<readonly Answer[]> {
  const items = lines.map(({ body }) => body);
  return (await api.post<{ items: readonly Answer[] }>(`${base}/${kind.path}/batch`, { items })).items;
}

/** Without an idempotency key: the business key recognises a repeat, and the answer says whether it is one. */
async function sendOne({ api, base, kind }: Target, line: ReadyLine | undefined): Promise<Answer> {
  if (!line) throw new Error('a portion without a line');
  try {
    return { status: (await api.send(`${base}/${kind.path}`, line.body)).status };
  } catch (error) {
    // What is wrong with this line alone; anything else is wrong with all of them.
    const isOfLine = error instanceof ApiProblem && [400, 404, 409, 422].includes(error.status);
    if (isOfLine) return { status: error.status, problem: error.problem as ProblemDocument };
    throw error;
  }
}

function problemsOf({ line, key }: ReadyLine, { status, problem }: Answer): Problem[] {
  const errors = problem?.errors ?? [];
  if (errors.length === 0) return [{ line, key, column: '', rule: problem?.detail ?? `was answered ${status}` }];
  // In a batch the pointer begins with the place of the item.
  return errors.map(({ pointer, rule }) => ({
    line,
    key,
    column: fieldAt(pointer.replace(/^\/items\/\d+/, '')),
    rule: problem?.detail === undefined || problem.detail.includes(rule) ? rule : `${rule}. ${problem.detail}`,
  }));
}
