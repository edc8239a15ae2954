import { readCourse, type WholeCourse, wholeCourse } from '#shared/application/partners/training/course-changes';
import type { Course, CourseStore } from '#shared/application/partners/training/training-ports';
import type { ProgramReader } from '#shared/application/programs';

type Dependencies = { programs: Pick<ProgramReader, 'get'>; courses: CourseStore };

/** Every course of a programme, by id. @throws Failure unknown_program */
export function makeListCourses({ programs, courses }: Dependencies) {
  return async ({ programId }: { readonly programId: string }): Promise<readonly Course[]> => {
    await programs.get(programId);
    return courses.courses(programId);
  };
}

/** A version of a course, the newest unless another is asked for. @throws Failure not_found */
export function makeGetCourse({ courses }: Pick<Dependencies, 'courses'>) {
  return async (input: {
    readonly programId: string;
    readonly courseId: string;
    readonly version?: number | undefined;
  }): Promise<WholeCourse> => {
    const { programId, courseId, version } = input;
    return wholeCourse(courses, programId, await readCourse(courses, programId, courseId), version);
  };
}
