import { Failure } from '#shared/application/failure';
import type { PublishedPlan } from '#shared/application/payouts/ports';
import type { Page } from '#shared/application/ports';
import type { Currency } from '#shared/domain/money/money';
import type { Component } from '#shared/domain/plan/plan';
import { type BrokenRule, type ProposedComponent, validatePlan } from '#shared/domain/plan/plan-rules';
import type { Instant } from '#shared/domain/time/instant';

export const DRAFT_STATUSES = ['open', 'published', 'discarded'] as const;
export type DraftStatus = (typeof DRAFT_STATUSES)[number];

/** A component as an editor has it so far: any JSON object, because half a rule must be saveable too. */
export type DraftComponent = Readonly<Record<string, unknown>>;

/** A plan that is still being written. Each save raises its revision; published or discarded it changes no more. */
export type PlanDraft = {
  readonly draftId: string;
  readonly name: string;
  readonly components: readonly DraftComponent[];
  readonly revision: number;
  readonly status: DraftStatus;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly savedBy: string;
  readonly savedAt: Instant;
  /** Who published or discarded it. */
  readonly closedBy?: string | undefined;
  readonly closedAt?: Instant | undefined;
  readonly publishedVersion?: number | undefined;
};

/** Drafts: every write is conditional on the revision that its writer has seen; nothing is deleted. */
export type PlanDraftStore = {
  get(programId: string, draftId: string): Promise<PlanDraft | undefined>;
  /** By draft id; a page of one status may be short and still have a next one. */
  list(
    programId: string,
    page: { cursor?: string | undefined; limit: number; status?: DraftStatus | undefined },
  ): Promise<Page<PlanDraft>>;
  /** Stores revision 1 of a new draft, or replaces the revision before of one that is open. */
  save(programId: string, draft: PlanDraft): Promise<boolean>;
  /** Marks an open draft as discarded at its revision. */
  discard(programId: string, draft: PlanDraft): Promise<boolean>;
  /** Marks an open draft as published at its revision and creates the version, both or neither. */
  publish(programId: string, draft: PlanDraft, plan: PublishedPlan): Promise<boolean>;
};

/** What the border makes of components: those whose shape can be read, by their place, and what the others' shape breaks. */
export type ReadComponents = (components: readonly DraftComponent[]) => {
  readonly readable: ReadonlyMap<number, ProposedComponent>;
  readonly broken: readonly BrokenRule[];
};

/** A version no plan is published under: rules and simulations of a draft count under it. */
export const DRAFT_VERSION = 0;
const ANY_VERSION = 1;

export type CheckedDraft = {
  /** Every broken rule by its JSON pointer, in the order of the components; none for a plan that may be published. */
  readonly brokenRules: readonly BrokenRule[];
  /** The components of a sound plan; absent while a rule is broken. */
  readonly components?: readonly Component[] | undefined;
};

/**
 * Holds components against everything that publishing would hold them against, and throws nothing: first the shape of each,
 * then, of those that can be read, the rules of a plan (design.md, Commission semantics 5 to 9 and 12).
 */
export function checkComponents(
  components: readonly DraftComponent[],
  read: ReadComponents,
  programCurrency: Currency,
): CheckedDraft {
  const { readable, broken } = read(components);
  const places = [...readable.keys()];
  const known = new Set(broken.map(({ pointer }) => pointer));
  const rules = validatePlan({ version: ANY_VERSION, components: [...readable.values()] }, programCurrency)
    .map(({ pointer, rule }) => ({ pointer: atPlace(pointer, places), rule }))
    // What the shape has said already is not said again of the whole; and what cannot be read is there all the same.
    .filter(({ pointer }) => !known.has(pointer) && !broken.some((told) => told.pointer.startsWith(`${pointer}/`)))
    .filter(({ pointer }) => pointer !== '/components' || components.length === 0);
  const brokenRules = [...broken, ...rules].sort((a, b) => placeOf(a.pointer) - placeOf(b.pointer));
  if (brokenRules.length > 0) return { brokenRules };
  return { brokenRules, components: [...readable.values()] as unknown as readonly Component[] };
}

const PLACE = /^\/components\/(\d+)/;

function placeOf(pointer: string): number {
  const match = PLACE.exec(pointer);
  return match ? Number(match[1]) : -1;
}

/** Rules are told of the readable components alone; a pointer is into what was sent. */
function atPlace(pointer: string, places: readonly number[]): string {
  return pointer.replace(PLACE, (_match, index: string) => `/components/${places[Number(index)] ?? index}`);
}

/** @throws Failure not_found */
export async function needDraft(
  drafts: Pick<PlanDraftStore, 'get'>,
  programId: string,
  draftId: string,
): Promise<PlanDraft> {
  const draft = await drafts.get(programId, draftId);
  if (draft) return draft;
  throw new Failure('not_found', 'Check the draft id; GET .../plan-drafts lists them.', {
    errors: [{ pointer: 'path:draftId', rule: 'must be the id of a draft' }],
  });
}

/** Somebody saved in between: the answer carries what is stored now, so that an editor can show both. */
export function draftChanged(current: PlanDraft | undefined): Failure {
  if (!current) {
    return new Failure('plan_draft_changed', 'There is no such draft yet: leave revision out to create it.', {
      errors: [{ pointer: '/revision', rule: 'must be left out for a new draft' }],
    });
  }
  const { revision, savedBy, savedAt } = current;
  return new Failure(
    'plan_draft_changed',
    `The draft is at revision ${revision}, saved by ${savedBy} at ${savedAt}: compare it with yours and send again with revision ${revision}.`,
    { errors: [{ pointer: '/revision', rule: `must be ${revision}` }], extra: { current } },
  );
}

export function draftClosed(current: PlanDraft): Failure {
  const { status, closedBy, publishedVersion } = current;
  const as = publishedVersion === undefined ? '' : ` as version ${publishedVersion}`;
  return new Failure('plan_draft_closed', `The draft was ${status}${as} by ${closedBy}: go on in a new draft.`, {
    errors: [{ pointer: 'path:draftId', rule: 'must be the id of an open draft' }],
    extra: { current },
  });
}
