import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { makeConsole } from '#console/web/serve';
import { type Action, defineAction, definePage, type Page, part, redirect, view } from '#functions/console/web/page';
import type { ConsoleRequest } from '#functions/console/web/request';
import type { Session } from '#shared/application/console/sessions';
import { Failure } from '#shared/application/failure';
import { defineRoute } from '#shared/contracts/route';
import { type Answered, aFakeApi, aRequest, aSession } from '#test/support/fakes/console';

const noteRoute = defineRoute({
  name: 'write-note',
  service: 'console',
  method: 'POST',
  path: '/v1/programs/{programId}/notes',
  summary: 'For this test',
  access: ['finance'],
  params: z.object({ programId: z.string() }),
  body: z.object({ text: z.string() }),
  status: 201,
  response: z.object({ noteId: z.string() }),
});

const shown: string[] = [];
const notes: Page = definePage({
  name: 'show-notes',
  path: '/console/programs/{programId}/notes',
  access: ['finance', 'admin'],
  show: async ({ failed, query, wantsPart, programme, formKey }) => {
    const body = `key: ${formKey}; fault: ${failed?.fields.text ?? ''}; message: ${failed?.message ?? ''}; entered: ${failed?.values.text?.[0] ?? ''}; filter: ${query.get('filter') ?? ''}`;
    shown.push(programme.name);
    return wantsPart ? part('only this') : view({ title: 'Notes', body });
  },
});
const write: Action = defineAction({
  name: 'write-note',
  path: '/console/programs/{programId}/notes',
  access: ['finance'],
  page: notes,
  send: async ({ api, programme: { programId } }, form, idempotencyKey) => {
    await api.call(noteRoute, { params: { programId }, body: { text: form.text('text') }, idempotencyKey });
    return redirect('/console/programs/acme/notes', 'The note is written.');
  },
});
const own = definePage({
  name: 'show-own',
  path: '/console/programs/{programId}/partners/{partnerId}/home',
  access: ['partner', 'finance'],
  show: async ({ params }) => view({ title: `Home of ${params.partnerId}`, body: 'ours' }),
});
const broken = definePage({
  name: 'show-broken',
  path: '/console/broken',
  access: 'signed_in',
  show: async () => {
    throw new Error('secret of the house');
  },
});

const grant = (role: string, more: Record<string, unknown> = {}) => ({
  programId: 'acme',
  programName: 'Acme',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  role,
  ...more,
});
const me = (...grants: Record<string, unknown>[]): Answered => ({
  status: 200,
  body: {
    kind: 'person',
    id: 'person:anna',
    email: 'anna@agency.example',
    installationRoles: [],
    grants,
    moreProgramsExist: false,
  },
});

function aConsole(options: {
  readonly who?: Answered;
  readonly session?: Session | undefined;
  /** Why the session cannot be read. */
  readonly trouble?: Error;
  readonly answers?: Parameters<typeof aFakeApi>[0];
}) {
  const api = aFakeApi({ 'GET /v1/me': options.who ?? me(grant('finance')), ...options.answers });
  const logged: unknown[] = [];
  const log = { info: () => {}, warn: () => {}, error: (...told: unknown[]) => void logged.push(told) };
  const serve = makeConsole({
    pages: [notes, write, own, broken],
    session: async () => {
      if (options.trouble) throw options.trouble;
      return 'session' in options ? options.session : aSession();
    },
    publicUrl: 'https://console.example',
    formOrigins: [],
    clock: () => 1_000,
    log,
    fetch: api.fetch,
  });
  const ask = async (request: ConsoleRequest) => {
    const result = await serve(request);
    return { ...result, html: result.body ?? '', headers: (result.headers ?? {}) as Record<string, string> };
  };
  return { ask, sent: api.sent, logged };
}

const NOTES = '/console/programs/acme/notes';
const filled = { csrf: 'csrf-of-anna', formKey: '0b1c2d3e-0000-4000-8000-000000000001', text: 'March' };

