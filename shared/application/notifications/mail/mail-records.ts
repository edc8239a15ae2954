import type { Page } from '#shared/application/ports';
import type { MailHealth } from '#shared/domain/mail/mail-health';

/** What is known of an address in a programme, by its hash. */
export type MailRecord = MailHealth & {
  readonly programId: string;
  readonly addressHash: string;
  readonly maskedAddress: string;
  /** Grows by one with each save; 0 for one that was never saved. */
  readonly version: number;
};

export type MailRecords = {
  find(programId: string, addressHash: string): Promise<MailRecord | undefined>;
  /** The record that `version` was read of, changed; `stale` when somebody else was faster. */
  save(record: MailRecord): Promise<'saved' | 'stale'>;
  /** Addresses that get no e-mail now, the newest first. */
  stopped(programId: string, page: { cursor?: string | undefined; limit: number }): Promise<Page<MailRecord>>;
};
