import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeNotices } from '#shared/adapters/dynamodb/partners/notices';
import type { Notice, Notices } from '#shared/application/notifications/ports';
import { makeMemoryNotices } from '#test/support/fakes/notices';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const aNotice = (noticeId: string, occurredAt: string): Notice => ({
  programId: 'acme',
  partnerId: 'p1',
  noticeId,
  kind: 'tier.changed',
  title: 'Your tier is now certified',
  text: 'From today on.',
  occurredAt,
});

const implementations: readonly [string, () => Notices][] = [
  ['on the engine', () => makeNotices(table)],
  ['in memory', makeMemoryNotices],
];

describe.each(implementations)('notices %s', (_name, make) => {
  let notices: Notices;
  beforeAll(() => {
    notices = make();
  });

  it('stand in the inbox once, however often they are opened at once', async () => {
    const notice = aNotice('n1', '2026-01-01T00:00:00.000Z');
    await Promise.allSettled(Array.from({ length: 5 }, () => notices.open(notice)));
    await notices.open({ ...notice, title: 'Another wording' });
    expect(await notices.list('acme', 'p1', { limit: 10 })).toEqual({ items: [notice], nextCursor: undefined });
  });

  it('give the claim on their e-mail to one caller alone', async () => {
    const claims = await Promise.all(Array.from({ length: 5 }, () => notices.startMail('acme', 'n1')));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('give a claim again after it was given back, and not after an outcome', async () => {
    await notices.endMail('acme', 'n1', 'pending');
    expect(await notices.startMail('acme', 'n1')).toBe(true);
    await notices.endMail('acme', 'n1', 'unknown');
    expect(await notices.startMail('acme', 'n1')).toBe(false);
    await notices.endMail('acme', 'n1', 'pending');
    expect(await notices.startMail('acme', 'n1')).toBe(false);
  });

  it('open a claim without an inbox once, and leave one that is taken alone', async () => {
    await notices.openMail('acme', 'escalated-1');
    await notices.openMail('acme', 'escalated-1');
    expect(await notices.startMail('acme', 'escalated-1')).toBe(true);
    await notices.openMail('acme', 'escalated-1');
    expect(await notices.startMail('acme', 'escalated-1')).toBe(false);
  });

  it('have no claim before they are opened', async () => {
    expect(await notices.startMail('acme', 'never-opened')).toBe(false);
  });

  it('come newest first, in pages, for one partner', async () => {
    await notices.open(aNotice('n2', '2026-01-02T00:00:00.000Z'));
    await notices.open(aNotice('n3', '2026-01-03T00:00:00.000Z'));
    await notices.open({ ...aNotice('n4', '2026-01-04T00:00:00.000Z'), partnerId: 'p2' });
    const first = await notices.list('acme', 'p1', { limit: 2 });
    expect(first.items.map(({ noticeId }) => noticeId)).toEqual(['n3', 'n2']);
    const second = await notices.list('acme', 'p1', { limit: 2, cursor: first.nextCursor });
    expect(second.items.map(({ noticeId }) => noticeId)).toEqual(['n1']);
    expect(second.nextCursor).toBeUndefined();
  });
});
