import { beforeAll, describe, expect, it } from 'vitest';
import { pages } from '#functions/console/pages/pages';
import type { Action, Page } from '#functions/console/web/page';
import { makeApiClient } from '#infra/api-client';
import { signInAgain } from '#infra/local/demo/sign-in';
import type { Role, RouteContract } from '#shared/contracts/route';
import { routes } from '#shared/contracts/routes';
import { type ConsolePerson, signInToConsole } from '#test/support/console-person';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme } from '#test/support/programme';

/** Loaded functions are many: so many at once keep both cores busy and no call waiting for long. */
const AT_ONCE = 6;
const EVERY_STAFF_ROLE: readonly Role[] = ['admin', 'finance', 'approver', 'partner_manager'];
const NO_SUCH = 'no-such-thing';

type Who = {
  readonly name: string;
  readonly email: string;
  /** In the programme that is tried. */
  readonly roles: readonly Role[];
  /** In any programme: what counts for a route that is about none. */
  readonly anywhere: readonly Role[];
  /** The partner it acts for there. */
  readonly partnerId?: string;
  token: string;
  console: ConsolePerson;
};

let stack: SharedStack;
let programId: string;
let everybody: readonly Who[];
const who = (name: string): Who => everybody.find((one) => one.name === name)!;

beforeAll(async () => {
  stack = await sharedLocalStack();
  const [manager, { apiUrl }] = [stack.as('partner_manager'), stack.endpoints];
  const asAdmin = makeApiClient(apiUrl, await signInAgain(stack.dataDir, staffEmail('admin')));
  const otherProgram = await aProgramme(asAdmin, { name: 'Another programme' });
  programId = await aProgramme(asAdmin, { name: 'The programme' });
  const mail = (name: string): string => `${name}.${programId}@matrix.example`;
  await Promise.all([
    aPartner(manager, programId, 'mine', { email: mail('mine') }),
    aPartner(manager, programId, 'theirs', { email: mail('theirs') }),
    aPartner(manager, otherProgram, 'mine', { email: mail('foreign') }),
  ]);
  const employ = async (program: string, name: string, roles: readonly Role[]): Promise<void> => {
    await asAdmin.post(`/v1/programs/${program}/people`, { name, email: mail(name), roles });
  };
  // One after the other: each is a link of one chain of records.
  await employ(programId, 'manager', ['partner_manager']);
  await employ(programId, 'finance', ['finance']);
  await employ(programId, 'approver', ['approver']);
  await employ(programId, 'admin', ['admin']);
  await employ(otherProgram, 'outsider', EVERY_STAFF_ROLE);
  const plan: readonly (Pick<Who, 'name' | 'email' | 'roles' | 'partnerId'> & Partial<Who>)[] = [
    { name: 'partner', email: mail('mine'), roles: ['partner'], partnerId: 'mine' },
    { name: 'another partner', email: mail('theirs'), roles: ['partner'], partnerId: 'theirs' },
    { name: 'partner of another programme', email: mail('foreign'), roles: [], anywhere: ['partner'] },
    { name: 'partner_manager', email: mail('manager'), roles: ['partner_manager'] },
    { name: 'finance', email: mail('finance'), roles: ['finance'] },
    { name: 'approver', email: mail('approver'), roles: ['approver'] },
    { name: 'admin', email: mail('admin'), roles: ['admin'] },
    { name: 'staff of another programme', email: mail('outsider'), roles: [], anywhere: EVERY_STAFF_ROLE },
    { name: 'nobody', email: mail('nobody'), roles: [] },
  ];
  everybody = await Promise.all(
    plan.map(async (one) => ({
      anywhere: one.roles,
      ...one,
      token: await signInAgain(stack.dataDir, one.email),
      console: await signInToConsole(apiUrl, one.email),
    })),
  );
}, 60_000);

function staffEmail(role: string): string {
  return stack.endpoints.people.find((person) => person.role === role)!.email;
}

/** What the declaration of a route or page says about somebody, by the ids in its path. */
function verdictOf(
  access: RouteContract['access'],
  path: string,
  { roles, anywhere, partnerId }: Who,
  params: Record<string, string>,
): 'in' | 'forbidden' | 'not_found' {
  if (access === 'public' || access === 'signed_in') return 'in';
  if (!path.includes('{programId}')) {
    if (anywhere.length === 0) return 'not_found';
    return access.some((role) => anywhere.includes(role)) ? 'in' : 'forbidden';
  }
  if (params.programId !== programId || roles.length === 0) return 'not_found';
  if (!access.some((role) => roles.includes(role))) return 'forbidden';
  const isPartner = roles.length === 1 && partnerId !== undefined;
  return isPartner && path.includes('{partnerId}') && params.partnerId !== partnerId ? 'not_found' : 'in';
}

