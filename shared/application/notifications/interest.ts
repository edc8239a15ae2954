import type { NoticeKind } from '#shared/application/notifications/messages';

/**
 * Which kinds somebody of a programme asked to hear of one by one. What nobody asked for is not published for each fact: a
 * programme may have thousands of sales a day. Interest only grows.
 */
export type NoticeInterest = {
  /** May answer what was so up to CONFIG_TTL_SECONDS ago. */
  wants(programId: string, kind: NoticeKind): Promise<boolean>;
  add(programId: string, kind: NoticeKind): Promise<void>;
};
