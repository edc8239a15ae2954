import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { termReminderItem, termReminderOfRecord } from '#shared/adapters/dynamodb/partners/term-reminders';
import { makeRemindPartners, type RecordedReminder } from '#shared/application/partners/remind-partners';
import { termReminderEvent } from '#shared/application/partners/term-reminder-event';
import { domainEventSchema } from '#shared/contracts/events';
import type { AgreementVersion } from '#shared/domain/partner/agreement';
import { termReminders } from '#shared/domain/partner/term-reminders';
import { type Instant, toEpochMs, toInstant } from '#shared/domain/time/instant';
import { acme, aStanding, instant } from '#test/support/builders/partners';
import { makeFakePrograms } from '#test/support/fakes/programs';

const DAY_MS = 86_400_000;
const zone = makeFakePrograms(acme()).zone('Europe/London');
const FROM = instant('2026-01-01T00:00:00Z');
const END = instant('2027-01-01T00:00:00Z');
const daysBefore = (end: Instant, days: number): Instant => toInstant(toEpochMs(end) - days * DAY_MS);
const version = (over: Partial<AgreementVersion> = {}): AgreementVersion => ({
  agreementId: 'a1',
  sequence: 0,
  from: FROM,
  planVersion: 1,
  ...over,
});
const FIXED = version({ endsAt: END, termMonths: 12, renewal: 'none' });
const ROLLING = version({ termMonths: 12, renewal: 'automatic', noticeDays: 60 });
const CERTIFICATE = { certificationId: 'c1', certification: 'basics', certifiedAt: FROM, expiresAt: END };
const dueOf = (now: Instant, agreements: readonly AgreementVersion[], certifications: (typeof CERTIFICATE)[] = []) =>
  termReminders({ agreements, certifications }, now, zone);

