import type { DigestMail } from '#shared/application/notifications/outbox';

/** One digest a reader, rhythm and time: the same however often it is opened. */
export function digestMailId({ recipientId, rhythm, to }: Pick<DigestMail, 'recipientId' | 'rhythm' | 'to'>): string {
  return `digest~${recipientId}~${rhythm}~${to}`;
}
