import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { railRequestKey } from '#shared/adapters/dynamodb/money/money-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { makeSandboxRail } from '#shared/adapters/rails/sandbox';
import type { Payee } from '#shared/application/payees';
import type { Rail, Rails } from '#shared/application/payouts/paying/rail';
import type { Payout, PayoutRail } from '#shared/domain/ledger/payout';
import { MAX_ACH_AMOUNT_MINOR } from '#shared/domain/ledger/rail-limits';
import { decimalsOf } from '#shared/domain/money/minor-units';
import type { Currency } from '#shared/domain/money/money';
import { ACME_BOTH_FILE_RAILS } from '#test/support/builders/file-rails';
import { type PayingHalf, SHARD } from '#test/support/builders/paying-half';
import { bankPayee, sandboxPayee } from '#test/support/builders/payouts';
import { readNacha } from './nacha-reader.ts';
import { elementsOf, readXml, textsOf } from './pain-reader.ts';

/** A payment as who carries it out was asked for it, read back from what was sent. */
export type AskedPayment = {
  readonly key: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  /** As `accountOf` names it; `undefined` where the rail keeps none. */
  readonly account: string | undefined;
};

export type OpenRail = {
  /** For a run; none for a rail of files. */
  readonly rails?: Rails;
  readonly fileRails?: typeof ACME_BOTH_FILE_RAILS;
  /** Everything that was asked for so far. */
  asked(half: PayingHalf): Promise<readonly AskedPayment[]>;
  /** The next hand-over is carried out and its answer is lost. */
  loseAnswer(half: PayingHalf): void;
  /** The rail, or who writes its file, refuses to pay this partner. */
  refuse(half: PayingHalf, partnerId: string): Promise<void>;
};

/** A rail with what the contract of rails has to know of it. A new rail comes with one of these. */
export type RailUnderTest = {
  readonly rail: PayoutRail;
  readonly currency: Currency;
  /** One that it does not pay; absent for a rail that pays in any. */
  readonly unsupported?: Currency | undefined;
  readonly mostMinor: bigint;
  /** Whether it has a limit of its own below what a programme can owe. */
  readonly isLimited?: boolean | undefined;
  readonly payee: (number: number) => Payee;
  readonly keyOf: (payout: Payout) => string | undefined;
  open(): Promise<OpenRail>;
};

export const MOST_MINOR = BigInt(Number.MAX_SAFE_INTEGER);

