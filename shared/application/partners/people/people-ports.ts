import type { StaffRole } from '#shared/domain/people/roles';
import type { Instant } from '#shared/domain/time/instant';

/** Somebody with roles in one programme. Personal, so it is in the Partners table alone. */
export type Member = {
  readonly programId: string;
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly emailHash: string;
  /** At least one. */
  readonly roles: readonly StaffRole[];
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  /** Principal id. */
  readonly changedBy: string;
};

/** One change of one person's roles; never changed again, and in the audit chain. Names nobody but by id and hash. */
export type RoleChange = {
  readonly programId: string;
  /** 1, 2, 3 ... within the programme. */
  readonly number: number;
  readonly personId: string;
  /** By it an auditor who knows the address finds what it was given. */
  readonly emailHash: string;
  readonly before: readonly StaffRole[];
  readonly after: readonly StaffRole[];
  readonly at: Instant;
  readonly by: string;
};

/** Who gave a role that decides money, and when. */
export type RoleGiver = { readonly by: string; readonly at: Instant };

export type MemberStore = {
  /** Everybody with a role, by id. A programme has a few dozen. */
  list(programId: string): Promise<readonly Member[]>;
  /** The number of the last change; 0 before the first. */
  lastChange(programId: string): Promise<number>;
  /** All of it or nothing; `false` when there is a change of this number: people are to be read again. No roles: the person is forgotten. */
  apply(change: RoleChange, person: Member): Promise<boolean>;
};

export type RoleChanges = {
  /** Changes from an instant on that gave a role which decides money. */
  giversSince(programId: string, since: Instant): Promise<readonly RoleGiver[]>;
};

/** What is kept of whoever signed in to the console, so that records show a name. */
export type KnownPerson = {
  /** Principal id. */
  readonly id: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly emailHash?: string | undefined;
  /** Where the person was seen with a role: programme ids, `*` for all of them. */
  readonly staffOf: readonly string[];
  readonly partnerOf: readonly { readonly programId: string; readonly partnerId: string }[];
  readonly seenAt: Instant;
};

export type PeopleDirectory = {
  /** Those that are known, in no order. */
  find(ids: readonly string[]): Promise<readonly KnownPerson[]>;
  keep(person: KnownPerson): Promise<void>;
};
