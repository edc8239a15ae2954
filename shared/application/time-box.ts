/** The time that a caller has left. Work that is cut when it is over answers where it stands, and goes on from there. */
export type TimeBox = { readonly isOver: () => boolean };

/** A caller that waits as long as it takes. */
export const UNLIMITED: TimeBox = { isOver: () => false };

/** Thrown by work that cannot answer where it stands, to whoever can. */
export class TimeIsOver extends Error {
  override readonly name = 'TimeIsOver';
}
