import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { digest } from '#shared/adapters/digest';
import { makeAuditChain } from '#shared/adapters/dynamodb/money/audit/audit-chain';
import { makeAuditedStores } from '#shared/adapters/dynamodb/money/audit/audited-stores';
import { makeProgramReader } from '#shared/adapters/dynamodb/money/programs/program-reader';
import { makeRuns } from '#shared/adapters/dynamodb/money/runs/runs';
import { makeAppendAuditRecords } from '#shared/application/payouts/proof/append-audit-records';
import { makeRecordMissing } from '#shared/application/payouts/proof/record-missing';
import { type Period, toInstant } from '#shared/domain/time/instant';
import { openTables } from './verify-tables.ts';

/**
 * `npm run record-audit -- --program ID`: appends records for stored effects that have none, with the rights of who runs it: reads of
 * Money and Partners, and puts into the audit chains of Money.
 * --data DIR   the local stack whose data is there (default `.local`)        --endpoint URL   an engine instead of a folder
 */

const UNUSABLE = 2;
const PROGRAM_TTL_SECONDS = 3_600;

try {
  const { values } = parseArgs({
    options: { program: { type: 'string' }, data: { type: 'string' }, endpoint: { type: 'string' } },
  });
  if (!values.program) throw new Error('name a programme: npm run record-audit -- --program ID');
  // npm changes to the repository; a relative name means the folder that the person is in.
  const dataDir = values.data === undefined ? undefined : resolve(process.env.INIT_CWD ?? '.', values.data);
  const { effects, appended } = await record(values.program, { dataDir, endpoint: values.endpoint });
  console.log(`${effects} effects are stored; ${appended} had no record and have one now`);
} catch (error) {
  console.error(`Could not record: ${error instanceof Error ? error.message || error.name : String(error)}`);
  process.exitCode = UNUSABLE;
}

async function record(programId: string, where: Parameters<typeof openTables>[0]) {
  const { documents, names } = await openTables(where);
  const money = { documents, tableName: names.MONEY_TABLE };
  const clock = Date.now;
  const tell = (level: string) => (message: string, details?: object) => console.error(level, message, details ?? '');
  const log = { info: tell('info'), warn: tell('warning'), error: tell('error') };
  const recordMissing = makeRecordMissing({
    programs: makeProgramReader({ ...money, ttlSeconds: PROGRAM_TTL_SECONDS, clock }),
    runs: makeRuns(money),
    audited: makeAuditedStores({
      documents,
      moneyTable: names.MONEY_TABLE,
      partnersTable: names.PARTNERS_TABLE,
      digest,
      thisMonth: () => toInstant(clock()).slice(0, 7) as Period,
    }),
    append: makeAppendAuditRecords({ chain: makeAuditChain(money), digest, log, wait, random: Math.random }),
    digest,
  });
  return recordMissing(programId);
}
