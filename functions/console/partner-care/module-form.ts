import { FieldProblem, type Form } from '#functions/console/web/form';
import { type CourseModule, linksFromText, questionsFromText, TextFault } from './quiz-text.ts';

/** Reads a module as its fields say it; what the form does not show of one that is there stays. @throws FieldProblem */
export function moduleOf(
  form: Form,
  {
    titleName,
    moduleId,
    before,
  }: { readonly titleName: string; readonly moduleId: string; readonly before?: CourseModule | undefined },
): CourseModule {
  const links = read('links', () => linksFromText(form.optional('links') ?? ''));
  const files = form.list('files').map((chosen) => {
    const [fileId = '', ...name] = chosen.split(' ');
    const known = before?.content.find((item) => item.kind === 'file' && item.fileId === fileId);
    return known ?? { kind: 'file' as const, title: name.join(' ') || 'File', fileId };
  });
  const questions = read('questions', () =>
    questionsFromText(form.optional('questions') ?? '', before?.quiz?.questions),
  );
  const { shuffle = false, attemptsPerDay = 3 } = before?.quiz ?? {};
  return {
    ...{ moduleId, title: form.text(titleName), estimatedMinutes: form.integer('minutes') },
    content: [...links, ...files],
    ...(questions.length === 0
      ? {}
      : {
          quiz: {
            ...{ questions, shuffle, passPercent: form.optionalInteger('passPercent') ?? 80 },
            attemptsPerDay: form.optionalInteger('attemptsPerDay') ?? attemptsPerDay,
            feedback: form.optional('feedback') === 'wrong_questions' ? 'wrong_questions' : 'score',
          },
        }),
  };
}

function read<T>(field: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof TextFault) throw new FieldProblem(field, error.message);
    throw error;
  }
}
