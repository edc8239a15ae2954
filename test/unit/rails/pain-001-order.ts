export type PainVersion = 'pain.001.001.09' | 'pain.001.001.03';

/** Of the elements of a version, in their order: `?` at most one, `*` any number, `+` at least one. Source: ISO 20022 message definition reports. */
export function painOrder(version: PainVersion): Readonly<Record<string, readonly string[]>> {
  return version === 'pain.001.001.09' ? ORDER_09 : ORDER_03;
}

/** What a text-only element of a version may hold. */
export function painTexts(version: PainVersion): Readonly<Record<string, RegExp>> {
  return version === 'pain.001.001.09' ? TEXT_09 : TEXT_03;
}

/** For the parts that we write and their neighbours. */
const ORDER_09: Readonly<Record<string, readonly string[]>> = {
  Document: ['CstmrCdtTrfInitn'],
  CstmrCdtTrfInitn: ['GrpHdr', 'PmtInf+', 'SplmtryData*'],
  GrpHdr: ['MsgId', 'CreDtTm', 'Authstn*', 'NbOfTxs', 'CtrlSum?', 'InitgPty', 'FwdgAgt?'],
  PmtInf: [
    'PmtInfId',
    'PmtMtd',
    'BtchBookg?',
    'NbOfTxs?',
    'CtrlSum?',
    'PmtTpInf?',
    'ReqdExctnDt',
    'PoolgAdjstmntDt?',
    'Dbtr',
    'DbtrAcct',
    'DbtrAgt',
    'DbtrAgtAcct?',
    'InstrForDbtrAgt?',
    'UltmtDbtr?',
    'ChrgBr?',
    'ChrgsAcct?',
    'ChrgsAcctAgt?',
    'CdtTrfTxInf+',
  ],
  CdtTrfTxInf: [
    'PmtId',
    'PmtTpInf?',
    'Amt',
    'XchgRateInf?',
    'ChrgBr?',
    'ChqInstr?',
    'UltmtDbtr?',
    'IntrmyAgt1?',
    'CdtrAgt?',
    'CdtrAgtAcct?',
    'Cdtr?',
    'CdtrAcct?',
    'UltmtCdtr?',
    'InstrForCdtrAgt*',
    'InstrForDbtrAgt?',
    'Purp?',
    'RgltryRptg*',
    'Tax?',
    'RltdRmtInf*',
    'RmtInf?',
    'SplmtryData*',
  ],
  PmtId: ['InstrId?', 'EndToEndId', 'UETR?'],
  PmtTpInf: ['InstrPrty?', 'SvcLvl*', 'LclInstrm?', 'CtgyPurp?'],
  SvcLvl: ['Cd'],
  ReqdExctnDt: ['Dt'],
  InitgPty: ['Nm?', 'PstlAdr?', 'Id?'],
  Dbtr: ['Nm?', 'PstlAdr?', 'Id?'],
  Cdtr: ['Nm?', 'PstlAdr?', 'Id?'],
  DbtrAcct: ['Id', 'Tp?', 'Ccy?', 'Nm?', 'Prxy?'],
  CdtrAcct: ['Id', 'Tp?', 'Ccy?', 'Nm?', 'Prxy?'],
  DbtrAgt: ['FinInstnId', 'BrnchId?'],
  CdtrAgt: ['FinInstnId', 'BrnchId?'],
  FinInstnId: ['BICFI?', 'ClrSysMmbId?', 'LEI?', 'Nm?', 'PstlAdr?', 'Othr?'],
  Othr: ['Id', 'SchmeNm?', 'Issr?'],
  Amt: ['InstdAmt'],
  RmtInf: ['Ustrd*', 'Strd*'],
};

/** The version of 2009 where it differs. */
const ORDER_03: Readonly<Record<string, readonly string[]>> = {
  ...withoutExecutionDate(ORDER_09),
  CstmrCdtTrfInitn: ['GrpHdr', 'PmtInf+'],
  PmtInf: (ORDER_09.PmtInf ?? []).filter((name) => name !== 'InstrForDbtrAgt?'),
  CdtTrfTxInf: (ORDER_09.CdtTrfTxInf ?? []).filter((name) => name !== 'SplmtryData*'),
  PmtId: ['InstrId?', 'EndToEndId'],
  PmtTpInf: ['InstrPrty?', 'SvcLvl?', 'LclInstrm?', 'CtgyPurp?'],
  DbtrAcct: ['Id', 'Tp?', 'Ccy?', 'Nm?'],
  CdtrAcct: ['Id', 'Tp?', 'Ccy?', 'Nm?'],
  FinInstnId: ['BIC?', 'ClrSysMmbId?', 'Nm?', 'PstlAdr?', 'Othr?'],
};

/** A plain date in the version of 2009. */
function withoutExecutionDate({ ReqdExctnDt: _, ...rest }: Readonly<Record<string, readonly string[]>>): typeof rest {
  return rest;
}

const TEXT_09: Readonly<Record<string, RegExp>> = {
  MsgId: /^.{1,35}$/,
  PmtInfId: /^.{1,35}$/,
  EndToEndId: /^.{1,35}$/,
  CreDtTm: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  NbOfTxs: /^\d{1,15}$/,
  CtrlSum: /^\d{1,17}(\.\d{1,5})?$/,
  InstdAmt: /^\d{1,17}(\.\d{1,5})?$/,
  PmtMtd: /^TRF$/,
  BtchBookg: /^(true|false)$/,
  Dt: /^\d{4}-\d\d-\d\d$/,
  Cd: /^[A-Z]{1,4}$/,
  ChrgBr: /^(DEBT|CRED|SHAR|SLEV)$/,
  Nm: /^.{1,140}$/,
  IBAN: /^[A-Z]{2}\d{2}[A-Za-z0-9]{1,30}$/,
  BICFI: /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/,
  Id: /^.{1,35}$/,
  Ustrd: /^.{1,140}$/,
};

const TEXT_03: Readonly<Record<string, RegExp>> = {
  ...TEXT_09,
  ReqdExctnDt: /^\d{4}-\d\d-\d\d$/,
  BIC: /^[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?$/,
};
