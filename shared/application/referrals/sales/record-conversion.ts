import { Failure } from '#shared/application/failure';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { keptCustomerId } from '#shared/application/referrals/customers/customer-id';
import type { ConversionRecord, ConversionStore, PartnerDirectory } from '#shared/application/referrals/ports';
import {
  changeOfCustomer,
  type KnownOfCustomer,
  nothingForExistingCustomer,
  weighTouches,
} from '#shared/application/referrals/sales/attribute-sale';
import {
  deviceHashOf,
  type FraudLooks,
  makeLookAtSale,
  type SaleToLookAt,
} from '#shared/application/referrals/sales/check-sale';
import { collectTouches, type TouchSources } from '#shared/application/referrals/sales/collect-touches';
import { isSelfReferral } from '#shared/application/referrals/sales/self-referral';
import {
  allCreditedWon,
  assertOneNaming,
  creditTouches,
  decideCredits,
  partsOfSale,
} from '#shared/application/referrals/sales/split-credit';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { periodOfConversion } from '#shared/domain/facts/facts';
import { type ConvertedFrom, convertMinor } from '#shared/domain/money/convert-money';
import { type CreditShare, inCreditOrder } from '#shared/domain/money/split-credit';
import { type Instant, type Period, toInstant } from '#shared/domain/time/instant';
import type { Touch } from '#shared/domain/tracking/attribution';

export type RecordConversionInput = {
  readonly programId: string;
  readonly orderId: string;
  readonly customerId: string;
  readonly occurredAt: Instant;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly clickToken?: string | undefined;
  /** All that the customer came with, in any order. */
  readonly clickTokens?: readonly string[] | undefined;
  readonly code?: string | undefined;
  readonly partnerId?: string | undefined;
  /** Several partners in place of one; their shares come to 10000 basis points. */
  readonly credits?: readonly CreditShare[] | undefined;
  readonly customerFirstPurchaseAt?: Instant | undefined;
  /** Whether the customer had never bought, as far as the merchant knows. */
  readonly isNewCustomer?: boolean | undefined;
  readonly category?: string | undefined;
  readonly country?: string | undefined;
  readonly convertedFrom?: ConvertedFrom | undefined;
  /** Hashes of the buyer's address and of the account paid from, and any name of the buyer's device. */
  readonly customerEmailHash?: string | undefined;
  readonly paymentHash?: string | undefined;
  readonly deviceHint?: string | undefined;
  /** What is remembered of the customer does not count for these: an earlier sale of theirs was found to be fraud. */
  readonly withoutPartnerIds?: readonly string[] | undefined;
};

/** `repeated`: the same order with the same content was recorded before; `conversion` is that record. */
export type RecordConversionOutput = { readonly conversion: ConversionRecord; readonly repeated: boolean };

export type RecordConversion = (input: RecordConversionInput) => Promise<RecordConversionOutput>;

/**
 * Records a sale once.
 * 0. Hold converted money against its rate.
 * 1. Read what was sent into touches.
 * 2. Read the customer.
 * 3. Find the partner: weigh the touches, decide, note self-referral and customers who bought before.
 * 4. Look for signals of fraud; with one that holds, the sale earns nothing until somebody decides.
 * 5. Stamp the period with the programme's current `closedThrough`.
 * 6. Store the conversion with what it changes of the customer; when another writer was faster, start at 2 again.
 * 7. An order that exists answers its first record if the content is the same.
 * @throws Failure unknown_program, unknown_partner, conversion_conflict, temporarily_unavailable; invalid_request with the
 * expected amount when `convertedFrom` does not come to it
 */
