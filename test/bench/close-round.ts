import { createHash } from 'node:crypto';
import { overShards, type ShardCursor, type ShardWork } from '#shared/application/payouts/runs/shard-ranges';
import type { TimeBox } from '#shared/application/time-box';
import type { PartnerTerms, Plan } from '#shared/domain/plan/plan';
import type { Instant, Period } from '#shared/domain/time/instant';
import { aClosingHalf, NO_FACTS } from '#test/support/builders/closing-half';
import { aPayingHalf } from '#test/support/builders/paying-half';
import { bankPayee, sandboxPayee } from '#test/support/builders/payouts';
import type { FakeLedger } from '#test/support/fakes/ledger';
import type { FakeMoney } from '#test/support/fakes/money';
import { firstPurchaseAt, partnerIds, salesOf, termsOf, USED } from './simulation-facts.ts';

export const PERIOD = '2025-06' as Period;
/** Of a sale: a share by tier and, of the revenue, one by brackets; a tenth of the sales are outside the window. */
const SALES_A_PARTNER = 5;
const SAMPLE_EVERY = 2_000;
const MB = 1_048_576;

export type Stage = {
  readonly name: string;
  readonly seconds: number;
  /** Calls of the function, as if Lambda's time were `callMs`. */
  readonly calls: number;
  /** Highest resident set while the first tenth was done, and in all. */
  readonly peakMbAtTenth: number;
  readonly peakMb: number;
  /** What a collection leaves on the heap when a tenth is done, and at the end. */
  readonly keptMbAtTenth: number;
  readonly keptMb: number;
};
export type Round = {
  readonly partners: number;
  readonly contentHash: string;
  readonly files: Readonly<Record<string, string>>;
  readonly fileBytes: number;
  readonly paidBySandbox: number;
  readonly status: string;
  readonly stages: readonly Stage[];
};

export type Load = {
  readonly partners: number;
  /** Of each partner; default: about ten lines' worth. */
  readonly sales?: number;
  readonly callMs: number;
  readonly money: (fake: FakeMoney) => FakeMoney;
  readonly ledger: (fake: FakeLedger) => FakeLedger;
  readonly invoices?: Parameters<typeof aPayingHalf>[0]['invoices'];
  /** Around every stage, e.g. to count what it calls. */
  readonly around?: (stage: string) => void;
};