describe('a page of the console', () => {
  it('asks who has not signed in to do so, and to come back to it', async () => {
    const { statusCode, headers } = await aConsole({ session: undefined }).ask(aRequest(`${NOTES}?filter=open`));
    expect(statusCode).toBe(303);
    expect(headers.location).toBe(`/console/sign-in?returnTo=${encodeURIComponent(`${NOTES}?filter=open`)}`);
  });

  it('waits for who cannot be recognised just now, instead of asking for a sign-in that would not answer either', async () => {
    const trouble = new Failure('temporarily_unavailable', 'The sign-in service does not answer.');
    for (const [error, said] of [
      [trouble, 'The sign-in service does not answer.'],
      [new Error('the table is on fire'), 'Something failed on our side'],
    ] as const) {
      const { statusCode, html } = await aConsole({ trouble: error }).ask(aRequest(NOTES));
      expect(statusCode).toBe(503);
      expect(html).toContain(said);
      expect(html).toContain(`href="${NOTES}"`);
      expect(html).not.toContain('on fire');
    }
  });

  it('is shown in its programme, with headers that let nothing in from elsewhere', async () => {
    const { statusCode, html, headers } = await aConsole({}).ask(aRequest(NOTES));
    expect(statusCode).toBe(200);
    expect(html).toContain('<h1 class="page-title">Notes</h1>');
    expect(html).toContain('Acme');
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['strict-transport-security']).toBeDefined();
    expect(headers['cache-control']).toBe('private, no-store');
    expect(html).not.toMatch(/<script>|style="| on[a-z]+="/);
  });

  it('is packed for browsers that take it', async () => {
    const { headers, body } = await aConsole({}).ask(aRequest(NOTES, { headers: { 'accept-encoding': 'gzip, br' } }));
    expect(headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(Buffer.from(body ?? '', 'base64')).toString()).toContain('<!doctype html>');
  });

  it('answers htmx with the part that it asked for', async () => {
    const { html } = await aConsole({}).ask(aRequest(NOTES, { wantsPart: true }));
    expect(html).toBe('only this');
  });

  it('is not there for another programme, exactly as one that does not exist', async () => {
    const { ask } = aConsole({});
    const other = await ask(aRequest('/console/programs/other/notes'));
    const none = await ask(aRequest('/console/programs/none/notes'));
    expect([other.statusCode, none.statusCode]).toEqual([404, 404]);
    expect(other.html).toBe(none.html);
  });

  it('tells who has another role that its role cannot see it', async () => {
    const { statusCode, html } = await aConsole({ who: me(grant('partner_manager')) }).ask(aRequest(NOTES));
    expect(statusCode).toBe(403);
    expect(html).toContain('This page is for finance, admins.');
  });

  it("of another partner is not there for a partner; staff sees everyone's", async () => {
    const partner = me(grant('partner', { partnerId: 'anna', partnerName: 'Anna Agency' }));
    const path = (id: string) => aRequest(`/console/programs/acme/partners/${id}/home`);
    const asPartner = aConsole({ who: partner });
    expect((await asPartner.ask(path('anna'))).statusCode).toBe(200);
    expect((await asPartner.ask(path('bert'))).statusCode).toBe(404);
    expect((await aConsole({}).ask(path('bert'))).statusCode).toBe(200);
  });

  it('of a wrong address says what to do, within the programme', async () => {
    const { statusCode, html } = await aConsole({}).ask(aRequest('/console/programs/acme/nothing'));
    expect(statusCode).toBe(404);
    expect(html).toContain('The link may be old or mistyped');
    expect(html).toContain('/console/programs/acme/runs');
  });

  it('that fails tells a number and nothing of the house; the log has the rest', async () => {
    const { ask, logged } = aConsole({});
    const { statusCode, html } = await ask(aRequest('/console/broken'));
    expect(statusCode).toBe(500);
    expect(html).not.toContain('secret of the house');
    expect(JSON.stringify(logged)).toContain('secret of the house');
    const number = /<code>([0-9a-f-]{36})<\/code>/.exec(html)?.[1] ?? 'none';
    expect(JSON.stringify(logged)).toContain(number);
  });

  it('asks to sign in again when the API no longer takes the token', async () => {
    const gone = { status: 401, body: { code: 'unauthenticated', detail: 'Send a valid token.' } };
    const { statusCode, headers } = await aConsole({ who: gone }).ask(aRequest(NOTES));
    expect(statusCode).toBe(303);
    expect(headers.location).toContain('/console/sign-in');
  });
});

