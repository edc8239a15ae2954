import type { BankFormats, FiledPayment, ReadReport } from '#shared/application/payouts/bank-reports/bank-report-ports';
import { readCamt } from './read-camt.ts';
import { isNacha, readNachaReturns } from './read-nacha-returns.ts';
import { readPain002 } from './read-pain-002.ts';
import { nodeAt, nodesAt, readXml, refused, textAt, type XmlNode } from './read-xml.ts';
import { amountOf } from './report-fields.ts';

/** A statement of ten thousand bookings is worked through in minutes; more is two files. */
const MAX_ITEMS = 50_000;

/** What banks answer, by the message's own element whatever its version: pain.002, camt.053 and camt.054, and NACHA return files. */
export const bankFormats: BankFormats = {
  read: (text) => {
    const report = isNacha(text) ? readNachaReturns(text) : readMessage(text);
    if (report.items.length > MAX_ITEMS)
      throw refused(`must have at most ${MAX_ITEMS} entries, has ${report.items.length}`);
    return report;
  },
  paymentsOf: (file) => nodesAt(readXml(file), 'Document', 'CstmrCdtTrfInitn', 'PmtInf').flatMap(paymentsOfBlock),
};

function readMessage(text: string): ReadReport {
  if (!/^\uFEFF?\s*</.test(text))
    throw refused('must be pain.002, camt.053 or camt.054 in XML, or a NACHA return file');
  const xml = readXml(text);
  const document = nodeAt(xml, 'Document');
  if (typeof xml === 'string' || Object.keys(xml).length !== 1 || nodesAt(xml, 'Document').length !== 1 || !document) {
    throw refused('must hold one Document and nothing beside it');
  }
  const status = nodeAt(document, 'CstmrPmtStsRpt');
  if (status !== undefined) return readPain002(status);
  const statement = nodeAt(document, 'BkToCstmrStmt');
  if (statement !== undefined) return readCamt(statement, 'camt.053');
  const notification = nodeAt(document, 'BkToCstmrDbtCdtNtfctn');
  if (notification !== undefined) return readCamt(notification, 'camt.054');
  throw refused('must be a pain.002, camt.053 or camt.054 message');
}

function paymentsOfBlock(block: XmlNode): readonly FiledPayment[] {
  const blockId = textAt(block, 'PmtInfId') ?? '';
  return nodesAt(block, 'CdtTrfTxInf').flatMap((payment) => {
    const reference = textAt(payment, 'PmtId', 'EndToEndId');
    const { amountMinor, currency } = amountOf(nodeAt(payment, 'Amt', 'InstdAmt'));
    if (reference === undefined || amountMinor === undefined || currency === undefined) return [];
    return [{ blockId, reference, amountMinor, currency }];
  });
}
