import type { ComponentChildren } from 'preact';
import type * as z from 'zod';
import type { Session } from '#shared/application/console/sessions';
import type { getMeRoute } from '#shared/contracts/partners/people/get-me';
import type { Role } from '#shared/contracts/route';
import type { Api, ApiProblem, DownloadedFile } from './api.ts';
import type { FieldProblem, Form, FormValues } from './form.ts';
import type { Format } from './format.ts';

export type Me = z.output<typeof getMeRoute.response>;

/** The programme that a page is about, and what the person may do in it. */
export type Programme = {
  readonly programId: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly roles: ReadonlySet<Role>;
  /** The partners that the person acts for; empty for staff. */
  readonly partners: readonly { readonly partnerId: string; readonly name: string }[];
};

/** What a page is made from. */
export type Visit = {
  /** Of the path's `{...}`. */
  readonly params: Readonly<Record<string, string>>;
  /** Of the address behind `?`. */
  readonly query: URLSearchParams;
  readonly api: Api;
  readonly me: Me;
  readonly session: Session;
  /** Empty on a page whose path has no `{programId}`. */
  readonly programme: Programme;
  readonly hasProgramme: boolean;
  readonly format: Format;
  /** Milliseconds since 1970, as the page began. */
  readonly now: number;
  readonly publicUrl: string;
  /** The address of this page with its query, to come back to. */
  readonly address: string;
  /** htmx asked: answer the changed part alone ({@link part}). */
  readonly wantsPart: boolean;
  /** Differs on every showing: what makes a form that is sent twice be done once. */
  readonly formKey: string;
  /** Set when an action of this page was refused: its form shows the person's input again, with what is wrong. */
  readonly failed?: FailedAction | undefined;
  /** True when the person has one of the roles in this page's programme. */
  readonly may: (...roles: readonly Role[]) => boolean;
};

export type FailedAction = {
  readonly action: string;
  readonly values: FormValues;
  /** By field name, as the form names it. */
  readonly fields: Readonly<Record<string, string>>;
  /** What is wrong beyond single fields, or in words for all of them. */
  readonly message: string;
  readonly code: string;
};

export type View = {
  readonly kind: 'view';
  /** Of the window and the page. */
  readonly title: string;
  /** Before the title, the way here: `[['Runs', '/console/...'], ...]`. */
  readonly trail?: readonly (readonly [label: string, href: string])[];
  /** A line below the title. */
  readonly lead?: ComponentChildren;
  /** Beside the title: links and buttons. */
  readonly actions?: ComponentChildren;
  readonly body: ComponentChildren;
  readonly status?: number;
};
export type Part = { readonly kind: 'part'; readonly body: ComponentChildren; readonly status?: number };
export type Redirect = {
  readonly kind: 'redirect';
  readonly to: string;
  /** Shown once on the next page. */
  readonly done?: string;
};
export type FileAnswer = { readonly kind: 'file'; readonly file: DownloadedFile };
export type Answer = View | Part | Redirect | FileAnswer;

export const view = (page: Omit<View, 'kind'>): View => ({ kind: 'view', ...page });
/** What htmx puts into a page that is there already. */
export const part = (body: ComponentChildren, status = 200): Part => ({ kind: 'part', body, status });
/** After something was done; `done` says what. */
export const redirect = (to: string, done?: string): Redirect => ({ kind: 'redirect', to, ...(done ? { done } : {}) });
export const sendFile = (file: DownloadedFile): FileAnswer => ({ kind: 'file', file });

/** `signed_in`: everybody who has signed in, also without a role. */
export type PageAccess = 'signed_in' | readonly Role[];

export type Page = {
  readonly kind: 'page';
  readonly name: string;
  /** With `{parameter}` placeholders, below `/console`. */
  readonly path: string;
  readonly access: PageAccess;
  readonly show: (visit: Visit) => Promise<Answer>;
};

/** Something that a form does. Refused, it shows the page it stands on again. */
export type Action = {
  readonly kind: 'action';
  readonly name: string;
  readonly path: string;
  readonly access: PageAccess;
  /** Where its form stands; its path has no parameters that the action's has not. */
  readonly page: Page;
  /** Names of the API's fields as this form names them, by JSON pointer: `/payee/iban` is `iban` without saying so. */
  readonly fields?: Readonly<Record<string, string>>;
  /** @throws ApiProblem, FieldProblem */
  readonly send: (visit: Visit, form: Form, idempotencyKey: string) => Promise<Redirect | FileAnswer | View | Part>;
};

export const definePage = (page: Omit<Page, 'kind'>): Page => ({ kind: 'page', ...page });
export const defineAction = (action: Omit<Action, 'kind'>): Action => ({ kind: 'action', ...action });

const UNKNOWN_OUTCOMES = new Set(['idempotency_key_in_flight', 'temporarily_unavailable', 'internal_error']);

/** Whether what was sent may have been done, or is being done, all the same: nobody may be told that it was not. */
export const mayBeDone = ({ code }: Pick<FailedAction, 'code'>): boolean => UNKNOWN_OUTCOMES.has(code);

/** What was refused, as the form shows it. A field that the form does not have is told in the message. */
export function failedAction(action: Action, values: FormValues, problem: ApiProblem | FieldProblem): FailedAction {
  if ('field' in problem) {
    const fields = { [problem.field]: `This ${problem.message}.` };
    return {
      action: action.name,
      values,
      fields,
      message: 'Please correct what is marked below.',
      code: 'invalid_request',
    };
  }
  const fields: Record<string, string> = {};
  for (const { pointer, rule } of problem.errors) {
    const name =
      action.fields?.[pointer] ?? pointer.split('/').findLast((step) => step !== '' && !/^\d+$/.test(step)) ?? '';
    if (name !== '') fields[name] ??= `This ${rule}.`;
  }
  return { action: action.name, values, fields, message: problem.detail, code: problem.code };
}
