import { programmeBase } from '#functions/console/statements/statement-paths';

export const RUN_PATH = '/console/programs/{programId}/runs/{runId}';
/** Who may see runs. */
export const RUN_STAFF = ['admin', 'finance', 'approver'] as const;

export const runsHref = (programId: string): string => `${programmeBase(programId)}/runs`;
export const runHref = (programId: string, runId: string): string =>
  `${runsHref(programId)}/${encodeURIComponent(runId)}`;

export type PartnersQuery = {
  readonly outcome?: string | undefined;
  readonly flag?: string | undefined;
  readonly currency?: string | undefined;
  readonly sort?: string | undefined;
  readonly q?: string | undefined;
  readonly hold?: readonly string[] | undefined;
};

/** The partners of a run, narrowed; `hold` are those chosen to be held back by the decision, which lies in the address until it is made. */
export function partnersHref(programId: string, runId: string, query: PartnersQuery = {}): string {
  return withQuery(`${runHref(programId, runId)}/partners`, query);
}

export function decideHref(programId: string, runId: string, hold: readonly string[] = []): string {
  return withQuery(`${runHref(programId, runId)}/decide`, { hold });
}

export function withQuery(path: string, query: PartnersQuery): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, one);
  }
  return params.size === 0 ? path : `${path}?${params}`;
}

/** Whom the decision would hold back, from an address or a form. */
export const holdsOf = (query: URLSearchParams): readonly string[] =>
  [...new Set(query.getAll('hold').map((id) => id.trim()))].filter((id) => id !== '').sort();
