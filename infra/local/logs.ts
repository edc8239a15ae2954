import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Deliveries } from './deliveries.ts';
import type { Store } from './store.ts';

const READ_EVERY_MS = 300;
/** Keeps a compressed batch well below the limit of an asynchronous call. */
const MAX_BATCH_BYTES = 512 * 1024;

export type Subscription = {
  readonly logGroup: string;
  readonly pattern: string;
  readonly functionArn: string;
  readonly name: string;
};

export type Logs = {
  readonly write: (logGroup: string, text: string) => void;
  readonly start: () => void;
  readonly stop: () => void;
};

/**
 * Log groups as files, one JSON object a line. A subscription reads its file from a remembered place and hands matching
 * lines on as CloudWatch Logs does (gzip, base64), so that no line is lost or sent under two ids by a restart.
 */
export function makeLogs(deps: {
  directory: string;
  store: Store;
  account: string;
  subscriptions: readonly Subscription[];
  deliveries: () => Deliveries;
}): Logs {
  mkdirSync(deps.directory, { recursive: true });
  const fileOf = (group: string): string =>
    join(deps.directory, `${group.replace(/^\//, '').replaceAll(/[^\w.-]/g, '.')}.log`);
  const filters = deps.subscriptions.map((subscription) => ({
    subscription,
    matches: compileFilter(subscription.pattern),
  }));
  const pending = new Map<string, string>();
  const open = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let flushing: NodeJS.Immediate | undefined;

  const flush = (): void => {
    flushing = undefined;
    for (const [group, text] of pending) {
      const handle = open.get(group) ?? openSync(fileOf(group), 'a');
      open.set(group, handle);
      writeSync(handle, text);
    }
    pending.clear();
  };

  const readOn = ({ subscription, matches }: (typeof filters)[number]): void => {
    const file = fileOf(subscription.logGroup);
    const mark = `log-offset/${subscription.name}`;
    const from = Number(deps.store.get(mark) ?? 0);
    const { lines, end } = readLines(file, from);
    if (end === from) return;
    const timestamp = Date.now();
    const logEvents = lines
      .filter((line) => matches(line.text))
      .map((line) => ({ id: String(line.offset).padStart(56, '0'), timestamp, message: line.text }));
    deps.store.transaction(() => {
      if (logEvents.length > 0)
        deps.deliveries().send({ arn: subscription.functionArn }, wrap(subscription, logEvents));
      deps.store.set(mark, String(end));
    });
  };

  const wrap = (subscription: Subscription, logEvents: unknown[]): string => {
    const data = {
      messageType: 'DATA_MESSAGE',
      owner: deps.account,
      logGroup: subscription.logGroup,
      logStream: 'local',
      subscriptionFilters: [subscription.name],
      logEvents,
    };
    return JSON.stringify({ awslogs: { data: gzipSync(JSON.stringify(data)).toString('base64') } });
  };

  return {
    write: (group, text) => {
      pending.set(group, (pending.get(group) ?? '') + text);
      flushing ??= setImmediate(flush);
    },
    start: () => {
      if (filters.length === 0) return;
      timer = setInterval(() => filters.forEach(readOn), READ_EVERY_MS);
      timer.unref();
    },
    stop: () => {
      clearInterval(timer);
      clearImmediate(flushing);
      flush();
      for (const handle of open.values()) closeSync(handle);
      open.clear();
    },
  };
}

/** Whole lines from an offset on, at most one batch; a line still being written stays for the next time. */
function readLines(file: string, from: number): { lines: { offset: number; text: string }[]; end: number } {
  if (!existsSync(file)) return { lines: [], end: from };
  const handle = openSync(file, 'r');
  try {
    const size = Math.min(fstatSync(handle).size - from, MAX_BATCH_BYTES);
    if (size <= 0) return { lines: [], end: from };
    const bytes = Buffer.alloc(size);
    readSync(handle, bytes, 0, size, from);
    const lines: { offset: number; text: string }[] = [];
    let start = 0;
    for (let stop = bytes.indexOf(10); stop >= 0; stop = bytes.indexOf(10, start)) {
      if (stop > start) lines.push({ offset: from + start, text: bytes.toString('utf8', start, stop) });
      start = stop + 1;
    }
    // A line longer than a batch cannot be delivered at all: it is passed over rather than read for ever.
    return { lines, end: from + (start === 0 && size === MAX_BATCH_BYTES ? size : start) };
  } finally {
    closeSync(handle);
  }
}

/** Filter patterns: empty (all), or `{ $.a.b = "text" }`, also with `!=`, numbers and `&&`. @throws on anything else. */
export function compileFilter(pattern: string): (line: string) => boolean {
  if (pattern.trim() === '') return () => true;
  const inner = /^\{(.*)\}$/s.exec(pattern.trim())?.[1];
  const conditions = inner
    ?.split('&&')
    .map((part) => /^\(?\s*\$\.([\w.]+)\s*(=|!=)\s*("[^"*]*"|-?[\d.]+)\s*\)?$/.exec(part.trim()));
  if (!conditions?.every((condition) => condition !== null)) {
    throw new Error(`log filter pattern ${pattern} is not known to the local host`);
  }
  return (line) => {
    let event: unknown;
    try {
      event = JSON.parse(line);
    } catch {
      return false;
    }
    return conditions.every((condition) => {
      const [, path = '', operator, literal = ''] = condition as RegExpExecArray;
      const value = path
        .split('.')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], event);
      return (value === JSON.parse(literal)) === (operator === '=');
    });
  };
}
