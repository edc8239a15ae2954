import { electronicFormatIBAN, isSEPACountry } from 'ibantools';
import type {
  BankAccount,
  BankFileFormat,
  BankPayment,
  FileContent,
} from '#shared/application/payouts/paying/file-rail';
import { toDecimal } from '#shared/domain/money/minor-units';
import { toEpcText } from './epc-characters.ts';
import { toXmlDocument, type XmlElement } from './xml-text.ts';

/** EPC implementation guidelines: 70 of the 140 characters that ISO 20022 allows for a name. */
const MAX_NAME = 70;
const MAX_REMITTANCE = 140;
/** A SEPA credit transfer pays at most 999,999,999.99 euro. Source: EPC132-08, Instructed Amount. */
const MAX_SEPA_MINOR = 99_999_999_999n;

/** Each transfer of a file that was rendered here, whatever stands between its elements. */
const TRANSFERS = /<EndToEndId>([^<]+)<\/EndToEndId>\s*<\/PmtId>\s*<Amt>\s*<InstdAmt[^>]*>([\d.]+)</g;

/** How a version of the message says what another says differently. */
type Dialect = {
  readonly version: string;
  readonly bicElement: string;
  /** BIC as the version's schema takes it. */
  readonly bic: RegExp;
  readonly executionDate: (date: string) => XmlElement;
};
type Content = FileContent<BankAccount, BankAccount>;

/** Version of 2019, the one of the SEPA guidelines since November 2023. Source: ISO 20022 message definition report, Payments Initiation. */
export const pain001: BankFileFormat = formatOf({
  version: 'pain.001.001.09',
  bicElement: 'BICFI',
  bic: /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/,
  executionDate: (date) => ['ReqdExctnDt', [['Dt', date]]],
});

