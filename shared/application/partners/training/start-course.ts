import { Failure } from '#shared/application/failure';
import {
  type Moment,
  makeTakeStep,
  requireSelf,
  type Step,
  type TakeCourse,
  type Taken,
  type TakingDependencies,
} from '#shared/application/partners/training/take-course';
import type { Course, CourseStore, StoredProgress } from '#shared/application/partners/training/training-ports';
import { renewableFrom } from '#shared/domain/partner/training/certificate';
import { startRound } from '#shared/domain/partner/training/progress';

/** `restart`: anew with a newer version, without what was done in the one that was begun. */
export type StartCourse = TakeCourse & { readonly restart: boolean };

/**
 * Starts a course with its published version, or takes a completed one again once its certificate can be renewed. One in
 * progress keeps its version and goes on as it is.
 * @throws Failure forbidden, not_found, course_not_open (retired, nothing newer, or `renewableFrom`), temporarily_unavailable
 */
export function makeStartCourse(
  deps: TakingDependencies & { courses: Pick<CourseStore, 'course' | 'version'> },
): (input: StartCourse) => Promise<Taken> {
  const { courses, partners } = deps;
  const takeStep = makeTakeStep(deps);

  const begin = async (
    { programId }: StartCourse,
    before: StoredProgress | undefined,
    course: Course,
    { now }: Moment,
  ): Promise<Step> => {
    const { courseId, published, retired } = course;
    if (!published || retired) {
      throw new Failure('course_not_open', 'The course is retired: nobody begins it any more. Take another one.');
    }
    const version = await courses.version(programId, courseId, published.version);
    if (!version) throw new Error(`version ${published.version} of course ${courseId} was published and is not there`);
    return { progress: startRound(before, { courseId, version: version.version, content: version.content }, now) };
  };

  /** @throws Failure course_not_open while the certificate of the last round cannot be renewed */
  const requireRenewable = async (input: StartCourse, { certificationId }: StoredProgress, { now, zone }: Moment) => {
    const standing = await partners.standing(input.programId, input.partnerId);
    const held = standing?.certifications.find((candidate) => candidate.certificationId === certificationId);
    if (!held) return;
    const from = renewableFrom(held, zone);
    if (from === undefined) {
      throw new Failure('course_not_open', 'You have completed this course, and its certificate does not expire.');
    }
    if (now < from) {
      throw new Failure('course_not_open', `You have completed this course. Take it again from ${from} to renew.`, {
        extra: { renewableFrom: from },
      });
    }
  };

  return async (input) => {
    requireSelf(input);
    return takeStep(input, async (before, moment) => {
      const course = await courses.course(input.programId, input.courseId);
      if (!course || (!course.published && !before)) throw new Failure('not_found', 'There is no such course.');
      if (!before) return begin(input, before, course, moment);
      if (before.completedAt !== undefined) {
        await requireRenewable(input, before, moment);
        return begin(input, before, course, moment);
      }
      if (!input.restart) return {};
      if ((course.published?.version ?? 0) <= before.courseVersion) {
        throw new Failure('course_not_open', 'There is no newer version: go on with the one you began.');
      }
      return begin(input, before, course, moment);
    });
  };
}