describe('a form of the console', () => {
  const written = { 'POST /v1/programs/acme/notes': { status: 201, body: { noteId: 'n1' } } };

  it('does what it says once, under its own key, and tells so on the next page', async () => {
    const { ask, sent } = aConsole({ answers: written });
    const { statusCode, headers, cookies } = await ask(aRequest(NOTES, { form: filled }));
    expect(statusCode).toBe(303);
    expect(headers.location).toBe(NOTES);
    expect(sent.at(-1)).toEqual({
      request: 'POST /v1/programs/acme/notes',
      key: filled.formKey,
      body: { text: 'March' },
    });
    const [name = '', value = ''] = (cookies?.[0] ?? '').split(';')[0]?.split('=') ?? [];
    expect(cookies?.[0]).toContain('; HttpOnly; SameSite=Lax; Secure;');
    const next = await ask(aRequest(NOTES, { cookies: { [name]: value } }));
    expect(next.html).toContain('The note is written.');
    expect(next.cookies?.[0]).toContain('Max-Age=0');
  });

  it('that another site sends changes nothing', async () => {
    const { ask, sent } = aConsole({ answers: written });
    const foreign = { origin: 'https://evil.example' };
    const { statusCode, html } = await ask(aRequest(NOTES, { form: filled, headers: foreign }));
    expect(statusCode).toBe(403);
    expect(html).toContain('does not come from here');
    expect(sent.map(({ request }) => request)).toEqual(['GET /v1/me']);
  });

  it('without the token of the session is shown again with what was entered', async () => {
    const { ask, sent } = aConsole({ answers: written });
    const { statusCode, html } = await ask(aRequest(NOTES, { form: { ...filled, csrf: 'of another session' } }));
    expect(statusCode).toBe(403);
    expect(html).toContain('entered: March');
    expect(html).toContain('press the button once more');
    expect(sent.map(({ request }) => request)).toEqual(['GET /v1/me']);
  });

  it('that the API refuses shows its page with the fault at the field, what was entered, and its filters', async () => {
    const refused = {
      status: 422,
      body: {
        code: 'invalid_request',
        detail: 'Correct and send again: /text must be shorter.',
        errors: [{ pointer: '/text', rule: 'must be shorter' }],
      },
    };
    const { ask } = aConsole({ answers: { 'POST /v1/programs/acme/notes': refused } });
    const { statusCode, html } = await ask(aRequest(NOTES, { form: { ...filled, pageQuery: 'filter=open' } }));
    expect(statusCode).toBe(422);
    expect(html).toContain('fault: This must be shorter.');
    expect(html).toContain('entered: March');
    expect(html).toContain('filter: open');
  });

  it('with an empty field is refused before anything is sent', async () => {
    const { ask, sent } = aConsole({ answers: written });
    const { statusCode, html } = await ask(aRequest(NOTES, { form: { ...filled, text: ' ' } }));
    expect(statusCode).toBe(422);
    expect(html).toContain('fault: This must be filled in.');
    expect(sent.map(({ request }) => request)).toEqual(['GET /v1/me']);
  });

  it('whose session has ended shows what was entered, without secrets, and where to sign in', async () => {
    const form = { ...filled, signingSecret: 'whsec_1', text: 'A long <b>note</b>' };
    const { statusCode, html } = await aConsole({ session: undefined }).ask(
      aRequest(NOTES, { form, headers: { referer: `https://console.example${NOTES}?filter=open` } }),
    );
    expect(statusCode).toBe(401);
    expect(html).toContain('A long &lt;b>note');
    expect(html).not.toContain('whsec_1');
    expect(html).not.toContain('csrf-of-anna');
    expect(html).toContain(`returnTo=${encodeURIComponent(`${NOTES}?filter=open`)}`);
  });

  it('of a role that may not send it is refused, whatever page it stands on', async () => {
    const { ask, sent } = aConsole({ who: me(grant('admin')), answers: written });
    expect((await ask(aRequest(NOTES, { form: filled }))).statusCode).toBe(403);
    expect(sent.map(({ request }) => request)).toEqual(['GET /v1/me']);
  });

  it.each([
    [503, 'temporarily_unavailable'],
    [500, 'internal_error'],
    [409, 'idempotency_key_in_flight'],
  ])(
    'that may have been done all the same (%i) keeps its key and what was entered, so that a repeat does it once',
    async (status, code) => {
      const open = { status, body: { code, detail: 'Wait a moment.' } };
      const { ask } = aConsole({ answers: { 'POST /v1/programs/acme/notes': open } });
      const { statusCode, html } = await ask(aRequest(NOTES, { form: filled }));
      expect(statusCode).toBe(status);
      expect(html).toContain(`key: ${filled.formKey}`);
      expect(html).toContain('entered: March');
    },
  );

  it('that meets an API which answers nothing at all is sent again as it was, by reloading', async () => {
    const busy = { status: 503, body: { code: 'temporarily_unavailable', detail: 'The store was busy.' } };
    const { statusCode, html } = await aConsole({ who: busy }).ask(aRequest(NOTES, { form: filled }));
    expect(statusCode).toBe(503);
    expect(html).toContain('Reload this page');
    expect(html).not.toContain('Try again');
  });

  it('that was refused gets another key: what is corrected is another request', async () => {
    const refused = { status: 422, body: { code: 'idempotency_key_reused', detail: 'Use a new one.' } };
    const { ask } = aConsole({ answers: { 'POST /v1/programs/acme/notes': refused } });
    const { html } = await ask(aRequest(NOTES, { form: filled }));
    expect(html).not.toContain(`key: ${filled.formKey}`);
    expect(html).toMatch(/key: [0-9a-f-]{36}/);
  });
});
