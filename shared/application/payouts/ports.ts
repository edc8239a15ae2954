import type { Page } from '#shared/application/ports';
import type { PayoutPolicy, Program, ProgramControls, ProgramSettings } from '#shared/application/programs';
import type { Currency } from '#shared/domain/money/money';
import type { Component } from '#shared/domain/plan/plan';
import type { DecisionTimes, RunReminder } from '#shared/domain/run/decision-times';
import type { GivenDecision, PayoutRun, RunStatus } from '#shared/domain/run/payout-run';
import type { NothingEarned, StatementAmounts, StatementLine } from '#shared/domain/statement/statement';
import type { Instant, Period } from '#shared/domain/time/instant';

/** Programmes as their owner sees them: always read consistently. */
export type ProgramStore = {
  get(programId: string): Promise<Program | undefined>;
  /** Answers the stored programme when the id is taken, so that a repeat is seen. Who created it is kept beside it. */
  create(
    program: Program,
    actor?: { readonly by: string; readonly onBehalfOf?: string | undefined },
  ): Promise<{ readonly created: boolean; readonly program: Program }>;
  /** In order of programme id, of the named ones if given; a page of those may be short and still have a next one. */
  list(page: {
    cursor?: string | undefined;
    limit: number;
    among?: readonly string[] | undefined;
  }): Promise<Page<Program>>;
  /** Sets the controls and keeps the change under its number, both or neither; false when that number is taken. */
  changeControls(change: ControlsChange): Promise<boolean>;
  /** Changes made at or after `since`, oldest first. */
  controlsChanges(programId: string, since: Instant): Promise<readonly ControlsChange[]>;
  /** Sets the settings and keeps the change under its number, both or neither; false when that number is taken. */
  changeSettings(change: SettingsChange): Promise<boolean>;
  /** Changes made at or after `since`, oldest first. */
  settingsChanges(programId: string, since: Instant): Promise<readonly SettingsChange[]>;
  /** Sets the payout policy and keeps the change under its number, both or neither; false when that number is taken. */
  changePolicy(change: PolicyChange): Promise<boolean>;
  /** Changes made at or after `since`, oldest first. */
  policyChanges(programId: string, since: Instant): Promise<readonly PolicyChange[]>;
};

/** Written once, under its number: what an auditor reads about a limit. */
export type ControlsChange = KeptChange<ProgramControls>;

/** Written once, under its number: by which settings a sale was decided. */
export type SettingsChange = KeptChange<ProgramSettings>;

/** Written once, under its number: who had to approve what, and by which rules it was paid. */
export type PolicyChange = KeptChange<PayoutPolicy>;

type KeptChange<T> = {
  readonly programId: string;
  /** 1 is the first change. */
  readonly version: number;
  readonly before: T;
  readonly after: T;
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
  readonly at: Instant;
};

export type PublishedPlan = {
  readonly version: number;
  readonly components: readonly Component[];
  readonly publishedBy: string;
  readonly publishedAt: Instant;
};

/** Plan versions: written once, never changed. */
export type PlanStore = {
  publish(programId: string, plan: PublishedPlan): Promise<{ readonly created: boolean; readonly plan: PublishedPlan }>;
  get(programId: string, version: number): Promise<PublishedPlan | undefined>;
  list(programId: string, page: { cursor?: string | undefined; limit: number }): Promise<Page<PublishedPlan>>;
};

export type { AdjustmentStore, RecordedAdjustment } from './adjustments/adjustment-ports.ts';

/** Runs and their decisions. Every change is conditional; every read is consistent. */
export type PayoutRuns = {
  get(programId: string, runId: string): Promise<PayoutRun | undefined>;
  /** Newest first. */
  list(programId: string, page: { cursor?: string | undefined; limit: number }): Promise<Page<PayoutRun>>;
  /** The last attempt at a period. */
  latestOf(programId: string, period: Period): Promise<PayoutRun | undefined>;
  /**
   * Creates the run and closes the books in one transaction; false when either was no longer as expected, or when the run
   * `after`, the last attempt at the period before, is not completed.
   */
  open(run: PayoutRun, requestId: string, closedThroughBefore: Period, after: string | undefined): Promise<boolean>;
  /** True when this request opened the run or resumed it: a repeat after a lost answer. */
  openedByRequest(programId: string, runId: string, requestId: string): Promise<boolean>;
  /**
   * Moves a run to `to` if `statusesBefore(to)` allows it, with what is learnt on the way.
   * True when the run now has that status, also when it had it already.
   */
  advance(programId: string, runId: string, to: RunStatus, learnt?: RunFindings): Promise<boolean>;
  /** Ends a run before its approval and reopens its period in one transaction; false when it was past that point. */
  endUnpaid(run: PayoutRun, to: 'expired' | 'failed', failure: { at: Instant; reason: string }): Promise<boolean>;
  /** Notes why a run stopped after its approval. */
  failPaid(run: PayoutRun, failure: { at: Instant; reason: string }): Promise<boolean>;
  /** Puts a run that failed after its approval back to posting, with a new execution, and keeps which request did so. */
  resume(run: PayoutRun, requestId: string): Promise<boolean>;
  /** Appends a decision and what it does to the run in one transaction; false when the run moved meanwhile. */
  decide(run: PayoutRun, decision: DecisionToStore): Promise<boolean>;
  decidedByRequest(programId: string, runId: string, principalId: string, requestId: string): Promise<boolean>;
  /** Fixes until when a summarised run waits for its decision; the first times stand. False when it has gone on. */
  beginWait(programId: string, runId: string, times: DecisionTimes): Promise<boolean>;
  /** Appends a reminder to a run that still waits; false when it was decided on or reminded since it was read. */
  remind(run: PayoutRun, reminder: RunReminder): Promise<boolean>;
  keepTaskToken(programId: string, runId: string, token: string): Promise<void>;
  taskToken(programId: string, runId: string): Promise<string | undefined>;
};

