import type { ReadReport } from '#shared/application/payouts/bank-reports/bank-report-ports';
import type { BankEntry, BankGroup, BankWord } from '#shared/domain/bank/bank-entry';
import { nodeAt, nodesAt, refused, textAt, type XmlNode } from './read-xml.ts';
import { reasonOf } from './reason-codes.ts';
import { amountOf, clipped, referenceAt } from './report-fields.ts';

/** Families of bank transaction codes for money that comes back: returned and reversed credit transfers. */
const RETURN_SUB_FAMILIES = new Set(['RRTN', 'RPCR']);

/**
 * Bank to customer statement (camt.053) and debit credit notification (camt.054), .02 and later: booked entries, one by one or
 * as batches. Source: ISO 20022 message definition report, Bank-to-Customer Cash Management.
 */
export function readCamt(root: XmlNode, kind: 'camt.053' | 'camt.054'): ReadReport {
  const messageId = textAt(root, 'GrpHdr', 'MsgId');
  if (messageId === undefined) throw refused('must have a message id (GrpHdr/MsgId)');
  const accounts = nodesAt(root, kind === 'camt.053' ? 'Stmt' : 'Ntfctn');
  const entries = accounts.flatMap((account) => nodesAt(account, 'Ntry'));
  return { kind, messageId: clipped(messageId), items: entries.flatMap(itemsOf) };
}

type Booked = Pick<BankEntry, 'bankStatus' | 'bankReference' | 'bookedOn'> & { readonly isFinal: boolean };

function itemsOf(entry: XmlNode): readonly (BankEntry | BankGroup)[] {
  // .02 and .04 have the status as text, .08 as a code.
  const status = textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts') ?? 'none';
  const booked: Booked = {
    bankStatus: clipped(status),
    bankReference: referenceAt(entry, 'AcctSvcrRef') ?? referenceAt(entry, 'NtryRef'),
    bookedOn: dateOf(entry),
    isFinal: status === 'BOOK',
  };
  const details = nodesAt(entry, 'NtryDtls');
  const transactions = details.flatMap((detail) => nodesAt(detail, 'TxDtls'));
  const withIds = transactions.filter((one) => referenceAt(one, 'Refs', 'EndToEndId') !== undefined);
  const batch = batchOf(entry, details, transactions);
  if (withIds.length === 0 && batch !== undefined) return [groupOf(entry, batch, booked)];
  if (transactions.length === 0) return [entryOf(entry, undefined, true, booked)];
  return transactions.map((one) => entryOf(entry, one, transactions.length === 1, booked));
}

function entryOf(entry: XmlNode, details: XmlNode | undefined, isOnly: boolean, booked: Booked): BankEntry {
  const direction = directionOf(textAt(details, 'CdtDbtInd') ?? textAt(entry, 'CdtDbtInd'));
  const { isUnreadable, ...amount } = amountOf(
    nodeAt(details, 'Amt') ??
      nodeAt(details, 'AmtDtls', 'TxAmt', 'Amt') ??
      nodeAt(details, 'AmtDtls', 'InstdAmt', 'Amt') ??
      (isOnly ? nodeAt(entry, 'Amt') : undefined),
  );
  const { isFinal, bankReference, ...rest } = booked;
  const own = referenceAt(details, 'Refs', 'AcctSvcrRef') ?? (isOnly ? bankReference : undefined);
  const hasAmount = amount.amountMinor !== undefined;
  return {
    ...rest,
    says: isFinal ? wordOf(entry, details, direction) : 'in_progress',
    reference: referenceAt(details, 'Refs', 'EndToEndId'),
    ...amount,
    direction,
    bankReference: own,
    reason: reasonAt(details),
    // A booking without an amount settles nothing.
    ...(isUnreadable || !hasAmount ? { rule: 'amount_unreadable' } : {}),
  };
}

/** A debit pays; a credit is money back if it says so. Anything else is somebody else's money. */
function wordOf(entry: XmlNode, details: XmlNode | undefined, direction: BankEntry['direction']): BankWord {
  const isReversal = textAt(entry, 'RvslInd') === 'true' || textAt(entry, 'RvslInd') === '1';
  if (direction === 'debit') return isReversal ? 'other' : 'settled';
  const families = [details, entry].map((node) => textAt(node, 'BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd'));
  const isReturn =
    isReversal || nodeAt(details, 'RtrInf') !== undefined || families.some((one) => RETURN_SUB_FAMILIES.has(one ?? ''));
  return direction === 'credit' && isReturn ? 'returned' : 'other';
}

type Batch = Pick<BankGroup, 'messageId' | 'blockId' | 'count'>;

/** Of a batch the ids of our file, wherever the bank wrote them. */
function batchOf(entry: XmlNode, details: readonly XmlNode[], transactions: readonly XmlNode[]): Batch | undefined {
  const batch = details.flatMap((detail) => nodesAt(detail, 'Btch'))[0];
  const refs = transactions.length === 1 ? nodeAt(transactions[0], 'Refs') : undefined;
  const messageId = referenceAt(batch, 'MsgId') ?? referenceAt(refs, 'MsgId');
  const blockId = referenceAt(batch, 'PmtInfId') ?? referenceAt(refs, 'PmtInfId');
  if (messageId === undefined && blockId === undefined) return undefined;
  const count = textAt(batch, 'NbOfTxs');
  const isDebit = directionOf(textAt(entry, 'CdtDbtInd')) === 'debit';
  if (!isDebit) return undefined;
  return { messageId, blockId, ...(count !== undefined && /^\d{1,15}$/.test(count) ? { count: Number(count) } : {}) };
}

function groupOf(entry: XmlNode, batch: Batch, { isFinal, ...booked }: Booked): BankGroup {
  const { amountMinor, currency } = amountOf(nodeAt(entry, 'Amt'));
  return {
    of: 'group',
    says: isFinal ? wordOf(entry, undefined, 'debit') : 'in_progress',
    ...booked,
    ...batch,
    // Without a readable sum nothing can agree with it.
    sumMinor: amountMinor ?? -1n,
    currency,
    direction: 'debit',
    exceptReferences: [],
    exceptBlocks: [],
  };
}

function directionOf(text: string | undefined): BankEntry['direction'] {
  if (text === 'DBIT') return 'debit';
  return text === 'CRDT' ? 'credit' : undefined;
}

function dateOf(entry: XmlNode): string | undefined {
  return (textAt(entry, 'BookgDt', 'Dt') ?? textAt(entry, 'BookgDt', 'DtTm'))?.slice(0, 10);
}

function reasonAt(details: XmlNode | undefined): string | undefined {
  const information = nodeAt(details, 'RtrInf');
  const code = textAt(information, 'Rsn', 'Cd') ?? textAt(information, 'Rsn', 'Prtry');
  return reasonOf(code, textAt(information, 'AddtlInf'));
}
