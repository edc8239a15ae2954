import type * as z from 'zod';
import type { Application, ApplicationDecision } from '#shared/application/partners/applications/ports';
import type { applicationDecisionSchema, applicationSchema } from '#shared/contracts/partners/applications/application';

/** What the API shows of an application: named fields only, so that a new one is not shown by accident. */
export function applicationAnswer(application: Application): z.input<typeof applicationSchema> {
  const { applicationId, status, name, email, country, website, promotion, answers, termsHash } = application;
  const { language, via, receivedAt, confirmedAt, lapsesAt, decision, earlier } = application;
  return {
    ...{ applicationId, status, name, email, country, website, promotion, answers: [...answers], termsHash },
    ...{ language, via, receivedAt, confirmedAt, lapsesAt },
    decision: decision && decisionAnswer(decision),
    earlier: earlier && decisionAnswer(earlier),
  };
}

function decisionAnswer(made: ApplicationDecision): z.input<typeof applicationDecisionSchema> {
  const decided = { decidedAt: made.at, decidedBy: made.by, onBehalfOf: made.onBehalfOf };
  if (made.decision === 'accept') return { decision: made.decision, ...decided, partnerId: made.partnerId };
  return { decision: made.decision, ...decided, reason: made.reason, message: made.message };
}
