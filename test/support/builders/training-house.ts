import { digest } from '#shared/adapters/digest';
import type { PartnerStore } from '#shared/application/partners/ports';
import { makeCompleteModule } from '#shared/application/partners/training/complete-module';
import { makeGetCourseFile, makeUploadCourseFile } from '#shared/application/partners/training/course-files';
import { makePublishCourse } from '#shared/application/partners/training/publish-course';
import { makeGetCourse, makeListCourses } from '#shared/application/partners/training/read-courses';
import {
  makeGetCertificate,
  makeGetTraining,
  makeGetTrainingCourse,
  makeListQuizAttempts,
  makeReadEarned,
} from '#shared/application/partners/training/read-training';
import { makeRetireCourse } from '#shared/application/partners/training/retire-course';
import { makeRevokeCertification } from '#shared/application/partners/training/revoke-certification';
import { makeSaveCourse } from '#shared/application/partners/training/save-course';
import { makeStartCourse } from '#shared/application/partners/training/start-course';
import { makeSubmitQuizAttempt } from '#shared/application/partners/training/submit-quiz-attempt';
import type { CourseStore, TrainingStore } from '#shared/application/partners/training/training-ports';
import type { CourseContent } from '#shared/domain/partner/training/course';
import { aCourse } from '#test/support/builders/courses';
import { acme, aProfile, aStanding } from '#test/support/builders/partners';
import { makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeTierSchemes } from '#test/support/fakes/tier-schemes';
import { makeFakeCourseFiles } from '#test/support/fakes/training';

export type TrainingStores = {
  readonly partners: PartnerStore;
  readonly courses: CourseStore;
  readonly training: TrainingStore;
};

/** A programme with partner `ada`, its course `basics` and a clock that tests move. */
export async function aTrainingHouse({ partners, courses, training }: TrainingStores, programId = 'acme') {
  let now = Date.parse('2026-03-02T09:00:00Z');
  const clock = (): number => now;
  const programs = makeFakePrograms(acme({ programId }));
  const files = makeFakeCourseFiles();
  const schemes = makeFakeTierSchemes();
  const deps = { schemes, partners, courses, training, programs, files, digest, clock };
  const by = 'person:manager';
  await partners.enrol(
    aStanding({ programId, partnerId: 'ada' }),
    aProfile({ programId, partnerId: 'ada' }),
    undefined,
  );
  const save = makeSaveCourse(deps);
  const publish = makePublishCourse(deps);
  const learner = { programId, partnerId: 'ada', courseId: 'basics', by: 'person:ada', isPartner: true };
  const submit = makeSubmitQuizAttempt(deps);
  return {
    learner,
    schemes,
    files,
    save,
    publish,
    submit,
    list: makeListCourses(deps),
    read: makeGetCourse(deps),
    retire: makeRetireCourse(deps),
    upload: makeUploadCourseFile(deps),
    readFile: makeGetCourseFile(deps),
    start: makeStartCourse(deps),
    complete: makeCompleteModule(deps),
    readTraining: makeGetTraining(deps),
    readTrainingCourse: makeGetTrainingCourse(deps),
    attempts: makeListQuizAttempts(deps),
    certificate: makeGetCertificate(deps),
    earned: makeReadEarned(deps),
    revoke: makeRevokeCertification(deps),
    at: (text: string): void => {
      now = Date.parse(text);
    },
    /** Saves and publishes the next version of a course. */
    offer: async (content: CourseContent = aCourse(), courseId = 'basics') => {
      const revision = (await courses.course(programId, courseId))?.revision;
      const { course } = await save({ programId, courseId, content, revision, by });
      return publish({ programId, courseId, revision: course.revision, by });
    },
    /** Answers `q1` and `q2` of module `test`. */
    answer: (attemptId: string, ...[first, second]: readonly [string, string]) =>
      submit({
        ...learner,
        moduleId: 'test',
        attemptId,
        answers: [
          { questionId: 'q1', answerIds: [first] },
          { questionId: 'q2', answerIds: [second] },
        ],
      }),
  };
}

export type TrainingHouse = Awaited<ReturnType<typeof aTrainingHouse>>;
