import { beforeEach, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeLiftMailProblem, makeListMailProblems } from '#shared/application/notifications/mail/list-mail-problems';
import { makeSuppressions } from '#shared/application/notifications/mail/make-suppressions';
import { makeRecordMailFeedback, type ReportedMail } from '#shared/application/notifications/mail/record-mail-feedback';
import type { Suppressions } from '#shared/application/notifications/suppressions';
import { toInstant } from '#shared/domain/time/instant';
import { acme, aProfile, aStanding, instant } from '#test/support/builders/partners';
import { silentLog } from '#test/support/builders/payouts';
import { makeMemoryMailRecords } from '#test/support/fakes/mail-records';
import { type MemoryPartners, makeMemoryPartners } from '#test/support/fakes/partner-store';
import { makeFakePrograms } from '#test/support/fakes/programs';

const EMAIL = 'Ada@Partners.Example';
const NOW = Date.parse('2026-03-05T00:00:00Z');
const retry = { pause: async () => undefined, random: () => 0 };

let partners: MemoryPartners;
let suppressions: Suppressions;
let record: ReturnType<typeof makeRecordMailFeedback>;
let list: () => Promise<unknown>;
let lift: ReturnType<typeof makeLiftMailProblem>;

beforeEach(async () => {
  partners = makeMemoryPartners();
  for (const programId of ['acme', 'other']) {
    const profile = { ...aProfile(), programId, email: EMAIL, emailHash: digest(EMAIL.toLowerCase()) };
    await partners.store.enrol({ ...aStanding(), programId }, profile, undefined);
  }
  suppressions = makeSuppressions({ records: makeMemoryMailRecords(), digest, retry });
  record = makeRecordMailFeedback({ suppressions, people: partners.people, digest, log: silentLog });
  const listProblems = makeListMailProblems({
    suppressions,
    people: partners.people,
    partners: partners.store,
    programs: makeFakePrograms(acme()),
  });
  list = async () => (await listProblems({ programId: 'acme', limit: 10 })).items;
  lift = makeLiftMailProblem({ suppressions, clock: () => NOW });
});

const aReport = (more: Partial<ReportedMail> = {}): ReportedMail => ({
  finding: 'permanent_bounce',
  messageId: 'm1',
  sentAt: instant('2026-03-01T00:00:00Z'),
  reportedAt: instant('2026-03-01T00:00:05Z'),
  detail: 'General 5.1.1',
  programId: 'acme',
  addresses: [EMAIL],
  ...more,
});

describe('mail that cannot be delivered', () => {
  it('is stopped, and staff sees for whom, since when and why, but not the address', async () => {
    await record(aReport());
    expect(await suppressions.isSuppressed('acme', ' ada@partners.example')).toBe(true);
    expect(await suppressions.isSuppressed('acme', 'ada@new.example')).toBe(false);
    expect(await list()).toEqual([
      {
        programId: 'acme',
        problemId: digest('ada@partners.example'),
        maskedAddress: 'A***@partners.example',
        reason: 'bounced',
        since: '2026-03-01T00:00:05.000Z',
        detail: 'General 5.1.1',
        partners: [{ partnerId: 'p1', name: aProfile().name }],
      },
    ]);
  });

  it('is stopped in each programme where somebody has the address; a complaint stops the one it was about', async () => {
    await record(aReport());
    expect(await suppressions.isSuppressed('other', EMAIL)).toBe(true);
    await record(aReport({ finding: 'complaint', addresses: ['bob@partners.example'], programId: 'other' }));
    expect(await suppressions.isSuppressed('other', 'bob@partners.example')).toBe(true);
    expect(await suppressions.isSuppressed('acme', 'bob@partners.example')).toBe(false);
  });

  it('without a programme counts where a partner has the address, and nowhere else', async () => {
    await record(aReport({ programId: undefined, finding: 'complaint' }));
    expect(await suppressions.isSuppressed('acme', EMAIL)).toBe(true);
    await record(aReport({ programId: undefined, addresses: ['stranger@elsewhere.example'] }));
    expect(await suppressions.isSuppressed('acme', 'stranger@elsewhere.example')).toBe(false);
  });

  it('goes out again once staff lifts the stop, whatever is still reported of before', async () => {
    await record(aReport());
    const problemId = digest('ada@partners.example');
    const input = { programId: 'acme', problemId, reason: 'mailbox made', by: 'person:a' };
    expect(await lift(input)).toEqual({ problemId });
    await record(aReport({ finding: 'complaint', messageId: 'm0' }));
    expect(await suppressions.isSuppressed('acme', EMAIL)).toBe(false);
    expect(await suppressions.isSuppressed('other', EMAIL)).toBe(true);
    expect(await list()).toEqual([]);
    await expect(lift(input)).rejects.toMatchObject({ code: 'not_found' });
    await record(aReport({ messageId: 'm2', sentAt: toInstant(NOW + 1) }));
    expect(await suppressions.isSuppressed('acme', EMAIL)).toBe(true);
  });

  it('counts each message once under redelivery at the same time', async () => {
    const soft = (messageId: string): Promise<void> => record(aReport({ finding: 'transient_bounce', messageId }));
    await Promise.all(['a', 'a', 'b', 'b', 'c', 'd'].map(soft));
    expect(await suppressions.isSuppressed('acme', EMAIL)).toBe(false);
    await soft('e');
    expect(await list()).toMatchObject([{ reason: 'keeps_failing' }]);
  });
});
