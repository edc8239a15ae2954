import { beforeEach, describe, expect, it } from 'vitest';
import { makeApplicationTokens } from '#shared/adapters/application-tokens';
import { digest } from '#shared/adapters/digest';
import { makeSigningKeysFrom } from '#shared/adapters/signing-keys';
import { makeGetApplicationForm } from '#shared/application/partners/applications/application-form';
import {
  makeConfirmApplication,
  makeShowConfirmation,
} from '#shared/application/partners/applications/confirm-application';
import type { ApplicationForm } from '#shared/application/partners/applications/ports';
import { makeGetApplication, makeListApplications } from '#shared/application/partners/applications/read-applications';
import {
  MAX_A_DAY_AND_SOURCE,
  makeReceiveApplication,
  type ReceiveApplication,
} from '#shared/application/partners/applications/receive-application';
import { aWaitingApplication } from '#test/support/builders/applications';
import { acme } from '#test/support/builders/partners';
import { type FakeApplications, makeFakeApplications, makeFakeForms } from '#test/support/fakes/applications';
import { makeFakePrograms } from '#test/support/fakes/programs';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const START = Date.parse('2026-03-10T08:00:00Z');
const FORM: ApplicationForm = {
  open: true,
  questions: [
    { id: 'audience', label: 'Who reads you?', required: true },
    { id: 'note', label: 'Anything else?', required: false },
  ],
};
const request: ReceiveApplication = {
  programId: 'acme',
  name: 'Noor Reads',
  email: ' Noor@Reads.example',
  country: 'NL',
  promotion: 'A letter each Friday.',
  answers: { audience: 'Students' },
  language: 'de',
  via: 'page',
  source: 's1',
};

const clockState = { now: START };
const clock = () => clockState.now;
const programs = makeFakePrograms(acme({ name: 'Acme' }));
const retry = { pause: async () => undefined, random: () => 0 };
const tokens = makeApplicationTokens(
  makeSigningKeysFrom(async (stage) => (stage === 'AWSCURRENT' ? 'root' : undefined), clock),
);
let applications: FakeApplications;
let form: ApplicationForm;
beforeEach(() => {
  clockState.now = START;
  applications = makeFakeApplications();
  form = FORM;
});
const readForm = () => makeGetApplicationForm({ forms: makeFakeForms(form), programs, digest });
const receive = (more: Partial<ReceiveApplication> = {}) =>
  makeReceiveApplication({ applications, readForm: readForm(), clock, digest, retry })({ ...request, ...more });
const linkOf = async ({ applicationId, version }: { applicationId: string; version: number }) =>
  (await tokens.signLink({ programId: 'acme', applicationId, version })) ?? '';
const deps = { tokens, programs, clock };
const confirm = (token: string) =>
  makeConfirmApplication({ ...deps, applications, retry })({ programId: 'acme', token });
const show = (token: string, programId = 'acme') =>
  makeShowConfirmation({ ...deps, applications })({ programId, token });

