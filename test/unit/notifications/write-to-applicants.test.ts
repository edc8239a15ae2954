import { beforeEach, describe, expect, it } from 'vitest';
import { letterOfRecord } from '#shared/adapters/dynamodb/partners/applications/application-stream';
import type { Mail, MailOutcome } from '#shared/application/notifications/ports';
import { makeWriteToApplicants } from '#shared/application/notifications/telling/write-to-applicants';
import { type ApplicationEvent, applicationEvent } from '#shared/application/partners/applications/application-events';
import type { Application } from '#shared/application/partners/applications/ports';
import { domainEventSchema } from '#shared/contracts/events';
import { anApplication } from '#test/support/builders/applications';
import { acme, instant } from '#test/support/builders/partners';
import { makeFakePrograms } from '#test/support/fakes/programs';

const AT = instant('2026-03-10T08:00:00Z');
const event = (kind: 'received' | 'accepted' | 'declined', version = 1): ApplicationEvent =>
  applicationEvent({ programId: 'acme', applicationId: 'a1', version, kind, orderedAt: AT });

let stored: Application | undefined;
let outcome: MailOutcome;
let isSuppressed: boolean;
let sent: Mail[];
let claims: string[];
let isTaken: boolean;
beforeEach(() => {
  stored = { ...anApplication({ language: 'fr' }), version: 1 };
  outcome = 'sent';
  isSuppressed = false;
  isTaken = false;
  sent = [];
  claims = [];
});
const write = makeWriteToApplicants({
  applications: { find: async () => stored },
  letters: {
    start: async () => {
      const isFirst = !isTaken;
      isTaken = true;
      return isFirst;
    },
    end: async (_letter, end) => void claims.push(end),
    giveBack: async () => {
      isTaken = false;
      claims.push('back');
    },
  },
  programs: makeFakePrograms(acme({ name: 'Acme' })),
  tokens: { signLink: async ({ version }) => `token-${version}` },
  suppressions: { isSuppressed: async () => isSuppressed },
  mailer: {
    send: async (mail) => {
      sent.push(mail);
      return outcome;
    },
  },
  render: ({ kind, language, link, message }) => ({
    subject: `${kind} ${language}`,
    text: `${link} ${message}`,
    html: '',
  }),
  publicUrl: 'https://partners.example',
  clock: () => Date.parse(AT),
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
});

describe('a letter to an applicant', () => {
  it('asks to confirm the address, in its language, once', async () => {
    await write(event('received'));
    await write(event('received'));
    expect(sent).toEqual([
      {
        ...{ to: 'noor@reads.example', subject: 'received fr', html: '' },
        text: 'https://partners.example/apply/acme/confirm/token-1 undefined',
        about: { programId: 'acme', kind: 'application.received' },
      },
    ]);
    expect(claims).toEqual(['sent']);
  });

  it('is owed no more when a newer application has taken its place, or it has lapsed', async () => {
    stored = { ...anApplication(), version: 2 };
    await write(event('received', 1));
    stored = { ...anApplication({ lapsesAt: AT }), version: 1 };
    await write(event('received', 1));
    stored = undefined;
    await write(event('received', 1));
    expect(sent).toEqual([]);
  });

  it('welcomes with the way to sign in, and declines in the words of the programme', async () => {
    stored = { ...anApplication({ status: 'accepted' }), version: 3 };
    await write(event('accepted', 3));
    isTaken = false;
    const decision = {
      decision: 'decline',
      reason: 'r',
      message: 'Sorry.',
      at: AT,
      by: 'x',
      requestHash: 'h',
    } as const;
    stored = { ...anApplication({ status: 'declined', decision }), version: 3 };
    await write(event('declined', 3));
    expect(sent.map(({ text }) => text)).toEqual(['https://partners.example/console undefined', 'undefined Sorry.']);
  });

  it('is not sent to an address that takes no e-mail', async () => {
    isSuppressed = true;
    await write(event('received'));
    expect([sent, claims]).toEqual([[], ['skipped']]);
  });

  it('is tried again when certainly nothing went out, and never after an unknown outcome', async () => {
    outcome = 'not_sent';
    await expect(write(event('received'))).rejects.toThrow('deliver the event again');
    outcome = 'unknown';
    await write(event('received'));
    await write(event('received'));
    expect([sent.length, claims]).toEqual([2, ['back', 'unknown']]);
  });
});

describe('the stream', () => {
  it('brings a letter as an event without a word of the applicant', () => {
    const NewImage = {
      ...{ programId: { S: 'acme' }, applicationId: { S: 'a1' }, version: { N: '1' }, kind: { S: 'received' } },
      ...{ orderedAt: { S: AT }, state: { S: 'pending' } },
    };
    const record = (sk: string, eventName = 'INSERT') => ({
      eventName,
      dynamodb: { Keys: { sk: { S: sk } }, NewImage },
    });
    const letter = letterOfRecord(record('APPLICATION_LETTER#000001'));
    expect(letter && domainEventSchema.parse(applicationEvent(letter))).toEqual({
      ...{ type: 'application.received', eventId: 'application-received~acme~a1~1', programId: 'acme', occurredAt: AT },
      ...{ applicationId: 'a1', version: 1 },
    });
    expect(letterOfRecord(record('APPLICATION_LETTER#000001', 'MODIFY'))).toBeUndefined();
    expect(letterOfRecord(record('APPLICATION'))).toBeUndefined();
  });
});
