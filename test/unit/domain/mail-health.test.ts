import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FAILURES_TO_STOP,
  liftStop,
  type MailHealth,
  type MailReport,
  UNKNOWN_HEALTH,
  weighReport,
} from '#shared/domain/mail/mail-health';
import { maskAddress } from '#shared/domain/mail/mask-address';
import { toInstant } from '#shared/domain/time/instant';

const DAY_MS = 86_400_000;
const START_MS = Date.parse('2026-03-01T00:00:00Z');

function aReport(finding: MailReport['finding'], day: number, messageId = `m${day}`): MailReport {
  const sentAt = toInstant(START_MS + day * DAY_MS);
  return { finding, messageId, sentAt, reportedAt: toInstant(START_MS + day * DAY_MS + 1000), detail: 'General 5.1.1' };
}
function reportedAll(...reports: readonly MailReport[]): MailHealth {
  return reports.reduce((health, report) => weighReport(health, report) ?? health, UNKNOWN_HEALTH);
}
const transient = (day: number, messageId?: string): MailReport => aReport('transient_bounce', day, messageId);

describe('an address that mail is sent to', () => {
  it('is stopped by one permanent bounce, and by one complaint, each with its reason', () => {
    expect(reportedAll(aReport('permanent_bounce', 1)).stop).toEqual({
      reason: 'bounced',
      since: '2026-03-02T00:00:01.000Z',
      detail: 'General 5.1.1',
    });
    expect(reportedAll(aReport('complaint', 1)).stop?.reason).toBe('complained');
  });

  it('is stopped by the fifth message within seven days that could not be delivered for the time being', () => {
    const four = [0, 2, 3, 4].map((day) => transient(day));
    expect(reportedAll(...four).stop).toBeUndefined();
    expect(reportedAll(...four, transient(7)).stop).toMatchObject({ reason: 'keeps_failing' });
  });

  it('is not stopped by five over a longer time: those of more than seven days ago are forgotten', () => {
    const health = reportedAll(...[0, 2, 3, 4, 8].map((day) => transient(day)));
    expect(health.stop).toBeUndefined();
    expect(health.failures.map(({ messageId }) => messageId)).toEqual(['m2', 'm3', 'm4', 'm8']);
  });

  it('counts a message once, however often it is reported', () => {
    const once = reportedAll(transient(1, 'm'));
    expect(weighReport(once, transient(2, 'm'))).toBeUndefined();
  });

  it('keeps the first reason for its stop', () => {
    expect(weighReport(reportedAll(aReport('permanent_bounce', 1)), aReport('complaint', 2))).toBeUndefined();
  });

  it('starts anew once its stop is lifted: only messages sent afterwards count', () => {
    const stopped = reportedAll(aReport('permanent_bounce', 1));
    const lift = { at: toInstant(START_MS + 3 * DAY_MS), by: 'person:a', why: 'mailbox made' };
    const lifted = liftStop(stopped, lift)!;
    expect(lifted).toEqual({ failures: [], lift });
    expect(weighReport(lifted, aReport('permanent_bounce', 2))).toBeUndefined();
    expect(weighReport(lifted, aReport('permanent_bounce', 3))).toBeUndefined();
    expect(weighReport(lifted, aReport('permanent_bounce', 4))?.stop?.reason).toBe('bounced');
    expect(liftStop(lifted, lift)).toBeUndefined();
  });

  it('is stopped by any five different messages within seven days, in whatever order they are reported', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 7 * 24 }), {
      minLength: FAILURES_TO_STOP,
      maxLength: FAILURES_TO_STOP,
    });
    fc.assert(
      fc.property(days, (hours) => {
        expect(reportedAll(...hours.map((hour) => transient(hour / 24, `m${hour}`))).stop?.reason).toBe(
          'keeps_failing',
        );
      }),
    );
  });

  it('is shown masked', () => {
    expect(maskAddress('Jane.Doe@Shop.Example')).toBe('J***@shop.example');
    expect(maskAddress('j@shop.example')).toBe('***@shop.example');
    expect(maskAddress('nobody')).toBe('***');
  });
});
