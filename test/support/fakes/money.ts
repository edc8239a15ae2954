import type { PayoutHolds } from '#shared/application/payouts/holds/payout-hold-ports';
import type {
  AdjustmentStore,
  ControlsChange,
  LinePage,
  PayoutRuns,
  PlanStore,
  PolicyChange,
  ProgramStore,
  PublishedPlan,
  RunShards,
  SettingsChange,
  ShardPart,
  ShardResult,
  StatementHeader,
  StatementReader,
  StatementWriter,
} from '#shared/application/payouts/ports';
import type { RunReviews } from '#shared/application/payouts/runs/review/review-ports';
import { FactsChanged } from '#shared/application/payouts/runs/stop-run';
import type { ListOfRun, WaitingLists } from '#shared/application/payouts/runs/waiting-lists';
import type { Program } from '#shared/application/programs';
import { isEarnedByConversion } from '#shared/domain/pay/earned-lines';
import { OVER_STATUSES, type PayoutRun, statusesBefore } from '#shared/domain/run/payout-run';
import type { WaitingPayout } from '#shared/domain/run/waiting-payouts';
import { previousPeriod } from '#shared/domain/time/calendar';
import { compareText, type Instant } from '#shared/domain/time/instant';
import { makeFakeAdjustments } from '#test/support/fakes/adjustments';
import { makeFakePayoutHolds, makeFakeReviews } from '#test/support/fakes/reviews';

export type FakeMoney = {
  readonly programs: ProgramStore;
  readonly plans: PlanStore;
  readonly adjustments: AdjustmentStore;
  readonly runs: PayoutRuns;
  readonly shards: RunShards;
  readonly waitingLists: WaitingLists;
  readonly reviews: RunReviews;
  readonly payoutHolds: PayoutHolds;
  readonly statements: StatementReader;
  readonly newWriter: (options?: { readonly resuming: boolean }) => StatementWriter;
};

/** Pages a sorted list by the key of its last item, as the table does. */
function page<T>(all: readonly T[], keyOf: (item: T) => string, cursor: string | undefined, limit: number) {
  const from = cursor === undefined ? 0 : all.findIndex((item) => keyOf(item) === cursor) + 1;
  const items = all.slice(from, from + limit);
  const last = items.at(-1);
  return from + limit < all.length && last !== undefined ? { items, nextCursor: keyOf(last) } : { items };
}

/** The Money table up to the decision, in memory: each write is whole or nothing, under the table's conditions. */
export function makeFakeMoney(): FakeMoney {
  const programs = new Map<string, Program>();
  const controlsChanges: ControlsChange[] = [];
  const settingsChanges: SettingsChange[] = [];
  const policyChanges: PolicyChange[] = [];
  const runs = new Map<string, PayoutRun & { readonly requestId: string }>();
  const runKey = (programId: string, runId: string): string => `${programId}#${runId}`;
  const moveBooks = (programId: string, from: string, to: Program['closedThrough']): boolean => {
    const program = programs.get(programId);
    if (program?.closedThrough !== from) return false;
    programs.set(programId, { ...program, closedThrough: to });
    return true;
  };
  return {
    programs: {
      get: async (programId) => programs.get(programId),
      create: async (program) => {
        const known = programs.get(program.programId);
        if (!known) programs.set(program.programId, program);
        return { created: !known, program: known ?? program };
      },
      list: async ({ cursor, limit, among }) =>
        page(
          [...programs.values()]
            .filter((one) => among?.includes(one.programId) ?? true)
            .sort((a, b) => compareText(a.programId, b.programId)),
          (program) => program.programId,
          cursor,
          limit,
        ),
      controlsChanges: async (programId, since) =>
        controlsChanges.filter((change) => change.programId === programId && change.at >= since),
      changeControls: async (change) => {
        const { programId, version, after } = change;
        const program = programs.get(programId);
        if (program?.controlsVersion !== version - 1) return false;
        controlsChanges.push(change);
        programs.set(programId, { ...program, controls: after, controlsVersion: version });
        return true;
      },
      settingsChanges: async (programId, since) =>
        settingsChanges.filter((change) => change.programId === programId && change.at >= since),
      changeSettings: async (change) => {
        const program = programs.get(change.programId);
        if (program?.settingsVersion !== change.version - 1) return false;
        settingsChanges.push(change);
        programs.set(change.programId, { ...program, ...change.after, settingsVersion: change.version });
        return true;
      },
      policyChanges: async (programId, since) =>
        policyChanges.filter((change) => change.programId === programId && change.at >= since),
      changePolicy: async (change) => {
        const program = programs.get(change.programId);
        if (program?.policyVersion !== change.version - 1) return false;
        policyChanges.push(change);
        programs.set(change.programId, { ...program, ...change.after, policyVersion: change.version });
        return true;
      },
    },
    plans: makeFakePlans(),
    adjustments: makeFakeAdjustments(),
    runs: makeFakeRuns(runs, runKey, moveBooks),
    shards: makeFakeShards(),
    waitingLists: makeFakeWaitingLists(),
    reviews: makeFakeReviews(),
    payoutHolds: makeFakePayoutHolds(),
    ...makeFakeStatements(),
  };
}

