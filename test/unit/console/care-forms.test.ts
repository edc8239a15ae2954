import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstInstantOf } from '#functions/console/applications/first-instant';
import { moduleOf } from '#functions/console/partner-care/module-form';
import { fieldOf, grouped, noticeWords } from '#functions/console/partner-care/notification-words';
import {
  linksFromText,
  linksToText,
  questionsFromText,
  questionsToText,
  slugOf,
  TextFault,
} from '#functions/console/partner-care/quiz-text';
import { FieldProblem, formOf } from '#functions/console/web/form';
import { kindsFor } from '#shared/application/notifications/cadences';
import { courseFields } from '#shared/contracts/partners/training/course';

const QUIZ = `? What is a tally stick?
* A split stick that records a debt
- A kind of drum
> Both sides kept a half.

? Which of these are tiers?
* referral
* certified
- gold`;

function aForm(fields: Record<string, string>) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return formOf(data);
}

describe('a quiz as text', () => {
  it('says what is asked, what is right and why', () => {
    expect(questionsFromText(QUIZ)).toEqual([
      {
        ...{ questionId: 'q1', text: 'What is a tally stick?', kind: 'single', correct: ['a1'] },
        answers: [
          { answerId: 'a1', text: 'A split stick that records a debt' },
          { answerId: 'a2', text: 'A kind of drum' },
        ],
        explanation: 'Both sides kept a half.',
      },
      {
        ...{ questionId: 'q2', text: 'Which of these are tiers?', kind: 'multiple', correct: ['a1', 'a2'] },
        answers: [
          { answerId: 'a1', text: 'referral' },
          { answerId: 'a2', text: 'certified' },
          { answerId: 'a3', text: 'gold' },
        ],
      },
    ]);
    expect(questionsToText(questionsFromText(QUIZ))).toBe(QUIZ);
  });

  it('keeps the ids of what stays, whatever stands before it', () => {
    const before = questionsFromText(QUIZ);
    const after = questionsFromText(
      `? Is this new?\n* yes\n- no\n\n${QUIZ.replace('- gold', '- silver\n- gold')}`,
      before,
    );
    expect(after.map(({ questionId }) => questionId)).toEqual(['q3', 'q1', 'q2']);
    expect(after[2]?.answers.map(({ answerId }) => answerId)).toEqual(['a1', 'a2', 'a4', 'a3']);
  });

  it.each([
    ['an answer without a question', '* yes'],
    ['a question without answers', '? Why?'],
    ['a question without a right answer', '? Why?\n- a\n- b'],
    ['a line of another kind', '? Why?\nBecause'],
    ['a mark without words', '?'],
  ])('refuses %s', (_what, text) => {
    expect(() => questionsFromText(text)).toThrow(TextFault);
  });

  it('never makes two of the same id', () => {
    const line = fc.constantFrom('? A', '? B', '* x', '- y', '* z', '- x', '> why', '');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 24 }), (lines) => {
        try {
          const questions = questionsFromText(lines.join('\n'), questionsFromText('? B\n* x\n- y'));
          expect(new Set(questions.map(({ questionId }) => questionId)).size).toBe(questions.length);
          for (const { answers, correct } of questions) {
            const ids = answers.map(({ answerId }) => answerId);
            expect(new Set(ids).size).toBe(ids.length);
            expect(correct.every((id) => ids.includes(id))).toBe(true);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(TextFault);
        }
      }),
    );
  });
});

describe('a module as a form', () => {
  it('is what the contract takes, and keeps its files', () => {
    const fileId = 'a'.repeat(32);
    const before = {
      moduleId: 'm',
      title: 'Old',
      estimatedMinutes: 5,
      content: [{ kind: 'file' as const, title: 'Guide', fileId }],
    };
    const form = aForm({
      title: 'New',
      minutes: '12',
      links: 'Film | https://e.example/f',
      files: `${fileId} guide.pdf`,
      questions: QUIZ,
    });
    const module = moduleOf(form, { titleName: 'title', moduleId: 'm', before });
    expect(module).toMatchObject({
      ...{ moduleId: 'm', title: 'New', estimatedMinutes: 12 },
      content: [{ kind: 'link', title: 'Film', url: 'https://e.example/f' }, before.content[0]],
      quiz: { passPercent: 80, attemptsPerDay: 3 },
    });
    expect(courseFields.modules.safeParse([module]).success).toBe(true);
  });

  it('says at which field what is wrong', () => {
    const wrong = (fields: Record<string, string>) => () =>
      moduleOf(aForm({ title: 'T', minutes: '1', ...fields }), { titleName: 'title', moduleId: 'm' });
    expect(wrong({ links: 'http://e.example' })).toThrow(FieldProblem);
    expect(wrong({ questions: '* yes' })).toThrow(FieldProblem);
  });

  it('writes links and slugs both ways', () => {
    const links = linksFromText('A | b | https://e.example/x\n\n C|https://e.example');
    expect(linksFromText(linksToText(links))).toEqual(links);
    expect([slugOf('Über uns: 2!'), slugOf('Über uns: 2!', new Set(['uber-uns-2'])), slugOf('!')]).toEqual([
      'uber-uns-2',
      'uber-uns-2-2',
      'module',
    ]);
  });
});

describe('notifications', () => {
  it('have words and a field for every kind', () => {
    const kinds = [...kindsFor('partner'), ...kindsFor('staff')].map((kind) => ({ kind }));
    for (const { kind } of kinds) expect(noticeWords(kind)).not.toBe(kind);
    expect(new Set(kinds.map(({ kind }) => fieldOf(kind))).size).toBe(new Set(kinds.map(({ kind }) => kind)).size);
    expect(grouped([{ kind: 'something.new' }, { kind: 'payout.paid' }]).map(([group]) => group)).toEqual([
      'Money',
      'Other',
    ]);
  });
});

describe('a day of a form', () => {
  it.each([
    ['2026-07-01', 'Europe/London', '2026-06-30T23:00:00.000Z'],
    ['2026-01-01', 'Europe/London', '2026-01-01T00:00:00.000Z'],
    ['2026-01-01', 'America/New_York', '2026-01-01T05:00:00.000Z'],
  ])('%s begins in %s at %s', (day, zone, instant) => {
    expect(firstInstantOf(aForm({ day }), 'day', zone)).toBe(instant);
  });

  it('must be one', () => {
    expect(() => firstInstantOf(aForm({ day: '2026-02-31x' }), 'day', 'UTC')).toThrow(FieldProblem);
  });
});
