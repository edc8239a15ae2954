import type * as z from 'zod';
import type { AgreementRecord } from '#shared/application/partners/agreement-ports';
import type { AgreementView } from '#shared/application/partners/agreement-view';
import type { WholeAgreement } from '#shared/application/partners/get-agreement';
import type { agreementSchema, wholeAgreementSchema } from '#shared/contracts/partners/agreement';
import type { Exclusivity } from '#shared/domain/partner/agreement';

/** What the API shows of an agreement: named fields only, so that a new one is not shown by accident. */
export function agreementAnswer(view: AgreementView): z.input<typeof agreementSchema> {
  const { agreementId, status, from, endsAt, planVersion, custom, sequence, recordedAt } = view;
  const { termMonths, renewal, noticeDays, currentTermEndsAt, noticeBy, afterEnd, exclusivity } = view;
  const { textHash, acceptedAt, terminatedAt, withdrawnAt, takesEffectAt, askedFrom } = view;
  return {
    ...{
      agreementId,
      status,
      startsAt: from,
      takesEffectAt,
      askedStartsAt: askedFrom,
      endsAt,
      planVersion,
      custom,
      sequence,
      recordedAt,
    },
    ...{ termMonths, renewal, noticeDays, currentTermEndsAt, noticeBy, afterEnd },
    exclusivity: exclusivity && exclusivityAnswer(exclusivity),
    ...{ textHash, termsHash: view.termsHash, acceptedAt, terminatedAt, withdrawnAt },
  };
}

function exclusivityAnswer({ kind, values, until }: Exclusivity) {
  const named = kind === 'category' ? { categories: [...values] } : { countries: [...values] };
  return { kind, ...named, until };
}

/** Amounts of the components are bigint here; they leave as JSON integers. */
type WholeAnswer = Omit<z.input<typeof wholeAgreementSchema>, 'components'> & {
  readonly components: WholeAgreement['components'];
};

/** A partner reads what happened to its agreement and when; not who of the staff did it, nor where they keep their papers. */
export function wholeAgreementAnswer(
  { agreement, text, components, records }: WholeAgreement,
  isPartner: boolean,
): WholeAnswer {
  const actOf = ({
    at,
    by,
    onBehalfOf,
  }: AgreementRecord): { at: string; by?: string; onBehalfOf?: string | undefined } =>
    isPartner ? { at } : { at, by, onBehalfOf };
  const acceptance = ofKind(records, 'accepted')[0];
  const withdrawal = ofKind(records, 'withdrawn')[0];
  return {
    ...agreementAnswer(agreement),
    text,
    components,
    acceptance: acceptance && { ...actOf(acceptance), ...acceptanceAnswer(acceptance, isPartner) },
    withdrawal: withdrawal && { ...actOf(withdrawal), reason: withdrawal.reason },
    renewals: byTime(ofKind(records, 'renewed')).map((record) => {
      const { months, endsAt } = record;
      return { ...actOf(record), months, endsAt };
    }),
    terminations: byTime(ofKind(records, 'terminated')).map((record) => {
      const { cause, effect, endsAt, reason, cancelled } = record;
      return { ...actOf(record), cause, effect, endsAt, reason, cancelled: [...cancelled] };
    }),
  };
}

function acceptanceAnswer(record: Extract<AgreementRecord, { kind: 'accepted' }>, isPartner: boolean) {
  const { textHash, termsHash, method, paperReference, effectiveFrom } = record;
  return { textHash, termsHash, method, effectiveFrom, ...(isPartner ? {} : { paperReference }) };
}

function ofKind<K extends AgreementRecord['kind']>(
  records: readonly AgreementRecord[],
  kind: K,
): readonly Extract<AgreementRecord, { kind: K }>[] {
  return records.filter((record): record is Extract<AgreementRecord, { kind: K }> => record.kind === kind);
}

function byTime<T extends { readonly at: string }>(records: readonly T[]): readonly T[] {
  return records.toSorted((a, b) => (a.at < b.at ? -1 : 1));
}
