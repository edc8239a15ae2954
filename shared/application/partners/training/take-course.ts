import { Failure } from '#shared/application/failure';
import { changeStanding, requireRoom } from '#shared/application/partners/change-standing';
import type { Certification, PartnerStore, Standing } from '#shared/application/partners/ports';
import type {
  EarnedCertificate,
  QuizAttempt,
  StoredProgress,
  TrainingStore,
  TrainingWrites,
} from '#shared/application/partners/training/training-ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { certificateExpiry, certificateIdOf } from '#shared/domain/partner/training/certificate';
import { type CourseProgress, isComplete } from '#shared/domain/partner/training/progress';
import { type Instant, toInstant } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';

export type Learner = { readonly programId: string; readonly partnerId: string; readonly courseId: string };

export type TakeCourse = Learner & {
  readonly by: string;
  /** Whether the caller is a person of this partner: nobody learns for another. */
  readonly isPartner: boolean;
};

export type Moment = { readonly now: Instant; readonly zone: TimeZone };

/** What a step makes of the progress before it; no progress: there is nothing to do, it is a repeat, of that attempt if there is one. */
export type Step = { readonly progress?: CourseProgress | undefined; readonly attempt?: QuizAttempt | undefined };

export type Taken = {
  readonly progress: StoredProgress;
  readonly attempt?: QuizAttempt | undefined;
  readonly moment: Moment;
};

export type TakingDependencies = {
  partners: PartnerStore;
  training: TrainingStore;
  programs: ProgramReader;
  clock: Clock;
};

/** One partner's people seldom do two things at once; more tries than this mean a fault. */
const MAX_ATTEMPTS = 5;

/** @throws Failure forbidden */
export function requireSelf({ isPartner }: Pick<TakeCourse, 'isPartner'>): void {
  if (isPartner) return;
  throw new Failure(
    'forbidden',
    'Only a person of the partner takes its courses. Record what was learned elsewhere by POST .../certifications.',
  );
}

/**
 * Takes one step of a partner in a course, again if another step was faster. `decide` reads and decides anew each time. With
 * the step that completes the course the certificate is recorded in the partner's terms, in one transaction with progress and
 * attempt: two of them at once are one certificate.
 * @throws Failure unknown_program, not_found, temporarily_unavailable, and what `decide` throws
 */
export function makeTakeStep({ partners, training, programs, clock }: TakingDependencies) {
  /** The last step; `undefined`: another one was faster. */
  const complete = async (
    learner: Learner,
    before: StoredProgress,
    { progress, attempt }: { readonly progress: CourseProgress; readonly attempt?: QuizAttempt | undefined },
    moment: Moment,
  ): Promise<StoredProgress | undefined> => {
    const { programId, partnerId, courseId } = learner;
    let writes = undefined as TrainingWrites | undefined;
    const change = async (standing: Standing): Promise<Standing | undefined> => {
      const current = await training.progress(programId, partnerId, courseId);
      writes = undefined;
      if (current?.version !== before.version) return undefined;
      requireRoom(standing.certifications);
      const certificate = certificateFor(standing, progress, moment);
      const { certificationId } = certificate;
      const completed = { ...progress, version: before.version, completedAt: moment.now, certificationId };
      writes = { progress: completed, attempt, certificate };
      return { ...standing, certifications: [...standing.certifications, recorded(certificate, moment.now)] };
    };
    await changeStanding(partners, { programId, partnerId, now: moment.now }, change, () => ({ training: writes }));
    return writes?.progress && next(writes.progress);
  };

  return async (
    learner: Learner,
    decide: (before: StoredProgress | undefined, moment: Moment) => Promise<Step>,
  ): Promise<Taken> => {
    const { programId, partnerId, courseId } = learner;
    for (let tries = 0; tries < MAX_ATTEMPTS; tries += 1) {
      const zone = programs.zone((await programs.get(programId)).timeZone);
      const moment = { now: toInstant(clock()), zone };
      const before = await training.progress(programId, partnerId, courseId);
      const { progress, attempt } = await decide(before, moment);
      if (!progress) return { progress: required(before), attempt, moment };
      if (before && isComplete(progress)) {
        const completed = await complete(learner, before, { progress, attempt }, moment);
        if (completed) return { progress: completed, attempt, moment };
        continue;
      }
      const stored = { ...progress, version: before?.version ?? 0 };
      if ((await training.save(learner, { progress: stored, attempt })) === 'saved') {
        return { progress: next(stored), attempt, moment };
      }
    }
    throw new Failure('temporarily_unavailable', 'Others of the partner take this course too. Repeat it in a moment.');
  };
}

function next(saved: StoredProgress): StoredProgress {
  return { ...saved, version: saved.version + 1 };
}

function required(before: StoredProgress | undefined): StoredProgress {
  if (!before) throw new Error('a step without anything to do needs the progress it found');
  return before;
}

/** The same for the same round of the same partner. */
function certificateFor(
  { programId, partnerId, certifications }: Standing,
  { courseId, courseVersion, round, title, certification, validityMonths }: CourseProgress,
  { now, zone }: Moment,
): EarnedCertificate {
  const renewedId = certificateIdOf(courseId, round - 1);
  const renewed = certifications.find(({ certificationId }) => certificationId === renewedId);
  const expiresAt = certificateExpiry(validityMonths, now, renewed, zone);
  return {
    programId,
    partnerId,
    certificationId: certificateIdOf(courseId, round),
    certification,
    courseId,
    courseVersion,
    title,
    earnedAt: now,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** The system itself records it: nobody certifies by hand what was passed. */
const RECORDED_BY = 'training';

function recorded(certificate: EarnedCertificate, now: Instant): Certification {
  const { certificationId, certification, courseId, earnedAt, expiresAt } = certificate;
  return {
    certificationId,
    certification,
    courseId,
    certifiedAt: earnedAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    recordedAt: now,
    recordedBy: RECORDED_BY,
  };
}
