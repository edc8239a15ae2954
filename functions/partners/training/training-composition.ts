import * as z from 'zod';
import { clock, partners } from '#functions/partners/composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makeCourseStore } from '#shared/adapters/dynamodb/partners/courses';
import { makeTierSchemes } from '#shared/adapters/dynamodb/partners/tier-schemes';
import { makeTrainingStore } from '#shared/adapters/dynamodb/partners/training';
import { makeCompleteModule } from '#shared/application/partners/training/complete-module';
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

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));
const table = { documents, tableName: environment.PARTNERS_TABLE };
export const courses = makeCourseStore(table);
export const training = makeTrainingStore(table);
const schemes = makeTierSchemes(table);
const reading = { partners, courses, training, programs, digest, clock };

/** The composition root of training. Files have their own, with the documents bucket. */
export const saveDraft = makeSaveCourse({ programs, courses, schemes, digest, clock });
export const publish = makePublishCourse({ courses, schemes, clock });
export const retire = makeRetireCourse({ courses, clock });
export const list = makeListCourses({ programs, courses });
export const read = makeGetCourse({ courses });

export const start = makeStartCourse({ partners, courses, training, programs, clock });
export const complete = makeCompleteModule({ partners, training, programs, clock });
export const submit = makeSubmitQuizAttempt({ partners, courses, training, programs, clock });
export const readTraining = makeGetTraining(reading);
export const readTrainingCourse = makeGetTrainingCourse(reading);
export const readAttempts = makeListQuizAttempts(reading);
export const readCertificate = makeGetCertificate(reading);
export const readEarned = makeReadEarned(reading);
export const revoke = makeRevokeCertification({ partners, clock });
