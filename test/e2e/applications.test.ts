import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, ApiProblem } from '#infra/api-client';
import type { Mail } from '#infra/local/ses';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { asPartner } from '#test/support/partner-token';
import { aProgramme } from '#test/support/programme';

/** Longer than the form asks its reader to take. */
const READING_MS = 3_100;

type Application = { readonly applicationId: string; readonly status: string; readonly partnerIds?: readonly string[] };

let stack: SharedStack;
let programId: string;
let manager: ApiClient;
let pageUrl: string;
beforeAll(async () => {
  stack = await sharedLocalStack();
  programId = await aProgramme(stack.as('admin'));
  manager = stack.as('partner_manager');
  const form = await manager.put<{ publicUrl: string; termsHash: string }>(at('application-form'), {
    open: true,
    questions: [{ id: 'audience', label: 'Who reads you?', required: true }],
    termsText: 'Be kind to readers.',
  });
  pageUrl = form.publicUrl;
});

const at = (path: string): string => `/v1/programs/${programId}/${path}`;
const mailsTo = (email: string): readonly Mail[] => {
  const folder = join(stack.dataDir, 'mail');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const all = files.toSorted().map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Mail);
  return all.filter(({ to }) => to.includes(email));
};
const linkOf = ({ text = '' }: Mail): string => /https?:\/\/\S+/.exec(text)?.[0] ?? '';
const waiting = async (status = 'waiting'): Promise<readonly Application[]> =>
  (await manager.get<{ items: Application[] }>(at(`applications?status=${status}`))).items;
const read = async (url: string, language = 'en'): Promise<string> =>
  (await fetch(url, { headers: { 'accept-language': language } })).text();
const send = (fields: Record<string, string>): Promise<Response> =>
  fetch(pageUrl, { method: 'POST', body: new URLSearchParams(fields), headers: { 'accept-language': 'de' } });
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
const mailOf = (email: string, count: number): Promise<Mail> =>
  eventually(async () => {
    const mails = mailsTo(email);
    expect(mails).toHaveLength(count);
    return mails.at(-1) as Mail;
  });

describe('a person who applies', () => {
  it('fills in the page, confirms the address, and signs in once a manager has accepted', async () => {
    const email = `noor.${programId}@reads.example`;
    const shown = await read(pageUrl, 'de');
    expect(shown).toContain('Be kind to readers.');
    const fields = {
      ...{ stamp: hidden(shown, 'stamp'), termsHash: hidden(shown, 'termsHash'), agree: 'yes', fax: '' },
      ...{
        name: 'Noor Reads',
        email,
        country: 'NL',
        website: '',
        promotion: 'A letter.',
        'answer.audience': 'Students',
      },
    };
    const hasty = await send(fields);
    expect([hasty.status, (await hasty.text()).includes(email)]).toEqual([422, true]);
    await pause(READING_MS);
    expect((await send({ ...fields, fax: '1' })).status).toBe(200);
    const wrong = await send({ ...fields, 'answer.audience': '' });
    expect([wrong.status, (await wrong.text()).includes('href="#f-answer-audience"')]).toEqual([422, true]);
    expect((await send(fields)).status).toBe(200);
    expect((await send(fields)).status).toBe(200);

    const asked = await mailOf(email, 1);
    expect(asked.subject).toContain('Bitte bestätigen');
    expect(await waiting()).toEqual([]);
    const link = linkOf(asked);
    expect(await read(link)).toContain('<form method="post">');
    expect(await waiting()).toEqual([]);
    expect(await (await fetch(link, { method: 'POST' })).text()).toContain('Ihre Adresse ist bestätigt');
    const [application] = await eventually(async () => {
      const found = await waiting();
      expect(found).toMatchObject([{ name: 'Noor Reads', email, language: 'de', via: 'page', status: 'waiting' }]);
      return found;
    });
    const path = at(`applications/${application?.applicationId}`);
    expect((await manager.get<Application>(path)).partnerIds).toEqual([]);

    const terms = { decision: 'accept', tier: 'referral', planVersion: 1, startsAt: '2026-01-01T00:00:00Z' };
    const both = await Promise.allSettled([
      manager.post(`${path}/decisions`, { ...terms, partnerId: 'noor' }),
      stack.as('admin').post(`${path}/decisions`, { ...terms, partnerId: 'noor-reads' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'application_not_waiting' });
    const welcome = await mailOf(email, 2);
    expect([welcome.subject.includes('Willkommen'), linkOf(welcome).endsWith('/console')]).toEqual([true, true]);
    const [partnerId = ''] = (await manager.get<Application>(path)).partnerIds ?? [];
    const noor = await asPartner(stack, email);
    expect(await noor.get(at(`partners/${partnerId}`))).toMatchObject({ name: 'Noor Reads', tier: 'referral' });
    await expect(noor.get(at('applications'))).rejects.toBeInstanceOf(ApiProblem);
  });

  it("applies through the merchant's own form, and is declined kindly", async () => {
    const email = `ola.${programId}@reads.example`;
    const { termsHash } = await stack.as('merchant_key').get<{ termsHash: string }>(at('application-form'));
    const said = { name: 'Ola', email, country: 'PL', promotion: 'A blog.', answers: { audience: 'Cooks' }, termsHash };
    const sent = await stack.as('merchant_key').post<Application>(at('applications'), said);
    expect(sent.status).toBe('unconfirmed');
    await fetch(linkOf(await mailOf(email, 1)), { method: 'POST' });
    const decline = { decision: 'decline', reason: 'No fit', message: 'We look for newsletters.' };
    await manager.post(at(`applications/${sent.applicationId}/decisions`), decline);
    const letter = await mailOf(email, 2);
    expect(letter.text).toContain('> We look for newsletters.');
    expect(letter.text).not.toContain('No fit');
    expect(await waiting('declined')).toMatchObject([{ applicationId: sent.applicationId, decision: decline }]);
  });

  it('reads kindly that a programme takes no applications, and that there is none', async () => {
    const closed = await aProgramme(stack.as('admin'));
    expect(await read(pageUrl.replace(programId, closed))).toContain('is not looking for partners now');
    expect((await fetch(pageUrl.replace(programId, 'nobody-there'))).status).toBe(404);
  });
});
