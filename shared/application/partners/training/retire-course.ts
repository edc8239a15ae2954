import { courseChanged, readCourse } from '#shared/application/partners/training/course-changes';
import type { Course, CourseStore } from '#shared/application/partners/training/training-ports';
import type { Clock } from '#shared/application/ports';
import { toInstant } from '#shared/domain/time/instant';

type Dependencies = { courses: Pick<CourseStore, 'course' | 'save'>; clock: Clock };

/** Others seldom change a course at the same moment. */
const MAX_ATTEMPTS = 3;

/**
 * Nobody begins the course any more; whoever began it may finish it. The first retirement stays.
 * @throws Failure not_found, course_changed
 */
export function makeRetireCourse({ courses, clock }: Dependencies) {
  return async (input: {
    readonly programId: string;
    readonly courseId: string;
    readonly by: string;
  }): Promise<Course> => {
    const { programId, courseId, by } = input;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const before = await readCourse(courses, programId, courseId);
      if (before.retired) return before;
      const retired = { at: toInstant(clock()), by };
      const course = { ...before, revision: before.revision + 1, changed: { ...before.changed, ...retired }, retired };
      if ((await courses.save(programId, course)) === 'saved') return course;
    }
    throw courseChanged(await readCourse(courses, programId, courseId));
  };
}
