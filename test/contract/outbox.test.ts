import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeInbox } from '#shared/adapters/dynamodb/partners/inbox';
import { makeOutbox } from '#shared/adapters/dynamodb/partners/outbox';
import { inboxKey, mailKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import { digestMailId } from '#shared/application/notifications/digest-mail-id';
import type { DigestMail, Inbox, Outbox, Told } from '#shared/application/notifications/outbox';
import { collected } from '#test/support/collected';
import { makeMemoryOutbox } from '#test/support/fakes/outbox';
import { at, everySample, SAMPLES } from '#test/support/notice-samples';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const message = { kind: 'payout.paid', facts: SAMPLES['payout.paid'][0] } as const;
const unreadable: unknown[] = [];

function told(mailId: string, mail?: Partial<Told['mail']>, programId = 'acme'): Told {
  const occurredAt = at('2026-01-01T10:00:00Z');
  const inbox = { programId, recipientId: 'partner:p1', noticeId: mailId, kind: message.kind, title: 'T', text: 'X' };
  const wait = {
    how: 'wait' as const,
    dueAt: at('2026-01-01T12:00:00Z'),
    mail: {
      type: 'notice' as const,
      to: { audience: 'partner' as const, partnerId: 'p1' },
      mark: '',
      message,
      occurredAt,
    },
  };
  return { programId, mailId, inbox: { ...inbox, occurredAt }, mail: { ...wait, ...mail } as Told['mail'] };
}

const daily = (day: string, recipientId = 'partner:p1'): DigestMail => ({
  type: 'digest',
  recipientId,
  rhythm: 'daily',
  from: at(`2026-01-${day}T08:00:00Z`),
  to: at(`2026-01-${String(Number(day) + 1).padStart(2, '0')}T08:00:00Z`),
});
const into = (digest: DigestMail) => ({
  how: 'collect' as const,
  digest,
  notice: { ...message, occurredAt: at('2026-01-01T10:00:00Z') },
});

const implementations: readonly [string, () => Outbox & Inbox][] = [
  [
    'on the engine',
    () => ({
      ...makeOutbox({ ...table, onUnreadable: (...what) => unreadable.push(what) }),
      ...makeInbox(table),
    }),
  ],
  ['in memory', makeMemoryOutbox],
];

describe.each(implementations)('an outbox %s', (_name, make) => {
  let outbox: Outbox & Inbox;
  beforeAll(() => {
    outbox = make();
  });
  const due = async (now: string, programId = 'acme') =>
    (await collected(outbox.due(programId, at(now)))).map(({ mailId, state }) => [mailId, state]);

  it('writes a notice down once, however often at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => outbox.open(told('n1'))));
    expect(outcomes.filter((one) => one === 'opened')).toHaveLength(1);
    expect(await outbox.open(told('n1'))).toBe('exists');
    expect((await outbox.list('acme', 'partner:p1', { limit: 10 })).items).toEqual([told('n1').inbox]);
  });

  it('finds what is due, to its instant, and gives its claim to one caller alone', async () => {
    expect(await due('2026-01-01T11:59:59.999Z')).toEqual([]);
    expect(await due('2026-01-01T12:00:00Z')).toEqual([['n1', 'pending']]);
    const claims = await Promise.all(Array.from({ length: 5 }, () => outbox.startMail('acme', 'n1')));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await due('2026-01-02T00:00:00Z')).toEqual([]);
  });

  it('has what was given back due again, as it was, and nothing after its end', async () => {
    await outbox.giveBack('acme', 'n1', at('2026-01-01T13:00:00Z'));
    expect(await due('2026-01-01T12:30:00Z')).toEqual([]);
    const [waiting] = await collected(outbox.due('acme', at('2026-01-01T13:00:00Z')));
    expect(waiting).toEqual({
      ...{ programId: 'acme', mailId: 'n1', dueAt: at('2026-01-01T13:00:00Z'), state: 'pending' },
      mail: (told('n1').mail as { mail: unknown }).mail,
    });
    await outbox.postpone('acme', 'n1', at('2026-01-01T14:00:00Z'));
    expect(await due('2026-01-01T13:30:00Z')).toEqual([]);
    expect(await outbox.startMail('acme', 'n1')).toBe(true);
    await outbox.endMail('acme', 'n1', 'unknown');
    await outbox.giveBack('acme', 'n1', at('2026-01-01T13:00:00Z'));
    expect(await outbox.startMail('acme', 'n1')).toBe(false);
    expect(await due('2026-02-01T00:00:00Z')).toEqual([]);
  });

  it('does not send what was skipped, nor what is in the inbox alone', async () => {
    await outbox.open(told('n2'));
    await outbox.skip('acme', 'n2');
    await outbox.open(told('n3', { how: 'none' }));
    expect(await due('2026-02-01T00:00:00Z')).toEqual([]);
    expect(await outbox.startMail('acme', 'n2')).toBe(false);
    expect(await outbox.startMail('acme', 'n3')).toBe(false);
  });

  it('collects what a digest brings until it is closed, each notice once', async () => {
    const digest = daily('01');
    const mailId = digestMailId(digest);
    expect(await outbox.open(told('d1', into(digest)))).toBe('opened');
    expect(await outbox.open(told('d1', into(digest)))).toBe('exists');
    expect(await outbox.startMail('acme', 'd1')).toBe(false);
    expect(await outbox.startMail('acme', mailId)).toBe(false);
    expect(await due('2026-01-02T08:00:00Z')).toEqual([[mailId, 'collecting']]);
    expect(await outbox.close('acme', mailId)).toEqual(digest);
    expect(await outbox.close('acme', mailId)).toEqual(digest);
    expect(await outbox.open(told('d2', into(digest)))).toBe('closed');
    expect(
      (await outbox.list('acme', 'partner:p1', { limit: 10 })).items.map(({ noticeId }) => noticeId),
    ).not.toContain('d2');
    expect(await outbox.open(told('d2', into(daily('02'))))).toBe('opened');
    expect(await outbox.collected('acme', mailId)).toEqual([{ ...message, occurredAt: at('2026-01-01T10:00:00Z') }]);
    expect(await outbox.startMail('acme', mailId)).toBe(true);
    expect(await outbox.close('acme', mailId)).toBeUndefined();
  });

  it('takes sums into a digest once, moving the mark of its reader with them', async () => {
    const digest = daily('05', 'partner:p5');
    const sales = { recorded: 2, held: 1, amounts: [{ minor: 30_00n, currency: 'GBP' }] };
    const [first, second] = [at('2026-01-06T07:55:00Z'), at('2026-01-07T07:55:00Z')];
    expect(await outbox.salesThrough('acme', 'partner:p5')).toBeUndefined();
    const add = () =>
      outbox.addSales({ programId: 'acme', digest: { ...digest, sales }, after: undefined, through: first });
    const added = await Promise.all([add(), add(), add()]);
    expect(added.filter((one) => one === 'added')).toHaveLength(1);
    expect(await outbox.salesThrough('acme', 'partner:p5')).toBe(first);
    const next = { ...daily('06', 'partner:p5'), sales };
    expect(await outbox.addSales({ programId: 'acme', digest: next, after: second, through: second })).toBe('refused');
    // A digest that collects already takes them, and keeps them when more is collected.
    const mine = { ...told('d6', into(daily('06', 'partner:p5'))) };
    await outbox.open({ ...mine, inbox: { ...mine.inbox!, recipientId: 'partner:p5' } });
    expect(await outbox.addSales({ programId: 'acme', digest: next, after: first, through: second })).toBe('added');
    const more = { ...told('d7', into(daily('06', 'partner:p5'))) };
    await outbox.open({ ...more, inbox: { ...more.inbox!, recipientId: 'partner:p5' } });
    const waiting = (await collected(outbox.due('acme', at('2026-01-07T08:00:00Z')))).find(
      ({ mailId }) => mailId === digestMailId(next),
    );
    expect(waiting?.mail).toEqual(next);
    expect(await outbox.collected('acme', digestMailId(next))).toHaveLength(2);
  });

  it('keeps what every kind of notice tells, as it was told', async () => {
    const samples = everySample();
    for (const [index, sample] of samples.entries()) {
      const plain = told(`s${index}`, undefined, 'samples');
      const { mail } = plain.mail as Extract<Told['mail'], { how: 'wait' }>;
      if (mail.type !== 'notice') throw new Error('not a notice');
      const wait = { ...plain.mail, mail: { ...mail, message: sample.message } } as Told['mail'];
      await outbox.open({ ...plain, inbox: undefined, mail: wait });
    }
    const found = await collected(outbox.due('samples', at('2026-01-02T00:00:00Z')));
    const messages = new Map(found.map(({ mailId, mail }) => [mailId, mail.type === 'notice' ? mail.message : mail]));
    expect(samples.map((_, index) => messages.get(`s${index}`))).toEqual(samples.map(({ message: one }) => one));
    expect(unreadable).toEqual([]);
  });

  it('remembers through when digests were planned', async () => {
    expect(await outbox.plannedThrough('acme')).toBeUndefined();
    await outbox.savePlanned('acme', at('2026-01-07T08:00:00Z'));
    expect(await outbox.plannedThrough('acme')).toBe(at('2026-01-07T08:00:00Z'));
  });

  it('shows each reader its own inbox, newest first, in pages, with what is not read', async () => {
    const of = (noticeId: string, day: string, recipientId = 'staff:s1') =>
      outbox.putInbox({
        ...{ programId: 'acme', recipientId, noticeId, kind: 'digest.daily', title: 'T', text: 'X' },
        occurredAt: at(`2026-03-${day}T00:00:00Z`),
      });
    await of('i1', '01');
    await of('i2', '02');
    await of('i2', '02');
    await of('i3', '03');
    await of('other', '04', 'partner:s1');
    const first = await outbox.list('acme', 'staff:s1', { limit: 2 });
    expect(first.items.map(({ noticeId, recipientId }) => [noticeId, recipientId])).toEqual([
      ['i3', 'staff:s1'],
      ['i2', 'staff:s1'],
    ]);
    const second = await outbox.list('acme', 'staff:s1', { limit: 2, cursor: first.nextCursor });
    expect(second.items.map(({ noticeId }) => noticeId)).toEqual(['i1']);
    expect(second.nextCursor).toBeUndefined();
    expect(await outbox.unread('acme', 'staff:s1', 100)).toBe(3);
    expect(await outbox.markRead('acme', 'staff:s1', 'i2', at('2026-03-05T00:00:00Z'))).toBe('read');
    expect(await outbox.markRead('acme', 'staff:s1', 'i2', at('2026-03-06T00:00:00Z'))).toBe('read');
    expect(await outbox.markRead('acme', 'staff:s1', 'other', at('2026-03-06T00:00:00Z'))).toBe('not_found');
    expect(await outbox.unread('acme', 'staff:s1', 100)).toBe(2);
    expect(await outbox.unread('acme', 'staff:s1', 1)).toBe(1);
    const [, read] = (await outbox.list('acme', 'staff:s1', { limit: 10 })).items;
    expect(read?.readAt).toBe(at('2026-03-05T00:00:00Z'));
  });
});

