import { hashEmail } from '#shared/application/email-hash';
import { Failure } from '#shared/application/failure';
import type { Language, StaffRole } from '#shared/application/notifications/messages';
import type { StaffPerson, StaffStore } from '#shared/application/notifications/staff/staff-ports';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { toInstant } from '#shared/domain/time/instant';

export type StaffFields = {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly StaffRole[];
  readonly language?: Language | undefined;
  readonly timeZone?: string | undefined;
};

/** `null`: not said any more. */
export type StaffChange = {
  readonly [F in 'name' | 'email' | 'roles']?: StaffFields[F] | undefined;
} & { readonly language?: Language | null | undefined; readonly timeZone?: string | null | undefined };

type Acting = { readonly programId: string; readonly by: string; readonly onBehalfOf?: string | undefined };

export type KeepStaffDeps = {
  readonly staff: StaffStore;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly digest: Digest;
  readonly clock: Clock;
};

/** A page of a list that ends nowhere is no list: who is told of everything is told of nothing. */
const MAX_PEOPLE = 200;

/**
 * Puts somebody on the list of those who are told. It grants nothing.
 * @throws Failure unknown_program; already_exists with the `personId` whose address it is; invalid_request for the 201st
 */
export function makeAddStaffPerson({ staff, programs, digest, clock }: KeepStaffDeps) {
  return async (acting: Acting & { readonly personId: string }, fields: StaffFields): Promise<StaffPerson> => {
    const { programId, personId, by, onBehalfOf } = acting;
    await programs.get(programId);
    const now = toInstant(clock());
    const person = {
      ...{ programId, personId, ...fields, emailHash: hashEmail(digest, fields.email), version: 1 },
      ...{ createdAt: now, changedAt: now, changedBy: by, onBehalfOf },
    };
    const before = await staff.list(programId);
    const repeated = before.find((one) => one.personId === personId);
    if (repeated) return repeated;
    if (before.length >= MAX_PEOPLE)
      throw invalid('/', `must be one of at most ${MAX_PEOPLE} people; remove others first`);
    if ((await staff.add(person)) === 'added') return person;
    throw await taken(staff, programId, person.emailHash);
  };
}

/** @throws Failure not_found, already_exists, temporarily_unavailable */
export function makeChangeStaffPerson({ staff, digest, clock }: KeepStaffDeps) {
  return async (acting: Acting & { readonly personId: string }, change: StaffChange): Promise<StaffPerson> => {
    const { programId, personId, by, onBehalfOf } = acting;
    const before = await found(staff, programId, personId);
    const email = change.email ?? before.email;
    const person: StaffPerson = {
      ...before,
      name: change.name ?? before.name,
      email,
      emailHash: hashEmail(digest, email),
      roles: change.roles ?? before.roles,
      language: change.language === undefined ? before.language : (change.language ?? undefined),
      timeZone: change.timeZone === undefined ? before.timeZone : (change.timeZone ?? undefined),
      version: before.version + 1,
      ...{ changedAt: toInstant(clock()), changedBy: by, onBehalfOf },
    };
    const outcome = await staff.change(person);
    if (outcome === 'address_taken') throw await taken(staff, programId, person.emailHash);
    if (outcome === 'stale') throw busy();
    return person;
  };
}

/**
 * Takes somebody off the list: name and address are dropped, the id stays.
 * @throws Failure unknown_program; not_found, also of somebody who was removed before; temporarily_unavailable
 */
export function makeRemoveStaffPerson({ staff, programs, clock }: KeepStaffDeps) {
  return async (acting: Acting & { readonly personId: string }): Promise<void> => {
    const { programId, personId, by, onBehalfOf } = acting;
    await programs.get(programId);
    const { createdAt, version } = await found(staff, programId, personId);
    const outcome = await staff.remove({
      ...{ programId, personId, createdAt, version: version + 1 },
      ...{ changedAt: toInstant(clock()), changedBy: by, onBehalfOf },
    });
    if (outcome === 'stale') throw busy();
  };
}

async function found(staff: StaffStore, programId: string, personId: string): Promise<StaffPerson> {
  const person = await staff.find(programId, personId);
  if (!person) throw new Failure('not_found', 'There is no such person on the list; GET .../staff names them all.');
  return person;
}

async function taken(staff: StaffStore, programId: string, emailHash: string): Promise<Failure> {
  const owner = (await staff.list(programId)).find((one) => one.emailHash === emailHash);
  if (!owner) return busy();
  const { personId } = owner;
  return new Failure('already_exists', `${personId} has this address: change that person's roles instead.`, {
    errors: [{ pointer: '/email', rule: 'must be the address of one person alone' }],
    extra: { personId },
  });
}

function busy(): Failure {
  return new Failure(
    'temporarily_unavailable',
    'Somebody else changed this person at the same time. Repeat the request.',
  );
}

function invalid(pointer: string, rule: string): Failure {
  return new Failure('invalid_request', `Correct and send again: ${pointer} ${rule}.`, { errors: [{ pointer, rule }] });
}
