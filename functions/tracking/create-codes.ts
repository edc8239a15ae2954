import { type HttpHandler, httpFunction, problemOf, type Reply, reply } from '#functions/runtime/http';
import { codeAnswer, codeUrl } from '#functions/tracking/answers';
import { codeSettings } from '#functions/tracking/code-inputs';
import { idempotency, publicUrl } from '#functions/tracking/composition';
import { createCodesOnce } from '#functions/tracking/creation-composition';
import { csvOf, csvText } from '#shared/application/csv';
import type { CodeOutcome } from '#shared/application/tracking/codes/create-codes';
import { createCodesRoute } from '#shared/contracts/tracking/create-codes';

const CSV_HEADERS = { 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store' };

export const createCodes: HttpHandler<typeof createCodesRoute> = async (
  { params, body },
  { newId },
): Promise<Reply> => {
  const { count, codes, format, ...settings } = body;
  const shared = codeSettings(params.programId, settings);
  const outcomes = await createCodesOnce({ ...shared, count, codes, requestId: newId });
  if (format === 'json') return reply(200, { body: { items: outcomes.map(answerOf) } });
  // Not remembered under its key, which keeps JSON only: a repeat reads the same codes again.
  return reply(200, { text: csvOf([HEADER, ...outcomes.map(recordOf)]), headers: CSV_HEADERS, forget: true });
};

const HEADER = ['status', 'code', 'url', 'problem'];

function answerOf(outcome: CodeOutcome): Record<string, unknown> {
  if ('failure' in outcome) {
    const problem = problemOf(outcome.failure);
    return { status: problem.status, problem };
  }
  return { ...codeAnswer(outcome.code, publicUrl), status: statusOf(outcome) };
}

function recordOf(outcome: CodeOutcome): readonly string[] {
  if ('failure' in outcome) {
    return [String(problemOf(outcome.failure).status), csvText(outcome.taken), '', csvText(outcome.failure.code)];
  }
  const { code } = outcome.code;
  return [String(statusOf(outcome)), csvText(code), csvText(codeUrl(code, publicUrl)), ''];
}

function statusOf({ repeated }: { readonly repeated: boolean }): number {
  return repeated ? 200 : 201;
}

export const handler = httpFunction(createCodesRoute, createCodes, { idempotency });
