import type * as z from 'zod';
import type { courseSchema } from '#shared/contracts/partners/training/course';

export type Course = z.output<typeof courseSchema>;
export type CourseModule = Course['modules'][number];
export type Quiz = NonNullable<CourseModule['quiz']>;
type Question = Quiz['questions'][number];
type Content = CourseModule['content'][number];

/** What is wrong with a text, to complete "This ...". */
export class TextFault extends Error {
  override readonly name = 'TextFault';
}

/**
 * Questions as people write them:
 *
 *     ? What is a tally stick?
 *     * A split stick that records a debt
 *     - A kind of drum
 *     > Both sides kept a half.
 *
 * `*` is right, `-` is wrong, `>` explains it to whoever has passed. A question with several right answers asks for all of them.
 * Ids are those of the same texts before, so that progress and attempts keep their meaning. @throws TextFault
 */
export function questionsFromText(text: string, before: readonly Question[] = []): Question[] {
  const questions: { text: string; answers: { text: string; isRight: boolean }[]; explanation?: string }[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '') continue;
    const mark = line[0];
    const words = line.slice(1).trim();
    const where = `in line ${index + 1}`;
    if (words === '') throw new TextFault(`has a mark without words ${where}`);
    const current = questions.at(-1);
    if (mark === '?') questions.push({ text: words, answers: [] });
    else if (!current) throw new TextFault(`must begin with a question: ? and its words (${where})`);
    else if (mark === '*' || mark === '-') current.answers.push({ text: words, isRight: mark === '*' });
    else if (mark === '>') current.explanation = words;
    else throw new TextFault(`must begin with ?, *, - or > ${where}`);
  }
  const taken = new Set<string>();
  return questions.map(({ text: asked, answers, explanation }, index) => {
    if (answers.length < 2) throw new TextFault(`needs two answers or more below question ${index + 1}`);
    const right = answers.filter(({ isRight }) => isRight).length;
    if (right === 0) throw new TextFault(`marks no answer of question ${index + 1} as right: begin it with *`);
    const known = before.find((one) => one.text === asked && !taken.has(one.questionId));
    const questionId =
      known?.questionId ?? freeId('q', index, new Set([...taken, ...before.map((one) => one.questionId)]));
    taken.add(questionId);
    const ids = answerIds(
      answers.map((answer) => answer.text),
      known?.answers ?? [],
    );
    return {
      ...{ questionId, text: asked, kind: right === 1 ? 'single' : 'multiple' },
      answers: answers.map((answer, at) => ({ answerId: ids[at] ?? '', text: answer.text })),
      correct: answers.flatMap(({ isRight }, at) => (isRight ? [ids[at] ?? ''] : [])),
      ...(explanation === undefined ? {} : { explanation }),
    };
  });
}

function answerIds(texts: readonly string[], before: Question['answers']): string[] {
  const taken = new Set<string>();
  const used = new Set(before.map(({ answerId }) => answerId));
  return texts.map((text, index) => {
    const known = before.find((one) => one.text === text && !taken.has(one.answerId));
    const id = known?.answerId ?? freeId('a', index, new Set([...taken, ...used]));
    taken.add(id);
    return id;
  });
}

function freeId(prefix: string, index: number, taken: ReadonlySet<string>): string {
  for (let number = index + 1; ; number += 1) {
    const id = `${prefix}${number}`;
    if (!taken.has(id)) return id;
  }
}

/** The same, to be edited. */
export function questionsToText(questions: readonly Question[]): string {
  return questions
    .map(({ text, answers, correct, explanation }) =>
      [
        `? ${text}`,
        ...answers.map((answer) => `${correct.includes(answer.answerId) ? '*' : '-'} ${answer.text}`),
        ...(explanation === undefined ? [] : [`> ${explanation}`]),
      ].join('\n'),
    )
    .join('\n\n');
}

/** Links as people write them, one a line: `Title | https://...`. @throws TextFault */
export function linksFromText(text: string): Content[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const at = line.lastIndexOf('|');
      const title = at < 0 ? '' : line.slice(0, at).trim();
      const url = line.slice(at + 1).trim();
      if (title === '' || !/^https:\/\//i.test(url)) {
        throw new TextFault(
          `must have a title, a | and an https address in each line, such as: Guide | https://example.com/guide`,
        );
      }
      return { kind: 'link', title, url };
    });
}

export function linksToText(content: readonly Content[]): string {
  return content.flatMap((item) => (item.kind === 'link' ? [`${item.title} | ${item.url}`] : [])).join('\n');
}

/** An id out of words: lower-case letters, digits and dashes. */
export function slugOf(words: string, taken: ReadonlySet<string> = new Set()): string {
  const slug =
    words
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 36)
      .replace(/-+$/, '') || 'module';
  if (!taken.has(slug)) return slug;
  for (let number = 2; ; number += 1) if (!taken.has(`${slug}-${number}`)) return `${slug}-${number}`;
}
