import { randomUUID } from 'node:crypto';
import findMyWay, { type HTTPMethod } from 'find-my-way';
import { Fragment, type JSX } from 'preact';
import { Document } from '#console/ui/layout';
import {
  endedPage,
  faultPage,
  forbiddenPage,
  foreignFormPage,
  notFoundPage,
  refusedPage,
  unavailablePage,
} from '#console/ui/problems';
import { isCsrfToken, isSecure } from '#functions/console/sign-in/session-cookie';
import { isSameSitePost } from '#shared/application/console/same-site-post';
import type { Session } from '#shared/application/console/sessions';
import { Failure } from '#shared/application/failure';
import type { Log } from '#shared/application/ports';
import { getMeRoute } from '#shared/contracts/partners/people/get-me';
import { getProgramRoute } from '#shared/contracts/payouts/programs/get-program';
import type { Role } from '#shared/contracts/route';
import { type Api, ApiProblem, makeApi } from './api.ts';
import { FieldProblem, type Form, readForm } from './form.ts';
import { localeOf, makeFormat } from './format.ts';
import { programmeHome } from './navigation.ts';
import {
  type Action,
  type Answer,
  type FailedAction,
  failedAction,
  type Me,
  mayBeDone,
  type Page,
  type Programme,
  type View,
  type Visit,
} from './page.ts';
import { type ConsoleRequest, FormTooLarge } from './request.ts';
import { fileResult, htmlResult, type Reply, type Result, redirectResult } from './result.ts';

export type ConsoleParts = {
  readonly pages: readonly (Page | Action)[];
  readonly session: (request: ConsoleRequest) => Promise<Session | undefined>;
  readonly publicUrl: string;
  /** Where forms may lead beside this origin: the sign-in service. */
  readonly formOrigins: readonly string[];
  readonly clock: () => number;
  readonly log: Log;
  readonly fetch?: typeof fetch;
};

/** How long it may be remembered who somebody is; what somebody may do is decided by the API on each call. */
const ME_TTL_MS = 15_000;
const MAX_REMEMBERED = 200;
const DONE_COOKIE = 'ts_done';
const MAX_DONE_LENGTH = 300;

type Known = { readonly me: Me; readonly until: number };

