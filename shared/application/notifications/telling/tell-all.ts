import type { NoticeMessage, NoticeTo, Tell, ToldEvent } from '#shared/application/notifications/messages';

/**
 * Tells the same to several audiences: one that could not be told keeps nobody else from hearing of it.
 * @throws Error when somebody was not told and should be; whoever was told by then is not told again
 */
export async function tellAll(
  tell: Tell,
  event: ToldEvent,
  audiences: readonly NoticeTo[],
  message: NoticeMessage,
): Promise<void> {
  const tries = await Promise.allSettled(audiences.map((to) => tell(event, to, message)));
  for (const one of tries) if (one.status === 'rejected') throw one.reason;
}

/** The parts of an event by which it is told once. Instants of events are those of stored facts. */
export function toldEvent({ eventId, programId, occurredAt }: Readonly<Record<keyof ToldEvent, string>>): ToldEvent {
  return { eventId, programId, occurredAt: new Date(occurredAt).toISOString() as ToldEvent['occurredAt'] };
}