function fill(path: string, params: Record<string, string>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? NO_SUCH));
}

type Answer = { readonly status: number; readonly code: string; readonly text: string };

/** A body that no route takes, so that nothing is done by whoever may: rights are looked at before the body. */
async function call(route: RouteContract, path: string, token: string | undefined, tries = 3): Promise<Answer> {
  const headers = { ...(token ? { authorization: `Bearer ${token}` } : {}), 'content-type': 'application/json' };
  const body = route.method === 'GET' ? {} : { body: '{' };
  const answer = await fetch(new URL(path, stack.endpoints.apiUrl), {
    method: route.method,
    headers,
    redirect: 'manual',
    ...body,
  });
  const text = await answer.text();
  // A machine that does much else runs functions into their time-outs; a fault of ours is one at every try.
  if (answer.status >= 500 && tries > 1) return call(route, path, token, tries - 1);
  const code = /"code":"(\w+)"/.exec(text)?.[1] ?? '';
  return { status: answer.status, code, text };
}

async function together<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
    }),
  );
}

/** Routes that do something without a body: asked only by whoever must be refused. */
function actsWithoutBody({ method, body, file }: RouteContract): boolean {
  return method !== 'GET' && !body && !file;
}
/** What belongs to one partner, and partners may ask for. */
function isPartners({ path, access }: RouteContract): boolean {
  return path.includes('{partnerId}') && Array.isArray(access) && access.includes('partner');
}
function isAsSaid(verdict: ReturnType<typeof verdictOf>, { status, code }: Answer): boolean {
  if (verdict === 'forbidden') return status === 403 && code === 'forbidden';
  if (verdict === 'not_found') return status === 404;
  return status < 500 && status !== 401 && code !== 'forbidden' && code !== 'unknown_program';
}
const guarded = routes.filter(({ access, isPage }) => access !== 'public' && !isPage);

describe('every route of the API', () => {
  // In one pass: a stack keeps fewer functions loaded than there are routes.
  it('lets in whom its declaration names, and shows others nothing that tells an id that exists from one that does not', async () => {
    expect(guarded.length).toBeGreaterThan(150);
    const wrong: string[] = [];
    const params = { programId, partnerId: 'mine' };
    await together(guarded, async (route) => {
      const ask = (person: Who | undefined, more: Record<string, string> = {}): Promise<Answer> =>
        call(route, fill(route.path, { ...params, ...more }), person?.token);
      const note = (who: string, answer: Answer | undefined, what: string): void => {
        wrong.push(`${route.name} as ${who}: ${what}, is ${answer?.status} ${answer?.text.slice(0, 160)}`);
      };
      const answers = new Map<string, Answer>();
      const asked = everybody.map(async (person) => {
        const verdict = verdictOf(route.access, route.path, person, params);
        if (verdict === 'in' && actsWithoutBody(route)) return;
        const answer = await ask(person);
        answers.set(person.name, answer);
        if (!isAsSaid(verdict, answer)) note(person.name, answer, verdict);
      });
      const [anonymous, elsewhere, unheardOf] = await Promise.all([
        ask(undefined),
        route.path.includes('{programId}') ? ask(who('nobody'), { programId: NO_SUCH }) : undefined,
        isPartners(route) ? ask(who('another partner'), { partnerId: NO_SUCH }) : undefined,
        ...asked,
      ]);
      if (anonymous.status !== 401) note('a stranger', anonymous, '401');
      const differ = (name: string, nothing: Answer | undefined): boolean =>
        nothing !== undefined && (nothing.status !== 404 || nothing.text !== answers.get(name)?.text);
      for (const name of ['nobody', 'staff of another programme', 'partner of another programme'])
        if (differ(name, elsewhere)) note(name, elsewhere, `as ${answers.get(name)?.text}`);
      if (differ('another partner', unheardOf))
        note('another partner', unheardOf, `as ${answers.get('another partner')?.text}`);
    });
    expect(wrong).toEqual([]);
  });
});

function titleIn(html: string): string | undefined {
  return /<h1[^>]*>([^<]*)/.exec(html)?.[1];
}

