import type { LinePage, StatementWriter } from '#shared/application/payouts/ports';
import { wordedLine } from '#shared/domain/statement/calculation-of';
import { canonicalAmounts, canonicalHeader, canonicalLine } from '#shared/domain/statement/canonical-statement';
import type { NothingEarned, StatementAmounts, StatementLine } from '#shared/domain/statement/statement';
import type { Instant, Period } from '#shared/domain/time/instant';

/** A page stays well under the 400 kB of an item; 60 kB cost 60 write units for some hundred lines. */
const MAX_PAGE_BYTES = 60_000;
/** What a stored line takes beside its canonical row: its wording and separators. */
const EXTRA_LINE_BYTES = 16;
const MAX_NOTHING_PER_PAGE = 500;

/** A hash that is fed piece by piece, so that a statement of any length needs no memory. */
export type RunningHash = { update(text: string): void; hex(): string };

export type StatementDraft = {
  /** The lines of one fact, which stay together on a page. */
  add(section: LinePage['section'], fact: Fact | undefined, lines: readonly StatementLine[]): Promise<void>;
  nothing(items: readonly NothingEarned[]): Promise<void>;
  /** Stores what is left and answers digest and number of lines. */
  finish(amounts: StatementAmounts): Promise<{ readonly digest: string; readonly lineCount: number }>;
};

type Fact = { readonly occurredAt: Instant; readonly factId: string };

/** Writes a statement page by page while its digest runs along: memory is flat in the number of lines. */
export function makeStatementDraft(
  writer: StatementWriter,
  hash: RunningHash,
  statement: { programId: string; statementId: string; partnerId: string; period: Period; currency: string },
): StatementDraft {
  const { programId, statementId } = statement;
  let page:
    | { section: LinePage['section']; first: Fact | undefined; lines: StatementLine[]; bytes: number }
    | undefined;
  let nothing: NothingEarned[] = [];
  let nothingPages = 0;
  let lineCount = 0;
  hash.update(canonicalHeader(statement));

  const putPage = async (): Promise<void> => {
    if (!page) return;
    const { section, first, lines } = page;
    page = undefined;
    await writer.putLines(programId, statementId, { section, first, lines });
  };
  const putNothing = async (): Promise<void> => {
    if (nothing.length === 0) return;
    const items = nothing;
    nothing = [];
    nothingPages += 1;
    await writer.putNothing(programId, statementId, nothingPages, items);
  };

  return {
    async add(section, fact, lines) {
      if (lines.length === 0) return;
      let bytes = 0;
      const worded = lines.map(wordedLine);
      for (const line of worded) {
        const row = canonicalLine(line);
        hash.update(row);
        bytes += row.length + (line.calculation?.length ?? 0) + EXTRA_LINE_BYTES;
      }
      lineCount += lines.length;
      if (page && (page.section !== section || page.bytes + bytes > MAX_PAGE_BYTES)) await putPage();
      page ??= { section, first: fact, lines: [], bytes: 0 };
      page.lines.push(...worded);
      page.bytes += bytes;
    },
    async nothing(items) {
      nothing.push(...items);
      if (nothing.length >= MAX_NOTHING_PER_PAGE) await putNothing();
    },
    async finish(amounts) {
      await putPage();
      await putNothing();
      hash.update(canonicalAmounts(amounts));
      return { digest: hash.hex(), lineCount };
    },
  };
}
