import { hashEmail } from '#shared/application/email-hash';
import type { MailRecord, MailRecords } from '#shared/application/notifications/mail/mail-records';
import type { Suppression, Suppressions } from '#shared/application/notifications/suppressions';
import type { Digest } from '#shared/application/ports';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { liftStop, UNKNOWN_HEALTH, weighReport } from '#shared/domain/mail/mail-health';
import { maskAddress } from '#shared/domain/mail/mask-address';

/** Addresses whose mail is stopped, each programme its own: who lifts a stop decides for that programme alone. */
export function makeSuppressions(deps: {
  readonly records: MailRecords;
  readonly digest: Digest;
  readonly retry: RetryDeps;
}): Suppressions {
  const { records, digest, retry } = deps;
  const find = async (programId: string, email: string): Promise<Suppression | undefined> => {
    const record = await records.find(programId, hashEmail(digest, email));
    return record && suppressionOf(record);
  };
  return {
    find,
    isSuppressed: async (programId, email) => (await find(programId, email)) !== undefined,
    suppress: ({ programId, email, ...report }) =>
      retryContended(retry, async () => {
        const addressHash = hashEmail(digest, email);
        const known = (await records.find(programId, addressHash)) ?? {
          ...UNKNOWN_HEALTH,
          programId,
          addressHash,
          maskedAddress: maskAddress(email),
          version: 0,
        };
        const weighed = weighReport(known, report);
        if (!weighed) return 'nothing_new';
        if ((await records.save({ ...known, ...weighed })) === 'stale') return 'contended';
        return weighed.stop ? 'stopped' : 'noted';
      }),
    lift: (programId, problemId, lift) =>
      retryContended(retry, async () => {
        const known = await records.find(programId, problemId);
        const lifted = known && liftStop(known, lift);
        if (!lifted) return 'not_stopped';
        return (await records.save({ ...known, stop: undefined, ...lifted })) === 'stale' ? 'contended' : 'lifted';
      }),
    async list(programId, page) {
      const { items, nextCursor } = await records.stopped(programId, page);
      return { items: items.flatMap((record) => suppressionOf(record) ?? []), nextCursor };
    },
  };
}

function suppressionOf({ programId, addressHash, maskedAddress, stop }: MailRecord): Suppression | undefined {
  return stop && { programId, problemId: addressHash, maskedAddress, ...stop };
}
