/** Every way a use case can refuse. The runtime maps each to one HTTP status; the compiler checks that none is missing. */
export type FailureCode =
  | 'invalid_request'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'idempotency_key_reused'
  | 'idempotency_key_in_flight'
  | 'already_exists'
  | 'unknown_program'
  | 'unknown_plan_version'
  | 'unknown_partner'
  | 'unknown_order'
  | 'currency_not_supported'
  | 'amount_out_of_range'
  | 'conversion_conflict'
  | 'refund_conflict'
  | 'refund_exceeds_sale'
  | 'reattribution_refused'
  | 'hold_refused'
  | 'binding_refused'
  | 'dispute_open'
  | 'dispute_not_open'
  | 'own_dispute'
  | 'too_many_disputes'
  | 'code_not_redeemable'
  | 'code_conditions_not_met'
  | 'redemption_not_open'
  | 'slug_taken'
  | 'slug_reserved'
  | 'slug_looks_alike'
  | 'too_many_links'
  | 'destination_not_allowed'
  | 'period_not_due'
  | 'period_not_ended'
  | 'run_already_open'
  | 'run_not_awaiting_decision'
  | 'content_hash_mismatch'
  | 'approver_excluded'
  | 'already_decided'
  | 'second_person_required'
  | 'adjustment_not_proposed'
  | 'payout_hold_released'
  | 'payout_not_resolvable'
  | 'resolution_not_proposed'
  | 'liability_too_large'
  | 'report_too_large'
  | 'nothing_owed'
  | 'write_off_exceeds_debt'
  | 'person_required'
  | 'last_admin'
  | 'login_not_fresh'
  | 'plan_invalid'
  | 'plan_draft_changed'
  | 'plan_draft_closed'
  | 'unknown_plan_draft'
  | 'tier_scheme_changed'
  | 'applications_closed'
  | 'application_not_waiting'
  | 'too_many_applications'
  | 'agreement_not_open'
  | 'agreement_end_not_possible'
  | 'text_hash_mismatch'
  | 'exclusivity_conflict'
  | 'period_not_closed'
  | 'course_changed'
  | 'course_not_open'
  | 'module_not_open'
  | 'quiz_attempts_used'
  | 'certification_not_held'
  | 'simulation_too_large'
  | 'stripe_signature_invalid'
  | 'stripe_event_settled'
  | 'bank_entry_closed'
  | 'bank_entry_differs'
  | 'webhook_endpoint_not_enabled'
  | 'too_many_webhook_endpoints'
  | 'too_many_requests'
  | 'temporarily_unavailable';

/** `pointer` names the field as a JSON pointer into the body (`/amount/minor`) or `query:period`, `path:programId`, `header:Idempotency-Key`. */
export type FieldError = { readonly pointer: string; readonly rule: string };

/** A refusal that its reader can act on. `detail` says what to do next. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly errors: readonly FieldError[];
  /** Extra members of the problem document, e.g. `{ duePeriod: '2026-01' }`. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    code: FailureCode,
    detail: string,
    options: { errors?: readonly FieldError[]; extra?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(detail);
    this.code = code;
    this.errors = options.errors ?? [];
    this.extra = options.extra ?? {};
  }
}
