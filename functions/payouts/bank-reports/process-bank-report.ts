import * as z from 'zod';
import { processReport } from '#functions/payouts/bank-reports/receiving-composition';
import { timeBoxOf } from '#functions/runtime/time-box';
import { bankReportInterruptedSchema } from '#shared/contracts/events';

const eventSchema = z.object({ detail: bankReportInterruptedSchema });

/** Called by the event rule for `bank_report.interrupted`: goes on with a file that was too long for a request. */
export const handler = async (
  event: unknown,
  context: Parameters<typeof timeBoxOf>[0],
): Promise<{ readonly status: string; readonly processed: number }> => {
  const { programId, reportId } = eventSchema.parse(event).detail;
  const { status, processed } = await processReport({ programId, reportId, ...timeBoxOf(context) });
  return { status, processed };
};
