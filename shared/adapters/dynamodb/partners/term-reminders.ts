import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { expiresAfter } from '#shared/adapters/dynamodb/expires-at';
import { TERM_REMINDER_SK_PREFIX, termReminderKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { RecordedReminder, TermReminders } from '#shared/application/partners/remind-partners';
import type { Instant } from '#shared/domain/time/instant';

/** What has ended is never told again: its record is kept for questions, and lapses. */
const KEPT_DAYS = 90;

const instantField = z.string().transform((text) => text as Instant);
const recordedSchema = z.object({
  programId: z.string(),
  partnerId: z.string(),
  at: instantField,
  reminder: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('agreement'),
      agreementId: z.string(),
      endsAt: instantField,
      renewal: z.enum(['automatic', 'by_agreement', 'none']).optional(),
      noticeBy: instantField.optional(),
    }),
    z.object({
      kind: z.literal('certification'),
      certificationId: z.string(),
      certification: z.string(),
      endsAt: instantField,
    }),
  ]),
});

/** Of what ends by id and end: one that is renewed ends anew, and is told again. */
export function termReminderItem(recorded: RecordedReminder): Record<string, unknown> {
  const { programId, partnerId, reminder } = recorded;
  const { kind, endsAt } = reminder;
  const id = kind === 'agreement' ? reminder.agreementId : reminder.certificationId;
  const expiresAt = expiresAfter(endsAt, KEPT_DAYS);
  return { ...termReminderKey(programId, partnerId, { kind, id, endsAt }), ...recorded, expiresAt };
}

const insertSchema = z.object({
  eventName: z.literal('INSERT'),
  dynamodb: z.object({
    Keys: z.object({ sk: z.object({ S: z.string().startsWith(TERM_REMINDER_SK_PREFIX) }) }),
    NewImage: z.record(z.string(), z.any()),
  }),
});

/** The reminder that a record of the Partners table's stream brings; `undefined` for any other record. @throws ZodError */
export function termReminderOfRecord(record: unknown): RecordedReminder | undefined {
  const insert = insertSchema.safeParse(record);
  return insert.success ? recordedSchema.parse(unmarshall(insert.data.dynamodb.NewImage)) : undefined;
}

/** Reminders in the Partners table, one item each. */
export function makeTermReminders(table: { documents: DynamoDBDocumentClient; tableName: string }): TermReminders {
  return {
    record: (recorded) => {
      const put = new PutCommand({
        TableName: table.tableName,
        Item: termReminderItem(recorded),
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      return ifConditionHolds(table.documents.send(put));
    },
  };
}
