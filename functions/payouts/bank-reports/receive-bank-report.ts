import { entryAnswer, reportAnswer } from '#functions/payouts/bank-reports/bank-report-answers';
import { idempotency, readEntries, workingTime } from '#functions/payouts/bank-reports/bank-report-composition';
import { receiveReport } from '#functions/payouts/bank-reports/receiving-composition';
import { callerId } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { decodeReport } from '#shared/adapters/rails/bank-reports/decode-report';
import { receiveBankReportRoute } from '#shared/contracts/payouts/bank-reports/receive-bank-report';

const ENTRIES_SHOWN = 100;

export const receiveBankReport: HttpHandler<typeof receiveBankReportRoute> = async ({ params }, context) => {
  const { programId } = params;
  const text = decodeReport(context.rawBody());
  const { report, isNew } = await receiveReport({ programId, text, by: callerId(context), ...workingTime() });
  const { items, nextCursor } = await readEntries({ programId, reportId: report.reportId, limit: ENTRIES_SHOWN });
  const body = { ...reportAnswer(report), entries: items.map(entryAnswer), nextCursor };
  // Under the same key the rest of a long file is worked through, instead of this answer.
  if (report.status === 'processing') return reply(202, { body, forget: true });
  return reply(isNew ? 201 : 200, { body });
};

export const handler = httpFunction(receiveBankReportRoute, receiveBankReport, { idempotency });
