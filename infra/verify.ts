import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { AuditExportVerdict } from '#shared/application/payouts/proof/verify-audit-export';
import { type Difference, MISSING } from '#shared/application/payouts/proof/verify-differences';
import type { Verification } from '#shared/application/payouts/proof/verify-program';
import type { VerifiedRun } from '#shared/application/payouts/proof/verify-run';
import type { Period } from '#shared/domain/time/instant';
import { verifyAuditFiles } from './verify-audit.ts';
import { composeVerify } from './verify-compose.ts';
import { openTables } from './verify-tables.ts';

/**
 * `npm run verify -- --program ID`: proves the closed months and the audit chain of a programme from what is stored, read-only.
 * --period YYYY-MM   one month instead of all        --data DIR      the local stack whose data is there (default `.local`)
 * --endpoint URL     the database itself instead of a folder: `dynamodbUrl` of its endpoints.json
 *
 * `npm run verify -- --audit FILE`: checks an exported audit chain without any service; parts: --audit FILE --audit NEXT
 * --head HASH        a head that was kept: the chain must still pass through it
 *
 * Exit 0 when all is equal, 1 when something differs (each difference is named), 2 when it could not be verified.
 */

const DIFFERS = 1;
const UNUSABLE = 2;
const HASH_SHOWN = 12;

try {
  const options = readOptions();
  process.exitCode = (await ('files' in options ? proveFiles(options) : proveTables(options))) ? 0 : DIFFERS;
} catch (error) {
  console.error(`Could not verify: ${error instanceof Error ? error.message || error.name : String(error)}`);
  process.exitCode = UNUSABLE;
}

async function proveTables({ programId, period, ...where }: TableOptions): Promise<boolean> {
  const verify = composeVerify(await openTables(where));
  const verification = await verify({ programId, period, onRun: tellRun });
  for (const difference of verification.differences) console.log(textOf(difference));
  if (verification.unnamed > 0) console.log(`... and ${verification.unnamed} more differences of these`);
  if (verification.differences.some(isWithoutRecord)) console.log(adviceFor(programId));
  console.log(summaryOf(verification));
  return verification.differences.length === 0;
}

async function proveFiles({ files, head }: FileOptions): Promise<boolean> {
  const verdict = await verifyAuditFiles(files, head);
  console.log(verdictOf(verdict));
  return verdict.broken === undefined;
}

function verdictOf({ programId, records, head, broken }: AuditExportVerdict): string {
  if (broken !== undefined) return `${broken}\nthe audit chain is broken: ${records} records before that hold`;
  return `audit chain of ${programId}: ${records} records, every link holds, head ${head?.hash}`;
}

type FileOptions = { files: readonly string[]; head?: string | undefined };
type TableOptions = {
  programId: string;
  period?: Period | undefined;
  dataDir?: string | undefined;
  endpoint?: string | undefined;
};

function readOptions(): FileOptions | TableOptions {
  const { values } = parseArgs({
    options: {
      program: { type: 'string' },
      period: { type: 'string' },
      data: { type: 'string' },
      endpoint: { type: 'string' },
      audit: { type: 'string', multiple: true },
      head: { type: 'string' },
    },
  });
  // npm changes to the repository; a relative name means the folder that the person is in.
  const pathOf = (name: string): string => resolve(process.env.INIT_CWD ?? '.', name);
  if (values.head !== undefined && !/^[0-9a-f]{64}$/.test(values.head)) {
    throw new Error(`--head is a SHA-256 in 64 hex digits, not ${values.head}`);
  }
  if (values.audit) return { files: values.audit.map(pathOf), head: values.head };
  if (!values.program) {
    throw new Error('name a programme, or an exported audit chain: npm run verify -- --program ID, or --audit FILE');
  }
  if (values.period !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(values.period)) {
    throw new Error(`--period is a month such as 2026-01, not ${values.period}`);
  }
  return {
    programId: values.program,
    period: values.period as Period | undefined,
    dataDir: values.data === undefined ? undefined : pathOf(values.data),
    endpoint: values.endpoint,
  };
}

function tellRun({ run, statements, lineCount, factCount, contentHash }: VerifiedRun, differences: number): void {
  const counts = `${statements.length} statements, ${lineCount} lines, ${factCount} facts`;
  const verdict = differences === 0 ? 'equal' : counted(differences);
  console.log(`${run.runId}  ${counts}, content hash ${contentHash.slice(0, HASH_SHOWN)}: ${verdict}`);
}

function isWithoutRecord({ subject, field, stored }: Difference): boolean {
  return subject === 'audit' && field === 'record' && stored === MISSING;
}

function adviceFor(programId: string): string {
  return (
    'Effects without a record are older than the audit chain, wait behind a dead-letter alarm of append-audit-records, or were slipped ' +
    `in. Look at each; if they are right, "npm run record-audit -- --program ${programId}" appends their records.`
  );
}

function textOf({ subject, id, field, stored, recomputed }: Difference): string {
  return `${subject} ${id}: ${field}: stored ${stored}, recomputed ${recomputed}`;
}

function summaryOf({
  statements,
  runs,
  entries,
  balances,
  tierReviews,
  audit,
  differences,
  unnamed,
}: Verification): string {
  const count = differences.length + unnamed;
  const verdict = count === 0 ? 'all equal' : counted(count);
  const counts = [`${statements} statements`, `${runs} runs`, `${entries} entries`, `${balances} balances`];
  if (tierReviews) counts.push(`${tierReviews} tier reviews of partners`);
  if (audit) counts.push(`${audit.records} audit records`);
  const late = audit && audit.onTheirWay > 0 ? ` (${audit.onTheirWay} more records are on their way)` : '';
  return `verified ${counts.join(', ')}: ${verdict}${late}`;
}

function counted(differences: number): string {
  return `${differences} ${differences === 1 ? 'difference' : 'differences'}`;
}
