import { hashEmail } from '#shared/application/email-hash';
import { Failure } from '#shared/application/failure';
import { requireFreshLogin } from '#shared/application/partners/payee-rights';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { inOrder, judgeRoleChange, type RoleRefusal, type StaffRole } from '#shared/domain/people/roles';
import { type EpochMs, type Instant, toInstant } from '#shared/domain/time/instant';
import type { Member, MemberStore } from './people-ports.ts';
import type { TellPeople } from './tell-people.ts';

/** A programme's list is read whole by whoever changes it. */
const MAX_PEOPLE = 200;
/** Of admins who change people at the same time. */
const MAX_ATTEMPTS = 3;

/** The admin who changes people. */
export type ActingAdmin = {
  readonly programId: string;
  /** Principal id of a person. */
  readonly by: string;
  readonly emailHash?: string | undefined;
  /** Administers every programme. */
  readonly isInstallationAdmin: boolean;
  readonly signedInAt?: EpochMs | undefined;
};

type Dependencies = {
  readonly members: MemberStore;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly tell: TellPeople;
  readonly digest: Digest;
  readonly clock: Clock;
};

/** The person as it will be, and as it was; the same object when nothing changes. */
type Step = { readonly before?: Member | undefined; readonly after: Member };

/**
 * Gives, changes and revokes the roles of people in one programme:
 * 1. the admin has signed in a short time ago; 2. nobody raises themselves and the programme keeps an admin; 3. person, rights and
 * the change that the audit chain holds are stored at once, numbered, so that two changes at a time cannot both count on the same
 * list; 4. the list of who is told follows. Rights take effect within the half minute for which the authorizer remembers them.
 * @throws Failure unknown_program, login_not_fresh, second_person_required, last_admin, not_found, already_exists, invalid_request,
 * temporarily_unavailable
 */
export function makeKeepPeople({ members, programs, tell, digest, clock }: Dependencies) {
  const change = async (
    acting: ActingAdmin,
    step: (people: readonly Member[], at: Instant) => Step,
  ): Promise<Member> => {
    const { programId, by } = acting;
    const { payouts } = await programs.get(programId);
    requireFreshLogin(acting, payouts.freshLoginMinutes, clock());
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const number = (await members.lastChange(programId)) + 1;
      const people = await members.list(programId);
      const at = toInstant(clock());
      const { before, after } = step(people, at);
      if (before === after) return after;
      const { personId, emailHash, roles } = after;
      const isOneself = acting.emailHash === emailHash;
      const refusal = judgeRoleChange({ people, after, isOneself, byInstallationAdmin: acting.isInstallationAdmin });
      if (refusal) throw REFUSALS[refusal]();
      const recorded = { programId, number, personId, emailHash, before: before?.roles ?? [], after: roles, at, by };
      if (await members.apply(recorded, after)) return after;
    }
    throw new Failure('temporarily_unavailable', 'Others are changing people too. Repeat the request.');
  };

  return {
    /** A repeat under the same `personId` answers the person. */
    async add(
      acting: ActingAdmin & { readonly personId: string },
      { name, email, roles }: { readonly name: string; readonly email: string; readonly roles: readonly StaffRole[] },
    ): Promise<Member> {
      const emailHash = hashEmail(digest, email);
      const added = await change(acting, (people, at) => {
        const known = people.find((one) => one.emailHash === emailHash);
        if (known && known.personId !== acting.personId) throw alreadyThere(known);
        if (known) return { before: known, after: known };
        if (people.length >= MAX_PEOPLE) throw tooMany();
        const { programId, personId, by } = acting;
        const dated = { createdAt: at, changedAt: at, changedBy: by };
        return { after: { programId, personId, name, email, emailHash, roles: inOrder(roles), ...dated } };
      });
      await tell.follow(added, []);
      return added;
    },
    async change(
      acting: ActingAdmin & { readonly personId: string },
      { roles }: { readonly roles: readonly StaffRole[] },
    ): Promise<Member> {
      let lost: readonly StaffRole[] = [];
      const changed = await change(acting, (people, at) => {
        const before = found(people, acting.personId);
        lost = before.roles.filter((role) => !roles.includes(role));
        const wanted = inOrder(roles);
        if (wanted.join() === before.roles.join()) return { before, after: before };
        return { before, after: { ...before, roles: wanted, changedAt: at, changedBy: acting.by } };
      });
      await tell.follow(changed, lost);
      return changed;
    },
    /** Name and address are forgotten; the id stays in the records. Whoever was removed before is not found. */
    async remove(acting: ActingAdmin & { readonly personId: string }): Promise<void> {
      let lost: readonly StaffRole[] = [];
      const removed = await change(acting, (people, at) => {
        const before = found(people, acting.personId);
        lost = before.roles;
        return { before, after: { ...before, roles: [], changedAt: at, changedBy: acting.by } };
      });
      await tell.follow(removed, lost);
    },
  };
}

const REFUSALS: Readonly<Record<RoleRefusal, () => Failure>> = {
  raises_oneself: () =>
    new Failure('second_person_required', 'Nobody gives a role to themselves: let another admin give you this one.', {
      errors: [{ pointer: '/roles', rule: 'must name no role that you do not have' }],
    }),
  last_admin: () =>
    new Failure('last_admin', 'This is the last admin of the programme. Make somebody else an admin first.', {
      errors: [{ pointer: '/roles', rule: 'must leave the programme an admin' }],
    }),
};

function found(people: readonly Member[], personId: string): Member {
  const person = people.find((one) => one.personId === personId);
  if (person) return person;
  throw new Failure('not_found', 'There is no such person in this programme; GET .../people names them all.');
}

function alreadyThere({ personId }: Member): Failure {
  return new Failure('already_exists', `${personId} has this address: change that person's roles instead.`, {
    errors: [{ pointer: '/email', rule: 'must be the address of one person alone' }],
    extra: { personId },
  });
}

function tooMany(): Failure {
  return new Failure('invalid_request', `A programme has at most ${MAX_PEOPLE} people; remove others first.`, {
    errors: [{ pointer: '/email', rule: `must be one of at most ${MAX_PEOPLE} people` }],
  });
}