function makeFakePlans(): PlanStore {
  const plans = new Map<string, PublishedPlan>();
  return {
    publish: async (programId, plan) => {
      const key = `${programId}#${plan.version}`;
      const known = plans.get(key);
      if (!known) plans.set(key, plan);
      return { created: !known, plan: known ?? plan };
    },
    get: async (programId, version) => plans.get(`${programId}#${version}`),
    list: async (programId, { cursor, limit }) =>
      page(
        [...plans.entries()]
          .filter(([key]) => key.startsWith(`${programId}#`))
          .map(([, plan]) => plan)
          .sort((a, b) => a.version - b.version),
        (plan) => String(plan.version),
        cursor,
        limit,
      ),
  };
}

type StoredRun = PayoutRun & { readonly requestId: string };

function makeFakeRuns(
  runs: Map<string, StoredRun>,
  runKey: (programId: string, runId: string) => string,
  moveBooks: (programId: string, from: string, to: Program['closedThrough']) => boolean,
): PayoutRuns {
  const decisions = new Map<string, string>();
  const resumedBy = new Set<string>();
  const tokens = new Map<string, string>();
  const shown = (run: StoredRun | undefined): PayoutRun | undefined => {
    if (!run) return undefined;
    const { requestId: _, ...rest } = run;
    return rest;
  };
  const change = (run: PayoutRun, changes: Partial<PayoutRun>): true => {
    const key = runKey(run.programId, run.runId);
    runs.set(key, { ...runs.get(key)!, ...changes });
    return true;
  };
  const newestFirst = (programId: string): PayoutRun[] =>
    [...runs.values()]
      .filter((run) => run.programId === programId)
      .sort((a, b) => compareText(b.period, a.period) || b.attempt - a.attempt)
      .map((run) => shown(run)!);
  return {
    get: async (programId, runId) => shown(runs.get(runKey(programId, runId))),
    list: async (programId, { cursor, limit }) => page(newestFirst(programId), (run) => run.runId, cursor, limit),
    latestOf: async (programId, period) => newestFirst(programId).find((run) => run.period === period),
    open: async (run, requestId, closedThroughBefore, after) => {
      const key = runKey(run.programId, run.runId);
      const before = after === undefined ? 'completed' : runs.get(runKey(run.programId, after))?.status;
      if (!before || !OVER_STATUSES.includes(before)) return false;
      if (runs.has(key) || !moveBooks(run.programId, closedThroughBefore, run.period)) return false;
      runs.set(key, { ...run, requestId });
      return true;
    },
    openedByRequest: async (programId, runId, requestId) =>
      runs.get(runKey(programId, runId))?.requestId === requestId ||
      resumedBy.has(`${runKey(programId, runId)}#${requestId}`),
    advance: async (programId, runId, to, learnt = {}) => {
      const run = runs.get(runKey(programId, runId));
      if (!run || ![...statusesBefore(to), to].includes(run.status)) return false;
      return change(run, { ...learnt, status: to });
    },
    endUnpaid: async (seen, to, failure) => {
      const run = runs.get(runKey(seen.programId, seen.runId));
      if (!run || run.decision || !statusesBefore(to).includes(run.status)) return false;
      if (!moveBooks(run.programId, run.period, previousPeriod(run.period))) return false;
      return change(run, { status: to, failures: [...run.failures, { ...failure, during: seen.status }] });
    },
    failPaid: async (seen, failure) => {
      const run = runs.get(runKey(seen.programId, seen.runId));
      if (run?.decision !== 'approve' || run.status !== seen.status) return false;
      return change(run, { status: 'failed', failures: [...run.failures, { ...failure, during: seen.status }] });
    },
    resume: async (seen, requestId) => {
      const run = runs.get(runKey(seen.programId, seen.runId));
      if (run?.status !== 'failed' || run.decision !== 'approve' || run.execution !== seen.execution) return false;
      resumedBy.add(`${runKey(seen.programId, seen.runId)}#${requestId}`);
      return change(run, { status: 'posting', execution: run.execution + 1 });
    },
    decide: async (seen, { all, given, contentHash, holds, completes, requestId }) => {
      const run = runs.get(runKey(seen.programId, seen.runId));
      const key = `${runKey(seen.programId, seen.runId)}#${given.by}`;
      const stands =
        run?.status === 'awaiting_decision' &&
        run.contentHash === contentHash &&
        run.given.length === seen.given.length &&
        !decisions.has(key);
      if (!stands) return false;
      if (completes === 'reject' && !moveBooks(run.programId, run.period, previousPeriod(run.period))) return false;
      decisions.set(key, requestId);
      const status = completes === undefined ? run.status : completes === 'approve' ? 'posting' : 'rejected';
      return change(run, {
        given: all,
        holds,
        status,
        ...(completes ? { decision: completes } : {}),
      });
    },
    decidedByRequest: async (programId, runId, principalId, requestId) =>
      decisions.get(`${runKey(programId, runId)}#${principalId}`) === requestId,
    beginWait: async (programId, runId, times) => {
      const run = runs.get(runKey(programId, runId));
      if (run?.status !== 'summarising' && run?.status !== 'awaiting_decision') return false;
      return change(run, { decisionTimes: run.decisionTimes ?? times });
    },
    remind: async (seen, reminder) => {
      const run = runs.get(runKey(seen.programId, seen.runId));
      if (run?.status !== 'awaiting_decision' || run.decision || run.given.length !== seen.given.length) return false;
      if ((run.reminders?.length ?? 0) !== (seen.reminders?.length ?? 0)) return false;
      return change(run, { reminders: [...(run.reminders ?? []), reminder] });
    },
    keepTaskToken: async (programId, runId, token) => void tokens.set(runKey(programId, runId), token),
    taskToken: async (programId, runId) => tokens.get(runKey(programId, runId)),
  };
}

