import { electronicFormatIBAN, isSEPACountry } from 'ibantools';
import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type {
  BankAccount,
  BankFileContent,
  BankFileFormat,
  BankPayment,
} from '#shared/application/payouts/paying/rail';
import { toDecimal } from '#shared/domain/money/minor-units';
import { toEpcText } from './epc-characters.ts';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
/** EPC implementation guidelines: 70 of the 140 characters that ISO 20022 allows for a name. */
const MAX_NAME = 70;
const MAX_REMITTANCE = 140;

/**
 * ISO 20022 customer credit transfer initiation, pain.001.001.09: one message with a payment information block for
 * SEPA transfers (euro, all accounts in SEPA) and one for all others. Elements are in the order of the schema.
 * Source: ISO 20022 message definition report, Payments Initiation; EPC132-08 (SEPA C2PSP guidelines).
 */
export const pain001: BankFileFormat = {
  name: 'pain.001.001.09',
  render: (content) => {
    const document = create({ version: '1.0', encoding: 'UTF-8' }).ele(NAMESPACE, 'Document');
    const message = document.ele('CstmrCdtTrfInitn');
    const header = message.ele('GrpHdr');
    header.ele('MsgId').txt(content.messageId);
    header.ele('CreDtTm').txt(`${content.createdAt.slice(0, 19)}Z`);
    totals(header, content, content.payments);
    header.ele('InitgPty').ele('Nm').txt(nameOf(content.debtor));
    const isSepa = (payment: BankPayment): boolean =>
      content.currency === 'EUR' && [content.debtor, payment.creditor].every(inSepa);
    const sepa = content.payments.filter(isSepa);
    const others = content.payments.filter((payment) => !isSepa(payment));
    if (sepa.length > 0) paymentInformation(message, content, sepa, 'SEPA');
    if (others.length > 0) paymentInformation(message, content, others, 'OTHER');
    return document.end({ prettyPrint: true });
  },
  endToEndIdsOf: (file) => [...file.matchAll(/<EndToEndId>([^<]+)<\/EndToEndId>/g)].map((match) => match[1] ?? ''),
};

type Level = 'SEPA' | 'OTHER';

function paymentInformation(
  message: XMLBuilder,
  content: BankFileContent,
  payments: readonly BankPayment[],
  level: Level,
): void {
  const block = message.ele('PmtInf');
  // The message id has at most 33 characters, this one 35.
  block.ele('PmtInfId').txt(`${content.messageId}-${level === 'SEPA' ? 'S' : 'O'}`);
  block.ele('PmtMtd').txt('TRF');
  block.ele('BtchBookg').txt('true');
  totals(block, content, payments);
  if (level === 'SEPA') block.ele('PmtTpInf').ele('SvcLvl').ele('Cd').txt('SEPA');
  block.ele('ReqdExctnDt').ele('Dt').txt(content.createdAt.slice(0, 10));
  block.ele('Dbtr').ele('Nm').txt(nameOf(content.debtor));
  accountOf(block.ele('DbtrAcct'), content.debtor);
  debtorAgent(block, content.debtor);
  block.ele('ChrgBr').txt(level === 'SEPA' ? 'SLEV' : 'SHAR');
  for (const payment of payments) creditTransfer(block, content, payment);
}

function totals(parent: XMLBuilder, content: BankFileContent, payments: readonly BankPayment[]): void {
  const sum = payments.reduce((total, payment) => total + payment.amountMinor, 0n);
  parent.ele('NbOfTxs').txt(String(payments.length));
  parent.ele('CtrlSum').txt(toDecimal(sum, content.currency));
}

function creditTransfer(block: XMLBuilder, content: BankFileContent, payment: BankPayment): void {
  const transfer = block.ele('CdtTrfTxInf');
  transfer.ele('PmtId').ele('EndToEndId').txt(payment.endToEndId);
  const amount = toDecimal(payment.amountMinor, content.currency);
  transfer.ele('Amt').ele('InstdAmt', { Ccy: content.currency }).txt(amount);
  const { bic } = payment.creditor;
  if (bic !== undefined) transfer.ele('CdtrAgt').ele('FinInstnId').ele('BICFI').txt(bic);
  transfer.ele('Cdtr').ele('Nm').txt(nameOf(payment.creditor));
  accountOf(transfer.ele('CdtrAcct'), payment.creditor);
  transfer.ele('RmtInf').ele('Ustrd').txt(toEpcText(payment.remittance, MAX_REMITTANCE));
}

/** The debtor's agent is mandatory; without a BIC the guidelines ask for NOTPROVIDED. */
function debtorAgent(block: XMLBuilder, debtor: BankAccount): void {
  const institution = block.ele('DbtrAgt').ele('FinInstnId');
  if (debtor.bic === undefined) institution.ele('Othr').ele('Id').txt('NOTPROVIDED');
  else institution.ele('BICFI').txt(debtor.bic);
}

function accountOf(parent: XMLBuilder, account: BankAccount): void {
  parent
    .ele('Id')
    .ele('IBAN')
    .txt(electronicFormatIBAN(account.iban) ?? account.iban);
}

/** A name of nothing but foreign letters must not come out empty: the element is mandatory. */
function nameOf(account: BankAccount): string {
  return toEpcText(account.name, MAX_NAME) || 'NOTPROVIDED';
}

function inSepa(account: BankAccount): boolean {
  return isSEPACountry(account.iban.trim().slice(0, 2).toUpperCase());
}