export type RunFindings = Partial<
  Pick<
    PayoutRun,
    | 'summarisedAt'
    | 'contentHash'
    | 'waitingDigest'
    | 'review'
    | 'totals'
    | 'anomalies'
    | 'shardCount'
    | 'approvalsRequired'
    | 'policyVersion'
    | 'failures'
  >
>;

export type DecisionToStore = {
  /** All decisions on the run, the new one last. */
  readonly all: readonly GivenDecision[];
  readonly given: GivenDecision;
  readonly contentHash: string;
  readonly requestId: string;
  readonly holds: readonly string[];
  readonly completes: 'approve' | 'reject' | undefined;
};

/** The partners of a run, in shards fixed when it is planned. Every map of the workflow goes over the same shards. */
export type RunShards = {
  /** Writing the same shard twice changes nothing. */
  put(programId: string, runId: string, shard: string, partnerIds: readonly string[]): Promise<void>;
  partnerIds(programId: string, runId: string, shard: string): Promise<readonly string[]>;
  putResult(programId: string, runId: string, shard: string, result: ShardResult): Promise<void>;
  result(programId: string, runId: string, shard: string): Promise<ShardResult | undefined>;
  /** By shard, from the named one on if given; streamed. */
  results(programId: string, runId: string, from?: string): AsyncIterable<ShardResult & { readonly shard: string }>;
  /** What a shard that was cut has come to; the last one counts. */
  putPart(programId: string, runId: string, shard: string, step: ShardStep, part: ShardPart): Promise<void>;
  part(programId: string, runId: string, shard: string, step: ShardStep): Promise<ShardPart | undefined>;
};

/** Steps that are cut inside a shard, each with parts of its own. */
export type ShardStep = 'compute' | 'recount';

/** What the partners of a shard that were worked through came to, so that the others can follow in another call. */
export type ShardPart = Omit<ShardResult, 'factsDigest'> & {
  /** Partners that are done. */
  readonly done: readonly string[];
  /** Of what was read, as `watchFacts` names it. */
  readonly digests: Readonly<Record<string, string>>;
  /** Partners that were cut in the middle: how often. */
  readonly tries: Readonly<Record<string, number>>;
};

/** What one shard's statements came to: enough to summarise a run without reading a line again. */
export type ShardResult = {
  /** Conversions and refunds that were read: counted again before anybody approves. */
  readonly factCount: number;
  /** Of those facts and the adjustments: taken again before anybody approves, so that a changed one is seen too. */
  readonly factsDigest: string;
  /** Conversions by currency, also those that earn nothing; absent in a result that was stored before they were counted. */
  readonly sales?: Readonly<Record<Currency, number>> | undefined;
  readonly statements: readonly StatementSummary[];
};

export type StatementSummary = StatementAmounts & {
  readonly statementId: string;
  readonly partnerId: string;
  readonly currency: Currency;
  readonly digest: string;
};

/** A statement without its lines. */
export type StatementHeader = StatementSummary & {
  readonly period: Period;
  readonly runId: string;
  readonly attempt: number;
  readonly lineCount: number;
};

/** A run of lines that are stored and read together; never splits the lines of one conversion. */
export type LinePage = {
  readonly section: '1' | '2' | '3' | '4' | '5';
  /** The fact of the first line; absent for fees of the period. */
  readonly first?: { readonly occurredAt: Instant; readonly factId: string } | undefined;
  readonly lines: readonly StatementLine[];
};

/** Drafts: append-only, an attempt writes its own. The same facts write the same bytes, so a repeat changes nothing. */
export type StatementWriter = {
  putLines(programId: string, statementId: string, page: LinePage): Promise<void>;
  putNothing(programId: string, statementId: string, ordinal: number, items: readonly NothingEarned[]): Promise<void>;
  /** After its pages. Refused, as `FactsChanged`, when the statement has pages of an earlier try that this writer did not put. */
  putHeader(programId: string, header: StatementHeader): Promise<void>;
  /** Resolves when everything put so far is stored. */
  flush(): Promise<void>;
};

export type StatementReader = {
  header(programId: string, statementId: string): Promise<StatementHeader | undefined>;
  /** The statements of one attempt by partner and currency, of one partner if given. */
  list(
    programId: string,
    run: { readonly period: Period; readonly attempt: number },
    page: { partnerId?: string | undefined; after?: string | undefined; limit: number },
  ): Promise<{ readonly items: readonly StatementHeader[]; readonly after?: string | undefined }>;
  /** Whole pages in the order of the lines. */
  pages(
    programId: string,
    statementId: string,
    page: { after?: string | undefined; limit: number },
  ): Promise<{ readonly items: readonly { sk: string; lines: readonly StatementLine[] }[]; readonly more: boolean }>;
  /** The lines a conversion earned on the statement that paid it, in their order. */
  earnedLines(
    programId: string,
    statementId: string,
    conversion: { readonly occurredAt: Instant; readonly orderId: string },
  ): Promise<readonly StatementLine[]>;
};

/** The workflow engine. */
export type RunWorkflow = {
  /** Starting the same execution twice is fine. */
  start(execution: { readonly name: string; readonly input: RunInput }): Promise<void>;
  /** False when nobody waits for this token any more. */
  resume(token: string, output: Readonly<Record<string, unknown>>): Promise<boolean>;
};

/** What the workflow starts with: ids and waits, never amounts. */
export type RunInput = {
  readonly programId: string;
  readonly runId: string;
  readonly drainSeconds: number;
};
