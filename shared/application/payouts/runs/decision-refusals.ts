import { Failure } from '#shared/application/failure';
import type { DecisionAnswer, Exclusion, PayoutRun } from '#shared/domain/run/payout-run';

const EXCLUSION_TEXT: Readonly<Record<Exclusion, string>> = {
  opened_the_run: 'you opened this run',
  made_an_adjustment: 'you made an adjustment that this run pays',
  reattributed_a_sale: 'you gave a sale that this run pays to another partner',
  released_a_sale: 'you released a held sale that this run pays',
  bound_a_customer: 'you bound a customer to a partner in the month that this run pays',
  changed_a_payee: "you changed a payee's bank details since the last run",
  released_payouts: 'you released payouts that were held since the last run was opened',
  changed_controls: "you changed the programme's controls since the last run was opened",
  changed_settings: 'you changed how the programme attributes sales or looks for fraud since the last run was opened',
  changed_policy: "you changed the programme's payout policy since the last run was opened",
  changed_a_rail: 'you changed from which Stripe or PayPal account the programme pays since the last run was opened',
  changed_tiers: "you changed what the programme's tiers ask for since the last run was opened",
  gave_a_role: 'you made somebody admin, finance or approver of this programme since the last run was opened',
  published_a_plan: "you published a plan, and the programme's policy excludes who did",
  created_an_api_key: "you made an API key that could record sales, and the programme's policy excludes who did",
};

/** What a person is told whose decision is not taken, and what to do instead. */
export function decisionRefusal(run: PayoutRun, answer: Exclude<DecisionAnswer, { answer: 'accepted' }>): Failure {
  switch (answer.answer) {
    case 'not_awaiting':
      return new Failure(
        'run_not_awaiting_decision',
        `Run ${run.runId} is ${run.status}: there is nothing to decide.`,
        {
          extra: { runStatus: run.status },
        },
      );
    case 'already_decided':
      return new Failure('already_decided', 'Your decision stands; another person must give the next one.');
    case 'other_content':
      return new Failure('content_hash_mismatch', 'Read the run again and decide on what it shows now.', {
        errors: [{ pointer: '/contentHash', rule: 'must be the content hash of the run' }],
        extra: { contentHash: answer.contentHash },
      });
    case 'excluded':
      return new Failure(
        'approver_excluded',
        `Ask somebody else to approve: ${EXCLUSION_TEXT[answer.exclusion]}. You may still reject.`,
        { extra: { reason: answer.exclusion } },
      );
    case 'comment_missing':
      return new Failure('invalid_request', 'Say why you reject the run.', {
        errors: [{ pointer: '/comment', rule: 'must be given to reject' }],
      });
    case 'other_holds':
      return new Failure(
        'invalid_request',
        'Send the holds that the first approver chose, or none; or reject the run.',
        {
          errors: [{ pointer: '/holds', rule: `must be ${JSON.stringify(answer.holds)} or absent` }],
          extra: { holds: answer.holds },
        },
      );
  }
}
