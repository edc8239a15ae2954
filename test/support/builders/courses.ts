import type { CourseContent, CourseModule, Question, Quiz } from '#shared/domain/partner/training/course';

/** One correct answer: `b` of `a`, `b`, `c`. */
export function aQuestion(questionId: string, overrides: Partial<Question> = {}): Question {
  return {
    questionId,
    text: `What about ${questionId}?`,
    kind: 'single',
    answers: ['a', 'b', 'c'].map((answerId) => ({ answerId, text: `Answer ${answerId}` })),
    correct: ['b'],
    explanation: `Why ${questionId} is b`,
    ...overrides,
  };
}

export function aQuiz(overrides: Partial<Quiz> = {}): Quiz {
  return {
    passPercent: 50,
    attemptsPerDay: 2,
    shuffle: false,
    feedback: 'score',
    questions: [aQuestion('q1'), aQuestion('q2')],
    ...overrides,
  };
}

export function aModule(moduleId: string, overrides: Partial<CourseModule> = {}): CourseModule {
  return {
    moduleId,
    title: `Module ${moduleId}`,
    estimatedMinutes: 10,
    content: [{ kind: 'link', title: 'Read', url: 'https://learn.example/read' }],
    ...overrides,
  };
}

/** A module to read and one with a quiz, certifying for twelve months. */
export function aCourse(overrides: Partial<CourseContent> = {}): CourseContent {
  return {
    title: 'Product basics',
    description: 'What we sell',
    certification: 'product-basics',
    validityMonths: 12,
    modules: [aModule('read'), aModule('test', { quiz: aQuiz() })],
    ...overrides,
  };
}

/** Every question answered with the same letters. */
export function answering({ questions }: Quiz, ...answerIds: readonly string[]) {
  return questions.map(({ questionId }) => ({ questionId, answerIds }));
}
