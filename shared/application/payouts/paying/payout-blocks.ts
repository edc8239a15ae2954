import { whatToDo } from '#shared/domain/ledger/blocked-words';
import { type BlockedReason, isFileRail, type Payout } from '#shared/domain/ledger/payout';

export type BlockReason =
  | BlockedReason
  | 'run_not_over'
  | 'next_run'
  | 'file_not_written'
  | 'no_answer'
  | 'bank_silent'
  | 'money_back';

/** Why a payout does not go on by itself, and what to do about it. */
export type PayoutBlock = { readonly reason: BlockReason; readonly whatToDo: string };

const NEXT_RUN = 'The next approved run pays it.';
/**
 * What a payout waits for; `undefined` when there is nothing to do. `runIsOver`: of the run that has to submit it.
 * A payout in a bank's hands is silent for days: a person who has waited long enough looks at the account.
 */
export function blockOf(payout: Payout, runIsOver: boolean): PayoutBlock | undefined {
  switch (payout.status) {
    case 'created':
      if (payout.blockedReason)
        return { reason: payout.blockedReason, whatToDo: whatToDo(payout.blockedReason, payout) };
      if (!runIsOver)
        return {
          reason: 'run_not_over',
          whatToDo: 'Its run is at work; if it failed, open the month again: that resumes it.',
        };
      return { reason: 'next_run', whatToDo: NEXT_RUN };
    case 'submitting':
      if (isFileRail(payout.rail)) {
        return {
          reason: 'file_not_written',
          whatToDo:
            "Its run has not written the bank's file yet; if the run failed, open the month again: that resumes it.",
        };
      }
      return unanswered();
    case 'unknown':
      return unanswered();
    case 'submitted':
      if (!isFileRail(payout.rail)) return undefined;
      return {
        reason: 'bank_silent',
        whatToDo:
          "Send the bank's report. If the account shows what became of it and no report will, propose it with evidence; another person confirms.",
      };
    case 'settled':
      return undefined;
    case 'failed':
    case 'returned':
      return {
        reason: 'money_back',
        whatToDo:
          "Its amount is in the partner's balance again and part of the next statement. Check the bank details before the next run.",
      };
  }
}

function unanswered(): PayoutBlock {
  return {
    reason: 'no_answer',
    whatToDo:
      'Nobody knows whether the rail has it. Ask the rail; the next approved run offers it again with the same key. What nobody will ever answer, two people resolve by evidence.',
  };
}
