/** How many different people must approve a run, by what it pays in any one currency. */
export type ApprovalRules = {
  readonly required: number;
  /** Above this total one more person than `required` must approve. */
  readonly extraApproverAboveMinor?: bigint | undefined;
  /** Above each total at least so many people must approve. */
  readonly requiredAbove?: readonly { readonly aboveMinor: bigint; readonly required: number }[] | undefined;
};

/** No person opened such a run, so that none stands behind its payments before the approvers do. */
const PEOPLE_OF_A_SYSTEM_RUN = 2;
const SYSTEM = 'system:';

/**
 * Approvers that a run needs: the highest number of all rules that apply to what it pays in any one currency, in minor units of
 * that currency. There are no exchange rates here, and an unguarded currency would be a way around a limit. A run that the
 * installation opened by itself needs two at least: behind each payment there are always two people (infra/decisions.md).
 */
export function approvalsRequired(rules: ApprovalRules, openedBy: string, payablesMinor: readonly bigint[]): number {
  const isAbove = (limitMinor: bigint): boolean => payablesMinor.some((payableMinor) => payableMinor > limitMinor);
  const { required, extraApproverAboveMinor, requiredAbove = [] } = rules;
  return Math.max(
    required,
    ...(extraApproverAboveMinor !== undefined && isAbove(extraApproverAboveMinor) ? [required + 1] : []),
    ...requiredAbove.filter(({ aboveMinor }) => isAbove(aboveMinor)).map((rule) => rule.required),
    ...(openedBy.startsWith(SYSTEM) ? [PEOPLE_OF_A_SYSTEM_RUN] : []),
  );
}
