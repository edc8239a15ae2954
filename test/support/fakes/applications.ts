import type {
  Application,
  ApplicationForm,
  ApplicationForms,
  ApplicationStore,
} from '#shared/application/partners/applications/ports';

export type FakeApplications = ApplicationStore & {
  /** Whether a write of it would be refused. */
  isStale(application: Application): boolean;
  put(application: Application): void;
};

const toCursor = (position: string): string => Buffer.from(position).toString('base64url');
const fromCursor = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('utf8');
const keyOf = ({ programId, applicationId }: Pick<Application, 'programId' | 'applicationId'>): string =>
  `${programId} ${applicationId}`;
const positionOf = ({ receivedAt, applicationId }: Application): string => `${receivedAt}#${applicationId}`;

/** Applications in memory, with the conditions of the table. */
export function makeFakeApplications(): FakeApplications {
  const known = new Map<string, Application>();
  const counts = new Map<string, number>();
  const isStale = (application: Application): boolean =>
    (known.get(keyOf(application))?.version ?? 0) !== application.version;
  const put = (application: Application): void => {
    known.set(keyOf(application), { ...application, version: application.version + 1 });
  };
  const ofStatus = (programId: string, status: string): Application[] =>
    [...known.values()]
      .filter((one) => one.programId === programId && one.status === status)
      .sort((a, b) => (positionOf(a) < positionOf(b) ? -1 : 1));
  return {
    isStale,
    put,
    find: async (programId, applicationId) => known.get(keyOf({ programId, applicationId })),
    async receive(application, { day, aDay, source }) {
      const all = `${application.programId} ${day}`;
      const own = source && `${all} ${source.hash}`;
      if (isStale(application)) return 'stale';
      if ((counts.get(all) ?? 0) >= aDay) return 'too_many_of_day';
      if (own && (counts.get(own) ?? 0) >= source.aDay) return 'too_many_of_source';
      for (const key of [all, ...(own ? [own] : [])]) counts.set(key, (counts.get(key) ?? 0) + 1);
      put(application);
      return 'received';
    },
    async save(application) {
      if (isStale(application)) return 'stale';
      put(application);
      return 'saved';
    },
    async list(programId, status, { cursor, limit }) {
      const after = cursor === undefined ? '' : fromCursor(cursor);
      const found = ofStatus(programId, status).filter((one) => positionOf(one) > after);
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return { items, ...(found.length > limit && last ? { nextCursor: toCursor(positionOf(last)) } : {}) };
    },
    countWaiting: async (programId, upTo) => Math.min(upTo, ofStatus(programId, 'waiting').length),
  };
}

export function makeFakeForms(form?: ApplicationForm): ApplicationForms {
  const forms = new Map<string, ApplicationForm>(form ? [['acme', form]] : []);
  return {
    find: async (programId) => forms.get(programId),
    save: async (programId, saved) => void forms.set(programId, saved),
  };
}
