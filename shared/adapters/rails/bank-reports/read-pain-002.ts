import type { ReadReport } from '#shared/application/payouts/bank-reports/bank-report-ports';
import type { BankEntry, BankGroup, BankWord } from '#shared/domain/bank/bank-entry';
import { nodeAt, nodesAt, refused, textAt, type XmlNode } from './read-xml.ts';
import { reasonOf } from './reason-codes.ts';
import { amountOf, clipped, referenceAt } from './report-fields.ts';

/**
 * What a status says (ISO 20022 external code sets of payment status): ACSC and ACCC are settled at the debtor's and the
 * creditor's account; RJCT is refused. Every other one is a station on the way, and PART is told payment by payment.
 */
const WORDS: Readonly<Record<string, BankWord>> = {
  ACSC: 'settled',
  ACCC: 'settled',
  RJCT: 'rejected',
  CANC: 'rejected',
};

const wordOf = (status: string): BankWord => WORDS[status] ?? 'in_progress';

/**
 * Customer payment status report, pain.002.001.03 and later: the statuses of a file, of its blocks and of single payments. What
 * is said of a part counts for that part, what is said of the whole for the rest.
 * Source: ISO 20022 message definition report, Payments Initiation.
 */
export function readPain002(root: XmlNode): ReadReport {
  const messageId = textAt(root, 'GrpHdr', 'MsgId');
  if (messageId === undefined) throw refused('must have a message id (GrpHdr/MsgId)');
  const group = nodeAt(root, 'OrgnlGrpInfAndSts');
  const blocks = nodesAt(root, 'OrgnlPmtInfAndSts');
  const payments = blocks.flatMap((block) => nodesAt(block, 'TxInfAndSts')).map(paymentOf);
  const exceptReferences = payments.flatMap(({ reference }) => reference ?? []);
  const blockGroups = blocks.flatMap((block) =>
    groupOf(block, 'PmtInfSts', { exceptReferences, exceptBlocks: [] }, group),
  );
  const exceptBlocks = blockGroups.flatMap(({ blockId }) => blockId ?? []);
  const whole = group === undefined ? [] : groupOf(group, 'GrpSts', { exceptReferences, exceptBlocks }, group);
  return { kind: 'pain.002', messageId: clipped(messageId), items: [...payments, ...blockGroups, ...whole] };
}

function paymentOf(payment: XmlNode): BankEntry {
  const status = textAt(payment, 'TxSts') ?? 'none';
  const { isUnreadable, ...amount } = amountOf(nodeAt(payment, 'OrgnlTxRef', 'Amt', 'InstdAmt'));
  return {
    says: wordOf(status),
    bankStatus: clipped(status),
    reference: referenceAt(payment, 'OrgnlEndToEndId'),
    ...amount,
    bankReference: referenceAt(payment, 'AcctSvcrRef'),
    reason: reasonAt(payment),
    ...(isUnreadable ? { rule: 'amount_unreadable' } : {}),
  };
}

function groupOf(
  node: XmlNode,
  statusName: 'GrpSts' | 'PmtInfSts',
  except: Pick<BankGroup, 'exceptReferences' | 'exceptBlocks'>,
  group: XmlNode | undefined,
): readonly BankGroup[] {
  const status = textAt(node, statusName);
  if (status === undefined || status === 'PART') return [];
  const count = textAt(node, 'OrgnlNbOfTxs');
  const sum = textAt(node, 'OrgnlCtrlSum');
  return [
    {
      of: 'group',
      says: wordOf(status),
      bankStatus: clipped(status),
      messageId: referenceAt(group, 'OrgnlMsgId'),
      blockId: referenceAt(node, 'OrgnlPmtInfId'),
      ...(count !== undefined && /^\d{1,15}$/.test(count) ? { count: Number(count) } : {}),
      // A control sum has no currency of its own: it is the file's, with as many decimals.
      ...(sum === undefined ? {} : { controlSum: clipped(sum) }),
      reason: reasonAt(node),
      ...except,
    },
  ];
}

function reasonAt(node: XmlNode): string | undefined {
  const information = nodeAt(node, 'StsRsnInf');
  const code = textAt(information, 'Rsn', 'Cd') ?? textAt(information, 'Rsn', 'Prtry');
  return reasonOf(code, textAt(information, 'AddtlInf'));
}
