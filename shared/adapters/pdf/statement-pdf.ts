import PDFDocument from 'pdfkit';
import type { StatementFonts } from '#shared/adapters/pdf/statement-fonts';
import { layOutStatement } from '#shared/adapters/pdf/statement-pdf-layout';
import { type Mark, PAGE, type PageMarks } from '#shared/adapters/pdf/statement-pdf-marks';
import type { RenderStatement } from '#shared/application/payouts/statements/export-statement-pdf';
import type { StatementDocument } from '#shared/application/payouts/statements/statement-pdf-document';

const COLOURS = {
  ink: '#1c2430',
  muted: '#667080',
  accent: '#1f5a6e',
  warning: '#a4461c',
  inverse: '#ffffff',
  pale: '#eef3f5',
  rule: '#dfe4e8',
  strongRule: '#8b96a3',
  watermark: '#c9cfd6',
} as const;

const WATERMARK = { size: 150, opacity: 0.28, angle: -52 } as const;

/**
 * Writes statements as PDF. No clock and no random id goes in: the same statement gives the same bytes, as long as the
 * versions of the font and the library are the same.
 */
export function makeRenderStatement(fonts: StatementFonts): RenderStatement {
  return (document) => {
    const { pages } = layOutStatement(document, fonts);
    const pdf = new PDFDocument({
      size: [PAGE.width, PAGE.height],
      margin: 0,
      autoFirstPage: false,
      // Not the built-in Helvetica, whose metrics would be read from a file beside the bundle.
      font: null as never,
      lang: document.language,
      pdfVersion: '1.7',
      displayTitle: true,
      info: {
        Title: `${document.title} ${document.footer.statement}`,
        Author: document.programme,
        Creator: 'Tallystick',
        CreationDate: new Date(document.computedAt),
      },
    });
    const chunks: Buffer[] = [];
    const done = new Promise<Uint8Array>((resolve, reject) => {
      pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
      pdf.on('end', () => resolve(Buffer.concat(chunks)));
      pdf.on('error', reject);
    });
    pdf.registerFont('regular', fonts.fonts.regular as never);
    pdf.registerFont('strong', fonts.fonts.strong as never);
    for (const marks of pages) {
      pdf.addPage();
      if (document.state !== 'final') drawWatermark(pdf, document);
      drawPage(pdf, marks);
    }
    pdf.end();
    return done;
  };
}

function drawPage(pdf: PDFKit.PDFDocument, marks: PageMarks): void {
  for (const mark of marks) if (mark.kind === 'panel') draw(pdf, mark);
  for (const mark of marks) if (mark.kind !== 'panel') draw(pdf, mark);
}

function draw(pdf: PDFKit.PDFDocument, mark: Mark): void {
  if (mark.kind === 'panel') {
    pdf.roundedRect(mark.x, mark.y, mark.width, mark.height, 4).fill(COLOURS[mark.shade]);
    return;
  }
  if (mark.kind === 'rule') {
    pdf.rect(mark.x, mark.y, mark.width, mark.strong ? 0.7 : 0.4).fill(mark.strong ? COLOURS.strongRule : COLOURS.rule);
    return;
  }
  pdf.font(mark.face, mark.size).fillColor(COLOURS[mark.shade]);
  pdf.text(mark.text, mark.x, mark.y, { lineBreak: false, baseline: 'alphabetic' });
}

function drawWatermark(pdf: PDFKit.PDFDocument, { stateWord }: StatementDocument): void {
  const text = stateWord.toUpperCase();
  pdf.save();
  pdf.rotate(WATERMARK.angle, { origin: [PAGE.width / 2, PAGE.height / 2] });
  pdf.font('strong', WATERMARK.size).fillColor(COLOURS.watermark, WATERMARK.opacity);
  const width = pdf.widthOfString(text);
  pdf.text(text, (PAGE.width - width) / 2, PAGE.height / 2 + WATERMARK.size / 3, {
    lineBreak: false,
    baseline: 'alphabetic',
  });
  pdf.restore();
  pdf.fillOpacity(1);
}
