import { inboxItem } from '#shared/adapters/dynamodb/partners/inbox';
import { collectedNoticeKey, mailKey, waitingMailContractKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { Writes } from '#shared/adapters/dynamodb/transact';
import { digestMailId } from '#shared/application/notifications/digest-mail-id';
import type { DigestMail, MailState, Told, WaitingState } from '#shared/application/notifications/outbox';
import { toEpochMs } from '#shared/domain/time/instant';

const MS_PER_SECOND = 1_000;
/** A digest is in its reader's mail; what it was made of is kept for questions about it. */
const DIGEST_KEPT_SECONDS = 400 * 24 * 3_600;

export const NEW = 'attribute_not_exists(pk)';

/** What is written when somebody is told: the inbox item first if there is one, then the claim, then the digest it goes to. */
export function openingWrites(TableName: string, { programId, mailId, inbox, mail }: Told): Writes {
  const put = (Item: Record<string, unknown>): Writes[number] => ({
    Put: { TableName, Item, ConditionExpression: NEW },
  });
  const claim = (state: MailState, more: Record<string, unknown> = {}): Writes[number] =>
    put({ ...mailKey(programId, mailId), programId, mailId, state, ...more });
  const shown = inbox ? [put(inboxItem(inbox))] : [];
  switch (mail.how) {
    case 'none':
      return [...shown, claim('skipped')];
    case 'wait': {
      const { dueAt } = mail;
      const listed = waitingMailContractKey(programId, dueAt, mailId);
      return [...shown, claim('pending', { dueAt, waiting: mail.mail, ...listed })];
    }
    case 'collect': {
      const { digest, notice } = mail;
      const Item = {
        ...collectedNoticeKey(programId, digestMailId(digest), notice.occurredAt, mailId),
        ...notice,
        expiresAt: lapseOf(digest),
      };
      const entry = { Put: { TableName, Item } };
      return [...shown, claim('collected'), entry, addToDigest(TableName, programId, digest, 'notice')];
    }
  }
}

/** Opens a digest or adds to it while it takes more: sums once, which take the place of a digest without. */
export function addToDigest(
  TableName: string,
  programId: string,
  digest: DigestMail,
  what: 'notice' | 'sales',
): Writes[number] {
  const mailId = digestMailId(digest);
  const { contractPk, contractSk } = waitingMailContractKey(programId, digest.to, mailId);
  const takesMore = `(${NEW} OR #state = :collecting)`;
  return {
    Update: {
      TableName,
      Key: mailKey(programId, mailId),
      UpdateExpression: `SET #state = :collecting, programId = :program, mailId = :mail, dueAt = :due, contractPk = :pk, contractSk = :sk, expiresAt = :lapse, waiting = ${
        what === 'notice' ? 'if_not_exists(waiting, :digest)' : ':digest'
      }`,
      ConditionExpression: what === 'notice' ? takesMore : `${takesMore} AND attribute_not_exists(waiting.sales)`,
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':collecting': 'collecting' satisfies WaitingState,
        ':program': programId,
        ':mail': mailId,
        ':due': digest.to,
        ':pk': contractPk,
        ':sk': contractSk,
        ':lapse': lapseOf(digest),
        ':digest': digest,
      },
    },
  };
}

function lapseOf({ to }: DigestMail): number {
  return Math.floor(toEpochMs(to) / MS_PER_SECOND) + DIGEST_KEPT_SECONDS;
}