function makeFakeShards(): RunShards {
  const shards = new Map<string, readonly string[]>();
  const results = new Map<string, ShardResult>();
  const parts = new Map<string, ShardPart>();
  return {
    put: async (programId, runId, shard, partnerIds) => void shards.set(`${programId}#${runId}#${shard}`, partnerIds),
    partnerIds: async (programId, runId, shard) => shards.get(`${programId}#${runId}#${shard}`)!,
    putResult: async (programId, runId, shard, result) => void results.set(`${programId}#${runId}#${shard}`, result),
    result: async (programId, runId, shard) => results.get(`${programId}#${runId}#${shard}`),
    putPart: async (programId, runId, shard, step, part) =>
      void parts.set(`${programId}#${runId}#${step}#${shard}`, part),
    part: async (programId, runId, shard, step) => parts.get(`${programId}#${runId}#${step}#${shard}`),
    async *results(programId, runId, from = '') {
      const prefix = `${programId}#${runId}#`;
      const found = [...results.entries()].filter(([key]) => key.startsWith(prefix) && key >= `${prefix}${from}`);
      for (const [key, result] of found.sort(([a], [b]) => compareText(a, b))) {
        yield { ...result, shard: key.slice(prefix.length) };
      }
    },
  };
}

function makeFakeWaitingLists(): WaitingLists {
  const pages = new Map<string, readonly WaitingPayout[]>();
  const prefixOf = (list: ListOfRun, shard?: string): string =>
    `${list.programId}#${list.runId}#${list.waitingDigest}#${shard === undefined ? '' : `${shard}#`}`;
  return {
    putPage: async (list, { shard, ordinal, waiting }) =>
      void pages.set(`${prefixOf(list, shard)}${String(ordinal).padStart(6, '0')}`, waiting),
    async *all(list, shard) {
      const keys = [...pages.keys()].filter((key) => key.startsWith(prefixOf(list, shard))).sort(compareText);
      for (const key of keys) yield* pages.get(key)!;
    },
  };
}

