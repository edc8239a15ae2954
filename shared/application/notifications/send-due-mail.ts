import type { makePlanDigests } from '#shared/application/notifications/plan-digests';
import type { makeSendDueMails } from '#shared/application/notifications/send-due-mails';
import type { Clock, Log } from '#shared/application/ports';
import type { Program } from '#shared/application/programs';
import type { TimeBox } from '#shared/application/time-box';

export type SentDueMail = {
  readonly planned: number;
  readonly sent: number;
  readonly skipped: number;
  /** To be sent by a later call. */
  readonly waiting: number;
  /** Programmes of which no digest could be planned, or nothing be sent. */
  readonly failed: number;
};

/** Plans the digests of every programme and sends what is due. A programme that fails holds up no other. */
export function makeSendDueMail(deps: {
  readonly programs: { list(): AsyncIterable<Program> };
  readonly plan: ReturnType<typeof makePlanDigests>;
  readonly send: ReturnType<typeof makeSendDueMails>;
  readonly clock: Clock;
  readonly log: Log;
}) {
  return async (box: TimeBox): Promise<SentDueMail> => {
    const count = { planned: 0, sent: 0, skipped: 0, waiting: 0, failed: 0 };
    for await (const program of deps.programs.list()) {
      const plan = await planned(program);
      count.planned += plan ?? 0;
      if (plan === undefined) count.failed += 1;
      try {
        const done = await deps.send(program, deps.clock(), box);
        count.sent += done.sent;
        count.skipped += done.skipped;
        count.waiting += done.waiting;
      } catch (error) {
        count.failed += 1;
        deps.log.error('the e-mails of a programme could not be sent', {
          programId: program.programId,
          error: String(error),
        });
      }
    }
    return count;
  };

  /** What cannot be summed up now is in the next sum, and keeps no e-mail that is due. */
  async function planned(program: Program): Promise<number | undefined> {
    try {
      return (await deps.plan(program, deps.clock())).planned;
    } catch (error) {
      const { programId } = program;
      deps.log.error('the digests of a programme could not be planned', { programId, error: String(error) });
      return undefined;
    }
  }
}