/** German IBANs with their check digits. Source: ISO 13616. */
function germanIban(number: number): string {
  const account = `3704004405320130${String(number).padStart(2, '0')}`;
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${account}`;
}

/** The file is stored, and whoever stored it never hears so. */
function loseTheStore({ documents }: PayingHalf): void {
  const putOnce = documents.putOnce.bind(documents);
  documents.putOnce = async (...given) => {
    documents.putOnce = putOnce;
    await putOnce(...given);
    throw new Error('the answer was lost');
  };
}

/** The partner leaves the rail after its payout was claimed for the file, by details that are no newer than the approval. */
async function leaveTheRail(half: PayingHalf, partnerId: string): Promise<void> {
  await half.submit(SHARD);
  half.payees.set(partnerId, sandboxPayee());
}

export const bankFileUnderTest: RailUnderTest = {
  rail: 'bank_file',
  currency: 'EUR',
  mostMinor: MOST_MINOR,
  payee: (number) => bankPayee({ iban: germanIban(number) }),
  keyOf: ({ endToEndId }) => endToEndId,
  open: async () => ({
    fileRails: ACME_BOTH_FILE_RAILS,
    asked: async ({ documents }) =>
      [...documents.texts]
        .filter(([key, text]) => key.endsWith('.xml') && text !== '')
        .flatMap(([, text]) => transfersOf(text)),
    loseAnswer: loseTheStore,
    refuse: leaveTheRail,
  }),
};

function transfersOf(xml: string): readonly AskedPayment[] {
  return elementsOf(readXml(xml), 'CdtTrfTxInf').map((transfer) => {
    const [amount] = elementsOf(transfer, 'InstdAmt');
    const currency = amount?.attributes.Ccy ?? '';
    const [whole = '', decimals = ''] = (amount?.text ?? '').split('.');
    if (decimals.length !== decimalsOf(currency)) throw new Error(`${amount?.text} ${currency}`);
    return {
      key: textsOf(transfer, 'EndToEndId')[0] ?? '',
      amountMinor: BigInt(`${whole}${decimals}`),
      currency,
      account: textsOf(transfer, 'IBAN')[0],
    };
  });
}

export const nachaUnderTest: RailUnderTest = {
  rail: 'nacha',
  currency: 'USD',
  unsupported: 'EUR',
  mostMinor: MAX_ACH_AMOUNT_MINOR,
  isLimited: true,
  payee: (number) => ({
    rail: 'nacha',
    name: number % 2 === 0 ? 'Example Partner LLC' : 'Erika Example',
    routingNumber: number % 2 === 0 ? '021000021' : '011000015',
    accountNumber: String(10_000 + number),
    accountType: number % 2 === 0 ? 'checking' : 'savings',
  }),
  keyOf: ({ endToEndId }) => endToEndId,
  open: async () => ({
    fileRails: ACME_BOTH_FILE_RAILS,
    asked: async ({ documents }) =>
      [...documents.texts]
        .filter(([key, text]) => key.endsWith('.ach') && text !== '')
        .flatMap(([, text]) => entriesOf(text)),
    loseAnswer: loseTheStore,
    refuse: leaveTheRail,
  }),
};

function entriesOf(text: string): readonly AskedPayment[] {
  return readNacha(text).batches.flatMap(({ entries }) =>
    entries.map((entry) => ({
      key: entry.individualId.trimEnd(),
      amountMinor: BigInt(entry.amount),
      currency: 'USD',
      account: `${entry.receivingDfi}${entry.checkDigit}/${entry.accountNumber.trimEnd()}`,
    })),
  );
}

/** A rail whose next answer is lost after it was acted upon. */
function losing(rail: Rail): { readonly rail: Rail; loseAnswer(): void } {
  let losesNext = false;
  return {
    rail: {
      ...rail,
      submit: async (payout, payee) => {
        const answer = await rail.submit(payout, payee);
        if (!losesNext) return answer;
        losesNext = false;
        return { outcome: 'unknown', reason: 'the answer was lost' };
      },
    },
    loseAnswer: () => {
      losesNext = true;
    },
  };
}

export function sandboxUnderTest(
  table: () => { readonly documents: DynamoDBDocumentClient; readonly tableName: string },
): RailUnderTest {
  return {
    rail: 'sandbox',
    currency: 'GBP',
    mostMinor: MOST_MINOR,
    payee: () => sandboxPayee(),
    keyOf: ({ payoutId }) => payoutId,
    open: async () => {
      const { documents, tableName } = table();
      const { rail, loseAnswer } = losing(makeSandboxRail({ documents, tableName, clock: Date.now }));
      const refused = new Set<string>();
      return {
        rails: {
          sandbox: {
            ...rail,
            // It pays whoever it is asked to pay, but for a payee of another rail.
            submit: (payout, payee) =>
              rail.submit(payout, refused.has(payout.partnerId) ? { ...bankPayee(), payeeId: payee.payeeId } : payee),
          },
        },
        asked: async (half) => {
          const asked: AskedPayment[] = [];
          for (const { payoutId, programId } of half.stored.values()) {
            const { pk } = railRequestKey(programId, payoutId);
            const items = queryAll(documents, {
              TableName: tableName,
              KeyConditionExpression: 'pk = :pk',
              ExpressionAttributeValues: { ':pk': pk },
            });
            for await (const item of items) {
              if (item.type === 'rail_request' && item.payoutId === payoutId && item.answer === 'accepted') {
                const amountMinor = BigInt(item.amountMinor as number);
                asked.push({ key: payoutId, amountMinor, currency: String(item.currency), account: undefined });
              }
            }
          }
          return asked;
        },
        loseAnswer,
        refuse: async (_half, partnerId) => void refused.add(partnerId),
      };
    },
  };
}
