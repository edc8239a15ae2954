import {
  addToDispute,
  fileDispute,
  showNewDispute,
  showPartnerDispute,
  showPartnerDisputes,
  withdrawDispute,
} from '#console/partner-care/partner-disputes';
import { showCertificate } from '#console/partner-care/show-certificate';
import {
  publishCourse,
  readCourseFile,
  retireCourse,
  saveCourseDetails,
  saveModule,
  showCourse,
  showModule,
  uploadCourseFile,
} from '#console/partner-care/show-course';
import { createCourse, showCourses, showNewCourse } from '#console/partner-care/show-courses';
import {
  saveMyNotifications,
  savePartnerNotifications,
  showMyNotifications,
  showPartnerNotifications,
} from '#console/partner-care/show-notifications';
import { showTraining } from '#console/partner-care/show-training';
import {
  completeModule,
  downloadCourseFile,
  showTrainingCourse,
  startCourse,
} from '#console/partner-care/show-training-course';
import { showQuiz, showQuizResults, submitQuiz } from '#console/partner-care/take-quiz';
import type { Action, Page } from '#functions/console/web/page';

export const carePages: readonly (Page | Action)[] = [
  showPartnerDisputes,
  showNewDispute,
  fileDispute,
  showPartnerDispute,
  addToDispute,
  withdrawDispute,
  showTraining,
  showTrainingCourse,
  startCourse,
  completeModule,
  downloadCourseFile,
  showQuiz,
  submitQuiz,
  showQuizResults,
  showCertificate,
  showPartnerNotifications,
  savePartnerNotifications,
  showMyNotifications,
  saveMyNotifications,
  showCourses,
  showNewCourse,
  createCourse,
  showCourse,
  saveCourseDetails,
  publishCourse,
  retireCourse,
  uploadCourseFile,
  readCourseFile,
  showModule,
  saveModule,
];
