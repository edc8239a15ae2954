import { Failure } from '#shared/application/failure';
import type { Certification, PartnerStore, Standing } from '#shared/application/partners/ports';
import type { Moment, Taken } from '#shared/application/partners/training/take-course';
import type {
  Course,
  CourseStore,
  CourseVersion,
  StoredProgress,
  TrainingReads,
} from '#shared/application/partners/training/training-ports';
import {
  type AttemptView,
  type CertificateView,
  type CourseView,
  type ModuleView,
  type RankFor,
  viewAttempt,
  viewCertificate,
  viewCourse,
  viewModule,
} from '#shared/application/partners/training/training-view';
import type { Clock, Digest, Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { compareText, toInstant } from '#shared/domain/time/instant';

export type TrainingDependencies = {
  partners: Pick<PartnerStore, 'standing' | 'profile'>;
  courses: CourseStore;
  training: TrainingReads;
  programs: ProgramReader;
  digest: Digest;
  clock: Clock;
};

type Partner = { readonly programId: string; readonly partnerId: string };

export type PartnerCourse = { readonly course: CourseView; readonly modules: readonly ModuleView[] };

async function momentOf({ programs, clock }: Pick<TrainingDependencies, 'programs' | 'clock'>, programId: string) {
  const zone = programs.zone((await programs.get(programId)).timeZone);
  return { now: toInstant(clock()), zone } satisfies Moment;
}

/** @throws Failure not_found */
async function readStanding(
  { partners }: Pick<TrainingDependencies, 'partners'>,
  { programId, partnerId }: Partner,
): Promise<Standing> {
  const standing = await partners.standing(programId, partnerId);
  if (!standing) throw new Failure('not_found', 'There is no such partner.');
  return standing;
}

function isOffered(course: Course | undefined): boolean {
  return course?.published !== undefined && !course.retired;
}

/**
 * Courses that are published or that the partner began, with its progress, and everything that it is certified in, the newest first.
 * @throws Failure unknown_program, not_found
 */
export function makeGetTraining(deps: TrainingDependencies) {
  const { courses, training } = deps;
  return async (
    partner: Partner,
  ): Promise<{ readonly courses: readonly CourseView[]; readonly certificates: readonly CertificateView[] }> => {
    const { programId, partnerId } = partner;
    const [moment, standing, all, progresses] = await Promise.all([
      momentOf(deps, programId),
      readStanding(deps, partner),
      courses.courses(programId),
      training.allProgress(programId, partnerId),
    ]);
    const progressOf = new Map(progresses.map((progress) => [progress.courseId, progress]));
    const courseOf = new Map(all.map((course) => [course.courseId, course]));
    const shown = all.filter((course) => isOffered(course) || progressOf.has(course.courseId));
    const certificates = standing.certifications.map(async (held) => {
      const course = courseOf.get(held.courseId ?? '');
      const progress = progressOf.get(held.courseId ?? '');
      return viewHeld(deps, partner, held, { moment, course, progress, title: course?.summary.title });
    });
    return {
      courses: shown.map((course) =>
        viewCourse(course, progressOf.get(course.courseId), standing.certifications, moment),
      ),
      certificates: (await Promise.all(certificates)).sort((a, b) =>
        compareText(b.held.certifiedAt, a.held.certifiedAt),
      ),
    };
  };
}

type About = {
  readonly moment: Moment;
  readonly course: Course | undefined;
  readonly progress: StoredProgress | undefined;
  readonly title: string | undefined;
};

async function viewHeld(
  { training }: Pick<TrainingDependencies, 'training'>,
  { programId, partnerId }: Partner,
  held: Certification,
  { moment, course, progress, title }: About,
): Promise<CertificateView> {
  const { certificationId, revokedAt } = held;
  const revocation = revokedAt && (await training.revocation(programId, partnerId, certificationId));
  const isRenewable = isOffered(course) && progress?.certificationId === certificationId;
  return viewCertificate(held, moment, { title, isRenewable, ...(revocation ? { revocation } : {}) });
}

/** A course as its partner reads it: the version it began, or the published one. @throws Failure unknown_program, not_found */
export function makeGetTrainingCourse(deps: TrainingDependencies) {
  const { courses, training, digest } = deps;
  return async (partner: Partner & { readonly courseId: string }): Promise<PartnerCourse> => {
    const { programId, partnerId, courseId } = partner;
    const [moment, standing, course, progress] = await Promise.all([
      momentOf(deps, programId),
      readStanding(deps, partner),
      courses.course(programId, courseId),
      training.progress(programId, partnerId, courseId),
    ]);
    const number = progress?.courseVersion ?? (course?.retired ? undefined : course?.published?.version);
    const version = number === undefined ? undefined : await courses.version(programId, courseId, number);
    if (!course || !version) throw new Failure('not_found', 'There is no such course.');
    const rankFor: RankFor = (taken, moduleId) => {
      const tries = taken.tries.find((candidate) => candidate.moduleId === moduleId)?.ever ?? 0;
      return (id) => digest(`${programId}#${partnerId}#${courseId}#${moduleId}#${tries}#${id}`);
    };
    return {
      course: viewCourse(course, progress, standing.certifications, moment),
      modules: version.content.modules.map((module) => viewModule(module, progress, moment, rankFor)),
    };
  };
}

/** A partner's attempts in one course, the newest first. @throws Failure not_found, invalid_request (cursor) */
export function makeListQuizAttempts(deps: Pick<TrainingDependencies, 'partners' | 'courses' | 'training'>) {
  const { courses, training } = deps;
  return async (
    input: Partner & { readonly courseId: string; readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<AttemptView>> => {
    const { programId, partnerId, courseId } = input;
    await readStanding(deps, input);
    const { items, nextCursor } = await training.attempts(programId, partnerId, courseId, input);
    const numbers = [...new Set(items.map(({ courseVersion }) => courseVersion))];
    const versions = new Map<number, CourseVersion | undefined>();
    for (const number of numbers) versions.set(number, await courses.version(programId, courseId, number));
    return { items: items.map((attempt) => viewAttempt(attempt, versions.get(attempt.courseVersion))), nextCursor };
  };
}

export type WholeCertificate = CertificateView & {
  readonly partnerName: string;
  readonly courseVersion?: number | undefined;
};

/** One of a partner's certificates, with the course as it was titled then. @throws Failure unknown_program, not_found */
export function makeGetCertificate(deps: Omit<TrainingDependencies, 'digest'>) {
  const { partners, courses, training } = deps;
  return async (partner: Partner & { readonly certificationId: string }): Promise<WholeCertificate> => {
    const { programId, partnerId, certificationId } = partner;
    const [moment, standing, profile, earned] = await Promise.all([
      momentOf(deps, programId),
      readStanding(deps, partner),
      partners.profile(programId, partnerId),
      training.certificate(programId, partnerId, certificationId),
    ]);
    const held = standing.certifications.find((candidate) => candidate.certificationId === certificationId);
    if (!held) throw new Failure('not_found', 'The partner has no such certificate.');
    const course = earned && (await courses.course(programId, earned.courseId));
    const progress = earned && (await training.progress(programId, partnerId, earned.courseId));
    const view = await viewHeld(deps, partner, held, { moment, course, progress, title: earned?.title });
    return { ...view, partnerName: profile?.name ?? partnerId, courseVersion: earned?.courseVersion };
  };
}

/** The certificate that a step earned, if it completed its course. @throws Failure not_found */
export function makeReadEarned(deps: Pick<TrainingDependencies, 'partners' | 'courses' | 'training'>) {
  return async (
    partner: Partner & { readonly courseId: string },
    { progress, attempt, moment }: Taken,
  ): Promise<CertificateView | undefined> => {
    const { certificationId, completedAt, title } = progress;
    if (certificationId === undefined || attempt?.at !== completedAt) return undefined;
    const [{ certifications }, course] = await Promise.all([
      readStanding(deps, partner),
      deps.courses.course(partner.programId, partner.courseId),
    ]);
    const held = certifications.find((candidate) => candidate.certificationId === certificationId);
    return held && viewHeld(deps, partner, held, { moment, course, progress, title });
  };
}
