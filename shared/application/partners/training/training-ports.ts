import type { Page } from '#shared/application/ports';
import type { CourseContent } from '#shared/domain/partner/training/course';
import type { GivenAnswer, Grade } from '#shared/domain/partner/training/grading';
import type { CourseProgress } from '#shared/domain/partner/training/progress';
import type { Instant } from '#shared/domain/time/instant';

/** Who did something, and when. */
export type Deed = { readonly at: Instant; readonly by: string };

/** A course as its programme keeps it: which versions there are and what each is. */
export type Course = {
  readonly courseId: string;
  /** Grows by one with each change; a change of anything but the newest is refused. */
  readonly revision: number;
  readonly created: Deed;
  /** The last change, and a digest of what was sent: tells a repeat from a conflict. */
  readonly changed: Deed & { readonly contentHash: string };
  /** The highest version there is. */
  readonly latestVersion: number;
  /** The version that is worked on, until it is published. */
  readonly draftVersion?: number | undefined;
  /** What a partner begins with now; an earlier one goes on for those who began it. */
  readonly published?: (Deed & { readonly version: number }) | undefined;
  /** Nobody begins it any more. */
  readonly retired?: Deed | undefined;
  /** Of the published version, or of the draft while there is none. */
  readonly summary: CourseSummary;
};

export type CourseSummary = Omit<CourseContent, 'modules'> & {
  readonly modules: number;
  readonly estimatedMinutes: number;
};

export type CourseVersion = {
  readonly courseId: string;
  readonly version: number;
  readonly content: CourseContent;
  readonly saved: Deed;
  readonly published?: Deed | undefined;
};

/** A file as it was uploaded. The same bytes are the same file. */
export type CourseFile = {
  readonly fileId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly uploaded: Deed;
};

export type CourseStore = {
  course(programId: string, courseId: string): Promise<Course | undefined>;
  /** By id. */
  courses(programId: string): Promise<readonly Course[]>;
  version(programId: string, courseId: string, version: number): Promise<CourseVersion | undefined>;
  /**
   * The course changed, with the version that changes with it: `stale` when it is not at the revision before, or the version was
   * published meanwhile.
   */
  save(programId: string, course: Course, version?: CourseVersion): Promise<'saved' | 'stale'>;
  file(programId: string, courseId: string, fileId: string): Promise<CourseFile | undefined>;
  /** By id. */
  files(programId: string, courseId: string): Promise<readonly CourseFile[]>;
  /** The first of its id stays. */
  addFile(programId: string, courseId: string, file: CourseFile): Promise<'added' | 'exists'>;
};

/** The bytes of courses' files. */
export type CourseFiles = {
  put(programId: string, courseId: string, file: CourseFile, bytes: Uint8Array): Promise<void>;
  get(programId: string, courseId: string, fileId: string): Promise<Uint8Array>;
};

/** What a partner answered to a quiz and what it came to. Written once. */
export type QuizAttempt = Pick<Grade, 'correct' | 'of' | 'passed' | 'wrong'> & {
  /** The same for a repeat of the same request. */
  readonly attemptId: string;
  /** Of the partner's attempts in this course, in order: 1, 2, 3 ... */
  readonly number: number;
  readonly courseId: string;
  readonly courseVersion: number;
  readonly round: number;
  readonly moduleId: string;
  readonly passPercent: number;
  readonly answers: readonly GivenAnswer[];
  readonly at: Instant;
  readonly by: string;
};

/** A certificate that completing a course earned. Written once, with the partner's terms; published from the stream. */
export type EarnedCertificate = {
  readonly programId: string;
  readonly partnerId: string;
  readonly certificationId: string;
  readonly certification: string;
  readonly courseId: string;
  readonly courseVersion: number;
  readonly title: string;
  readonly earnedAt: Instant;
  readonly expiresAt?: Instant | undefined;
};

/** Why a certification counts no more. A person's words: they stay in the Partners table. */
export type Revocation = Deed & { readonly certificationId: string; readonly reason: string };

/** A partner's progress in a course as it is stored: `version` grows by one with each write. */
export type StoredProgress = CourseProgress & { readonly version: number };

/** What is written together, with a partner's terms where they change too: all of it or nothing. */
export type TrainingWrites = {
  /** As it becomes; `version` is the one it was read at, 0 of the first, and another one refuses the whole write. */
  readonly progress?: StoredProgress | undefined;
  readonly attempt?: QuizAttempt | undefined;
  readonly certificate?: EarnedCertificate | undefined;
  readonly revocation?: Revocation | undefined;
};

export type TrainingReads = {
  progress(programId: string, partnerId: string, courseId: string): Promise<StoredProgress | undefined>;
  /** In every course that the partner ever began, by id. */
  allProgress(programId: string, partnerId: string): Promise<readonly StoredProgress[]>;
  attempt(programId: string, partnerId: string, attemptId: string): Promise<QuizAttempt | undefined>;
  /** In one course, the newest first. */
  attempts(
    programId: string,
    partnerId: string,
    courseId: string,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<QuizAttempt>>;
  certificate(programId: string, partnerId: string, certificationId: string): Promise<EarnedCertificate | undefined>;
  revocation(programId: string, partnerId: string, certificationId: string): Promise<Revocation | undefined>;
};

export type TrainingStore = TrainingReads & {
  /** What does not change the partner's terms. */
  save(
    partner: { readonly programId: string; readonly partnerId: string },
    writes: TrainingWrites,
  ): Promise<'saved' | 'stale'>;
};
