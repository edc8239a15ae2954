/**
 * Whether who approves must have signed in a short time ago: when any one amount is above the limit. Each is in minor units of its
 * own currency, as with the number of approvers: there are no exchange rates here, and an unguarded currency would be a way around.
 */
export function asksFreshSignIn(aboveMinor: bigint | undefined, amountsMinor: readonly bigint[]): boolean {
  return aboveMinor !== undefined && amountsMinor.some((minor) => minor > aboveMinor || -minor > aboveMinor);
}
