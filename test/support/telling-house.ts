import { digest } from '#shared/adapters/digest';
import { makeFindRecipients } from '#shared/application/notifications/find-recipients';
import type { NoticeMessage, RenderDigest, RenderNotice } from '#shared/application/notifications/messages';
import { makePlanDigests } from '#shared/application/notifications/plan-digests';
import type { Mail, MailOutcome } from '#shared/application/notifications/ports';
import type { SalesBetween } from '#shared/application/notifications/sales-between';
import { makeSendDueMail } from '#shared/application/notifications/send-due-mail';
import { makeSendDueMails } from '#shared/application/notifications/send-due-mails';
import type { StaffPerson } from '#shared/application/notifications/staff/staff-ports';
import { makeTell, type TellDeps } from '#shared/application/notifications/tell';
import type { EscalationContacts } from '#shared/application/partners/escalation-contact';
import type { PartnerProfile, Standing } from '#shared/application/partners/ports';
import type { Program } from '#shared/application/programs';
import { UNLIMITED } from '#shared/application/time-box';
import { toInstant } from '#shared/domain/time/instant';
import { acme, aProfile, aStanding } from '#test/support/builders/partners';
import { makeMemoryOutbox } from '#test/support/fakes/outbox';
import { makeMemoryPreferences } from '#test/support/fakes/preferences';
import { makeFakePrograms } from '#test/support/fakes/programs';
import { makeMemoryStaff } from '#test/support/fakes/staff';

/** What an e-mail tells of, by the ids in its facts: its words are others' to test. */
const idOf = ({ facts }: NoticeMessage): string =>
  'payoutId' in facts ? facts.payoutId : 'orderId' in facts ? facts.orderId : 'runId' in facts ? facts.runId : 'notice';

const render: RenderNotice = (message, { language, name, timeZone, links }) => ({
  subject: idOf(message),
  title: `${message.kind} ${language}`,
  text: `${name} ${timeZone}`,
  mail: { text: links?.unsubscribe ?? '', html: '' },
});
const renderDigest: RenderDigest = ({ notices, sales }, { links }) => ({
  subject: notices.map(idOf).join(' '),
  title: 'digest',
  text: sales ? `${sales.recorded}+${sales.held}` : '',
  mail: { text: links?.unsubscribe ?? '', html: '' },
});

export type SentMail = Mail & { readonly atMs: number };

/** All that telling takes, in memory, on a clock that stands where it is put. */
export function aTellingHouse(options: { readonly program?: Program; readonly staff?: readonly StaffPerson[] } = {}) {
  const program = options.program ?? acme();
  const house = {
    nowMs: Date.parse('2026-01-10T12:00:00Z'),
    sent: [] as SentMail[],
    outcome: (() => 'sent') as () => MailOutcome,
    suppressed: new Set<string>(),
    profiles: new Map<string, PartnerProfile>([['p1', aProfile()]]),
    standings: [aStanding()] as Standing[],
    sales: (async () => ({ recorded: 0, held: 0, amounts: [] })) as SalesBetween,
    contact: undefined as string | undefined,
    approvers: [] as string[],
    warnings: [] as string[],
    errors: [] as string[],
    /** Called before and after each effect; may throw, as a crash does. */
    point: (): void => {},
  };
  const memory = makeMemoryOutbox();
  const preferences = makeMemoryPreferences();
  const staff = makeMemoryStaff(...(options.staff ?? []));
  const programs = makeFakePrograms(program);
  const outbox = new Proxy(memory, {
    get: (target, name: keyof typeof memory) => {
      const value = target[name] as (...args: unknown[]) => unknown;
      if (name === 'due') return value;
      return async (...args: unknown[]) => {
        house.point();
        const answer = await value(...args);
        house.point();
        return answer;
      };
    },
  });
  const contacts: Pick<EscalationContacts, 'find' | 'approvers'> = {
    find: async () =>
      house.contact === undefined ? undefined : { email: house.contact, changedAt: toInstant(0), changedBy: 'a' },
    approvers: async () => house.approvers,
  };
  const partners = { profile: async (_: string, partnerId: string) => house.profiles.get(partnerId) };
  const deps = {
    ...makeFindRecipients({ partners, staff, contacts, digest }),
    ...{ programs, preferences, outbox, render, renderDigest, digest },
    clock: () => house.nowMs,
    log: {
      info: () => undefined,
      warn: (message: string) => void house.warnings.push(message),
      error: (message: string) => void house.errors.push(message),
    },
    suppressions: { isSuppressed: async (_: string, email: string) => house.suppressed.has(email) },
    unsubscribe: {
      linkOf: async ({ kind }: { kind: string }) => ({
        url: `https://x/${kind}`,
        headers: { 'List-Unsubscribe': kind },
      }),
    },
    mailer: {
      send: async (mail: Mail) => {
        house.point();
        const outcome = house.outcome();
        if (outcome === 'sent' || outcome === 'unknown') house.sent.push({ ...mail, atMs: house.nowMs });
        house.point();
        return outcome;
      },
    },
  } satisfies TellDeps & Record<string, unknown>;
  const plan = makePlanDigests({
    ...deps,
    sales: (...args) => house.sales(...args),
    partners: {
      standings: async function* () {
        yield* house.standings;
      },
    },
  });
  const sendDue = makeSendDueMail({
    programs: {
      list: async function* () {
        yield program;
      },
    },
    plan,
    send: makeSendDueMails(deps),
    clock: deps.clock,
    log: deps.log,
  });
  return {
    ...{ house, memory, preferences, staff, program },
    tell: makeTell(deps),
    sendDue: () => sendDue(UNLIMITED),
    /** The hourly calls from now on, through an instant. */
    hoursThrough: async (iso: string, hoursApart = 1): Promise<void> => {
      for (const end = Date.parse(iso); house.nowMs < end; ) {
        house.nowMs += hoursApart * 3_600_000;
        await sendDue(UNLIMITED);
      }
    },
    inbox: async (recipientId = 'partner:p1') =>
      (await memory.list(program.programId, recipientId, { limit: 100 })).items,
  };
}
