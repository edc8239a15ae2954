import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extractTextItems, getDocumentProxy } from 'unpdf';
import { readStatementFonts, type StatementFonts } from '#shared/adapters/pdf/statement-fonts';
import { timeZoneOf } from '#shared/adapters/time-zones';
import type { ReadStatement } from '#shared/application/payouts/statements/export-statement-reading';
import type { Statement, StatementLine } from '#shared/domain/statement/statement';
import { aHeader, aProgramme } from '#test/support/builders/runs';

const require = createRequire(import.meta.url);
const font = (weight: string): Uint8Array =>
  readFileSync(require.resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`));

/** The fonts that the deployed function carries. */
export const FONT_FILES = { regular: font('400Regular'), strong: font('600SemiBold') };
let read: StatementFonts | undefined;
export function fonts(): StatementFonts {
  read ??= readStatementFonts(FONT_FILES);
  return read;
}

export const LONDON = timeZoneOf('Europe/London');

export function aReadStatement(
  changes: Partial<ReadStatement> & { lines?: readonly StatementLine[] } = {},
): ReadStatement {
  const lines = changes.lines ?? [];
  return {
    program: aProgramme(),
    header: aHeader({ lineCount: lines.length }),
    state: 'final',
    held: false,
    partnerName: 'Anna Agency',
    lines,
    facts: { sales: new Map(), refunds: new Map() },
    computedAt: '2026-02-01T08:00:00.000Z',
    ...changes,
  };
}

/** A computed statement as the store gives it, in a currency of the test's choice. */
export function asRead(statement: Statement, currency: string): ReadStatement {
  const { lines, partnerId, period, earnedMinor, clawbackMinor, adjustmentMinor } = statement;
  const { openingBalanceMinor, payableMinor, closingBalanceMinor } = statement;
  const amounts = {
    earnedMinor,
    clawbackMinor,
    adjustmentMinor,
    openingBalanceMinor,
    payableMinor,
    closingBalanceMinor,
  };
  const header = aHeader({ runId: `${period}.1`, partnerId, currency, lineCount: lines.length, ...amounts });
  return aReadStatement({ header, lines });
}

/** The texts of each page of a PDF, in the order in which they were drawn. */
export async function textsOf(pdf: Uint8Array): Promise<readonly (readonly string[])[]> {
  const { items } = await extractTextItems(await getDocumentProxy(new Uint8Array(pdf)));
  return items.map((page) => page.map(({ str }) => str).filter((text) => text.trim() !== ''));
}
