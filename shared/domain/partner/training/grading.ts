import type { Question, Quiz } from './course.ts';

/** What was chosen for one question; nothing: left open. */
export type GivenAnswer = { readonly questionId: string; readonly answerIds: readonly string[] };

/** A field of what was sent, as a JSON pointer into the attempt, and the rule it breaks. */
export type AnswerFault = { readonly pointer: string; readonly rule: string };

export type Grade = {
  readonly correct: number;
  readonly of: number;
  readonly passed: boolean;
  /** Ids of the questions that were not answered right, in the quiz's order. */
  readonly wrong: readonly string[];
};

/**
 * What is wrong with answers before they are graded, so that a slip costs no attempt: every question is named once, also one
 * that is left open, and only with answers that it has.
 */
export function answerFaults({ questions }: Quiz, given: readonly GivenAnswer[]): readonly AnswerFault[] {
  const asked = new Map(questions.map((question) => [question.questionId, question]));
  const faults = given.flatMap((answer, index) => {
    const at = `/answers/${index}`;
    const question = asked.get(answer.questionId);
    if (!question) return [{ pointer: `${at}/questionId`, rule: 'must be a question of this quiz' }];
    if (given.findIndex(({ questionId }) => questionId === answer.questionId) !== index) {
      return [{ pointer: `${at}/questionId`, rule: 'must be named once' }];
    }
    return choiceFaults(question, answer.answerIds, `${at}/answerIds`);
  });
  const named = new Set(given.map(({ questionId }) => questionId));
  const missing = questions.filter(({ questionId }) => !named.has(questionId));
  return [
    ...faults,
    ...missing.map(({ questionId }) => ({
      pointer: '/answers',
      rule: `must name ${questionId}, with empty answerIds to leave it open`,
    })),
  ];
}

function choiceFaults(question: Question, answerIds: readonly string[], pointer: string): readonly AnswerFault[] {
  const known = new Set(question.answers.map(({ answerId }) => answerId));
  const faults = answerIds.flatMap((answerId, index) => {
    if (!known.has(answerId)) return [{ pointer: `${pointer}/${index}`, rule: 'must be an answer of this question' }];
    if (answerIds.indexOf(answerId) !== index) return [{ pointer: `${pointer}/${index}`, rule: 'must be chosen once' }];
    return [];
  });
  if (question.kind === 'single' && answerIds.length > 1) {
    return [...faults, { pointer, rule: 'must hold at most one answer: one alone is correct' }];
  }
  return faults;
}

/** The same answers, in whatever order: of some questions several are correct. */
function isRight(question: Question, chosen: readonly string[]): boolean {
  return chosen.length === question.correct.length && question.correct.every((answerId) => chosen.includes(answerId));
}

/**
 * Grades answers without faults. Each question counts the same; one of which a part is right is wrong. The pass mark is compared
 * in whole numbers, so that 70 % of ten questions is seven right ones and never a matter of rounding.
 */
export function gradeQuiz({ questions, passPercent }: Quiz, given: readonly GivenAnswer[]): Grade {
  const chosen = new Map(given.map(({ questionId, answerIds }) => [questionId, answerIds]));
  const wrong = questions.filter((question) => !isRight(question, chosen.get(question.questionId) ?? []));
  const correct = questions.length - wrong.length;
  return {
    correct,
    of: questions.length,
    passed: correct * 100 >= passPercent * questions.length,
    wrong: wrong.map(({ questionId }) => questionId),
  };
}

/** Whole per cent, rounded down: what is shown as 70 % has reached 70 %. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.floor((part * 100) / whole);
}

/**
 * The same things in an order that follows from `rank` of their ids: another seed gives another order, the same seed the same
 * one, so that a page that is loaded again does not change under its reader.
 */
export function shuffledBy<T>(
  things: readonly T[],
  idOf: (thing: T) => string,
  rank: (id: string) => string,
): readonly T[] {
  const ranked = things.map((thing) => ({ thing, rank: rank(idOf(thing)) }));
  return ranked.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0)).map(({ thing }) => thing);
}