/** Closes and pays one month through the use cases, stage by stage as the workflow does, one child after the other. */
export async function closeRound(load: Load): Promise<Round> {
  const { partners: count, callMs, sales = SALES_A_PARTNER } = load;
  const plans: ReadonlyMap<number, Plan> = new Map([[1, USED]]);
  const ids = partnerIds(count);
  const partners: readonly PartnerTerms[] = ids.map(termsOf);
  const payees = Object.fromEntries(ids.map((id, index) => [id, index % 2 === 0 ? BANK : SANDBOX]));
  const closing = aClosingHalf({
    program: { currency: 'EUR', booksOpenFrom: PERIOD, closedThrough: '2025-05' as Period, minimumPayoutMinor: 1n },
    partners,
    plans,
    now: '2025-07-02T08:00:00Z',
    facts: {
      ...NO_FACTS,
      async *conversions(_programId, partnerId, period) {
        if (partnerId !== undefined) yield* salesOf(partnerId, period, sales);
      },
      firstPurchases: async (_programId, customers) =>
        new Map(customers.map((customer) => [customer, { at: firstPurchaseAt(customer) }])),
    },
    payees: { of: (id) => onRecord(id, payees[id]?.rail) },
    through: load.money,
  });
  const { programId } = closing.program;
  const { shards } = closing.money;
  const stages: Stage[] = [];
  const stage = async (name: string, work: (watch: Watch) => Promise<void>): Promise<void> => {
    load.around?.(name);
    const watch = aWatch(callMs);
    const begun = performance.now();
    await work(watch);
    watch.look();
    stages.push({ name, seconds: (performance.now() - begun) / 1_000, ...watch.seen() });
  };

  await closing.ready();
  const { runId } = await closing.open({ programId, period: PERIOD, by: 'person:opener', requestId: 'open' });
  const run = { programId, runId };
  let last = -1;
  const overAll = (name: string, work: ShardWork): Promise<void> =>
    stage(name, async (watch) => {
      const range = overShards(async (input, box) => {
        const answer = await work(input, box);
        if (answer.after === undefined) watch.done(Number(input.shard) / (last + 1));
        return answer;
      });
      let cursor: ShardCursor | undefined;
      do {
        const progress = await range({ ...run, first: 0, last, cursor }, watch.box());
        cursor = progress.done ? undefined : progress.cursor;
      } while (cursor);
    });

  await stage('plan', async () => {
    last = (await closing.plan(run)).shards.length - 1;
  });
  await overAll('compute', closing.compute);
  await overAll('recount', closing.recount);
  await stage('summarise', () => closing.summarise(run));
  await closing.remind(run);
  await closing.request({ ...run, taskToken: 'token' });
  for (const by of ['person:a', 'person:b']) {
    const summarised = await closing.money.runs.get(programId, runId);
    if (summarised) await closing.approve(summarised, by);
  }
  const approved = await closing.money.runs.get(programId, runId);
  if (approved?.decision !== 'approve') throw new Error(`the run is ${approved?.status}, not approved`);

  const paying = aPayingHalf({
    statements: [],
    shards,
    runs: [approved],
    payees,
    reviews: closing.money.reviews,
    through: load.ledger,
    ...(load.invoices ? { invoices: load.invoices } : {}),
    rail: { submit: async () => ({ outcome: 'accepted', reference: 'r' }), find: async () => ({ state: 'accepted' }) },
    clock: tickFrom('2025-07-03T08:00:00Z'),
  });
  await overAll('post', paying.post);
  await overAll('submit', paying.submit);
  await stage('write bank files', async () => void (await paying.writeFiles(run)));
  const digests: Record<string, string> = {};
  let fileBytes = 0;
  for (const { documentKey } of await paying.files.list(programId, runId)) {
    const text = await paying.documents.get(documentKey);
    digests[documentKey] = createHash('sha256').update(text).digest('hex');
    fileBytes += Buffer.byteLength(text);
  }
  return {
    partners: count,
    contentHash: approved.contentHash ?? '',
    files: digests,
    fileBytes,
    paidBySandbox: count - Math.ceil(count / 2),
    status: approved.status,
    stages,
  };
}

const BANK = bankPayee();
const SANDBOX = sandboxPayee();

function onRecord(partnerId: string, rail: 'bank_file' | 'sandbox' | string | undefined) {
  if (rail === undefined) return undefined;
  return {
    payeeId: `${partnerId}.enrolment`,
    rail: rail as 'bank_file',
    changedAt: '2025-01-01T00:00:00.000Z' as Instant,
  };
}

function tickFrom(start: string): () => number {
  let now = Date.parse(start);
  return () => {
    now += 1;
    return now;
  };
}

type Watch = ReturnType<typeof aWatch>;

/** Looks at the resident set now and then, and gives out boxes of time as Lambda does. */
function aWatch(callMs: number) {
  let [calls, looks, peakMbAtTenth, peakMb] = [0, 0, 0, 0];
  let keptMbAtTenth: number | undefined;
  const look = (): void => {
    const mb = process.memoryUsage.rss() / MB;
    if (keptMbAtTenth === undefined) peakMbAtTenth = Math.max(peakMbAtTenth, mb);
    peakMb = Math.max(peakMb, mb);
  };
  return {
    look,
    done: (share: number): void => {
      look();
      if (share >= 0.1) keptMbAtTenth ??= keptNow();
    },
    box: (): TimeBox => {
      const end = performance.now() + callMs;
      calls += 1;
      return {
        isOver: () => {
          looks += 1;
          if (looks % SAMPLE_EVERY === 0) look();
          return performance.now() > end;
        },
      };
    },
    seen: () => {
      const keptMb = keptNow();
      const atTenth = { peakMbAtTenth, keptMbAtTenth: keptMbAtTenth ?? keptMb };
      return { calls: Math.max(calls, 1), ...atTenth, peakMb, keptMb };
    },
  };
}

/** Needs `--expose-gc`; without it, what is on the heap. */
function keptNow(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed / MB;
}