export function makeRecordConversion(
  deps: {
    readonly conversions: ConversionStore;
    readonly programs: ProgramReader;
    readonly partners: PartnerDirectory;
    readonly clock: Clock;
    readonly digest: Digest;
    readonly looks: FraudLooks;
  } & TouchSources &
    RetryDeps,
): RecordConversion {
  const look = makeLookAtSale(deps);
  return async (asked) => {
    // An address goes no further than here.
    const input = { ...asked, customerId: keptCustomerId(deps.digest, asked.customerId) };
    assertConverted(input);
    assertOneNaming(input);
    const contentHash = contentHashOf(input, deps.digest);
    await deps.programs.get(input.programId);
    const sent = await collectTouches(deps, input);
    return retryContended(deps, async () => {
      const history = await deps.conversions.history(input.programId, input.customerId);
      const rules = await deps.programs.get(input.programId);
      const zone = deps.programs.zone(rules.timeZone);
      const periodBy = ({ holdDays, closedThrough }: typeof rules): Period =>
        periodOfConversion(input.occurredAt, holdDays, closedThrough, zone);
      const attributed = await decidePartner(deps, input, { sent, customer: history, program: rules, zone });
      const buyer = buyerOf(input, deps.digest);
      const looked = await look(toLookAt({ ...input, ...buyer, ...attributed, period: periodBy(rules) }), rules.fraud, {
        at: deps.clock(),
        forbidsPaidSearch: rules.tracking.paidSearch === 'forbid',
      });
      // Deciding and looking read: a close may have begun since, and waits for no longer than one write.
      const program = await deps.programs.get(input.programId);
      const period = periodBy(program);
      const conversion: ConversionRecord = {
        programId: input.programId,
        orderId: input.orderId,
        customerId: input.customerId,
        occurredAt: input.occurredAt,
        amountMinor: input.amountMinor,
        currency: input.currency,
        customerFirstPurchaseAt: input.customerFirstPurchaseAt,
        isNewCustomer: input.isNewCustomer,
        category: input.category,
        country: input.country,
        convertedFrom: input.convertedFrom,
        ...buyer,
        ...attributed,
        ...looked,
        period,
        refundedMinor: 0n,
        nettedMinor: 0n,
        recordedAt: toInstant(deps.clock()),
        contentHash,
      };
      const sale = { ...conversion, conversionId: input.orderId, suppliedAt: input.customerFirstPurchaseAt };
      const outcome = await deps.conversions.add(
        conversion,
        changeOfCustomer(history, sale, program, zone),
        partsOfSale(conversion),
      );
      if (outcome === 'exists') return { conversion: await sameOrder(deps, conversion), repeated: true };
      return outcome === 'contended' ? outcome : { conversion, repeated: false };
    });
  };
}

/** What is kept of the hints about a buyer: hashes alone. */
function buyerOf(
  { programId, customerEmailHash, paymentHash, deviceHint }: RecordConversionInput,
  digest: Digest,
): Pick<ConversionRecord, 'customerEmailHash' | 'paymentHash' | 'deviceHash'> {
  const deviceHash = deviceHint === undefined ? undefined : deviceHashOf(digest, programId, deviceHint);
  return { customerEmailHash, paymentHash, deviceHash };
}

function toLookAt(
  sale: Omit<SaleToLookAt, 'partnerIds' | 'touches'> & Pick<ConversionRecord, 'partnerId' | 'credits' | 'attribution'>,
): SaleToLookAt {
  const { credits = [], partnerId, attribution } = sale;
  const partnerIds = partnerId === undefined ? credits.map((credit) => credit.partnerId) : [partnerId];
  return { ...sale, partnerIds, touches: attribution.touches };
}

/** The amount must follow from the money before: otherwise one of the two is wrong, and nobody could say which. */
function assertConverted({ amountMinor, currency, convertedFrom }: RecordConversionInput): void {
  if (convertedFrom === undefined) return;
  if (convertedFrom.currency === currency) {
    throw new Failure('invalid_request', 'Leave convertedFrom out: the amount is in the same currency.', {
      errors: [{ pointer: '/convertedFrom/currency', rule: 'must be another currency than /amount/currency' }],
    });
  }
  const expected = convertMinor(convertedFrom, convertedFrom.rate, currency);
  if (amountMinor === expected) return;
  const { minor, currency: from, rate } = convertedFrom;
  throw new Failure('invalid_request', `Send the amount ${expected}, or the rate that ${amountMinor} was made with.`, {
    errors: [
      {
        pointer: '/amount/minor',
        rule: `must be ${expected}: ${minor} minor units of ${from} at ${rate}, half to even, in minor units of ${currency}`,
      },
    ],
  });
}

