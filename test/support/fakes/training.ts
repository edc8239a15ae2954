import type {
  Course,
  CourseFile,
  CourseFiles,
  CourseStore,
  CourseVersion,
  EarnedCertificate,
  QuizAttempt,
  Revocation,
  StoredProgress,
  TrainingStore,
  TrainingWrites,
} from '#shared/application/partners/training/training-ports';
import { compareText } from '#shared/domain/time/instant';

type Whose = { readonly programId: string; readonly partnerId: string };

/** What partners did in courses, in memory, for the partners' fake to write together with terms. */
export type MemoryTraining = {
  readonly store: TrainingStore;
  readonly isStale: (whose: Whose, writes: TrainingWrites) => boolean;
  readonly put: (whose: Whose, writes: TrainingWrites) => void;
};

export function makeMemoryTraining(): MemoryTraining {
  const progresses = new Map<string, StoredProgress>();
  const attempts = new Map<string, QuizAttempt>();
  const certificates = new Map<string, EarnedCertificate>();
  const revocations = new Map<string, Revocation>();
  const keyOf = (programId: string, partnerId: string, id: string): string => `${programId}/${partnerId}/${id}`;
  const under = <T>(map: ReadonlyMap<string, T>, programId: string, partnerId: string): T[] =>
    [...map].filter(([key]) => key.startsWith(keyOf(programId, partnerId, ''))).map(([, value]) => value);

  const isStale: MemoryTraining['isStale'] = ({ programId, partnerId }, writes) => {
    const { progress, attempt, certificate, revocation } = writes;
    const key = (id: string): string => keyOf(programId, partnerId, id);
    return (
      (progress !== undefined && (progresses.get(key(progress.courseId))?.version ?? 0) !== progress.version) ||
      (attempt !== undefined &&
        under(attempts, programId, partnerId).some(
          ({ attemptId, courseId, number }) =>
            attemptId === attempt.attemptId || (courseId === attempt.courseId && number === attempt.number),
        )) ||
      (certificate !== undefined && certificates.has(key(certificate.certificationId))) ||
      (revocation !== undefined && revocations.has(key(revocation.certificationId)))
    );
  };
  const put: MemoryTraining['put'] = ({ programId, partnerId }, writes) => {
    const { progress, attempt, certificate, revocation } = writes;
    const key = (id: string): string => keyOf(programId, partnerId, id);
    if (progress) progresses.set(key(progress.courseId), { ...progress, version: progress.version + 1 });
    if (attempt) attempts.set(key(attempt.attemptId), attempt);
    if (certificate) certificates.set(key(certificate.certificationId), certificate);
    if (revocation) revocations.set(key(revocation.certificationId), revocation);
  };

  const store: TrainingStore = {
    progress: async (programId, partnerId, courseId) => progresses.get(keyOf(programId, partnerId, courseId)),
    allProgress: async (programId, partnerId) =>
      under(progresses, programId, partnerId).sort((a, b) => compareText(a.courseId, b.courseId)),
    attempt: async (programId, partnerId, attemptId) => attempts.get(keyOf(programId, partnerId, attemptId)),
    async attempts(programId, partnerId, courseId, { cursor, limit }) {
      const before = cursor === undefined ? Number.POSITIVE_INFINITY : Number(cursor);
      const found = under(attempts, programId, partnerId)
        .filter((attempt) => attempt.courseId === courseId && attempt.number < before)
        .sort((a, b) => b.number - a.number);
      const items = found.slice(0, limit);
      return { items, ...(found.length > limit ? { nextCursor: String(items.at(-1)?.number) } : {}) };
    },
    certificate: async (programId, partnerId, id) => certificates.get(keyOf(programId, partnerId, id)),
    revocation: async (programId, partnerId, id) => revocations.get(keyOf(programId, partnerId, id)),
    async save(whose, writes) {
      if (isStale(whose, writes)) return 'stale';
      put(whose, writes);
      return 'saved';
    },
  };
  return { store, isStale, put };
}

/** Courses in memory, under the same conditions as the table. */
export function makeFakeCourses(): CourseStore {
  const courses = new Map<string, Course>();
  const versions = new Map<string, CourseVersion>();
  const files = new Map<string, CourseFile>();
  const keyOf = (...parts: readonly (string | number)[]): string => parts.join('/');
  const under = <T>(map: ReadonlyMap<string, T>, ...parts: readonly string[]): T[] =>
    [...map]
      .filter(([key]) => key.startsWith(`${keyOf(...parts)}/`))
      .sort(([a], [b]) => compareText(a, b))
      .map(([, value]) => value);
  return {
    course: async (programId, courseId) => courses.get(keyOf(programId, courseId)),
    courses: async (programId) => under(courses, programId),
    version: async (programId, courseId, version) => versions.get(keyOf(programId, courseId, version)),
    async save(programId, course, version) {
      const key = keyOf(programId, course.courseId);
      if ((courses.get(key)?.revision ?? 0) !== course.revision - 1) return 'stale';
      const versionKey = version && keyOf(programId, course.courseId, version.version);
      if (versionKey !== undefined && versions.get(versionKey)?.published) return 'stale';
      courses.set(key, course);
      if (version && versionKey !== undefined) versions.set(versionKey, version);
      return 'saved';
    },
    file: async (programId, courseId, fileId) => files.get(keyOf(programId, courseId, fileId)),
    files: async (programId, courseId) => under(files, programId, courseId),
    async addFile(programId, courseId, file) {
      const key = keyOf(programId, courseId, file.fileId);
      if (files.has(key)) return 'exists';
      files.set(key, file);
      return 'added';
    },
  };
}

export function makeFakeCourseFiles(): CourseFiles & { readonly stored: ReadonlyMap<string, Uint8Array> } {
  const stored = new Map<string, Uint8Array>();
  const keyOf = (...parts: readonly string[]): string => parts.join('/');
  return {
    stored,
    async put(programId, courseId, { fileId }, bytes) {
      stored.set(keyOf(programId, courseId, fileId), bytes);
    },
    async get(programId, courseId, fileId) {
      const bytes = stored.get(keyOf(programId, courseId, fileId));
      if (!bytes) throw new Error(`the document ${fileId} has no content`);
      return bytes;
    },
  };
}
