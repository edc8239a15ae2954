import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, ApiProblem } from '#infra/api-client';
import type { Mail } from '#infra/local/ses';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { asPartner } from '#test/support/partner-token';
import { aPartner, aProgramme } from '#test/support/programme';

type Problem = { readonly problemId: string; readonly maskedAddress: string };
type Preferences = { readonly kinds: readonly { readonly kind: string; readonly cadence: string }[] };

let stack: SharedStack;
let programId: string;
let manager: ApiClient;
beforeAll(async () => {
  stack = await sharedLocalStack();
  manager = stack.as('partner_manager');
  programId = await aProgramme(stack.as('admin'));
});

const of = (partnerId: string, path = ''): string => `/v1/programs/${programId}/partners/${partnerId}${path}`;
const promote = (partnerId: string, tier: string): Promise<unknown> =>
  manager.post(of(partnerId, '/tiers'), { tier, from: new Date().toISOString(), reason: 'Well done' });
const mailsTo = (email: string): readonly Mail[] => {
  const folder = join(stack.dataDir, 'mail');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const all = files.toSorted().map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Mail);
  return all.filter(({ to }) => to.includes(email));
};
const inbox = async (partnerId: string): Promise<number> =>
  (await manager.get<{ items: unknown[] }>(of(partnerId, '/inbox'))).items.length;
const problems = async (): Promise<readonly Problem[]> =>
  (await manager.get<{ items: Problem[] }>(`/v1/programs/${programId}/mail-problems`)).items;

describe('mail that comes back', () => {
  it('is stopped and shown; the inbox goes on, and so does the mail once somebody lifts it', async () => {
    const email = `bounce+${programId}@simulator.amazonses.com`;
    await aPartner(manager, programId, 'lost', { email });
    expect(await manager.get(of('lost'))).toMatchObject({ mail: { stopped: false } });
    await promote('lost', 'certified');
    const [problem] = await eventually(async () => {
      const found = await problems();
      expect(found).toMatchObject([
        {
          maskedAddress: 'b***@simulator.amazonses.com',
          reason: 'bounced',
          detail: 'General 5.1.1',
          partners: [{ partnerId: 'lost', name: 'Partner lost' }],
        },
      ]);
      return found;
    });
    expect(mailsTo(email)).toMatchObject([{ tags: { programId }, headers: { 'Auto-Submitted': 'auto-generated' } }]);
    const itself = await asPartner(stack, email);
    expect(await itself.get(of('lost'))).toMatchObject({ mail: { stopped: true, reason: 'bounced' } });
    await expect(itself.get(`/v1/programs/${programId}/mail-problems`)).rejects.toBeInstanceOf(ApiProblem);

    const before = await inbox('lost');
    await promote('lost', 'premium');
    await eventually(async () => expect(await inbox('lost')).toBeGreaterThan(before));
    expect(mailsTo(email)).toHaveLength(1);

    await manager.post(`/v1/programs/${programId}/mail-problems/${problem!.problemId}/lift`, {
      reason: 'Mailbox made',
    });
    expect(await problems()).toEqual([]);
    await promote('lost', 'certified');
    await eventually(async () => expect(mailsTo(email)).toHaveLength(2));
  });
});

describe('a link to unsubscribe', () => {
  it('changes nothing when it is followed, and ends the kind with one click', async () => {
    const email = `glad.${programId}@partners.example`;
    await aPartner(manager, programId, 'glad', { email });
    await promote('glad', 'certified');
    const mail = await eventually(async () => {
      const [found] = mailsTo(email);
      expect(found).toBeDefined();
      return found!;
    });
    expect(mail.headers?.['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    const url = /^<(.+)>$/.exec(mail.headers?.['List-Unsubscribe'] ?? '')![1]!;
    const isOff = async (): Promise<readonly string[]> => {
      const { kinds } = await manager.get<Preferences>(of('glad', '/notification-preferences'));
      return kinds.filter(({ cadence }) => cadence === 'off').map(({ kind }) => kind.replaceAll('.', '-'));
    };

    const asked = await fetch(url, { headers: { 'accept-language': 'de' } });
    expect([asked.status, asked.headers.get('set-cookie')]).toEqual([200, null]);
    expect(await asked.text()).toMatch(/Test programme.*value="One-Click"/s);
    expect(await isOff()).toEqual([]);

    const post = (address: string, body: string): Promise<Response> =>
      fetch(address, { method: 'POST', body, redirect: 'manual', headers: { 'content-type': FORM } });
    expect((await post(url, '')).status).toBe(422);
    const byHand = { method: 'POST', headers: { accept: 'text/html', 'content-type': FORM } };
    const answers = await Promise.all([fetch(`${url}~`, byHand), fetch(`${url}~`)]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(await answers[0].text()).toBe(await answers[1].text());
    expect((await post(`${url.slice(0, -1)}~`, 'List-Unsubscribe=One-Click')).status).toBe(404);
    expect(await isOff()).toEqual([]);
    expect((await post(url, 'List-Unsubscribe=One-Click')).status).toBe(200);
    expect(await isOff()).toEqual([mail.tags?.kind]);
    expect(await (await fetch(url)).text()).not.toContain('<form');
  });
});

const FORM = 'application/x-www-form-urlencoded';
