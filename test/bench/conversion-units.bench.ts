import { type DynamoDBDocumentClient, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeRefundStore } from '#shared/adapters/dynamodb/referrals/sales/refunds';
import type { Figure } from '#test/bench/run';
import { anAttributionHouse } from '#test/support/attribution-house';
import { instant } from '#test/support/builders/referrals';
import { aReferralsHouse, aRefundInput, aSaleInput } from '#test/support/referrals-house';
import { aReferralsTable } from '#test/support/referrals-table';

const RETURNING_BUDGET = 2;
const NEW_BUDGET = 5;

/** Write units of recording conversions and refunds, as the engine counts them with ReturnConsumedCapacity INDEXES. */
export async function run(): Promise<Figure[]> {
  const table = await aReferralsTable();
  try {
    const used = countUnits(table.documents);
    const house = aReferralsHouse({ conversions: makeConversionStore(table), refunds: makeRefundStore(table) });
    const measure = async (work: () => Promise<unknown>): Promise<number> => {
      used.reset();
      await work();
      return used.units();
    };
    const code = 'TALLY10';
    const customerFirstPurchaseAt = instant('2025-05-05T00:00:00Z');
    const first = await measure(() => house.recordConversion(aSaleInput({ code })));
    const again = await measure(() =>
      house.recordConversion(aSaleInput({ orderId: 'o2', code, occurredAt: instant('2026-01-16T00:00:00Z') })),
    );
    const supplied = await measure(() =>
      house.recordConversion(aSaleInput({ orderId: 'o3', customerId: 'c3', code, customerFirstPurchaseAt })),
    );
    const free = await measure(() =>
      house.recordConversion(aSaleInput({ orderId: 'o4', customerId: 'c4', amountMinor: 0n })),
    );
    // The longest ids that a programme of ordinary size uses.
    const long = await measure(() =>
      house.recordConversion(
        aSaleInput({
          orderId: 'order-2026-01-15-0000000000000001',
          customerId: '3f0c5e5e-8c1b-4a44-9f1e-1c0ffee0beef',
          clickToken: 'genuine/mira',
          code,
          partnerId: 'mira',
        }),
      ),
    );
    const binding = anAttributionHouse(
      { bindCustomers: 'first_sale', newCustomersOnly: true },
      { conversions: makeConversionStore(table) },
    );
    const customerId = '3f0c5e5e-8c1b-4a44-9f1e-1c0ffee0bound';
    const bound = await measure(() =>
      binding.recordConversion(aSaleInput({ orderId: 'order-2026-01-15-0000000000000002', customerId, code })),
    );
    const boundAgain = await measure(() =>
      binding.recordConversion(aSaleInput({ orderId: 'order-2026-01-15-0000000000000003', customerId })),
    );
    const refund = await measure(() => house.recordRefund(aRefundInput()));
    const credits = ['mira', 'noor'].map((partnerId) => ({ partnerId, shareBps: 5_000 }));
    const split = await measure(() => house.recordConversion(aSaleInput({ orderId: 'o5', credits })));
    const splitRefund = await measure(() => house.recordRefund(aRefundInput({ orderId: 'o5', refundId: 'r5' })));
    const most = (name: string, value: number, budget: number): Figure => {
      return { name, value, unit: 'write units', budget: `at most ${budget}`, ok: value > 0 && value <= budget };
    };
    return [
      most('returning customer', again, RETURNING_BUDGET),
      most('new customer', first, NEW_BUDGET),
      most('new customer with a supplied first purchase', supplied, NEW_BUDGET),
      most('new customer, long ids and three touches', long, NEW_BUDGET),
      most('new customer, bound by its sale', bound, NEW_BUDGET),
      most('returning customer, by its binding', boundAgain, RETURNING_BUDGET),
      most('sale of zero', free, RETURNING_BUDGET),
      { name: 'refund', value: refund, unit: 'write units', ok: refund > 0 },
      { name: 'returning customer, split between two', value: split, unit: 'write units', ok: split > 0 },
      { name: 'refund of a sale split between two', value: splitRefund, unit: 'write units', ok: splitRefund > 0 },
    ];
  } finally {
    await table.stop();
  }
}

type Capacity = {
  readonly Table?: { readonly CapacityUnits?: number };
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits?: number }>>;
  readonly CapacityUnits?: number;
};

/** Asks every write for what it consumed and adds it up. */
function countUnits(documents: DynamoDBDocumentClient): { units: () => number; reset: () => void } {
  let units = 0;
  const send = documents.send.bind(documents) as (command: unknown) => Promise<unknown>;
  documents.send = (async (command: unknown) => {
    const isWrite = command instanceof PutCommand || command instanceof TransactWriteCommand;
    if (isWrite) command.input.ReturnConsumedCapacity = 'INDEXES';
    const answer = (await send(command)) as { ConsumedCapacity?: Capacity | readonly Capacity[] };
    if (isWrite)
      for (const capacity of [answer.ConsumedCapacity ?? []].flat() as Capacity[]) units += capacity.CapacityUnits ?? 0;
    return answer;
  }) as typeof documents.send;
  const reset = (): void => {
    units = 0;
  };
  return { units: () => units, reset };
}
