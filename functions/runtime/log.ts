import type { Log } from '#shared/application/ports';

/** One JSON object a line, as CloudWatch Logs reads it. Never pass bodies or personal data. */
export const log: Log = {
  info: (message, fields) => write('INFO', message, fields),
  warn: (message, fields) => write('WARN', message, fields),
  error: (message, fields) => write('ERROR', message, fields),
};

function write(level: string, message: string, fields: Record<string, unknown> = {}): void {
  process.stdout.write(
    `${JSON.stringify({ level, message, function: process.env.AWS_LAMBDA_FUNCTION_NAME, ...fields })}\n`,
  );
}
