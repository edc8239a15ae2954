import type { Language, StaffRole } from '#shared/application/notifications/messages';
import type { Instant } from '#shared/domain/time/instant';

/**
 * Somebody of a programme who is told things. It grants nothing: roles in the sign-in do. Personal, so it is in the Partners
 * table alone.
 */
export type StaffPerson = {
  readonly programId: string;
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly emailHash: string;
  /** By which notices are addressed. */
  readonly roles: readonly StaffRole[];
  readonly language?: Language | undefined;
  /** IANA. */
  readonly timeZone?: string | undefined;
  /** Grows by one with each change. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  readonly changedBy: string;
  /** The person who made the API key that changed it. */
  readonly onBehalfOf?: string | undefined;
};

/** What is left of somebody who was removed: no name and no address. */
export type RemovedPerson = Pick<
  StaffPerson,
  'programId' | 'personId' | 'version' | 'createdAt' | 'changedAt' | 'changedBy' | 'onBehalfOf'
>;

export type StaffStore = {
  /** `exists`: a person with this id or this address is there. */
  add(person: StaffPerson): Promise<'added' | 'exists'>;
  /** Of those who were not removed. */
  find(programId: string, personId: string): Promise<StaffPerson | undefined>;
  /** Everybody who was not removed, by id. A programme has a few dozen. */
  list(programId: string): Promise<readonly StaffPerson[]>;
  /** The one that `version` was read of, changed: with the next version. `stale` when somebody was faster. */
  change(person: StaffPerson): Promise<'changed' | 'stale' | 'address_taken'>;
  remove(person: RemovedPerson): Promise<'removed' | 'stale'>;
};
