import { Failure } from '#shared/application/failure';
import type { PublishedPlan } from '#shared/application/payouts/ports';
import type { Page } from '#shared/application/ports';
import type { Currency } from '#shared/domain/money/money';
import type { Component } from '#shared/domain/plan/plan';
import { type BrokenRule, type ProposedComponent, validatePlan } from '#shared/domain/plan/plan-rules';
import { compareText, type Instant } from '#shared/domain/time/instant';

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

/** What the border makes of components: whatever can be read of each, in their places, and what their shape breaks. */
export type ReadComponents = (components: readonly DraftComponent[]) => {
  readonly readable: readonly ProposedComponent[];
  readonly broken: readonly BrokenRule[];
};

/** A version no plan is published under: rules and simulations of a draft count under it. */
export const DRAFT_VERSION = 0;
const ANY_VERSION = 1;

export type CheckedDraft = {
  /** Every broken rule, sorted by its JSON pointer; none for a plan that may be published. */
  readonly brokenRules: readonly BrokenRule[];
  /** The components of a sound plan; absent while a rule is broken. */
  readonly components?: readonly Component[] | undefined;
};

/**
 * Holds components against everything that publishing would hold them against, and throws nothing: the shape of each, and
 * at once the rules of a plan for whatever of them can be read (design.md, Commission semantics 5 to 9 and 12).
 */
export function checkComponents(
  components: readonly DraftComponent[],
  read: ReadComponents,
  programCurrency: Currency,
): CheckedDraft {
  const { readable, broken } = read(components);
  const rules = validatePlan({ version: ANY_VERSION, components: readable }, programCurrency).filter(
    ({ pointer }) => !broken.some((told) => says(told.pointer, pointer)),
  );
  const brokenRules = [...broken, ...rules].sort((a, b) => comparePointers(a.pointer, b.pointer));
  if (brokenRules.length > 0) return { brokenRules };
  return { brokenRules, components: readable as readonly Component[] };
}

const ALL_COMPONENTS = '/components';

/** Whether a broken shape says it already: of this very place, of one inside it, or of what this place is in. */
function says(told: string, pointer: string): boolean {
  if (told === pointer || told.startsWith(`${pointer}/`)) return true;
  return told !== ALL_COMPONENTS && pointer.startsWith(`${told}/`);
}

const PLACE = /^\d+$/;

/** In the order of the document where it counts: places by number, names by their letters, a whole before its parts. */
function comparePointers(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  for (const [at, token] of left.entries()) {
    const other = right[at];
    if (other === undefined) return 1;
    if (token === other) continue;
    return PLACE.test(token) && PLACE.test(other) ? Number(token) - Number(other) : compareText(token, other);
  }
  return left.length - right.length;
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
