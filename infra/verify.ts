import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { digest } from '#shared/adapters/digest';
import { makeAdjustments } from '#shared/adapters/dynamodb/adjustments';
import { makeBalances } from '#shared/adapters/dynamodb/balances';
import { entryAsStored, makeJournal } from '#shared/adapters/dynamodb/journal';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partner-terms-reader';
import { makePayouts } from '#shared/adapters/dynamodb/payouts';
import { makePlanReader } from '#shared/adapters/dynamodb/plan-reader';
import { makeProgramReader } from '#shared/adapters/dynamodb/program-reader';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referral-facts';
import { makeRunDecisions } from '#shared/adapters/dynamodb/run-decisions';
import { makeRunShards } from '#shared/adapters/dynamodb/run-shards';
import { makeRuns } from '#shared/adapters/dynamodb/runs';
import { makeStatements } from '#shared/adapters/dynamodb/statements';
import type { RunningHash } from '#shared/application/payouts/statement-draft';
import type { Difference } from '#shared/application/payouts/verify-differences';
import { makeVerifyProgram, type Verification, type VerifyProgram } from '#shared/application/payouts/verify-program';
import type { VerifiedRun } from '#shared/application/payouts/verify-run';
import type { Period } from '#shared/domain/instant';
import { type OpenTables, openTables } from './verify-tables.ts';

/**
 * `npm run verify -- --program ID`: proves the closed months of a programme from what is stored, read-only.
 * --period YYYY-MM   one month instead of all        --data DIR      the local stack whose data is there (default `.local`)
 * --endpoint URL     an engine instead of a folder
 * Exit 0 when all is equal, 1 when something differs (each difference is named), 2 when it could not be verified.
 */

const DIFFERS = 1;
const UNUSABLE = 2;
const HASH_SHOWN = 12;
/** Read once: nobody waits for another reading. */
const PROGRAM_TTL_SECONDS = 3_600;

try {
  const { programId, period, ...where } = readOptions();
  const verify = composeVerify(await openTables(where));
  const verification = await verify({ programId, period, onRun: tellRun });
  for (const difference of verification.differences) console.log(textOf(difference));
  if (verification.unnamed > 0) console.log(`... and ${verification.unnamed} more differences of these`);
  console.log(summaryOf(verification));
  process.exitCode = verification.differences.length > 0 ? DIFFERS : 0;
} catch (error) {
  console.error(`Could not verify: ${error instanceof Error ? error.message || error.name : String(error)}`);
  process.exitCode = UNUSABLE;
}

function readOptions(): { programId: string; period?: Period; dataDir?: string; endpoint?: string } {
  const { values } = parseArgs({
    options: {
      program: { type: 'string' },
      period: { type: 'string' },
      data: { type: 'string' },
      endpoint: { type: 'string' },
    },
  });
  if (!values.program) throw new Error('name a programme: npm run verify -- --program ID');
  if (values.period !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(values.period)) {
    throw new Error(`--period is a month such as 2026-01, not ${values.period}`);
  }
  return {
    programId: values.program,
    period: values.period as Period | undefined,
    // npm changes to the repository; a relative name means the folder that the person is in.
    dataDir: values.data === undefined ? undefined : resolve(process.env.INIT_CWD ?? '.', values.data),
    endpoint: values.endpoint,
  };
}

function composeVerify({ documents, names }: OpenTables): VerifyProgram {
  const money = { documents, tableName: names.MONEY_TABLE };
  const clock = Date.now;
  return makeVerifyProgram({
    programs: makeProgramReader({ ...money, ttlSeconds: PROGRAM_TTL_SECONDS, clock }),
    runs: makeRuns(money),
    shards: makeRunShards(money),
    decisions: makeRunDecisions(money),
    plans: makePlanReader(money),
    adjustments: makeAdjustments(money),
    statements: makeStatements(money),
    journal: makeJournal({ ...money, parse: entryAsStored }),
    balances: makeBalances(money),
    payouts: makePayouts(money),
    partners: makePartnerTermsReader({ documents, tableName: names.PARTNERS_TABLE }),
    facts: makeReferralFacts({ documents, tableName: names.REFERRALS_TABLE }),
    digest,
    newHash,
    clock,
    isOutage,
  });
}

function newHash(): RunningHash {
  const hash = createHash('sha256');
  return { update: (text) => void hash.update(text), hex: () => hash.digest('hex') };
}

/** The SDK marks its errors with `$metadata`. */
function isOutage(error: unknown): boolean {
  return typeof error === 'object' && error !== null && '$metadata' in error;
}

function tellRun({ run, statements, lineCount, factCount, contentHash }: VerifiedRun, differences: number): void {
  const counts = `${statements.length} statements, ${lineCount} lines, ${factCount} facts`;
  const verdict = differences === 0 ? 'equal' : counted(differences);
  console.log(`${run.runId}  ${counts}, content hash ${contentHash.slice(0, HASH_SHOWN)}: ${verdict}`);
}

function textOf({ subject, id, field, stored, recomputed }: Difference): string {
  return `${subject} ${id}: ${field}: stored ${stored}, recomputed ${recomputed}`;
}

function summaryOf({ statements, runs, entries, balances, differences, unnamed }: Verification): string {
  const count = differences.length + unnamed;
  const verdict = count === 0 ? 'all equal' : counted(count);
  return `verified ${statements} statements, ${runs} runs, ${entries} entries, ${balances} balances: ${verdict}`;
}

function counted(differences: number): string {
  return `${differences} ${differences === 1 ? 'difference' : 'differences'}`;
}