async function decidePartner(
  deps: {
    readonly programs: ProgramReader;
    readonly partners: PartnerDirectory;
    readonly digest: Digest;
  } & TouchSources,
  input: RecordConversionInput,
  { sent, customer, ...programme }: { readonly sent: readonly Touch[] } & KnownOfCustomer,
): Promise<Pick<ConversionRecord, 'partnerId' | 'attribution' | 'earnsNothing' | 'credits'>> {
  const touches = [...creditTouches(input.credits), ...sent];
  const remembered = customer.touches?.filter(({ partnerId: of = '' }) => !input.withoutPartnerIds?.includes(of));
  const known = { ...programme, customer: { ...customer, touches: remembered } };
  const { partnerId, attribution, binding } = weighTouches(touches, input.occurredAt, known);
  if (input.credits) {
    const credits = await decideCredits(deps, input, input.credits, (each) =>
      nothingForExistingCustomer(input, each, binding, known),
    );
    return {
      partnerId: undefined,
      credits,
      attribution: { ...attribution, touches: allCreditedWon(attribution.touches) },
    };
  }
  if (partnerId === undefined) return { partnerId, attribution };
  const partner = await deps.partners.find(input.programId, partnerId);
  if (!partner && input.partnerId !== undefined) {
    throw new Failure('unknown_partner', 'Enrol the partner first, or send the id of one that is enrolled.', {
      errors: [{ pointer: '/partnerId', rule: 'is not a partner of this programme' }],
    });
  }
  const isSelf = isSelfReferral(input, partnerId, partner?.emailHash, deps.digest);
  const earnsNothing = isSelf ? 'self_referral' : nothingForExistingCustomer(input, partnerId, binding, known);
  return { partnerId, attribution, ...(earnsNothing === undefined ? {} : { earnsNothing }) };
}

async function sameOrder(
  deps: { readonly conversions: ConversionStore },
  sent: ConversionRecord,
): Promise<ConversionRecord> {
  const recorded = await deps.conversions.find(sent.programId, sent.orderId);
  if (!recorded) throw new Error('an order that exists could not be read');
  if (recorded.contentHash === sent.contentHash) return recorded;
  throw new Failure(
    'conversion_conflict',
    'This order was recorded before with other content. Send a refund or an adjustment to correct it.',
    { errors: [{ pointer: '/orderId', rule: 'was recorded before with other content' }] },
  );
}

/** 128 bits tell two contents of one order apart. */
const CONTENT_HASH_LENGTH = 32;

function contentHashOf(input: RecordConversionInput, digest: Digest): string {
  const content = [
    input.customerId,
    input.occurredAt,
    input.amountMinor.toString(),
    input.currency,
    input.clickToken ?? null,
    input.code ?? null,
    input.partnerId ?? null,
    input.customerFirstPurchaseAt ?? null,
  ];
  // Only where they are sent, so that an order recorded before they existed is still the same order.
  const { category, country, convertedFrom } = input;
  if (category !== undefined || country !== undefined || convertedFrom !== undefined) {
    content.push(category ?? null, country ?? null);
    if (convertedFrom) {
      const { minor, currency, rate, source, at } = convertedFrom;
      content.push(minor.toString(), currency, rate, source, at);
    }
  }
  if (input.credits)
    content.push('credits', ...inCreditOrder(input.credits).map((one) => `${one.partnerId} ${one.shareBps}`));
  const { clickTokens, isNewCustomer } = input;
  if (clickTokens !== undefined) content.push('clickTokens', ...new Set([...clickTokens].sort()));
  if (isNewCustomer !== undefined) content.push('isNewCustomer', String(isNewCustomer));
  const { customerEmailHash, paymentHash, deviceHint } = input;
  for (const [name, hint] of Object.entries({ customerEmailHash, paymentHash, deviceHint })) {
    if (hint !== undefined) content.push(name, hint);
  }
  return digest(JSON.stringify(content)).slice(0, CONTENT_HASH_LENGTH);
}