/** Finds the page of a request, lets in who may see it, and makes it an HTTP answer. */
export function makeConsole(parts: ConsoleParts): (request: ConsoleRequest) => Promise<Result> {
  const { pages, publicUrl, formOrigins, clock, log } = parts;
  const router = findMyWay({ maxParamLength: 2048, ignoreTrailingSlash: true });
  for (const one of pages) {
    const method: HTTPMethod = one.kind === 'page' ? 'GET' : 'POST';
    router.on(method, one.path.replaceAll(/\{(\w+)\}/g, ':$1'), () => {}, one);
  }
  const remembered = new Map<string, Known>();

  const whoIs = async (api: Api, session: Session): Promise<Me> => {
    const known = remembered.get(session.idToken);
    if (known && known.until > clock()) return known.me;
    const me = await api.call(getMeRoute, {});
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(session.idToken, { me, until: clock() + ME_TTL_MS });
    return me;
  };

  return async (request) => {
    const began = performance.now();
    const reply: Reply = { request, publicUrl, formOrigins };
    const theme = readTheme(request);
    const lone = (page: View): Result =>
      htmlResult(reply, <Document page={page} path={request.path} theme={theme} />, { status: page.status ?? 200 });
    const found = router.find(request.method, encodedPath(request));
    const target = found?.store as Page | Action | undefined;
    const address = addressOf(request);

    let session: Session | undefined;
    try {
      session = await parts.session(request);
    } catch (error) {
      // Whoever cannot be recognised now is not sent to sign in: that would not answer either, and the session goes on.
      log.error('session not read', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      const why = error instanceof Failure ? error.message : 'Something failed on our side; try again in a minute.';
      return lone(unavailablePage(address, why, request.method === 'POST'));
    }
    if (!session) return withoutSession(request, target, address, lone);

    const api = makeApi(publicUrl, session.idToken, parts.fetch);
    let me: Me | undefined;
    let programme: Programme | undefined;
    const home = (): string => (programme ? programmeHome(programme) : '/console');
    const show = (answer: Answer): Result => {
      if (answer.kind === 'redirect')
        return redirectResult(answer.to, answer.done ? [doneCookie(publicUrl, answer.done)] : []);
      if (answer.kind === 'file') return fileResult(answer.file);
      const { calls, ms } = api.spent();
      const timing = `total;dur=${(performance.now() - began).toFixed(1)}, api;dur=${ms.toFixed(1)};desc="${calls} calls"`;
      if (answer.kind === 'part')
        return htmlResult(reply, <Fragment>{answer.body}</Fragment>, {
          status: answer.status ?? 200,
          isPart: true,
          timing,
        });
      const done = readDone(request);
      const content: JSX.Element = (
        <Document
          page={answer}
          me={me}
          programme={programme}
          path={request.path}
          csrfToken={session.csrfToken}
          theme={theme}
          done={done}
        />
      );
      return htmlResult(reply, content, {
        status: answer.status ?? 200,
        timing,
        ...(done === undefined ? {} : { cookies: [doneCookie(publicUrl, '')] }),
      });
    };

    try {
      me = await whoIs(api, session);
      const params = (found?.params ?? {}) as Record<string, string>;
      const programId = params.programId ?? programIn(request.path);
      programme = programId === undefined ? undefined : await programmeOf(api, me, programId);
      if (!target) return show(notFoundPage(home()));
      const refusal = refusalOf(target, me, programme, params);
      if (refusal) return show(refusal === 'not_found' ? notFoundPage(home()) : forbiddenPage(home(), refusal));
      const visit = makeVisit({ parts, request, api, me, session, programme, params, address });
      if (target.kind === 'page') return show(await target.show(visit));
      return show(await act(target, visit, request, publicUrl, home()));
    } catch (error) {
      if (error instanceof FormTooLarge) return show(refusedPage(address, 413, error.message));
      if (error instanceof ApiProblem) {
        if (error.status === 401) return withoutSession(request, target, address, lone);
        if (error.status === 404) return show(notFoundPage(home()));
        if (error.status === 403) return show(forbiddenPage(home(), error.detail));
        if (error.status === 503) return show(unavailablePage(address, error.detail, request.method === 'POST'));
        if (error.status < 500) return show(refusedPage(home(), error.status, error.detail));
      }
      const requestId = randomUUID();
      log.error('page failed', {
        requestId,
        page: target?.name,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      return show(faultPage(home(), requestId));
    }
  };
}

/** Signing in leads back to the page; what was typed into a form is shown, as it cannot be sent. */
async function withoutSession(
  request: ConsoleRequest,
  target: Page | Action | undefined,
  address: string,
  lone: (page: View) => Result,
): Promise<Result> {
  if (request.method === 'GET') {
    const signIn = `/console/sign-in?returnTo=${encodeURIComponent(address)}`;
    return request.wantsPart
      ? { statusCode: 401, headers: { 'hx-redirect': signIn, 'cache-control': 'no-store' }, body: '' }
      : redirectResult(signIn);
  }
  const form = await readForm(request.headers['content-type'], request.body()).catch(() => undefined);
  const back = target?.kind === 'action' && !target.page.path.includes('{') ? target.page.path : refererPath(request);
  return lone(endedPage(back, form?.values ?? {}));
}

function refererPath(request: ConsoleRequest): string {
  try {
    const { pathname, search } = new URL(request.headers.referer ?? '');
    return pathname.startsWith('/console') ? `${pathname}${search}` : '/console';
  } catch {
    return '/console';
  }
}

/** Does what a form asks for; refused, its page is shown again with what was entered. */
async function act(
  action: Action,
  visit: Visit,
  request: ConsoleRequest,
  publicUrl: string,
  home: string,
): Promise<Answer> {
  if (!isSameSitePost(request.headers, publicUrl)) return foreignFormPage(home);
  const form = await readForm(request.headers['content-type'], request.body());
  const key = keyOf(form, visit.formKey);
  const again = async (failed: FailedAction, status: number, formKey = visit.formKey): Promise<Answer> => {
    const query = new URLSearchParams(form.values.pageQuery?.[0] ?? '');
    const answer = await action.page.show({ ...visit, query, failed, formKey, wantsPart: false });
    return answer.kind === 'view' ? { ...answer, status } : answer;
  };
  if (!isCsrfToken(visit.session, form.values.csrf?.[0])) {
    const message =
      'You signed in again since this page was opened. Look at what you entered and press the button once more.';
    return again({ action: action.name, values: form.values, fields: {}, message, code: 'form_expired' }, 403);
  }
  try {
    return await action.send(visit, form, key);
  } catch (error) {
    if (error instanceof FieldProblem) return again(failedAction(action, form.values, error), 422);
    if (!(error instanceof ApiProblem) || error.status === 401) throw error;
    // It may have been done, or is being done: sent once more it keeps its key, so that it is not done twice.
    const isOpen = error.status >= 500 || mayBeDone(error);
    return again(failedAction(action, form.values, error), error.status, isOpen ? key : visit.formKey);
  }
}

/** The form's own key, if it looks like one. */
function keyOf(form: Form, otherwise: string): string {
  const given = form.values.formKey?.[0] ?? '';
  return /^[0-9a-f-]{36}$/.test(given) ? given : otherwise;
}

async function programmeOf(api: Api, me: Me, programId: string): Promise<Programme | undefined> {
  const grants = me.grants.filter((grant) => grant.programId === programId);
  const [first] = grants;
  const partners = grants.flatMap(({ role, partnerId, partnerName }) =>
    role === 'partner' && partnerId !== undefined ? [{ partnerId, name: partnerName ?? partnerId }] : [],
  );
  const roles = new Set<Role>([...grants.map(({ role }) => role), ...me.installationRoles]);
  if (first) {
    return { programId, name: first.programName, currency: first.currency, timeZone: first.timeZone, roles, partners };
  }
  if (me.installationRoles.length === 0) return undefined;
  // Beyond the programmes that are told with the roles.
  const program = await api.maybe(getProgramRoute, { params: { programId } });
  return (
    program && {
      programId,
      name: program.name,
      currency: program.currency,
      timeZone: program.timeZone,
      roles,
      partners,
    }
  );
}

/** As the API decides (functions/runtime/principal.ts), before anything is asked: `not_found`, or why not. */
function refusalOf(
  { access, path }: Page | Action,
  me: Me,
  programme: Programme | undefined,
  params: Readonly<Record<string, string>>,
): string | undefined {
  if (path.includes('{programId}') && (!programme || programme.roles.size === 0)) return 'not_found';
  if (access === 'signed_in') return undefined;
  const roles = programme?.roles ?? new Set<Role>(me.installationRoles);
  const isPartnerOnly = roles.size === 1 && roles.has('partner');
  if (params.partnerId !== undefined && isPartnerOnly) {
    if (!programme?.partners.some(({ partnerId }) => partnerId === params.partnerId)) return 'not_found';
  }
  if (access.some((role) => roles.has(role))) return undefined;
  return `This page is for ${access.map((role) => ROLE_NAMES[role]).join(', ')}.`;
}

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  partner: 'partners',
  partner_manager: 'partner managers',
  finance: 'finance',
  approver: 'approvers',
  admin: 'admins',
  merchant: 'merchants',
};

/** Of pages that are about none. */
const NO_PROGRAMME: Programme = {
  programId: '',
  name: '',
  currency: '',
  timeZone: 'UTC',
  roles: new Set(),
  partners: [],
};

function makeVisit({
  parts,
  request,
  programme,
  ...rest
}: Pick<Visit, 'api' | 'me' | 'session' | 'params' | 'address'> & {
  readonly parts: ConsoleParts;
  readonly request: ConsoleRequest;
  readonly programme: Programme | undefined;
}): Visit {
  const format = makeFormat(localeOf(request.headers['accept-language']), programme?.timeZone ?? 'UTC');
  return {
    ...rest,
    query: request.query,
    programme: programme ?? NO_PROGRAMME,
    hasProgramme: programme !== undefined,
    format,
    now: parts.clock(),
    publicUrl: parts.publicUrl,
    wantsPart: request.wantsPart,
    formKey: randomUUID(),
    may: (...roles) => roles.some((role) => programme?.roles.has(role)),
  };
}

/** Also of an address that no page has: whoever mistyped it finds the way on. */
function programIn(path: string): string | undefined {
  return /^\/console\/programs\/([^/]+)/.exec(path)?.[1];
}

/** Functions are given the path decoded. */
function encodedPath({ path }: ConsoleRequest): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function addressOf(request: ConsoleRequest): string {
  const path = encodedPath(request);
  return request.query.size > 0 ? `${path}?${request.query}` : path;
}

function readTheme({ cookies }: ConsoleRequest): 'light' | 'dark' | undefined {
  const theme = cookies.ts_theme;
  return theme === 'light' || theme === 'dark' ? theme : undefined;
}

/** What was done, for the next page alone. */
function doneCookie(publicUrl: string, text: string): string {
  const value = Buffer.from(text.slice(0, MAX_DONE_LENGTH), 'utf8').toString('base64url');
  const secure = isSecure(publicUrl) ? '; Secure' : '';
  return `${DONE_COOKIE}=${value}; Path=/console; HttpOnly; SameSite=Lax${secure}; Max-Age=${text === '' ? 0 : 60}`;
}

function readDone({ cookies }: ConsoleRequest): string | undefined {
  const value = cookies[DONE_COOKIE];
  return value ? Buffer.from(value, 'base64url').toString('utf8') : undefined;
}
