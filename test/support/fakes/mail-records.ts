import type { MailRecord, MailRecords } from '#shared/application/notifications/mail/mail-records';
import { compareText } from '#shared/domain/time/instant';

/** What is known of addresses, in memory, under the conditions of the real one. */
export function makeMemoryMailRecords(): MailRecords {
  const records = new Map<string, MailRecord>();
  const keyOf = (programId: string, addressHash: string): string => `${programId}/${addressHash}`;
  const positionOf = ({ stop, addressHash }: MailRecord): string => `${stop?.since}#${addressHash}`;
  return {
    find: async (programId, addressHash) => records.get(keyOf(programId, addressHash)),
    async save(record) {
      const key = keyOf(record.programId, record.addressHash);
      if ((records.get(key)?.version ?? 0) !== record.version) return 'stale';
      records.set(key, JSON.parse(JSON.stringify({ ...record, version: record.version + 1 })) as MailRecord);
      return 'saved';
    },
    async stopped(programId, { cursor, limit }) {
      const before = cursor === undefined ? '￿' : Buffer.from(cursor, 'base64url').toString('utf8');
      const all = [...records.values()]
        .filter((record) => record.programId === programId && record.stop && positionOf(record) < before)
        .sort((a, b) => compareText(positionOf(b), positionOf(a)));
      const items = all.slice(0, limit);
      const last = items.at(-1);
      return {
        items,
        nextCursor: all.length > limit && last ? Buffer.from(positionOf(last)).toString('base64url') : undefined,
      };
    },
  };
}
