import { digest } from '#shared/adapters/digest';
import type { OrderDispute } from '#shared/application/payouts/explain/explain-ports';
import type { ClickTokenVerifier, CodeReader, PartnerDirectory } from '#shared/application/referrals/ports';
import {
  makeReattributeConversion,
  type ReattributeConversionInput,
} from '#shared/application/referrals/sales/reattribute-conversion';
import {
  makeRecordConversion,
  type RecordConversionInput,
} from '#shared/application/referrals/sales/record-conversion';
import { makeRecordRefund, type RecordRefundInput } from '#shared/application/referrals/sales/record-refund';
import { NO_FLAGS } from '#shared/domain/tracking/click-token';
import { canonicalCode } from '#shared/domain/tracking/code';
import { aCode, instant } from '#test/support/builders/referrals';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { type FakeReferrals, makeFakeReferrals } from '#test/support/fakes/referrals';

export const NOW = Date.parse('2026-01-16T00:00:00Z');

export const EMAIL_OF_MIRA = 'mira@partners.example';
/** Partners mira and noor; nobody else. */
export const partners: PartnerDirectory = {
  find: async (_programId, partnerId) =>
    ['mira', 'noor'].includes(partnerId) ? { emailHash: digest(`${partnerId}@partners.example`) } : undefined,
};
const knownCodes = [
  aCode(),
  aCode({ code: 'ENDED', validUntil: instant('2026-01-10T00:00:00Z') }),
  aCode({ code: 'SOON', validFrom: instant('2026-02-01T00:00:00Z') }),
  aCode({ code: 'STOPPED', disabled: true }),
  aCode({ code: 'ELSEWHERE', programId: 'other-shop' }),
];
export const codes: CodeReader = {
  find: async (canonical) => knownCodes.find((code) => canonicalCode(code.code) === canonical),
};
export const verifyClick: ClickTokenVerifier = async (token) => {
  const [word, partnerId, programId, clickId = 'click-1', day = '2026-01-14'] = token.split('/');
  if (word !== 'genuine' || !partnerId) return undefined;
  const at = Date.parse(day);
  return { clickId, slug: 'spring', partnerId, programId: programId ?? 'shop', at, flags: NO_FLAGS };
};

export function aSaleInput(overrides: Partial<RecordConversionInput> = {}): RecordConversionInput {
  return {
    programId: 'shop',
    orderId: 'o1',
    customerId: 'c1',
    occurredAt: instant('2026-01-15T12:00:00Z'),
    amountMinor: 10_00n,
    currency: 'GBP',
    ...overrides,
  };
}

export function aRefundInput(overrides: Partial<RecordRefundInput> = {}): RecordRefundInput {
  return {
    programId: 'shop',
    refundId: 'r1',
    orderId: 'o1',
    occurredAt: instant('2026-01-20T12:00:00Z'),
    amountMinor: 4_00n,
    kind: 'refund',
    ...overrides,
  };
}

export function aReattributionInput(overrides: Partial<ReattributeConversionInput> = {}): ReattributeConversionInput {
  return {
    programId: 'shop',
    orderId: 'o1',
    partnerId: 'noor',
    reason: 'The customer came through noor',
    reattributionId: 're1',
    by: 'person:manager',
    ...overrides,
  };
}

/** Recording conversions and refunds, on fakes unless stores are given. Pauses are counted, not slept. */
export function aReferralsHouse(
  given: Partial<FakeReferrals> & {
    readonly disputes?: readonly OrderDispute[];
    readonly verifyClick?: ClickTokenVerifier;
  } = {},
) {
  const fakes = makeFakeReferrals();
  const stores = { ...fakes, ...given };
  const programs = makeFakePrograms(aProgram(), aProgram({ programId: 'other-shop' }));
  const pauses: number[] = [];
  const retry = { pause: async (ms: number) => void pauses.push(ms), random: () => 0.5 };
  const common = { programs, clock: () => NOW, digest, ...retry };
  const conversions = stores.conversions;
  const recordConversion = makeRecordConversion({
    conversions,
    partners,
    codes,
    verifyClick: given.verifyClick ?? verifyClick,
    looks: fakes.looks,
    ...common,
  });
  const recordRefund = makeRecordRefund({ conversions, refunds: stores.refunds, ...common });
  const disputes = { ofOrder: async () => given.disputes ?? [] };
  const reattribute = makeReattributeConversion({ ...stores, partners, disputes, ...common });
  return { ...stores, programs, pauses, recordConversion, recordRefund, reattribute };
}
