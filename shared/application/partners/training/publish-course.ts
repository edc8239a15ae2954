import { Failure } from '#shared/application/failure';
import type { TierSchemes } from '#shared/application/partners/tiers/tier-schemes';
import { isConfirmed } from '#shared/application/partners/training/confirmed-names';
import {
  courseChanged,
  readCourse,
  summaryOf,
  type WholeCourse,
  wholeCourse,
} from '#shared/application/partners/training/course-changes';
import type { Course, CourseStore } from '#shared/application/partners/training/training-ports';
import type { Clock } from '#shared/application/ports';
import { toInstant } from '#shared/domain/time/instant';

export type PublishCourse = {
  readonly programId: string;
  readonly courseId: string;
  readonly revision: number;
  readonly by: string;
};

type Dependencies = { courses: CourseStore; schemes: Pick<TierSchemes, 'current'>; clock: Clock };

/**
 * Publishes the draft that was on the screen. From now on partners begin with it; those in the middle of an earlier version keep
 * that. A retired course comes back by it.
 * @throws Failure not_found, course_changed (with `revision`), course_not_open (nothing to publish, or a name that managers confirm)
 */
export function makePublishCourse({ courses, schemes, clock }: Dependencies) {
  return async ({ programId, courseId, revision, by }: PublishCourse): Promise<WholeCourse> => {
    const before = await readCourse(courses, programId, courseId);
    if (isPublished(before, revision, by)) return wholeCourse(courses, programId, before);
    if (before.revision !== revision) throw courseChanged(before);
    if (before.draftVersion === undefined) {
      throw new Failure('course_not_open', 'There is no draft to publish: save a new version first.');
    }
    const draft = await wholeCourse(courses, programId, before, before.draftVersion);
    const { certification } = draft.version.content;
    if (await isConfirmed(schemes, programId, certification)) {
      throw new Failure(
        'course_not_open',
        `A tier asks for ${certification} as what a manager confirms: save the course with another certification.`,
      );
    }
    const published = { at: toInstant(clock()), by };
    const version = { ...draft.version, published };
    const { draftVersion: _, retired: __, ...rest } = before;
    const course: Course = {
      ...rest,
      revision: revision + 1,
      changed: { ...before.changed, ...published },
      published: { ...published, version: version.version },
      summary: summaryOf(version.content),
    };
    if ((await courses.save(programId, course, version)) === 'stale') {
      throw courseChanged(await courses.course(programId, courseId));
    }
    return { course, version, files: draft.files };
  };
}

/** Whether this very request was carried out before. */
function isPublished({ revision, draftVersion, retired, published }: Course, asked: number, by: string): boolean {
  return revision === asked + 1 && draftVersion === undefined && !retired && published?.by === by;
}
