import { addCalendarDays, startOfDay } from '../../time/calendar.ts';
import { type Instant, toEpochMs, toInstant } from '../../time/instant.ts';
import type { TimeZone } from '../../time/time-zone.ts';
import { dayOf } from '../../time/wall-day.ts';
import type { CourseContent } from './course.ts';
import { percentOf } from './grading.ts';

/** What a partner sees of a module before it opens it: kept with its progress, so that an overview reads no course. */
export type ModuleOutline = {
  readonly moduleId: string;
  readonly title: string;
  readonly estimatedMinutes: number;
  readonly hasQuiz: boolean;
};

/** Attempts at one quiz: `today` of them on `day`, a day of the programme's wall clock. */
export type Tries = { readonly moduleId: string; readonly day: string; readonly today: number; readonly ever: number };

/** How far a partner has come in one course. A course taken again, to renew its certificate, is the next round. */
export type CourseProgress = {
  readonly courseId: string;
  /** 1, 2, 3 ... */
  readonly round: number;
  /** The version it began with, which it keeps. */
  readonly courseVersion: number;
  /** Of that version. */
  readonly title: string;
  readonly certification: string;
  readonly validityMonths?: number | undefined;
  readonly startedAt: Instant;
  readonly modules: readonly ModuleOutline[];
  readonly done: readonly { readonly moduleId: string; readonly at: Instant }[];
  readonly tries: readonly Tries[];
  /** Attempts at all its quizzes, over all rounds: the number of the last one. */
  readonly attempts: number;
  readonly completedAt?: Instant | undefined;
  /** Of the certificate that completing it earned. */
  readonly certificationId?: string | undefined;
};

export function outlineOf({ modules }: CourseContent): readonly ModuleOutline[] {
  return modules.map(({ moduleId, title, estimatedMinutes, quiz }) => ({
    moduleId,
    title,
    estimatedMinutes,
    hasQuiz: quiz !== undefined,
  }));
}

/** The first round, the next one, or the same one anew with a newer version. Attempts count on: no start gives more a day. */
export function startRound(
  before: CourseProgress | undefined,
  course: { readonly courseId: string; readonly version: number; readonly content: CourseContent },
  at: Instant,
): CourseProgress {
  const { courseId, version: courseVersion, content } = course;
  const isNext = before?.completedAt !== undefined;
  return {
    courseId,
    round: (before?.round ?? 1) + (isNext ? 1 : 0),
    courseVersion,
    title: content.title,
    certification: content.certification,
    ...(content.validityMonths === undefined ? {} : { validityMonths: content.validityMonths }),
    startedAt: at,
    modules: outlineOf(content),
    done: [],
    tries: before?.tries ?? [],
    attempts: before?.attempts ?? 0,
  };
}

export function isDone({ done }: CourseProgress, moduleId: string): boolean {
  return done.some((module) => module.moduleId === moduleId);
}

export function isComplete(progress: CourseProgress): boolean {
  return progress.modules.every(({ moduleId }) => isDone(progress, moduleId));
}

/** The first module that is left, in the course's order. */
export function nextModule(progress: CourseProgress): ModuleOutline | undefined {
  return progress.modules.find(({ moduleId }) => !isDone(progress, moduleId));
}

/** Whole per cent of the modules, rounded down: 100 is complete. */
export function progressPercent(progress: CourseProgress): number {
  return percentOf(
    progress.modules.filter(({ moduleId }) => isDone(progress, moduleId)).length,
    progress.modules.length,
  );
}

export function minutesLeft(progress: CourseProgress): number {
  const left = progress.modules.filter(({ moduleId }) => !isDone(progress, moduleId));
  return left.reduce((sum, { estimatedMinutes }) => sum + estimatedMinutes, 0);
}

export function markDone(progress: CourseProgress, moduleId: string, at: Instant): CourseProgress {
  return isDone(progress, moduleId) ? progress : { ...progress, done: [...progress.done, { moduleId, at }] };
}

/** One more attempt at a quiz. */
export function countTry(progress: CourseProgress, moduleId: string, at: Instant, zone: TimeZone): CourseProgress {
  const day = dayOf(toEpochMs(at), zone);
  const before = progress.tries.find((tries) => tries.moduleId === moduleId);
  const today = before?.day === day ? before.today + 1 : 1;
  const counted = { moduleId, day, today, ever: (before?.ever ?? 0) + 1 };
  const others = progress.tries.filter((tries) => tries.moduleId !== moduleId);
  return { ...progress, tries: [...others, counted], attempts: progress.attempts + 1 };
}

/** How many attempts at a quiz are left today, and with none when the next day begins on the programme's wall clock. */
export function attemptsLeft(
  progress: CourseProgress,
  { moduleId, attemptsPerDay }: { readonly moduleId: string; readonly attemptsPerDay: number },
  at: Instant,
  zone: TimeZone,
): { readonly leftToday: number; readonly nextAt?: Instant } {
  const ms = toEpochMs(at);
  const tries = progress.tries.find((candidate) => candidate.moduleId === moduleId);
  const leftToday = Math.max(0, attemptsPerDay - (tries?.day === dayOf(ms, zone) ? tries.today : 0));
  if (leftToday > 0) return { leftToday };
  return { leftToday, nextAt: toInstant(startOfDay(addCalendarDays(startOfDay(ms, zone), 1, zone), zone)) };
}
