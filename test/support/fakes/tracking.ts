import type { Page } from '#shared/application/ports';
import type { CodeBatch, CodeChange } from '#shared/application/tracking/codes/code-ports';
import type {
  CodeCatalogue,
  LinkChange,
  LinkStore,
  ListQuery,
  StoredCode,
  StoredLink,
} from '#shared/application/tracking/ports';
import { compareText } from '#shared/domain/time/instant';
import { canonicalCode } from '#shared/domain/tracking/code';
import { slugSkeleton } from '#shared/domain/tracking/slug';

/** Links in memory. */
export function makeFakeLinks(): LinkStore {
  const links = new Map<string, StoredLink>();
  const owners = new Map<string, string>();
  const ownLinks = new Map<string, number>();
  const changes = new Map<string, LinkChange[]>();
  return {
    add: async (link, ownLimit) => {
      if (links.has(link.slug)) return 'taken';
      const shape = slugSkeleton(link.slug);
      const owner = `${link.programId} ${link.partnerId}`;
      if ((owners.get(shape) ?? owner) !== owner) return 'looks_alike';
      const own = ownLinks.get(owner) ?? 0;
      if (own >= (ownLimit ?? Number.POSITIVE_INFINITY)) return 'too_many';
      if (ownLimit !== undefined) ownLinks.set(owner, own + 1);
      owners.set(shape, owner);
      links.set(link.slug, link);
      return 'added';
    },
    find: async (slug) => links.get(slug),
    change: async (after, record) => {
      const stored = links.get(after.slug);
      if (!stored || (stored.version ?? 0) !== record.sequence - 1) return 'contended';
      links.set(after.slug, after);
      changes.set(after.slug, [record, ...(changes.get(after.slug) ?? [])]);
      return 'changed';
    },
    changes: async (_programId, slug, limit) => (changes.get(slug) ?? []).slice(0, limit),
    list: async (programId, query) =>
      pageOf(
        [...links.values()].filter((link) => link.programId === programId),
        (link) => link.slug,
        query,
      ),
  };
}

/** Codes in memory. */
export function makeFakeCodes(): CodeCatalogue {
  const codes = new Map<string, StoredCode>();
  const requests = new Map<string, string>();
  const batches = new Map<string, CodeBatch>();
  const changes = new Map<string, CodeChange[]>();
  return {
    find: async (canonical) => codes.get(canonical),
    addAll: async (all) => {
      if (all.some(({ code }) => codes.has(canonicalCode(code)))) return 'refused';
      for (const code of all) codes.set(canonicalCode(code.code), code);
      return 'added';
    },
    openBatch: async (programId, requestId, batch) => {
      const key = `${programId} ${requestId}`;
      batches.set(key, batches.get(key) ?? batch);
      return batches.get(key) ?? batch;
    },
    change: async (after, record) => {
      const canonical = canonicalCode(after.code);
      if ((codes.get(canonical)?.version ?? 0) !== record.sequence - 1) return 'contended';
      codes.set(canonical, after);
      changes.set(canonical, [record, ...(changes.get(canonical) ?? [])]);
      return 'changed';
    },
    changes: async (_programId, canonical, limit) => (changes.get(canonical) ?? []).slice(0, limit),
    add: async (code, requestId) => {
      const canonical = canonicalCode(code.code);
      if (requests.has(`${code.programId} ${requestId}`)) return 'request_done';
      if (codes.has(canonical)) return 'taken';
      codes.set(canonical, code);
      requests.set(`${code.programId} ${requestId}`, canonical);
      return 'added';
    },
    createdBy: async (programId, requestId) => codes.get(requests.get(`${programId} ${requestId}`) ?? ''),
    list: async (programId, query) =>
      pageOf(
        [...codes.values()].filter((code) => code.programId === programId),
        (code) => canonicalCode(code.code),
        query,
      ),
  };
}

function pageOf<T extends { readonly partnerId: string }>(
  all: readonly T[],
  idOf: (item: T) => string,
  { partnerId, cursor, limit }: ListQuery,
): Page<T> {
  const order = (item: T): string => `${item.partnerId}#${idOf(item)}`;
  const wanted = all
    .filter((item) => partnerId === undefined || item.partnerId === partnerId)
    .sort((a, b) => compareText(order(a), order(b)))
    .filter((item) => cursor === undefined || order(item) > cursor);
  const items = wanted.slice(0, limit);
  const last = items.at(-1);
  return wanted.length > limit && last ? { items, nextCursor: order(last) } : { items };
}
