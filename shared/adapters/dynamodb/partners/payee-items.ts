import * as z from 'zod';
import {
  payeeAccountKey,
  payeeChangeContractKey,
  payeeChangeKey,
  payeeHashKey,
  payeeKey,
  payeeNoticeKey,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import type { PayeeNotice, RecordedPayee, SetPayee } from '#shared/application/partners/payee-ports';
import { type PayeeSummary, summarisePayee } from '#shared/application/payees';
import { PAYOUT_RAILS } from '#shared/domain/ledger/payout';
import type { Instant } from '#shared/domain/time/instant';

/** What the Partners table holds of a payee; parsed whenever it is read. */
type Item = Record<string, unknown>;

/** No id begins so. */
const SET_AT = '@';

const instant = z.string().transform((text) => text as Instant);

/** Details as they are sealed, and as they were stored before they were. */
export const storedPayeeSchema = z.discriminatedUnion('rail', [
  z.object({ rail: z.literal('bank_file'), name: z.string(), iban: z.string(), bic: z.string().optional() }),
  z.object({
    rail: z.literal('nacha'),
    name: z.string(),
    routingNumber: z.string(),
    accountNumber: z.string(),
    accountType: z.enum(['checking', 'savings']),
  }),
  z.object({ rail: z.literal('stripe'), name: z.string(), stripeAccountId: z.string() }),
  z.object({ rail: z.literal('paypal'), name: z.string(), paypalEmail: z.string() }),
  z.object({ rail: z.literal('sandbox'), name: z.string(), behaviour: z.enum(['settle', 'fail', 'return']) }),
]);

const shownSchema = z.object({
  rail: z.enum(PAYOUT_RAILS),
  name: z.string(),
  ibanEnding: z.string().optional(),
  accountEnding: z.string().optional(),
});

const known = {
  changedAt: instant,
  usableFrom: instant.optional(),
  changedBy: z.string(),
  onBehalfOf: z.string().optional(),
};

const itemSchema = z.union([
  z.object({ ...known, payeeId: z.string(), shown: shownSchema, sealed: z.string(), fingerprint: z.string() }),
  // As it was stored before details were sealed, by an installation that has not run seal-payees yet.
  z.object({ ...known, payeeId: z.string().optional(), payee: storedPayeeSchema }),
]);

export function payeeItem(programId: string, partnerId: string, payee: SetPayee): Item {
  const { payeeId, shown, changedAt, usableFrom, changedBy, onBehalfOf } = payee;
  const { sealed, fingerprint } = payee.details;
  const recorded = { payeeId, shown, sealed, fingerprint, changedAt, usableFrom, changedBy, onBehalfOf };
  return { ...payeeKey(programId, partnerId), ...withoutUndefined(recorded) };
}

export function payeeOfItem(item: Item): RecordedPayee {
  const stored = itemSchema.parse(item);
  if ('sealed' in stored) {
    const { sealed, fingerprint, ...rest } = stored;
    return { ...rest, details: { sealed, fingerprint } };
  }
  const { payee, payeeId, ...rest } = stored;
  return {
    // Until its next change it is known by when it was set.
    payeeId: payeeId ?? `${SET_AT}${stored.changedAt}`,
    shown: withoutUndefined(summarisePayee(payee)) as PayeeSummary,
    ...rest,
    details: { plain: payee },
  };
}

/** That the stored payee is still the one with this id. */
export function isStillPayee(payeeId: string): { readonly condition: string; readonly values: Item } {
  if (!payeeId.startsWith(SET_AT)) return { condition: 'payeeId = :before', values: { ':before': payeeId } };
  const at = payeeId.slice(SET_AT.length);
  return {
    // It keeps its id when it is sealed as it is.
    condition: '(attribute_not_exists(payeeId) OR payeeId = :before) AND changedAt = :at',
    values: { ':before': payeeId, ':at': at },
  };
}

/** Written with every payee: the hash of its account, and that the partner is, or once was, paid into it. */
export function payeeAccountItems(programId: string, partnerId: string, accountHash: string | undefined): Item[] {
  const hash = withoutUndefined({ ...payeeHashKey(programId, partnerId), accountHash });
  return accountHash === undefined ? [hash] : [hash, payeeAccountKey(programId, accountHash, partnerId)];
}

export function payeeChangeItem(
  programId: string,
  partnerId: string,
  change: Pick<SetPayee, 'payeeId' | 'changedAt' | 'usableFrom' | 'changedBy' | 'onBehalfOf'>,
): Item {
  const { payeeId, changedAt, usableFrom, changedBy, onBehalfOf } = change;
  return {
    ...payeeChangeKey(programId, partnerId, payeeId),
    ...payeeChangeContractKey(programId, changedAt, payeeId),
    ...withoutUndefined({ partnerId, changedAt, usableFrom, changedBy, onBehalfOf }),
  };
}

const noticeSchema = z.object({
  programId: z.string(),
  partnerId: z.string(),
  payeeId: z.string(),
  name: z.string(),
  email: z.string(),
  shown: shownSchema,
  changedAt: instant,
  usableFrom: instant.optional(),
});

/** What the partner is to be told of a change, and at which address: as it was before. */
export function payeeNoticeItem(notice: PayeeNotice): Item {
  return { ...payeeNoticeKey(notice.programId, notice.partnerId, notice.payeeId), ...withoutUndefined(notice) };
}
export function payeeNoticeOfItem(item: Item): PayeeNotice {
  return noticeSchema.parse(item);
}

function withoutUndefined(fields: object): Item {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