describe('what a partner is reminded of', () => {
  it('is an agreement from thirty days before its end, to its end', () => {
    const reminder = { kind: 'agreement', agreementId: 'a1', endsAt: END, renewal: 'none' };
    expect(dueOf(toInstant(toEpochMs(daysBefore(END, 30)) - 1), [FIXED])).toEqual([]);
    expect(dueOf(daysBefore(END, 30), [FIXED])).toEqual([reminder]);
    expect(dueOf(daysBefore(END, 1), [FIXED])).toEqual([reminder]);
    expect(dueOf(END, [FIXED])).toEqual([]);
  });

  it('is also one that was ended, and none without an end', () => {
    expect(dueOf(daysBefore(END, 3), [version({ endsAt: END })])).toHaveLength(1);
    expect(dueOf(daysBefore(END, 3), [version()])).toEqual([]);
  });

  it('is one that rolls on, before notice can last be given for this term', () => {
    const noticeBy = instant('2026-11-02T00:00:00Z');
    expect(dueOf(daysBefore(noticeBy, 31), [ROLLING])).toEqual([]);
    expect(dueOf(daysBefore(noticeBy, 30), [ROLLING])).toEqual([
      { kind: 'agreement', agreementId: 'a1', endsAt: END, renewal: 'automatic', noticeBy },
    ]);
    expect(dueOf(daysBefore(END, 30), [ROLLING])).toEqual([]);
    expect(dueOf(instant('2027-10-20T00:00:00Z'), [ROLLING])).toMatchObject([{ endsAt: '2028-01-01T00:00:00.000Z' }]);
    expect(dueOf(daysBefore(END, 3), [{ ...ROLLING, termMonths: 1, noticeDays: 0 }])).toEqual([]);
  });

  it('is nothing that another agreement follows on', () => {
    const next = version({ agreementId: 'a2', sequence: 1, from: END });
    expect(dueOf(daysBefore(END, 3), [FIXED, next])).toEqual([]);
    expect(dueOf(daysBefore(END, 3), [FIXED, { ...next, from: instant('2027-01-02T00:00:00Z') }])).toHaveLength(1);
  });

  it('is a certification from thirty days before it expires, unless another of its name lasts longer', () => {
    const longer = { ...CERTIFICATE, certificationId: 'c2', expiresAt: instant('2027-06-01T00:00:00Z') };
    const reminder = { kind: 'certification', certificationId: 'c1', certification: 'basics', endsAt: END };
    expect(dueOf(daysBefore(END, 31), [], [CERTIFICATE])).toEqual([]);
    expect(dueOf(daysBefore(END, 30), [], [CERTIFICATE])).toEqual([reminder]);
    expect(dueOf(daysBefore(END, 30), [], [CERTIFICATE, longer])).toEqual([]);
    expect(dueOf(daysBefore(END, 30), [], [CERTIFICATE, { ...longer, certification: 'other' }])).toEqual([reminder]);
    const revoked = { ...CERTIFICATE, revokedAt: daysBefore(END, 40) };
    expect(dueOf(daysBefore(END, 30), [], [revoked])).toEqual([]);
  });

  it('is the same on every night until it has come, whenever the nights are', () => {
    const nights = fc.array(fc.integer({ min: 0, max: 800 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(nights, (days) => {
        const told = days.flatMap((day) => dueOf(toInstant(toEpochMs(FROM) + day * DAY_MS), [ROLLING], [CERTIFICATE]));
        const kinds = new Set(told.map(({ kind, endsAt }) => `${kind} ${endsAt}`));
        expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(kinds.size);
      }),
    );
  });
});

describe('remind partners', () => {
  const standing = aStanding({ certifications: [{ ...CERTIFICATE, recordedAt: FROM, recordedBy: 'x' } as never] });
  it('writes each down once, however often the nights are gone through', async () => {
    const kept = new Map<unknown, RecordedReminder>();
    const remind = makeRemindPartners({
      partners: {
        async *standings() {
          yield standing;
        },
      },
      programs: makeFakePrograms(acme()),
      reminders: {
        record: async (recorded) => {
          const { sk } = termReminderItem(recorded);
          if (kept.has(sk)) return false;
          kept.set(sk, recorded);
          return true;
        },
      },
      clock: () => toEpochMs(daysBefore(END, 20)),
    });
    expect(await remind({ programId: 'acme' })).toEqual({ reminded: 1 });
    expect(await remind({ programId: 'acme' })).toEqual({ reminded: 0 });
  });
});

describe('what is published of a reminder', () => {
  const at = daysBefore(END, 30);
  const record = (item: Record<string, unknown>, eventName = 'INSERT') => ({
    eventName,
    dynamodb: {
      Keys: marshall({ pk: item.pk, sk: item.sk }),
      NewImage: marshall(item, { removeUndefinedValues: true }),
    },
  });
  const published = (reminder: RecordedReminder['reminder']) => {
    const found = termReminderOfRecord(record(termReminderItem({ programId: 'acme', partnerId: 'p1', at, reminder })));
    return found && domainEventSchema.parse(JSON.parse(JSON.stringify(termReminderEvent(found))));
  };

  it('is what ends and when, with an id of its own', () => {
    const noticeBy = daysBefore(END, 60);
    expect(published({ kind: 'agreement', agreementId: 'a1', endsAt: END, renewal: 'automatic', noticeBy })).toEqual({
      ...{ type: 'agreement.expiring', programId: 'acme', partnerId: 'p1', occurredAt: at },
      ...{ agreementId: 'a1', endsAt: END, renewal: 'automatic', noticeBy },
      eventId: 'agreement-expiring~acme~p1~a1~2027-01-01T00:00:00.000Z',
    });
    const certification = {
      kind: 'certification',
      certificationId: 'c1',
      certification: 'basics',
      endsAt: END,
    } as const;
    expect(published(certification)).toMatchObject({
      ...{ type: 'certification.expiring', certificationId: 'c1', certification: 'basics', expiresAt: END },
      eventId: 'certification-expiring~acme~p1~c1~2027-01-01T00:00:00.000Z',
    });
  });

  it('is nothing when it lapses, and nothing of other records', () => {
    const item = termReminderItem({
      ...{ programId: 'acme', partnerId: 'p1', at },
      reminder: { kind: 'agreement', agreementId: 'a1', endsAt: END },
    });
    expect(item.expiresAt).toBe(toEpochMs(END) / 1_000 + 90 * 86_400);
    expect(termReminderOfRecord(record(item, 'REMOVE'))).toBeUndefined();
    expect(termReminderOfRecord(record({ ...item, sk: 'TIER_CHANGE#000001' }))).toBeUndefined();
  });
});
