import { Failure } from '#shared/application/failure';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { ConversionStore, RefundRecord, RefundStore } from '#shared/application/referrals/ports';
import { splitRefund } from '#shared/application/referrals/sales/split-credit';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { isLate, periodOfRefundOrAdjustment } from '#shared/domain/facts/facts';
import { type Instant, toInstant } from '#shared/domain/time/instant';

export type RecordRefundInput = {
  readonly programId: string;
  readonly refundId: string;
  readonly orderId: string;
  readonly occurredAt: Instant;
  readonly amountMinor: bigint;
  readonly kind: 'refund' | 'chargeback';
};

export type RecordRefundOutput = { readonly refund: RefundRecord; readonly repeated: boolean };

export type RecordRefund = (input: RecordRefundInput) => Promise<RecordRefundOutput>;

/**
 * Records a refund or chargeback of a recorded sale once (design.md, Commission semantics 1 and 3).
 * 1. Read the sale; it says partner, currency and period.
 * 2. Stamp the refund's period with the programme's current `closedThrough`; later than the sale's makes it late.
 * 3. Store it, and what it takes from each part of a split sale, together with the sale's sums; one that would exceed the sale is refused whole.
 * 4. A refund that exists answers its first record if the content is the same.
 * @throws Failure unknown_program, unknown_order, refund_exceeds_sale, refund_conflict, temporarily_unavailable
 */
export function makeRecordRefund(
  deps: {
    readonly conversions: Pick<ConversionStore, 'find'>;
    readonly refunds: RefundStore;
    readonly programs: ProgramReader;
    readonly clock: Clock;
    readonly digest: Digest;
  } & RetryDeps,
): RecordRefund {
  return (input) =>
    retryContended(deps, async () => {
      const sale = await deps.conversions.find(input.programId, input.orderId);
      const program = await deps.programs.get(input.programId);
      if (!sale) throw unknownOrder();
      const zone = deps.programs.zone(program.timeZone);
      const period = periodOfRefundOrAdjustment(input.occurredAt, program.closedThrough, zone);
      const refund: RefundRecord = {
        ...input,
        partnerId: sale.partnerId,
        currency: sale.currency,
        period,
        late: isLate(period, sale.period),
        recordedAt: toInstant(deps.clock()),
        contentHash: contentHashOf(input, deps.digest),
      };
      const outcome = await deps.refunds.add(refund, sale.amountMinor, sale.reattributions, splitRefund(sale, refund));
      if (outcome === 'exists') return { refund: await sameRefund(deps.refunds, refund), repeated: true };
      if (outcome === 'exceeds') throw exceedsSale(sale.amountMinor, input.amountMinor);
      return outcome === 'contended' ? outcome : { refund, repeated: false };
    });
}

async function sameRefund(refunds: RefundStore, sent: RefundRecord): Promise<RefundRecord> {
  const recorded = await refunds.find(sent.programId, sent.refundId);
  if (!recorded) throw new Error('a refund that exists could not be read');
  if (recorded.contentHash === sent.contentHash) return recorded;
  throw new Failure('refund_conflict', 'Give another refund its own number.', {
    errors: [{ pointer: '/refundId', rule: 'was recorded before with other content' }],
  });
}

function unknownOrder(): Failure {
  return new Failure('unknown_order', 'Record the order as a conversion first, then its refund.', {
    errors: [{ pointer: '/orderId', rule: 'is not a recorded order of this programme' }],
  });
}

function exceedsSale(saleMinor: bigint, refundMinor: bigint): Failure {
  return new Failure(
    'refund_exceeds_sale',
    'Nothing was recorded. Check the amount and the earlier refunds of the order.',
    {
      errors: [
        {
          pointer: '/amountMinor',
          rule: `${refundMinor} with the earlier refunds would exceed the sale of ${saleMinor} minor units`,
        },
      ],
    },
  );
}

/** 128 bits tell two contents of one refund apart. */
const CONTENT_HASH_LENGTH = 32;

function contentHashOf(input: RecordRefundInput, digest: Digest): string {
  const content = [input.orderId, input.occurredAt, input.amountMinor.toString(), input.kind];
  return digest(JSON.stringify(content)).slice(0, CONTENT_HASH_LENGTH);
}