describe('what earlier versions stored', () => {
  it('is shown in the inbox, and its claims hold', async () => {
    const outbox = { ...makeOutbox({ ...table, onUnreadable: () => undefined }), ...makeInbox(table) };
    const occurredAt = '2026-01-01T00:00:00.000Z';
    const notice = { programId: 'old', partnerId: 'p1', noticeId: 'n1', kind: 'tier.changed', title: 'T', text: 'X' };
    const items = [
      { ...inboxKey('old', 'p1', occurredAt, 'n1'), ...notice, occurredAt },
      { ...mailKey('old', 'n1'), state: 'pending' },
    ];
    for (const Item of items) await table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
    expect((await outbox.list('old', 'partner:p1', { limit: 10 })).items).toHaveLength(1);
    expect(await outbox.open(told('n1', undefined, 'old'))).toBe('exists');
    expect(await outbox.startMail('old', 'n1')).toBe(true);
    await outbox.endMail('old', 'n1', 'sent');
    expect(await outbox.startMail('old', 'n1')).toBe(false);
  });
});

describe('a claim whose answer is lost on the way', () => {
  it('is that of the call that took it, which the client repeats, and of no other', async () => {
    const { documents } = table;
    const outbox = makeOutbox({ ...table, onUnreadable: () => undefined });
    await outbox.open(told('lost'));
    let losses = 1;
    documents.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        if (losses-- > 0) throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
        return answer;
      },
      { step: 'deserialize', name: 'loses' },
    );
    try {
      expect(await outbox.startMail('acme', 'lost')).toBe(true);
      expect(losses).toBeLessThan(0);
      expect(await outbox.startMail('acme', 'lost')).toBe(false);
    } finally {
      documents.middlewareStack.remove('loses');
    }
  });
});