function makeFakeStatements(): { statements: StatementReader; newWriter: () => StatementWriter } {
  const headers = new Map<string, StatementHeader>();
  const pages = new Map<string, LinePage & { readonly sk: string }>();
  const skOf = ({ section, first }: LinePage): string =>
    first ? `${section}#${first.occurredAt}#${first.factId}` : `${section}#`;
  const pagesOf = (programId: string, statementId: string) =>
    [...pages.entries()]
      .filter(([key]) => key.startsWith(`${programId}#${statementId}#`))
      .map(([, stored]) => stored)
      .sort((a, b) => compareText(a.sk, b.sk));
  const text = (value: unknown): string =>
    JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item));
  const statements: StatementReader = {
    header: async (programId, statementId) => headers.get(`${programId}#${statementId}`),
    list: async (programId, run, { partnerId, after, limit }) => {
      const all = [...headers.entries()]
        .filter(([key]) => key.startsWith(`${programId}#`))
        .map(([, header]) => header)
        .filter((header) => header.period === run.period && header.attempt === run.attempt)
        .filter((header) => partnerId === undefined || header.partnerId === partnerId)
        .sort((a, b) => compareText(`${a.partnerId}#${a.currency}`, `${b.partnerId}#${b.currency}`));
      const { items, nextCursor } = page(all, (header) => header.statementId, after, limit);
      return nextCursor === undefined ? { items } : { items, after: nextCursor };
    },
    pages: async (programId, statementId, { after, limit }) => {
      const { items, nextCursor } = page(pagesOf(programId, statementId), (stored) => stored.sk, after, limit);
      return { items: items.map(({ sk, lines }) => ({ sk, lines })), more: nextCursor !== undefined };
    },
    earnedLines: async (programId, statementId, { occurredAt, orderId }) => {
      const at = skOf({ section: '1', first: { occurredAt: occurredAt as Instant, factId: orderId }, lines: [] });
      const stored = pagesOf(programId, statementId)
        .filter(({ sk, section }) => section === '1' && sk <= at)
        .at(-1);
      return (stored?.lines ?? []).filter((line) => isEarnedByConversion(line) && line.conversionId === orderId);
    },
  };
  const once = <T>(store: Map<string, T>, key: string, value: T, what: string): void => {
    const known = store.get(key);
    if (known !== undefined && text(known) !== text(value)) {
      throw new FactsChanged(`${what} was stored with other content`);
    }
    store.set(key, value);
  };
  const newWriter = (): StatementWriter => {
    const mine = new Set<string>();
    return {
      putLines: async (programId, statementId, linePage) => {
        const sk = skOf(linePage);
        const key = `${programId}#${statementId}#${sk}`;
        mine.add(key);
        once(pages, key, { ...linePage, sk }, `A page of statement ${statementId}`);
      },
      putNothing: async () => {},
      putHeader: async (programId, header) => {
        const key = `${programId}#${header.statementId}`;
        const others = [...pages.keys()].filter((page) => page.startsWith(`${key}#`) && !mine.has(page));
        if (others.length > 0) throw new FactsChanged(`Statement ${header.statementId} has a page of an earlier try`);
        once(headers, key, header, `Statement ${header.statementId}`);
      },
      flush: async () => {},
    };
  };
  return { statements, newWriter };
}
