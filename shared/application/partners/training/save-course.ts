import { Failure, type FieldError } from '#shared/application/failure';
import type { TierSchemes } from '#shared/application/partners/tiers/tier-schemes';
import { isConfirmed } from '#shared/application/partners/training/confirmed-names';
import {
  courseChanged,
  summaryOf,
  type WholeCourse,
  wholeCourse,
} from '#shared/application/partners/training/course-changes';
import type { Course, CourseStore, CourseVersion } from '#shared/application/partners/training/training-ports';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { CourseContent } from '#shared/domain/partner/training/course';
import { toInstant } from '#shared/domain/time/instant';

export type SaveCourse = {
  readonly programId: string;
  readonly courseId: string;
  readonly content: CourseContent;
  /** That its editor has seen; absent for a new course. */
  readonly revision?: number | undefined;
  readonly by: string;
};

/** An overview of a partner reads all of them at once; nobody takes as many. */
export const MAX_COURSES = 100;

type Dependencies = {
  programs: Pick<ProgramReader, 'get'>;
  courses: CourseStore;
  schemes: Pick<TierSchemes, 'current'>;
  digest: Digest;
  clock: Clock;
};

/**
 * Saves the draft of a course over exactly the revision that its editor has seen; of a course without a draft, as a new version.
 * The same content sent again by the same caller is the same revision, so that a repeat after a lost answer is no conflict.
 * @throws Failure unknown_program, course_changed (with `revision`), invalid_request (a file that is not there; too many courses; a name that managers confirm)
 */
export function makeSaveCourse({ programs, courses, schemes, digest, clock }: Dependencies) {
  return async (input: SaveCourse): Promise<WholeCourse & { readonly created: boolean }> => {
    const { programId, courseId, content, revision, by } = input;
    await programs.get(programId);
    const contentHash = digest(JSON.stringify(content));
    const before = await courses.course(programId, courseId);
    if (before && isSaved(before, contentHash, input)) {
      return { created: before.revision === 1, ...(await wholeCourse(courses, programId, before)) };
    }
    if (before?.revision !== revision) throw courseChanged(before);
    const files = await courses.files(programId, courseId);
    requireFiles(content, new Set(files.map(({ fileId }) => fileId)));
    if (!before) requireRoom(await courses.courses(programId));
    if (await isConfirmed(schemes, programId, content.certification)) throw confirmedByPeople(content.certification);

    const saved = { at: toInstant(clock()), by };
    const version: CourseVersion = { courseId, version: nextVersion(before), content, saved };
    const course: Course = {
      ...(before ?? { courseId, created: saved }),
      revision: (revision ?? 0) + 1,
      changed: { ...saved, contentHash },
      latestVersion: version.version,
      draftVersion: version.version,
      summary: before?.published ? before.summary : summaryOf(content),
    };
    if ((await courses.save(programId, course, version)) === 'stale') {
      throw courseChanged(await courses.course(programId, courseId));
    }
    return { created: !before, course, version, files };
  };
}

function nextVersion(before: Course | undefined): number {
  return before?.draftVersion ?? (before?.latestVersion ?? 0) + 1;
}

/** Whether this very request was carried out before: same caller, same content, the revision after the one it names. */
function isSaved(course: Course, contentHash: string, { revision, by }: SaveCourse): boolean {
  const { changed, draftVersion } = course;
  const isSame = changed.contentHash === contentHash && changed.by === by;
  return isSame && draftVersion !== undefined && course.revision === (revision ?? 0) + 1;
}

function requireFiles({ modules }: CourseContent, known: ReadonlySet<string>): void {
  const errors = modules.flatMap(({ content }, module) =>
    content.flatMap((item, index): FieldError[] =>
      item.kind === 'link' || known.has(item.fileId)
        ? []
        : [
            {
              pointer: `/modules/${module}/content/${index}/fileId`,
              rule: 'must be a file that was uploaded for this course',
            },
          ],
    ),
  );
  if (errors.length > 0) {
    throw new Failure('invalid_request', 'Upload the file first: POST .../files answers its fileId.', { errors });
  }
}

function confirmedByPeople(certification: string): Failure {
  return new Failure(
    'invalid_request',
    `Choose another name: a tier asks for ${certification} as what a manager confirms.`,
    {
      errors: [
        { pointer: '/certification', rule: "must not be what a manager confirms for one of the programme's tiers" },
      ],
    },
  );
}

function requireRoom(courses: readonly Course[]): void {
  if (courses.length < MAX_COURSES) return;
  throw new Failure(
    'invalid_request',
    `A programme has at most ${MAX_COURSES} courses. Save a new version of one of them instead.`,
    { errors: [{ pointer: 'path:courseId', rule: 'must be one of the courses that there are' }] },
  );
}
