import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { isStripeEventPosition } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type {
  RememberedTouch,
  StripeEventRecord,
  StripeEventStore,
  StripeOrder,
  StripeSecret,
  StripeSecretStore,
  StripeSource,
  StripeSourceStore,
} from '#shared/application/referrals/stripe/ports';
import { compareText } from '#shared/domain/time/instant';

const isOpen = ({ status }: StripeEventRecord): boolean => status === 'recorded' || status === 'waiting';
const placeOf = ({ dueAt, createdAt, eventId }: StripeEventRecord): string => `${dueAt ?? createdAt}#${eventId}`;

/** Events of Stripe in memory, with the conditions of the table. */
export function makeFakeStripeEvents(): StripeEventStore {
  const events = new Map<string, StripeEventRecord>();
  const orders = new Map<string, StripeOrder>();
  const payments = new Map<string, string>();
  const subscriptions = new Map<string, string>();
  const touches = new Map<string, RememberedTouch>();
  const waits = new Map<string, Set<string>>();
  const id = (...parts: string[]): string => parts.join(' ');
  const of = ({ programId, eventId }: StripeEventRecord): string => id(programId, eventId);
  const current = (record: StripeEventRecord): StripeEventRecord => events.get(of(record)) ?? record;
  const withStatus = (programId: string, status: string): StripeEventRecord[] =>
    [...events.values()]
      .filter((event) => event.programId === programId && event.status === status)
      .sort((a, b) => compareText(placeOf(a), placeOf(b)));
  return {
    add: async (record) => {
      const known = events.get(of(record));
      const isUnread = known?.status === 'failed' && known.fact.kind === 'nothing';
      const isOfOtherMode = known?.status === 'ignored' && known.reason === 'other_mode';
      if (known && !isUnread && !isOfOtherMode) return 'exists';
      events.set(of(record), record);
      return 'recorded';
    },
    find: async (programId, eventId) => events.get(id(programId, eventId)),
    list: async (programId, status, { cursor, limit }) => {
      const isQueue = status === 'recorded' || status === 'waiting';
      const after = cursor === undefined ? undefined : fromCursor(cursor, isStripeEventPosition);
      const rows = withStatus(programId, status);
      const ordered = (isQueue ? rows : rows.reverse()).filter((event) => {
        if (after === undefined) return true;
        return isQueue ? placeOf(event) > after : placeOf(event) < after;
      });
      const items = ordered.slice(0, limit);
      const last = items.at(-1);
      return ordered.length > limit && last ? { items, nextCursor: toCursor(placeOf(last)) } : { items };
    },
    due: async (programId, now, limit) =>
      [...withStatus(programId, 'recorded'), ...withStatus(programId, 'waiting')]
        .filter(({ dueAt }) => dueAt !== undefined && dueAt <= now)
        .slice(0, limit),
    plan: async (record, plan, { order, references = [], subscriptionId }) => {
      const { programId } = record;
      const known = current(record);
      if (known.plan !== undefined || !isOpen(known)) return 'contended';
      if (order) {
        const before = orders.get(id(programId, order.orderId));
        if ((before?.revision ?? 0) !== order.revision - 1) return 'contended';
        if (subscriptionId !== undefined && subscriptions.has(id(programId, subscriptionId))) return 'contended';
        orders.set(id(programId, order.orderId), order);
        for (const reference of references) payments.set(id(programId, reference), order.orderId);
        if (subscriptionId !== undefined) subscriptions.set(id(programId, subscriptionId), order.orderId);
      }
      events.set(of(record), { ...known, plan });
      return 'planned';
    },
    settle: async (record, to) => {
      const known = current(record);
      if (isOpen(record) ? !isOpen(known) : known.status !== record.status) return;
      events.set(of(record), { ...known, reason: undefined, detail: undefined, dueAt: undefined, ...to });
    },
    wait: async (record, { references, reason, dueAt }) => {
      const known = current(record);
      if (!isOpen(known)) return;
      events.set(of(record), { ...known, status: 'waiting', reason, dueAt });
      for (const reference of references) {
        const key = id(record.programId, reference);
        waits.set(key, (waits.get(key) ?? new Set()).add(record.eventId));
      }
    },
    waitingFor: async (programId, reference) => [...(waits.get(id(programId, reference)) ?? [])].sort(),
    order: async (programId, orderId) => orders.get(id(programId, orderId)),
    orderOf: async (programId, reference) => payments.get(id(programId, reference)),
    link: async (programId, orderId, references) => {
      for (const reference of references) payments.set(id(programId, reference), orderId);
    },
    firstOrderOf: async (programId, subscriptionId) => subscriptions.get(id(programId, subscriptionId)),
    touchOf: async (programId, reference) => touches.get(id(programId, reference)),
    rememberTouch: async (programId, reference, touch) => {
      const key = id(programId, reference);
      const known = touches.get(key);
      const hasTouch = (one: RememberedTouch): boolean => one.clickToken !== undefined || one.code !== undefined;
      if (!known || (hasTouch(touch) && (known.at <= touch.at || !hasTouch(known)))) touches.set(key, touch);
    },
  };
}

export function makeFakeStripeSources(): StripeSourceStore {
  const sources = new Map<string, StripeSource>();
  return {
    find: async (programId) => sources.get(programId),
    save: async (source) => void sources.set(source.programId, source),
    programs: async function* () {
      yield* [...sources.keys()].sort();
    },
  };
}

/** Secrets in memory; `reads` counts how often they were asked for. */
export function makeFakeStripeSecrets(): StripeSecretStore & { reads(): number } {
  const secrets = new Map<string, readonly StripeSecret[]>();
  let reads = 0;
  return {
    reads: () => reads,
    read: async (programId) => {
      reads += 1;
      return secrets.get(programId) ?? [];
    },
    write: async (programId, given) => void secrets.set(programId, given),
  };
}
