/**
 * The fields of a Nacha file by position, first and last column as the rules count them: from 1. Written down from the
 * published layout and not from our writer. Source: Nacha Operating Rules, Appendix Three.
 */
const LAYOUT = {
  '1': {
    priorityCode: [2, 3],
    immediateDestination: [4, 13],
    immediateOrigin: [14, 23],
    creationDate: [24, 29],
    creationTime: [30, 33],
    fileIdModifier: [34, 34],
    recordSize: [35, 37],
    blockingFactor: [38, 39],
    formatCode: [40, 40],
    destinationName: [41, 63],
    originName: [64, 86],
    referenceCode: [87, 94],
  },
  '5': {
    serviceClass: [2, 4],
    companyName: [5, 20],
    discretionaryData: [21, 40],
    companyId: [41, 50],
    entryClass: [51, 53],
    entryDescription: [54, 63],
    descriptiveDate: [64, 69],
    effectiveDate: [70, 75],
    settlementDate: [76, 78],
    originatorStatus: [79, 79],
    originatingDfi: [80, 87],
    batchNumber: [88, 94],
  },
  '6': {
    transactionCode: [2, 3],
    receivingDfi: [4, 11],
    checkDigit: [12, 12],
    accountNumber: [13, 29],
    amount: [30, 39],
    individualId: [40, 54],
    individualName: [55, 76],
    discretionaryData: [77, 78],
    addendaIndicator: [79, 79],
    traceNumber: [80, 94],
  },
  '8': {
    serviceClass: [2, 4],
    entryCount: [5, 10],
    entryHash: [11, 20],
    totalDebit: [21, 32],
    totalCredit: [33, 44],
    companyId: [45, 54],
    authenticationCode: [55, 73],
    reserved: [74, 79],
    originatingDfi: [80, 87],
    batchNumber: [88, 94],
  },
  '9': {
    batchCount: [2, 7],
    blockCount: [8, 13],
    entryCount: [14, 21],
    entryHash: [22, 31],
    totalDebit: [32, 43],
    totalCredit: [44, 55],
    reserved: [56, 94],
  },
} as const;

type RecordType = keyof typeof LAYOUT;
export type NachaRecord<T extends RecordType> = { readonly [field in keyof (typeof LAYOUT)[T]]: string };
export type NachaBatch = {
  readonly header: NachaRecord<'5'>;
  readonly entries: readonly NachaRecord<'6'>[];
  readonly control: NachaRecord<'8'>;
};
export type NachaFile = {
  readonly header: NachaRecord<'1'>;
  readonly batches: readonly NachaBatch[];
  readonly control: NachaRecord<'9'>;
  readonly fillers: number;
  readonly lines: number;
};

/** Reads a file record by record. @throws Error for a record of another length, an unknown one, or one out of its place */
export function readNacha(text: string): NachaFile {
  if (!text.endsWith('\n')) throw new Error('the last record is not ended');
  const lines = text.slice(0, -1).split('\n');
  const bad = lines.findIndex((line) => !/^[\x20-\x7e]{94}$/.test(line));
  if (bad >= 0) throw new Error(`record ${bad + 1} is not of 94 printable characters`);
  const kinds = lines.map((line) => (line === '9'.repeat(94) ? 'f' : line.charAt(0))).join('');
  const order = /^1((?:56+8)+)9(f*)$/.exec(kinds);
  if (!order) throw new Error(`records in this order: ${kinds}`);
  const [, batchKinds = '', fillers = ''] = order;
  let next = 1;
  const batches = (batchKinds.match(/56+8/g) ?? []).map((kindsOfBatch) => {
    const from = next;
    next += kindsOfBatch.length;
    return {
      header: fields('5', lines[from]),
      entries: lines.slice(from + 1, next - 1).map((line) => fields('6', line)),
      control: fields('8', lines[next - 1]),
    };
  });
  return {
    header: fields('1', lines[0]),
    batches,
    control: fields('9', lines[next]),
    fillers: fillers.length,
    lines: lines.length,
  };
}

function fields<T extends RecordType>(type: T, line = ''): NachaRecord<T> {
  const layout: Readonly<Record<string, readonly [number, number]>> = LAYOUT[type];
  return Object.fromEntries(
    Object.entries(layout).map(([name, [first, last]]) => [name, line.slice(first - 1, last)]),
  ) as NachaRecord<T>;
}
