import type * as z from 'zod';
import type { Tone } from '#console/ui/parts';
import type { courseSummarySchema } from '#shared/contracts/partners/training/course';
import type { Course, CourseModule } from './quiz-text.ts';

export type CourseSummary = z.output<typeof courseSummarySchema>;

export const COURSE_WRITERS = ['partner_manager', 'admin'] as const;

export const COURSE_STATES: Readonly<Record<CourseSummary['status'], readonly [Tone, string]>> = {
  draft: ['plain', 'Draft'],
  published: ['good', 'Published'],
  retired: ['plain', 'Retired'],
};

/** What saving a course sends: its content as it is, with what was changed. */
export function bodyOf(course: Course, change: { readonly modules?: readonly CourseModule[] | undefined } = {}) {
  const { title, description, certification, validityMonths, modules, revision } = course;
  return {
    ...{ title, description, certification, revision },
    ...(validityMonths === undefined ? {} : { validityMonths }),
    modules: [...(change.modules ?? modules)],
  };
}
