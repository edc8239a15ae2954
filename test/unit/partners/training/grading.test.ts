import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Question, Quiz } from '#shared/domain/partner/training/course';
import {
  answerFaults,
  type GivenAnswer,
  gradeQuiz,
  percentOf,
  shuffledBy,
} from '#shared/domain/partner/training/grading';
import { answering, aQuestion, aQuiz } from '#test/support/builders/courses';

const LETTERS = ['a', 'b', 'c', 'd', 'e'];

const question = (questionId: string): fc.Arbitrary<Question> =>
  fc
    .constantFrom('single' as const, 'multiple' as const)
    .chain((kind) =>
      fc
        .subarray(LETTERS, kind === 'single' ? { minLength: 1, maxLength: 1 } : { minLength: 1 })
        .map((correct) =>
          aQuestion(questionId, { kind, correct, answers: LETTERS.map((answerId) => ({ answerId, text: answerId })) }),
        ),
    );

/** A quiz and answers without faults, some of them right. */
const answered: fc.Arbitrary<{ quiz: Quiz; given: GivenAnswer[] }> = fc
  .integer({ min: 1, max: 12 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => question(`q${index}`))))
  .chain((questions) =>
    fc.record({
      quiz: fc.integer({ min: 1, max: 100 }).map((passPercent) => aQuiz({ passPercent, questions })),
      given: fc.tuple(
        ...questions.map(({ questionId, kind, correct }) =>
          fc
            .oneof(
              fc.constant([...correct]),
              fc.subarray(LETTERS, { maxLength: kind === 'single' ? 1 : LETTERS.length }),
            )
            .map((answerIds) => ({ questionId, answerIds })),
        ),
      ),
    }),
  );

const reversed = (given: readonly GivenAnswer[]): GivenAnswer[] =>
  given.map(({ questionId, answerIds }) => ({ questionId, answerIds: answerIds.toReversed() })).toReversed();

describe('grading', () => {
  it('does not depend on the order of questions, answers or choices', () => {
    fc.assert(
      fc.property(answered, ({ quiz, given }) => {
        const shuffled = {
          ...quiz,
          questions: quiz.questions.map((one) => ({ ...one, answers: one.answers.toReversed() })),
        };
        expect(gradeQuiz(shuffled, reversed(given))).toEqual(gradeQuiz(quiz, given));
        expect(answerFaults(quiz, reversed(given))).toEqual([]);
      }),
    );
  });

  it('passes exactly from the least whole number of right answers that reaches the pass mark', () => {
    fc.assert(
      fc.property(answered, ({ quiz, given }) => {
        const { correct, of, passed, wrong } = gradeQuiz(quiz, given);
        // In whole numbers: the least count n with n * 100 >= passPercent * of.
        const needed = Number((BigInt(quiz.passPercent) * BigInt(of) + 99n) / 100n);
        expect(passed).toBe(correct >= needed);
        expect(correct + wrong.length).toBe(of);
        // What is shown never claims a pass mark that was not reached, nor hides one that was.
        expect(percentOf(correct, of) >= quiz.passPercent).toBe(passed);
      }),
    );
  });

  it.each([
    [70, 7, 10, true],
    [70, 6, 10, false],
    [67, 2, 3, false],
    [66, 2, 3, true],
    [100, 99, 100, false],
    [1, 1, 100, true],
    [1, 0, 1, false],
    // 0.29 * 100 is less than 29 in floating point.
    [29, 29, 100, true],
  ])('at a pass mark of %i %% %i of %i right ones pass: %s', (passPercent, right, of, passed) => {
    const questions = Array.from({ length: of }, (_, index) => aQuestion(`q${index}`));
    const given = questions.map(({ questionId }, index) => ({ questionId, answerIds: [index < right ? 'b' : 'a'] }));
    expect(gradeQuiz(aQuiz({ passPercent, questions }), given)).toMatchObject({ correct: right, of, passed });
  });

  it('counts a question of which a part is right as wrong, and one that is left open', () => {
    const questions = ['part', 'more', 'open', 'right'].map((id) =>
      aQuestion(id, { kind: 'multiple', correct: ['a', 'b'] }),
    );
    const given = [
      { questionId: 'part', answerIds: ['a'] },
      { questionId: 'more', answerIds: ['a', 'b', 'c'] },
      { questionId: 'open', answerIds: [] },
      { questionId: 'right', answerIds: ['b', 'a'] },
    ];
    const quiz = aQuiz({ questions });
    expect(answerFaults(quiz, given)).toEqual([]);
    expect(gradeQuiz(quiz, given)).toMatchObject({ correct: 1, wrong: ['part', 'more', 'open'] });
  });
});

describe('answers to a quiz', () => {
  it('are refused by field and rule before they cost an attempt', () => {
    const quiz = aQuiz({ questions: [aQuestion('q1'), aQuestion('q2', { kind: 'multiple' }), aQuestion('q3')] });
    const given = [
      { questionId: 'q1', answerIds: ['a', 'b'] },
      { questionId: 'q2', answerIds: ['a', 'a', 'z'] },
      { questionId: 'q2', answerIds: [] },
      { questionId: 'q9', answerIds: [] },
    ];
    expect(answerFaults(quiz, given)).toEqual([
      { pointer: '/answers/0/answerIds', rule: 'must hold at most one answer: one alone is correct' },
      { pointer: '/answers/1/answerIds/1', rule: 'must be chosen once' },
      { pointer: '/answers/1/answerIds/2', rule: 'must be an answer of this question' },
      { pointer: '/answers/2/questionId', rule: 'must be named once' },
      { pointer: '/answers/3/questionId', rule: 'must be a question of this quiz' },
      { pointer: '/answers', rule: 'must name q3, with empty answerIds to leave it open' },
    ]);
    expect(answerFaults(quiz, answering(quiz, 'a'))).toEqual([]);
  });
});

describe('an order', () => {
  it('has the same things, the same for the same seed and another for most others', () => {
    const ids = Array.from({ length: 20 }, (_, index) => `q${index}`);
    const rank = (seed: number) => (id: string) =>
      String((Number(id.slice(1)) * 7919 + seed * 104_729) % 1_009).padStart(4, '0');
    const order = (seed: number) => shuffledBy(ids, (id) => id, rank(seed));
    expect(order(1)).toEqual(order(1));
    expect([...order(1)].sort()).toEqual([...ids].sort());
    expect(order(1)).not.toEqual(order(2));
  });
});
