import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { partnerRecordOfItem } from '#shared/adapters/dynamodb/partners/agreement-items';
import {
  AGREEMENT_RECORD_SK_PREFIX,
  PAYEE_NOTICE_SK_PREFIX,
  TIER_CHANGE_SK_PREFIX,
  TIER_STEP_SK_PREFIX,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { payeeNoticeOfItem } from '#shared/adapters/dynamodb/partners/payee-items';
import { tierStepOfItem } from '#shared/adapters/dynamodb/partners/tiers/tier-step-items';
import type { PartnerAgreementRecord } from '#shared/application/partners/agreement-ports';
import type { PayeeNotice } from '#shared/application/partners/payee-ports';
import type { TierChange } from '#shared/application/partners/ports';
import type { TierStep } from '#shared/application/partners/tiers/tier-steps';
import type { Instant } from '#shared/domain/time/instant';

/** DynamoDB's own notation of values, as streams carry it. */
const text = z.object({ S: z.string() }).transform(({ S }) => S);
const integer = z.object({ N: z.string() }).transform(({ N }) => Number(N));
const instant = z.object({ S: z.string() }).transform(({ S }) => S as Instant);

const insertSchema = z.object({ eventName: z.literal('INSERT'), dynamodb: z.object({ Keys: z.object({ sk: text }) }) });

const tierChangeSchema = z.object({
  programId: text,
  partnerId: text,
  sequence: integer,
  from: text,
  to: text,
  direction: z
    .object({ S: z.enum(['up', 'down']) })
    .transform(({ S }) => S)
    .optional(),
  effectiveFrom: instant,
  source: z.object({ S: z.enum(['enrolment', 'person', 'review']) }).transform(({ S }) => S),
  reason: text,
  recordedAt: instant,
});

const imageSchema = z.object({ dynamodb: z.object({ NewImage: tierChangeSchema }) });

/** The tier change that a record of the Partners table's stream brings; `undefined` for any other record. @throws ZodError */
export function tierChangeOfRecord(record: unknown): TierChange | undefined {
  const insert = insertSchema.safeParse(record);
  if (!insert.success || !insert.data.dynamodb.Keys.sk.startsWith(TIER_CHANGE_SK_PREFIX)) return undefined;
  return imageSchema.parse(record).dynamodb.NewImage;
}

const anyImageSchema = z.object({ dynamodb: z.object({ NewImage: z.record(z.string(), z.any()) }) });

/** What happened to an agreement, as a record of the stream brings it; `undefined` for any other record. @throws ZodError */
export function agreementRecordOfRecord(record: unknown): PartnerAgreementRecord | undefined {
  const insert = insertSchema.safeParse(record);
  if (!insert.success || !insert.data.dynamodb.Keys.sk.startsWith(AGREEMENT_RECORD_SK_PREFIX)) return undefined;
  return partnerRecordOfItem(unmarshall(anyImageSchema.parse(record).dynamodb.NewImage));
}

/** The change of a payee that a record of the stream brings, when somebody is to be told of it; `undefined` for any other record. @throws ZodError */
export function payeeNoticeOfRecord(record: unknown): PayeeNotice | undefined {
  const insert = insertSchema.safeParse(record);
  if (!insert.success || !insert.data.dynamodb.Keys.sk.startsWith(PAYEE_NOTICE_SK_PREFIX)) return undefined;
  return payeeNoticeOfItem(unmarshall(anyImageSchema.parse(record).dynamodb.NewImage));
}

/** What a review decided, as a record of the stream brings it; `undefined` for any other record. @throws ZodError */
export function tierStepOfRecord(record: unknown): TierStep | undefined {
  const insert = insertSchema.safeParse(record);
  if (!insert.success || !insert.data.dynamodb.Keys.sk.startsWith(TIER_STEP_SK_PREFIX)) return undefined;
  return tierStepOfItem(unmarshall(anyImageSchema.parse(record).dynamodb.NewImage));
}
