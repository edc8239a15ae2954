import { Failure } from '#shared/application/failure';
import type {
  Course,
  CourseFile,
  CourseStore,
  CourseSummary,
  CourseVersion,
} from '#shared/application/partners/training/training-ports';
import { type CourseContent, minutesOf } from '#shared/domain/partner/training/course';

/** A version of a course with everything that those who write it see. */
export type WholeCourse = {
  readonly course: Course;
  readonly version: CourseVersion;
  readonly files: readonly CourseFile[];
};

/** @throws Failure not_found */
export async function readCourse(
  courses: Pick<CourseStore, 'course'>,
  programId: string,
  courseId: string,
): Promise<Course> {
  const course = await courses.course(programId, courseId);
  if (!course) throw new Failure('not_found', 'There is no such course.');
  return course;
}

/** @throws Failure not_found */
export async function wholeCourse(
  courses: Pick<CourseStore, 'version' | 'files'>,
  programId: string,
  course: Course,
  number: number = course.latestVersion,
): Promise<WholeCourse> {
  const [version, files] = await Promise.all([
    courses.version(programId, course.courseId, number),
    courses.files(programId, course.courseId),
  ]);
  if (!version)
    throw new Failure('not_found', `The course has no version ${number}: ${course.latestVersion} is the newest.`);
  return { course, version, files };
}

export function summaryOf(content: CourseContent): CourseSummary {
  const { modules, ...described } = content;
  return { ...described, modules: modules.length, estimatedMinutes: minutesOf(content) };
}

export function courseStatus({ retired, published }: Course): 'draft' | 'published' | 'retired' {
  if (retired) return 'retired';
  return published ? 'published' : 'draft';
}

/** What one version of a course is. */
export function versionStatus(course: Course, version: CourseVersion): 'draft' | 'published' | 'replaced' | 'retired' {
  if (!version.published) return 'draft';
  if (course.retired) return 'retired';
  return course.published?.version === version.version ? 'published' : 'replaced';
}

export function courseChanged(course: Course | undefined): Failure {
  if (!course) return new Failure('course_changed', 'There is no such course yet: save it without a revision.');
  return new Failure(
    'course_changed',
    'Somebody else changed the course. Read it, and repeat this with its revision.',
    {
      extra: { revision: course.revision },
    },
  );
}