/** Version of 2009, for banks that take no newer one: the execution date is plain and a BIC has letters only before its country. */
export const pain001v03: BankFileFormat = formatOf({
  version: 'pain.001.001.03',
  bicElement: 'BIC',
  bic: /^[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?$/,
  executionDate: (date) => ['ReqdExctnDt', date],
});

/**
 * ISO 20022 customer credit transfer initiation: one message with a payment information block for SEPA transfers
 * (euro, all accounts in SEPA) and one for all others. Elements are in the order of the schema.
 * Source: ISO 20022 message definition report, Payments Initiation; EPC132-08 (SEPA C2PSP guidelines).
 */
function formatOf(dialect: Dialect): BankFileFormat {
  return {
    rail: 'bank_file',
    name: dialect.version,
    mediaType: 'application/xml',
    extension: 'xml',
    stem: 'pain.001',
    render: (content) => {
      const isSepa = (payment: BankPayment): boolean =>
        content.currency === 'EUR' &&
        payment.amountMinor <= MAX_SEPA_MINOR &&
        [content.payer, payment.creditor].every(inSepa);
      const sepa = content.payments.filter(isSepa);
      const others = content.payments.filter((payment) => !isSepa(payment));
      return toXmlDocument([
        'Document',
        [
          [
            'CstmrCdtTrfInitn',
            [
              groupHeader(content),
              ...(sepa.length > 0 ? [paymentInformation(dialect, content, sepa, 'SEPA')] : []),
              ...(others.length > 0 ? [paymentInformation(dialect, content, others, 'OTHER')] : []),
            ],
          ],
        ],
        { xmlns: `urn:iso:std:iso:20022:tech:xsd:${dialect.version}` },
      ]);
    },
    nameOf: (file) => /urn:iso:std:iso:20022:tech:xsd:(pain\.001\.001\.\d\d)/.exec(file)?.[1] ?? dialect.version,
    endToEndIdsOf: (file) => Array.from(file.matchAll(/<EndToEndId>([^<]+)<\/EndToEndId>/g), (match) => match[1] ?? ''),
    amountsOf: (file) => {
      const amounts = new Map<string, bigint>();
      for (const [, id = '', decimal = ''] of file.matchAll(TRANSFERS)) {
        // All decimals of the currency are always written (`toDecimal`).
        amounts.set(id, BigInt(decimal.replace('.', '')));
      }
      return amounts;
    },
  };
}

function groupHeader(content: Content): XmlElement {
  return [
    'GrpHdr',
    [
      ['MsgId', content.messageId],
      ['CreDtTm', `${content.createdAt.slice(0, 19)}Z`],
      ...totals(content, content.payments),
      ['InitgPty', [['Nm', nameOf(content.payer)]]],
    ],
  ];
}

type Level = 'SEPA' | 'OTHER';

function paymentInformation(
  dialect: Dialect,
  content: Content,
  payments: readonly BankPayment[],
  level: Level,
): XmlElement {
  return ['PmtInf', elements()];

  function* elements(): Generator<XmlElement> {
    // The message id has at most 33 characters, this one 35.
    yield ['PmtInfId', `${content.messageId}-${level === 'SEPA' ? 'S' : 'O'}`];
    yield ['PmtMtd', 'TRF'];
    yield ['BtchBookg', 'true'];
    yield* totals(content, payments);
    if (level === 'SEPA') yield ['PmtTpInf', [['SvcLvl', [['Cd', 'SEPA']]]]];
    yield dialect.executionDate(content.createdAt.slice(0, 10));
    yield ['Dbtr', [['Nm', nameOf(content.payer)]]];
    yield ['DbtrAcct', account(content.payer)];
    yield ['DbtrAgt', debtorAgent(dialect, content.payer)];
    yield ['ChrgBr', level === 'SEPA' ? 'SLEV' : 'SHAR'];
    for (const payment of payments) yield creditTransfer(dialect, content, payment);
  }
}

function totals(content: Content, payments: readonly BankPayment[]): readonly XmlElement[] {
  const sum = payments.reduce((total, payment) => total + payment.amountMinor, 0n);
  return [
    ['NbOfTxs', String(payments.length)],
    ['CtrlSum', toDecimal(sum, content.currency)],
  ];
}

function creditTransfer(dialect: Dialect, content: Content, payment: BankPayment): XmlElement {
  const amount = toDecimal(payment.amountMinor, content.currency);
  const bic = bicOf(dialect, payment.creditor);
  return [
    'CdtTrfTxInf',
    [
      ['PmtId', [['EndToEndId', payment.endToEndId]]],
      ['Amt', [['InstdAmt', amount, { Ccy: content.currency }]]],
      ...(bic === undefined ? [] : [['CdtrAgt', [['FinInstnId', [[dialect.bicElement, bic]]]]] as const]),
      ['Cdtr', [['Nm', nameOf(payment.creditor)]]],
      ['CdtrAcct', account(payment.creditor)],
      ['RmtInf', [['Ustrd', toEpcText(payment.remittance, MAX_REMITTANCE)]]],
    ],
  ];
}

/** The debtor's agent is mandatory; without a BIC the guidelines ask for NOTPROVIDED. */
function debtorAgent(dialect: Dialect, debtor: BankAccount): readonly XmlElement[] {
  const bic = bicOf(dialect, debtor);
  return [['FinInstnId', bic === undefined ? [['Othr', [['Id', 'NOTPROVIDED']]]] : [[dialect.bicElement, bic]]]];
}

/** A BIC that the schema would refuse is left out: the IBAN says the bank, and one BIC must not stop a whole file. */
function bicOf(dialect: Dialect, { bic }: BankAccount): string | undefined {
  const capitals = bic?.toUpperCase();
  return capitals !== undefined && dialect.bic.test(capitals) ? capitals : undefined;
}

function account({ iban }: BankAccount): readonly XmlElement[] {
  return [['Id', [['IBAN', electronicFormatIBAN(iban) ?? iban]]]];
}

/** A name of nothing but foreign letters must not come out empty: the element is mandatory. */
function nameOf({ name }: BankAccount): string {
  return toEpcText(name, MAX_NAME) || 'NOTPROVIDED';
}

function inSepa({ iban }: BankAccount): boolean {
  return isSEPACountry(iban.trim().slice(0, 2).toUpperCase());
}