describe('every page of the console', () => {
  const shown = pages.filter((page): page is Page => page.kind === 'page');
  const actions = pages.filter((page): page is Action => page.kind === 'action');

  /** As the console decides before it asks the API: in a programme, by the roles there. */
  const pageVerdictOf = (
    { access, path }: Page | Action,
    { roles, partnerId }: Who,
  ): 'in' | 'forbidden' | 'not_found' => {
    if (!path.includes('{programId}')) return access === 'signed_in' ? 'in' : 'forbidden';
    if (roles.length === 0) return 'not_found';
    if (access === 'signed_in') return 'in';
    if (partnerId === 'theirs' && path.includes('{partnerId}')) return 'not_found';
    return access.some((role) => roles.includes(role)) ? 'in' : 'forbidden';
  };
  const params = { programId: '', partnerId: 'mine' };
  const pathOf = ({ path }: Page | Action): string => fill(path, { ...params, programId });
  /** What is named by further ids does not exist here. */
  const namesMore = ({ path }: Page | Action): boolean => /\{(?!programId|partnerId)/.test(path);

  it('opens for whom its declaration names, and for nobody else', async () => {
    const wrong: string[] = [];
    await together(shown, async (page) => {
      await Promise.all(
        everybody.map(async (person) => {
          const verdict = pageVerdictOf(page, person);
          const { status, location, html } = await person.console.open(pathOf(page));
          const isOpen = [200, 303].includes(status) && !location?.includes('/sign-in');
          // Of what does not exist, or is not said in the address.
          const isMissing = (status === 404 && namesMore(page)) || status === 422;
          // The start tells whoever has no role so.
          const isStart = page.path === '/console' && person.anywhere.length === 0 && status === 403;
          const isAsSaid = { in: isOpen || isMissing || isStart, forbidden: status === 403, not_found: status === 404 };
          if (isAsSaid[verdict]) return;
          wrong.push(`${page.name} as ${person.name}: ${verdict}, is ${status} ${location ?? ''} ${titleIn(html)}`);
        }),
      );
    });
    expect(wrong).toEqual([]);
  });

  it('leads whoever has not signed in to sign in, and back', async () => {
    await together(shown, async (page) => {
      const path = pathOf(page);
      const answer = await fetch(new URL(path, stack.endpoints.apiUrl), { redirect: 'manual' });
      expect(answer.headers.get('location'), page.name).toBe(`/console/sign-in?returnTo=${encodeURIComponent(path)}`);
    });
  });

  it('takes no form from whoever may not, from another site, or without the token of the session', async () => {
    const wrong: string[] = [];
    await together(actions, async (action) => {
      const path = pathOf(action);
      await Promise.all(
        everybody.map(async (person) => {
          const verdict = pageVerdictOf(action, person);
          const { status, html } = await person.console.send(path, { csrf: 'guess' });
          // Whose form it could be sees it again; where what it is about does not exist, its page says so.
          const isMissing = verdict === 'in' && ((namesMore(action) && status === 404) || status === 422);
          if (status !== (verdict === 'not_found' ? 404 : 403) && !isMissing)
            wrong.push(`${action.name} as ${person.name}: ${verdict}, is ${status} ${titleIn(html)}`);
        }),
      );
      const member = everybody.find((person) => pageVerdictOf(action, person) === 'in');
      const headers = { cookie: member?.console.cookie ?? '', origin: 'https://evil.example' };
      const body = new URLSearchParams({ csrf: 'guess' });
      const address = new URL(path, stack.endpoints.apiUrl);
      const foreign = await fetch(address, { method: 'POST', redirect: 'manual', headers, body });
      // Who is admin of all programmes is a person of the stack, not of these: nobody here may create one.
      if (!member && !path.includes(programId)) return;
      if (!member || foreign.status !== 403) wrong.push(`${action.name} from elsewhere: ${foreign.status}`);
    });
    expect(wrong).toEqual([]);
  });

  it('answers another programme, another partner and an address that is none alike', async () => {
    const titleOf = async (person: Who, path: string) => {
      const { status, html } = await person.console.open(path);
      return `${status} ${titleIn(html)}`;
    };
    const nothing = '404 There is nothing here';
    for (const [name, path] of [
      ['nobody', `/console/programs/${programId}/runs`],
      ['nobody', `/console/programs/${NO_SUCH}/runs`],
      ['staff of another programme', `/console/programs/${programId}`],
      ['another partner', `/console/programs/${programId}/partners/mine/home`],
      ['another partner', `/console/programs/${programId}/partners/${NO_SUCH}/home`],
      ['finance', '/console/no-such-page'],
    ] as const)
      expect(await titleOf(who(name), path), `${name} ${path}`).toBe(nothing);
    await eventually(async () => expect(await titleOf(who('nobody'), '/console')).toContain('403'));
  });
});
