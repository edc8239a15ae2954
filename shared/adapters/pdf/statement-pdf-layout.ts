import type { StatementFonts } from '#shared/adapters/pdf/statement-fonts';
import {
  BODY,
  HEAD,
  type Layout,
  PAGE,
  RIGHT,
  SMALL,
  STRONG,
  style,
  WIDTH,
} from '#shared/adapters/pdf/statement-pdf-marks';
import { makeSheet, type Sheet } from '#shared/adapters/pdf/statement-pdf-sheet';
import { drawSection } from '#shared/adapters/pdf/statement-pdf-table';
import type { StatementDocument } from '#shared/application/payouts/statements/statement-pdf-document';
import { WORDS } from '#shared/application/payouts/statements/statement-pdf-words';

/** Lays a statement out page by page. The same document gives the same marks. */
export function layOutStatement(document: StatementDocument, fonts: StatementFonts): Layout {
  const sheet = makeSheet(fonts, document);
  drawHead(sheet, document);
  drawSummary(sheet, document);
  if (document.sections.length === 0) {
    sheet.move(18);
    sheet.paragraph(WORDS.noLines, SMALL, PAGE.margin, WIDTH);
  }
  for (const section of document.sections) drawSection(sheet, section);
  drawProof(sheet, document);
  return sheet.finish();
}

function drawHead(sheet: Sheet, document: StatementDocument): void {
  if (document.stateNote !== '') {
    const top = sheet.at() - 14;
    const note = sheet.wrap(document.stateNote, style(9, 'inverse', 'strong'), WIDTH - 24);
    const height = 12 + note.length * 12;
    sheet.mark({ kind: 'panel', x: PAGE.margin, y: top, width: WIDTH, height, shade: 'warning' });
    for (const [index, line] of note.entries())
      sheet.put(line, style(9, 'inverse', 'strong'), PAGE.margin + 12, top + 15 + index * 12);
    sheet.move(height + 4);
  }
  sheet.put(document.title.toUpperCase(), style(8, 'accent', 'strong'), PAGE.margin, sheet.at() + 8);
  sheet.putRight(
    document.stateWord,
    style(8, document.state === 'final' ? 'accent' : 'warning', 'strong'),
    RIGHT,
    sheet.at() + 8,
  );
  sheet.move(18);
  for (const line of sheet.wrap(document.programme, style(20, 'ink', 'strong'), WIDTH)) {
    sheet.put(line, style(20, 'ink', 'strong'), PAGE.margin, sheet.at() + 18);
    sheet.move(25);
  }
  sheet.move(12);
  const top = sheet.at();
  const column = WIDTH / 2 - 12;
  sheet.put(document.partner.label, SMALL, PAGE.margin, top + 8);
  sheet.move(13);
  sheet.paragraph(document.partner.value, style(12, 'ink', 'strong'), PAGE.margin, column);
  sheet.move(6);
  for (const { label, value } of document.facts) {
    const at = sheet.at();
    sheet.put(label, SMALL, PAGE.margin, at + 8);
    sheet.paragraph(value, BODY, PAGE.margin + 62, column - 62);
    sheet.move(2.5);
  }
  const end = drawPayable(sheet, document, top);
  sheet.move(Math.max(0, end - sheet.at()) + 22);
}

/** The amount that the reader came for. Answers where its panel ends. */
function drawPayable(sheet: Sheet, { payable }: StatementDocument, top: number): number {
  const x = PAGE.margin + WIDTH / 2 + 12;
  const inner = WIDTH / 2 - 12 - 32;
  const note = sheet.wrap(payable.note, SMALL, inner);
  const size =
    [26, 22, 18, 14, 11].find((one) => sheet.wrap(payable.amount, style(one, 'ink', 'strong'), inner).length < 2) ?? 9;
  const height = 66 + note.length * 10 + (note.length > 0 ? 6 : 0);
  sheet.mark({ kind: 'panel', x, y: top, width: WIDTH / 2 - 12, height, shade: 'pale' });
  sheet.put(payable.label, style(8, 'muted', 'strong'), x + 16, top + 22);
  sheet.put(payable.amount, style(size, 'ink', 'strong'), x + 16, top + 50);
  for (const [index, line] of note.entries()) sheet.put(line, SMALL, x + 16, top + 70 + index * 10);
  return top + height;
}

function drawSummary(sheet: Sheet, { summary, facts }: StatementDocument): void {
  const currency = facts.find(({ label }) => label === WORDS.currency)?.value ?? '';
  sheet.put(WORDS.summary, style(11, 'ink', 'strong'), PAGE.margin, sheet.at() + 10);
  sheet.putRight(`${WORDS.columns.amount} ${currency}`, HEAD, RIGHT, sheet.at() + 10);
  sheet.move(17);
  sheet.mark({ kind: 'rule', x: PAGE.margin, y: sheet.at(), width: WIDTH, strong: true });
  sheet.move(4);
  for (const [index, { label, amount, weight }] of summary.entries()) {
    const styled = weight === 'part' ? SMALL : weight === 'total' ? STRONG : BODY;
    if (weight === 'total' && summary[index - 1]?.weight !== 'total') {
      sheet.mark({ kind: 'rule', x: PAGE.margin, y: sheet.at() + 2, width: WIDTH, strong: false });
      sheet.move(5);
    }
    sheet.need(14);
    sheet.put(label, styled, PAGE.margin + (weight === 'part' ? 12 : 0), sheet.at() + 9);
    sheet.putRight(amount, styled, weight === 'part' ? RIGHT - 86 : RIGHT, sheet.at() + 9);
    sheet.move(weight === 'part' ? 12 : 14);
  }
}

function drawProof(sheet: Sheet, { proof }: StatementDocument): void {
  sheet.move(26);
  sheet.need(96);
  sheet.put(proof.title, STRONG, PAGE.margin, sheet.at() + 9);
  sheet.move(14);
  sheet.paragraph(proof.text, SMALL, PAGE.margin, WIDTH);
  sheet.move(4);
  sheet.put(proof.digest.label, SMALL, PAGE.margin, sheet.at() + 8);
  sheet.paragraph(proof.digest.value, BODY, PAGE.margin + 72, WIDTH - 72);
  if (sheet.isIncomplete()) {
    sheet.move(6);
    sheet.paragraph(WORDS.unprintable, SMALL, PAGE.margin, WIDTH);
  }
}
