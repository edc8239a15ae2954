import { proposedComponent } from '#functions/payouts/plans/proposed-component';
import type { AgreementTerms } from '#shared/application/partners/draft-agreement';
import type { amendAgreementRoute } from '#shared/contracts/partners/amend-agreement';
import type { RouteInput } from '#shared/contracts/route';
import type { Exclusivity } from '#shared/domain/partner/agreement';

type TermsBody = RouteInput<typeof amendAgreementRoute>['body'];

/** Terms as they came over the border: amounts become bigint, and an exclusivity of nothing is none. */
export function agreementTerms<T extends TermsBody>({ components, exclusivity, ...rest }: T) {
  return {
    ...rest,
    components: components?.map(proposedComponent),
    exclusivity: exclusivityOf(exclusivity),
  } satisfies Partial<AgreementTerms>;
}

function exclusivityOf(exclusivity: TermsBody['exclusivity']): Exclusivity | undefined {
  if (!exclusivity || exclusivity.kind === 'none') return undefined;
  const { kind, until } = exclusivity;
  const values = exclusivity.kind === 'category' ? exclusivity.categories : exclusivity.countries;
  return { kind, values, ...(until === undefined ? {} : { until }) };
}
