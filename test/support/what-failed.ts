import { existsSync, readFileSync } from 'node:fs';

type Report = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
};

/** Enough to see what it is: the whole text stands further up. */
const LINES_OF_AN_ERROR = 12;
const LINES_OF_ERRORS_OUTSIDE = 40;

/**
 * What of a vitest run failed, in lines to print at the end, where the tail of a long log shows them: each failed test with the
 * beginning of its error, each file that could not be run, and errors that belong to no test.
 */
export function whatFailed(project: string, reportPath: string, said: string): readonly string[] {
  const lines: string[] = [];
  const report = existsSync(reportPath)
    ? (JSON.parse(readFileSync(reportPath, 'utf8')) as Report)
    : { testResults: [] };
  for (const file of report.testResults) {
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    for (const { fullName, failureMessages } of failed) {
      lines.push(`FAILED ${project} ${file.name}: ${fullName}`, ...beginning(failureMessages?.join('\n') ?? ''));
    }
    if (failed.length === 0 && file.status === 'failed') {
      lines.push(`FAILED ${project} ${file.name}`, ...beginning(file.message ?? ''));
    }
  }
  return [...lines, ...errorsOutside(project, said)];
}

function beginning(text: string): readonly string[] {
  return text
    .split('\n')
    .slice(0, LINES_OF_AN_ERROR)
    .map((line) => `  ${line}`);
}

function errorsOutside(project: string, said: string): readonly string[] {
  const lines = said.split('\n');
  const start = lines.findIndex((line) =>
    /Unhandled (Errors?|Rejection)|Error during close|close timed out/i.test(line),
  );
  if (start < 0) return [];
  return [
    `FAILED ${project}: an error outside of any test`,
    ...lines.slice(start, start + LINES_OF_ERRORS_OUTSIDE).map((line) => `  ${line}`),
  ];
}
