import { describe, expect, it } from 'vitest';
import { kindName, pageOfSubject } from '#functions/console/books/audit/audit-words';
import { contentRows } from '#functions/console/books/audit/record-content';
import { dayBegins, dayEndedBefore, dayEnds } from '#functions/console/books/day-bounds';
import { AUDIT_KINDS } from '#shared/domain/audit/audit-chain';

describe('a day of a filter', () => {
  it("is the programme's day, from its first millisecond to its last", () => {
    expect(dayBegins('2026-07-01', 'Europe/Berlin')).toBe('2026-06-30T22:00:00.000Z');
    expect(dayEnds('2026-07-01', 'Europe/Berlin')).toBe('2026-07-01T21:59:59.999Z');
  });

  it('is an hour shorter or longer where the clock changes', () => {
    expect(dayBegins('2026-03-29', 'Europe/London')).toBe('2026-03-29T00:00:00.000Z');
    expect(dayEnds('2026-03-29', 'Europe/London')).toBe('2026-03-29T22:59:59.999Z');
  });

  it('stands for now while it is not over', () => {
    const noon = Date.parse('2026-07-01T12:00:00Z');
    expect(dayEndedBefore('2026-07-01', 'Europe/Berlin', noon)).toBeUndefined();
    expect(dayEndedBefore('2026-06-30', 'Europe/Berlin', noon)).toBe('2026-06-30T21:59:59.999Z');
  });

  it.each([null, '', '2026-7-1', '2026-13-01', 'x'])('is none for %j', (text) => {
    expect(dayBegins(text, 'UTC')).toBeUndefined();
  });
});

describe('a record of the audit trail', () => {
  it.each([
    ['payout.settled', 'po~2026-01.1~p1~GBP', '/payouts/po~2026-01.1~p1~GBP'],
    ['payout.resolved', 'po~2026-01.1~p1~GBP~01hx', '/payouts/po~2026-01.1~p1~GBP'],
    ['run.decided', '2026-01.1~person:a', '/runs/2026-01.1'],
    ['adjustment.recorded', 'a1', '/adjustments/a1'],
    ['tier.assigned', 'p1~2026', '/partners/p1'],
    ['program.created', 'acme', undefined],
  ] as const)('of %s leads to the page of what it is about', (kind, subject, page) => {
    expect(pageOfSubject(kind, subject)).toBe(page);
  });

  it('has words of its own for every kind', () => {
    for (const kind of AUDIT_KINDS) expect(kindName(kind)).toMatch(/^[A-Z][a-z ]+$/);
  });

  it('shows members by their path, and a fingerprint as what it is', () => {
    expect(contentRows('{"before":{"required":2},"holds":["p1"],"note":"x"}')).toEqual([
      ['before › required', '2'],
      ['holds', '["p1"]'],
      ['note', 'x'],
    ]);
    expect(contentRows('sha256:ab')).toEqual([['Fingerprint of the content', 'sha256:ab']]);
    expect(contentRows('null')).toEqual([['Content', 'null']]);
  });
});
