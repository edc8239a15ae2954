import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { digest } from '#shared/adapters/digest';
import { type AuditExportVerdict, makeAuditExportCheck } from '#shared/application/payouts/proof/verify-audit-export';

/**
 * Checks an exported audit chain, in one file or in parts that follow one another, a line at a time: nothing but the files is read.
 * @throws Error when a file cannot be read
 */
export async function verifyAuditFiles(
  files: readonly string[],
  pinned: string | undefined,
): Promise<AuditExportVerdict> {
  const check = makeAuditExportCheck(digest, pinned);
  for (const file of files) {
    for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
      check.take(line);
    }
  }
  return check.end();
}
