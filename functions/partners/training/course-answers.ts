import type * as z from 'zod';
import { courseStatus, versionStatus, type WholeCourse } from '#shared/application/partners/training/course-changes';
import type { Course, CourseFile } from '#shared/application/partners/training/training-ports';
import type { courseFileSchema, courseSchema, courseSummarySchema } from '#shared/contracts/partners/training/course';

function headOf(course: Course) {
  const { courseId, revision, latestVersion, draftVersion, published, changed } = course;
  return {
    courseId,
    revision,
    status: courseStatus(course),
    latestVersion,
    publishedVersion: published?.version,
    draftVersion,
    changedAt: changed.at,
    changedBy: changed.by,
  };
}

export function courseSummaryAnswer(course: Course): z.input<typeof courseSummarySchema> {
  return { ...headOf(course), ...course.summary };
}

/** For those who write courses, correct answers included. */
export function courseAnswer({ course, version, files }: WholeCourse): z.input<typeof courseSchema> {
  const { title, description, certification, validityMonths, modules } = version.content;
  return {
    ...headOf(course),
    ...{ title, description, certification, validityMonths },
    version: version.version,
    versionStatus: versionStatus(course, version),
    publishedAt: version.published?.at,
    publishedBy: version.published?.by,
    modules: modules.map(({ content, quiz, ...module }) => ({
      ...module,
      content: [...content],
      quiz: quiz && {
        ...quiz,
        questions: quiz.questions.map(({ answers, correct, ...question }) => ({
          ...question,
          answers: [...answers],
          correct: [...correct],
        })),
      },
    })),
    files: files.map(courseFileAnswer),
  };
}

export function courseFileAnswer(file: CourseFile): z.input<typeof courseFileSchema> {
  const { fileId, name, mediaType, sizeBytes, uploaded } = file;
  return { fileId, name, mediaType, sizeBytes, uploadedAt: uploaded.at, uploadedBy: uploaded.by };
}
