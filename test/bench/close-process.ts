import { closeRound } from './close-round.ts';
import { aDisk, aWriter, invoicesOnDisk, ledgerOnDisk, runOnDisk, type Written } from './close-stores.ts';

/** A round in a process of its own, so that its memory is its own: `node close-process.ts <partners> <callMs>`. */
const [partners, callMs] = process.argv.slice(2).map(Number);
if (!partners || !callMs) throw new Error('usage: close-process.ts <partners> <callMs>');

const disk = aDisk();
try {
  const written: Written = { lines: 0, pages: 0, bytes: 0, sum: Buffer.alloc(32) };
  const round = await closeRound({
    partners,
    callMs,
    money: runOnDisk(disk, () => aWriter(written)),
    ledger: ledgerOnDisk(disk),
    invoices: invoicesOnDisk(disk),
  });
  const { sum, ...counts } = written;
  console.log(JSON.stringify({ ...round, ...counts, pagesDigest: sum.toString('hex') }));
} finally {
  disk.close();
}