describe('an application', () => {
  it('is kept with the questions as they were asked, and lapses after 7 days unless it is confirmed', async () => {
    const { outcome, application } = await receive();
    expect(outcome).toBe('received');
    expect(application).toMatchObject({
      ...{ status: 'unconfirmed', name: 'Noor Reads', language: 'de', lapsesAt: '2026-03-17T08:00:00.000Z' },
      answers: [{ id: 'audience', label: 'Who reads you?', answer: 'Students' }],
    });
    expect(JSON.stringify(application)).not.toContain('s1');
    clockState.now += 7 * DAY_MS;
    expect((await show(await linkOf(application)))?.state).toBeUndefined();
  });

  it.each([
    ['an answer is missing', { answers: {} }, '/answers/audience'],
    ['a question is unknown', { answers: { audience: 'x', other: 'y' } }, '/answers/other'],
  ])('is refused when %s', async (_what, change, pointer) => {
    await expect(receive(change)).rejects.toMatchObject({ code: 'invalid_request', errors: [{ pointer }] });
  });

  it('knows no answer to a question that is called as what every object has', async () => {
    form = { ...FORM, questions: [{ id: 'constructor', label: 'Who builds it?', required: false }] };
    expect((await receive({ answers: {} })).application.answers).toEqual([]);
    form = { ...FORM, questions: [{ id: 'constructor', label: 'Who builds it?', required: true }] };
    await expect(receive({ answers: {} })).rejects.toMatchObject({ errors: [{ pointer: '/answers/constructor' }] });
  });

  it('is refused by a programme that takes none, and by one that never said that it does', async () => {
    form = { ...FORM, open: false };
    await expect(receive()).rejects.toMatchObject({ code: 'applications_closed' });
    const never = makeGetApplicationForm({ forms: makeFakeForms(), programs, digest });
    expect((await never({ programId: 'acme' })).form).toEqual({ open: false, questions: [] });
    await expect(receive({ programId: 'nobody' })).rejects.toMatchObject({ code: 'unknown_program' });
  });

  it('consents to the terms as they stand, by their hash', async () => {
    form = { ...FORM, termsText: 'Be kind.' };
    const { termsHash = '' } = (await readForm()({ programId: 'acme' })).form;
    await expect(receive()).rejects.toMatchObject({ errors: [{ pointer: '/termsHash' }] });
    await expect(receive({ termsHash: 'a'.repeat(64) })).rejects.toMatchObject({ code: 'text_hash_mismatch' });
    expect((await receive({ termsHash })).application.termsHash).toBe(termsHash);
    form = { ...FORM, termsText: 'Be kind.', termsUrl: 'https://acme.example/terms' };
    expect((await readForm()({ programId: 'acme' })).form.termsHash).not.toBe(termsHash);
  });

  it('sent twice by one click is one, with one link', async () => {
    const first = await receive();
    expect(await receive()).toEqual({ outcome: 'kept', application: first.application });
    expect(first.application.version).toBe(1);
  });

  it('is replaced by another from the same address, a few times, and only the newest link confirms', async () => {
    const first = await receive();
    const second = await receive({ name: 'Noor & Co' });
    expect(second.application).toMatchObject({ applicationId: first.application.applicationId, version: 2, links: 2 });
    expect(await show(await linkOf(first.application))).toBeUndefined();
    clockState.now += 11 * MINUTE_MS;
    expect((await receive({ name: 'Noor & Co' })).outcome).toBe('received');
    expect((await receive({ name: 'Another' })).outcome).toBe('too_often');
  });

  it('stands once it waits: nobody who types the address in changes it', async () => {
    const { application } = await receive();
    await confirm(await linkOf(application));
    expect((await receive({ name: 'Somebody else' })).outcome).toBe('kept');
    expect(await applications.find('acme', application.applicationId)).toMatchObject({ name: 'Noor Reads' });
  });

  it('is bounded by source and by how many wait', async () => {
    for (let index = 0; index < MAX_A_DAY_AND_SOURCE; index += 1) await receive({ email: `p${index}@reads.example` });
    await expect(receive({ email: 'last@reads.example' })).rejects.toMatchObject({ code: 'too_many_applications' });
    expect((await receive({ email: 'last@reads.example', source: 's2' })).outcome).toBe('received');
    applications = { ...applications, countWaiting: async (_programId, upTo) => upTo };
    await expect(receive({ source: 's3' })).rejects.toMatchObject({ code: 'too_many_applications' });
  });
});

describe('confirming an address', () => {
  it('asks first, then makes the application wait, and is done when repeated', async () => {
    const { application } = await receive();
    const link = await linkOf(application);
    expect((await show(link))?.state).toBe('asks');
    clockState.now += DAY_MS;
    expect((await confirm(link))?.state).toBe('confirmed');
    const waiting = await applications.find('acme', application.applicationId);
    expect(waiting).toMatchObject({ status: 'waiting', confirmedAt: '2026-03-11T08:00:00.000Z', version: 2 });
    expect(waiting?.lapsesAt).toBeUndefined();
    expect((await confirm(link))?.state).toBe('confirmed');
    expect((await applications.find('acme', application.applicationId))?.version).toBe(2);
  });

  it('takes no link of another programme, of a form, or changed by a letter', async () => {
    const { application } = await receive();
    const link = await linkOf(application);
    expect(await show(link, 'other')).toBeUndefined();
    expect(await show((await tokens.signForm('acme', START)) ?? '')).toBeUndefined();
    expect(await show(`A${link.slice(1)}`)).toBeUndefined();
    expect(await tokens.readForm(link, 'acme')).toBeUndefined();
  });
});

describe('reading applications', () => {
  it('leaves out those that have lapsed and are not removed yet', async () => {
    await receive();
    const list = makeListApplications({ applications, clock });
    const page = { programId: 'acme', status: 'unconfirmed', limit: 10 } as const;
    expect((await list(page)).items).toHaveLength(1);
    clockState.now += 8 * DAY_MS;
    expect(await list(page)).toMatchObject({ items: [], waiting: { count: 0, more: false } });
  });

  it('tells staff whose address it is already, in this programme', async () => {
    applications.put(aWaitingApplication());
    const found = [
      { programId: 'acme', partnerId: 'noor' },
      { programId: 'other', partnerId: 'n' },
    ];
    const get = makeGetApplication({ applications, clock, people: { partnersByEmailHash: async () => found } });
    expect((await get({ programId: 'acme', applicationId: 'a1' })).partnerIds).toEqual(['noor']);
    await expect(get({ programId: 'acme', applicationId: 'a2' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
