import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeApplicationForms } from '#shared/adapters/dynamodb/partners/applications/application-forms';
import { makeLetterClaims } from '#shared/adapters/dynamodb/partners/applications/application-letters';
import { makeApplicationStore } from '#shared/adapters/dynamodb/partners/applications/applications';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makeDecideApplication } from '#shared/application/partners/applications/decide-application';
import type { ApplicationStore } from '#shared/application/partners/applications/ports';
import { makeEnrolPartner } from '#shared/application/partners/enrol-partner';
import { anApplication, aWaitingApplication } from '#test/support/builders/applications';
import { acme, instant, plansUpTo } from '#test/support/builders/partners';
import { makeFakeApplications } from '#test/support/fakes/applications';
import { makeMemoryPartners } from '#test/support/fakes/partner-store';
import { fakeSealer } from '#test/support/fakes/payee-vault';
import { makeFakePrograms } from '#test/support/fakes/programs';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const LIMITS = { day: '2026-03-10', aDay: 3 };
type World = {
  readonly applications: ApplicationStore;
  readonly partners: ReturnType<typeof makeMemoryPartners>['store'];
};
const implementations: readonly [string, () => World][] = [
  ['on the engine', () => ({ applications: makeApplicationStore(table), partners: makePartnerStore(table) })],
  [
    'in memory',
    () => {
      const applications = makeFakeApplications();
      return { applications, partners: makeMemoryPartners(applications).store };
    },
  ],
];

describe.each(implementations)('applications %s', (name, make) => {
  let world: World;
  let programs = 0;
  const aShop = (): string => `${name.replaceAll(' ', '-')}-${++programs}`;
  beforeAll(() => {
    world = make();
  });

  it('keep an application as it was handed in, and refuse a write of anything but the newest', async () => {
    const { applications } = world;
    const application = anApplication({ programId: aShop(), termsHash: 'f'.repeat(64) });
    expect(await applications.receive(application, LIMITS)).toBe('received');
    expect(await applications.find(application.programId, 'a1')).toEqual({ ...application, version: 1 });
    expect(await applications.receive(application, LIMITS)).toBe('stale');
    const { lapsesAt: _, ...confirmed } = { ...application, version: 1, status: 'waiting' as const };
    expect(await applications.save(confirmed)).toBe('saved');
    expect(await applications.save(confirmed)).toBe('stale');
    expect(await applications.find(application.programId, 'a1')).toEqual({ ...confirmed, version: 2 });
    expect(await applications.find(aShop(), 'a1')).toBeUndefined();
  });

  it('count those of a day and of a source, also when they come at once, and write none above it', async () => {
    const { applications } = world;
    const programId = aShop();
    const send = async (id: string, source: string) => {
      for (;;) {
        const outcome = await applications.receive(anApplication({ programId, applicationId: id }), {
          ...LIMITS,
          source: { hash: source, aDay: 2 },
        });
        if (outcome !== 'contended') return outcome;
      }
    };
    const outcomes = await Promise.all(['a', 'b', 'c'].map((id) => send(id, 's1')));
    expect(outcomes.toSorted()).toEqual(['received', 'received', 'too_many_of_source']);
    expect(await send('d', 's2')).toBe('received');
    expect(await send('e', 's2')).toBe('too_many_of_day');
    expect(await applications.find(programId, 'e')).toBeUndefined();
  });

  it('list those of one status, the oldest first, and count those that wait up to a bound', async () => {
    const { applications } = world;
    const programId = aShop();
    for (const [index, id] of ['c', 'a', 'b'].entries()) {
      const receivedAt = instant(`2026-03-0${index + 1}T00:00:00Z`);
      await applications.save(aWaitingApplication({ programId, applicationId: id, receivedAt }));
    }
    await applications.receive(anApplication({ programId, applicationId: 'new' }), LIMITS);
    const first = await applications.list(programId, 'waiting', { limit: 2 });
    expect(first.items.map(({ applicationId }) => applicationId)).toEqual(['c', 'a']);
    const rest = await applications.list(programId, 'waiting', { limit: 2, cursor: first.nextCursor });
    expect([rest.items.map(({ applicationId }) => applicationId), rest.nextCursor]).toEqual([['b'], undefined]);
    expect(await applications.countWaiting(programId, 10)).toBe(3);
    expect(await applications.countWaiting(programId, 2)).toBe(2);
    expect(await applications.countWaiting(aShop(), 2)).toBe(0);
  });

  it('enrol one partner when two people accept at once, with the terms of the one who decided', async () => {
    const { applications, partners } = world;
    const programId = aShop();
    await applications.save(aWaitingApplication({ programId }));
    const clock = () => Date.parse('2026-03-11T00:00:00Z');
    const decide = makeDecideApplication({
      ...{ applications, clock, digest },
      enrol: makeEnrolPartner({
        ...{ partners, clock, digest, sealer: fakeSealer, plans: plansUpTo(2) },
        programs: makeFakePrograms(acme({ programId })),
      }),
    });
    const accept = (by: string, planVersion: number, partnerId: string) =>
      decide({
        ...{ programId, applicationId: 'a1', by },
        wish: {
          decision: 'accept',
          partnerId,
          tier: 'referral',
          planVersion,
          startsAt: instant('2026-03-11T00:00:00Z'),
        },
      });
    const outcomes = await Promise.allSettled([accept('person:a', 1, 'noor'), accept('person:b', 2, 'noor-2')]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'application_not_waiting' });
    const decided = await applications.find(programId, 'a1');
    const { partnerId, by } = (decided?.decision ?? {}) as { partnerId?: string; by?: string };
    expect([decided?.status, `${by} ${partnerId}`]).toEqual([
      'accepted',
      partnerId === 'noor' ? 'person:a noor' : 'person:b noor-2',
    ]);
    const enrolled = await Promise.all(['noor', 'noor-2'].map((id) => partners.profile(programId, id)));
    expect(enrolled.map((one) => one?.email)).toEqual(
      partnerId === 'noor' ? ['noor@reads.example', undefined] : [undefined, 'noor@reads.example'],
    );
  });
});

describe('letters to applicants', () => {
  it('are taken by one caller alone, and again when nothing went out', async () => {
    const applications = makeApplicationStore(table);
    const letters = makeLetterClaims(table);
    const programId = 'letters';
    await applications.receive(anApplication({ programId }), LIMITS);
    const letter = { programId, applicationId: 'a1', version: 1 };
    const taken = await Promise.all([letters.start(letter), letters.start(letter)]);
    expect(taken.toSorted()).toEqual([false, true]);
    await letters.giveBack(letter);
    expect(await letters.start(letter)).toBe(true);
    await letters.end(letter, 'sent');
    expect(await letters.start(letter)).toBe(false);
    expect(await letters.start({ ...letter, version: 2 })).toBe(false);
  });
});

describe('forms of applications', () => {
  it('are kept a programme, the last one counting', async () => {
    const forms = makeApplicationForms(table);
    const said = { changedAt: instant('2026-03-10T08:00:00Z'), changedBy: 'person:m' };
    await forms.save('shop', {
      ...said,
      open: true,
      questions: [{ id: 'q', label: 'Why?', required: true }],
      termsText: 'Be kind.',
    });
    await forms.save('shop', { ...said, open: true, questions: [] });
    expect(await forms.find('shop')).toEqual({ ...said, open: true, questions: [] });
    expect(await forms.find('other')).toBeUndefined();
  });
});
