import type { Payout } from '#shared/domain/ledger/payout';
import { toDecimal } from '#shared/domain/money/minor-units';

/** Messages as banks write them, from the message definitions of ISO 20022 and of the NACHA rules. */

export type Booked = {
  readonly endToEndId?: string | undefined;
  readonly amountMinor: bigint;
  readonly currency?: string;
  readonly direction?: 'DBIT' | 'CRDT';
  readonly reason?: string;
  readonly status?: string;
  readonly reference?: string;
  readonly reversal?: boolean;
};

/** A payout's payment as the bank books it. */
export function bookedOf(payout: Pick<Payout, 'endToEndId' | 'amountMinor' | 'currency'>): Booked {
  const { endToEndId, amountMinor, currency } = payout;
  return { endToEndId, amountMinor, currency };
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>';

export function camt(
  booked: readonly Booked[],
  over: { kind?: '053' | '054'; version?: '02' | '04' | '08'; messageId?: string; prefix?: string } = {},
): string {
  const { kind = '053', version = '08', messageId = 'STMT-1', prefix = '' } = over;
  const [message, list] = kind === '053' ? ['BkToCstmrStmt', 'Stmt'] : ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'];
  const text = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${kind}.001.${version}"><${message}>
    <GrpHdr><MsgId>${messageId}</MsgId><CreDtTm>2026-02-03T06:00:00Z</CreDtTm></GrpHdr>
    <${list}><Id>1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>
    ${booked.map((one, index) => entry(one, index, version)).join('\n')}</${list}></${message}></Document>`;
  const prefixed = text
    .replaceAll(/<(\/?)([A-Z])/g, (_all, slash, first) => `<${slash}${prefix && `${prefix}:`}${first}`)
    .replace('xmlns=', prefix ? `xmlns:${prefix}=` : 'xmlns=');
  return `${XML}${prefixed}`;
}

function entry(one: Booked, index: number, version: string): string {
  const { amountMinor, currency = 'GBP', direction = 'DBIT', reason, status = 'BOOK' } = one;
  const amount = `<Amt Ccy="${currency}">${toDecimal(amountMinor, currency)}</Amt>`;
  const detail = version === '02' ? `<AmtDtls><TxAmt>${amount}</TxAmt></AmtDtls>` : amount;
  const returned = reason === undefined ? '' : `<RtrInf><Rsn><Cd>${reason}</Cd></Rsn></RtrInf>`;
  const id = one.endToEndId === undefined ? '' : `<EndToEndId>${one.endToEndId}</EndToEndId>`;
  return `<Ntry>${amount}<CdtDbtInd>${direction}</CdtDbtInd>${one.reversal ? '<RvslInd>true</RvslInd>' : ''}
    <Sts>${version === '08' ? `<Cd>${status}</Cd>` : status}</Sts><BookgDt><Dt>2026-02-03</Dt></BookgDt>
    <AcctSvcrRef>${one.reference ?? `B${index}`}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd></Domn></BkTxCd>
    <NtryDtls><TxDtls><Refs>${id}</Refs>${detail}${returned}</TxDtls></NtryDtls></Ntry>`;
}

/** One sum for a whole file or block, without its payments. */
export function batchBooked(of: {
  messageId?: string | undefined;
  blockId?: string | undefined;
  count?: number;
  sumMinor: bigint;
  currency?: string;
}): string {
  const { messageId, blockId, count, sumMinor, currency = 'GBP' } = of;
  const element = (name: string, text: string | number | undefined): string =>
    text === undefined ? '' : `<${name}>${text}</${name}>`;
  return `${XML}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
    <GrpHdr><MsgId>STMT-2</MsgId></GrpHdr><Stmt><Ntry><Amt Ccy="${currency}">${toDecimal(sumMinor, currency)}</Amt>
    <CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><AcctSvcrRef>B9</AcctSvcrRef><NtryDtls><Btch>${element('MsgId', messageId)}${element('PmtInfId', blockId)}${element('NbOfTxs', count)}</Btch></NtryDtls>
    </Ntry></Stmt></BkToCstmrStmt></Document>`;
}

export type PaymentStatus = { readonly endToEndId: string; readonly status: string; readonly reason?: string };

export function pain002(of: {
  messageId?: string;
  original: string;
  version?: '03' | '10';
  groupStatus?: string;
  count?: number;
  controlSum?: string;
  blocks?: readonly {
    readonly blockId: string;
    readonly status?: string;
    readonly payments: readonly PaymentStatus[];
  }[];
}): string {
  const { messageId = 'PSR-1', original, version = '10', groupStatus, count, controlSum, blocks = [] } = of;
  const element = (name: string, text: string | number | undefined): string =>
    text === undefined ? '' : `<${name}>${text}</${name}>`;
  const reasonOf = (reason: string | undefined): string =>
    reason === undefined ? '' : `<StsRsnInf><Rsn><Cd>${reason}</Cd></Rsn></StsRsnInf>`;
  const payments = (all: readonly PaymentStatus[]): string =>
    all
      .map(
        ({ endToEndId, status, reason }) =>
          `<TxInfAndSts><OrgnlEndToEndId>${endToEndId}</OrgnlEndToEndId><TxSts>${status}</TxSts>${reasonOf(reason)}</TxInfAndSts>`,
      )
      .join('');
  return `${XML}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.${version}"><CstmrPmtStsRpt>
    <GrpHdr><MsgId>${messageId}</MsgId><CreDtTm>2026-02-03T06:00:00Z</CreDtTm></GrpHdr>
    <OrgnlGrpInfAndSts><OrgnlMsgId>${original}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>${element('OrgnlNbOfTxs', count)}${element('OrgnlCtrlSum', controlSum)}${element('GrpSts', groupStatus)}${groupStatus === 'RJCT' ? reasonOf('AM10') : ''}</OrgnlGrpInfAndSts>
    ${blocks.map(({ blockId, status, payments: all }) => `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${blockId}</OrgnlPmtInfId>${element('PmtInfSts', status)}${payments(all)}</OrgnlPmtInfAndSts>`).join('')}
    </CstmrPmtStsRpt></Document>`;
}

const padded = (text: string, length: number): string => text.slice(0, length).padEnd(length);

export function nachaReturns(
  returned: readonly { readonly id: string; readonly amountMinor: bigint; readonly code: string }[],
): string {
  const records = [
    padded('101 021000021 1234567892602030630A094101EXAMPLE BANK           ACME INC               ', 94),
    padded('5220ACME INC                            1234567890PPDCOMMISSION260203260204   1021000020000001', 94),
    ...returned.flatMap(({ id, amountMinor, code }, index) => {
      const trace = `02100002${String(index + 1).padStart(7, '0')}`;
      const amount = String(code.startsWith('C') ? 0 : amountMinor).padStart(10, '0');
      const kind = code.startsWith('C') ? '98' : '99';
      return [
        `621021000021${padded('123456789', 17)}${amount}${padded(id, 15)}${padded('A PARTNER', 22)}  1${trace}`,
        padded(`7${kind}${code}02100002${String(index + 900).padStart(7, '0')}`, 79) + trace,
      ];
    }),
    padded('8220', 94),
    padded('9000001', 94),
  ];
  return `${records.join('\n')}\n`;
}
