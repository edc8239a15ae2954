import type { Digest } from '#shared/application/ports';
import type { FraudSettings } from '#shared/application/programs';
import type { PartnerDevices, RecentSales } from '#shared/application/referrals/holds/hold-ports';
import type { PartnerDirectory } from '#shared/application/referrals/ports';
import {
  type FraudSignal,
  isHeld,
  type SalesInSpan,
  signalsOfSale,
  velocityLook,
} from '#shared/domain/fraud/fraud-signal';
import { HELD } from '#shared/domain/fraud/hold';
import { type EpochMs, type Instant, type Period, toEpochMs, toInstant } from '#shared/domain/time/instant';
import type { WeighedTouch } from '#shared/domain/tracking/attribution';

const DAY_MS = 86_400_000;
/** 128 bits tell two devices of one programme apart. */
const DEVICE_HASH_LENGTH = 32;

/** What a sale is looked at with; each look is one bounded read, and only where the programme asks for it. */
export type FraudLooks = { readonly recentSales: RecentSales; readonly devices: PartnerDevices };

export type SaleToLookAt = {
  readonly programId: string;
  readonly orderId: string;
  readonly customerId: string;
  readonly paymentHash?: string | undefined;
  readonly deviceHash?: string | undefined;
  readonly occurredAt: Instant;
  readonly period: Period;
  /** Of a split sale all; none: nobody can claim it. */
  readonly partnerIds: readonly string[];
  readonly touches: readonly WeighedTouch[];
  /** Set when the attribution decided so: such a sale needs no hold. */
  readonly earnsNothing?: string | undefined;
};

/** What a sale is recorded with because of its signals. */
export type Looked = {
  readonly signals?: readonly FraudSignal[] | undefined;
  readonly earnsNothing?: string | undefined;
  readonly holdUntil?: Instant | undefined;
};

/** The hash that a device is known by in one programme and nowhere else. */
export function deviceHashOf(digest: Digest, programId: string, deviceHint: string): string {
  return digest(`${programId} ${deviceHint.trim()}`).slice(0, DEVICE_HASH_LENGTH);
}

/**
 * Looks for what may be wrong with a sale that is about to be recorded, by the programme's rules. Reads, for each partner of
 * the sale: at most 100 sales in one query where velocity is looked for; one item where a device hint was sent; who the
 * partner is comes from the directory, which remembers it. Writes nothing, but the device of a partner that bought itself.
 */
export function makeLookAtSale(deps: {
  readonly looks: FraudLooks;
  readonly partners: PartnerDirectory;
}): (
  sale: SaleToLookAt,
  rules: FraudSettings,
  now: { readonly at: EpochMs; readonly forbidsPaidSearch: boolean },
) => Promise<Looked> {
  return async (sale, rules, { at, forbidsPaidSearch }) => {
    const { earnsNothing } = sale;
    if (earnsNothing !== undefined) {
      if (earnsNothing === 'self_referral') await rememberDevice(deps.looks, sale);
      return { earnsNothing };
    }
    const found = await Promise.all(
      sale.partnerIds.map((partnerId) => lookAtPartner(deps, { ...sale, partnerId }, rules, forbidsPaidSearch)),
    );
    const signals = distinct(found.flat());
    if (signals.length === 0) return {};
    if (!isHeld(signals)) return { signals };
    return { signals, earnsNothing: HELD, holdUntil: toInstant(at + rules.holdDeadlineDays * DAY_MS) };
  };
}

/** Two partners of one sale may give the same signal in the same words. */
function distinct(signals: readonly FraudSignal[]): readonly FraudSignal[] {
  return [...new Map(signals.map((signal) => [JSON.stringify(signal), signal])).values()];
}

type OfPartner = SaleToLookAt & { readonly partnerId: string };

async function lookAtPartner(
  deps: { readonly looks: FraudLooks; readonly partners: PartnerDirectory },
  sale: OfPartner,
  rules: FraudSettings,
  forbidsPaidSearch: boolean,
): Promise<readonly FraudSignal[]> {
  const { programId, partnerId, paymentHash, deviceHash, occurredAt, touches } = sale;
  const [partner, byDevice, inSpan] = await Promise.all([
    deps.partners.find(programId, partnerId),
    deviceHash !== undefined &&
      rules.selfReferral !== 'off' &&
      deps.looks.devices.has(programId, partnerId, deviceHash),
    rules.velocity === 'off' ? undefined : countInSpan(deps.looks.recentSales, sale, rules),
  ]);
  const byPayee = await isPaidInto(deps.partners, partner?.accountHash, paymentHash);
  if (byPayee) await rememberDevice(deps.looks, { ...sale, partnerIds: [partnerId] });
  const samePayeeAs = partner?.samePayeeAs ?? [];
  const buyer = { byPayee, byDevice };
  const soldAt = toEpochMs(occurredAt);
  return signalsOfSale({ partnerId, soldAt, touches, forbidsPaidSearch, buyer, samePayeeAs, inSpan }, rules);
}

async function isPaidInto(
  partners: PartnerDirectory,
  accountHash: string | undefined,
  paymentHash: string | undefined,
): Promise<boolean> {
  if (accountHash === undefined || paymentHash === undefined) return false;
  return partners.isAccount ? partners.isAccount(accountHash, paymentHash) : accountHash === paymentHash;
}

async function rememberDevice(
  { devices }: FraudLooks,
  { programId, partnerIds, deviceHash }: Pick<SaleToLookAt, 'programId' | 'partnerIds' | 'deviceHash'>,
): Promise<void> {
  if (deviceHash === undefined) return;
  await Promise.all(partnerIds.map((partnerId) => devices.remember(programId, partnerId, deviceHash)));
}

/**
 * By when sales occurred, so that a history that is imported at once is no burst. An index that lags a moment, and the
 * end of a month, may hide some sales from the count: it is a signal, not a limit.
 */
async function countInSpan(sales: RecentSales, sale: OfPartner, rules: FraudSettings): Promise<SalesInSpan> {
  const { programId, partnerId, period, occurredAt, orderId, customerId, deviceHash } = sale;
  const { spanMs, most } = velocityLook(rules);
  const from = toInstant(toEpochMs(occurredAt) - spanMs);
  const found = await sales.between({ programId, partnerId, period }, { from, to: occurredAt, limit: most });
  const others = found.filter((other) => other.orderId !== orderId);
  return {
    ofPartner: others.length + 1,
    ofCustomer: others.filter((other) => other.customerId === customerId).length + 1,
    ofDevice: deviceHash === undefined ? 0 : others.filter((other) => other.deviceHash === deviceHash).length + 1,
    isLeast: found.length >= most,
  };
}
