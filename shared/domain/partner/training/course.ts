/** What is read or watched: a page elsewhere, or a file of the course. */
export type ContentItem =
  | { readonly kind: 'link'; readonly title: string; readonly url: string }
  | { readonly kind: 'file'; readonly title: string; readonly fileId: string };

export type QuizAnswer = { readonly answerId: string; readonly text: string };

export type Question = {
  readonly questionId: string;
  readonly text: string;
  /** `single` has one correct answer, `multiple` one or more; nothing but exactly those is right. */
  readonly kind: 'single' | 'multiple';
  readonly answers: readonly QuizAnswer[];
  /** Ids of the correct answers: never shown to a partner. */
  readonly correct: readonly string[];
  /** Shown with an attempt that passed. */
  readonly explanation?: string | undefined;
};

export type Quiz = {
  /** Least share of right answers, 1 to 100. */
  readonly passPercent: number;
  /** On one day of the programme's wall clock. */
  readonly attemptsPerDay: number;
  /** Questions and answers come in another order with each attempt. */
  readonly shuffle: boolean;
  /** What an attempt that failed tells: the score alone, or also which questions were wrong. */
  readonly feedback: 'score' | 'wrong_questions';
  readonly questions: readonly Question[];
};

export type CourseModule = {
  readonly moduleId: string;
  readonly title: string;
  readonly estimatedMinutes: number;
  readonly content: readonly ContentItem[];
  readonly quiz?: Quiz | undefined;
};

/** What a version of a course holds. Once published it never changes. */
export type CourseContent = {
  readonly title: string;
  readonly description: string;
  /** What whoever completes it is certified in. */
  readonly certification: string;
  /** Calendar months on the programme's wall clock; absent: the certificate does not expire. */
  readonly validityMonths?: number | undefined;
  /** In the order in which they are best taken; any order is allowed. */
  readonly modules: readonly CourseModule[];
};

export function moduleOf(content: CourseContent, moduleId: string): CourseModule | undefined {
  return content.modules.find((module) => module.moduleId === moduleId);
}

/** Every file that a version refers to, each once. */
export function filesOf({ modules }: Pick<CourseContent, 'modules'>): readonly string[] {
  const all = modules.flatMap(({ content }) => content.flatMap((item) => (item.kind === 'file' ? [item.fileId] : [])));
  return [...new Set(all)];
}

export function minutesOf({ modules }: Pick<CourseContent, 'modules'>): number {
  return modules.reduce((sum, { estimatedMinutes }) => sum + estimatedMinutes, 0);
}
