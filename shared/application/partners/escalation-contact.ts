import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { type Instant, toInstant } from '#shared/domain/time/instant';

export type EscalationContact = {
  readonly email: string;
  readonly changedAt: Instant;
  readonly changedBy: string;
  /** The person who made the API key that changed it. */
  readonly onBehalfOf?: string | undefined;
};

/** An address is personal data: it is kept in the Partners table, and no event, log or audit record names it. */
export type EscalationContacts = {
  find(programId: string): Promise<EscalationContact | undefined>;
  /** Who hears of payout runs that wait for a decision: those that are named for it. */
  approvers(programId: string): Promise<readonly string[]>;
  /** The last one counts; `email` absent: there is none any more. */
  save(
    programId: string,
    contact: Omit<EscalationContact, 'email'> & {
      readonly email?: string | undefined;
      readonly approverEmails?: readonly string[] | undefined;
    },
  ): Promise<void>;
};

export type SetEscalationContact = {
  readonly programId: string;
  /** Nobody is told when it is null. */
  readonly email: string | null;
  /** Of whoever decides on payout runs. */
  readonly approverEmails?: readonly string[] | undefined;
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
};

type Answer = { readonly email?: string | undefined; readonly approverEmails?: readonly string[] | undefined };

/** Says who of a programme hears of what was not answered in time, and of payout runs that wait for a decision. @throws Failure unknown_program */
export function makeSetEscalationContact(deps: {
  contacts: EscalationContacts;
  programs: Pick<ProgramReader, 'get'>;
  clock: Clock;
}) {
  return async ({ programId, email, approverEmails = [], by, onBehalfOf }: SetEscalationContact): Promise<Answer> => {
    await deps.programs.get(programId);
    const named = {
      ...(email === null ? {} : { email }),
      ...(approverEmails.length === 0 ? {} : { approverEmails }),
    };
    const person = onBehalfOf === undefined ? {} : { onBehalfOf };
    await deps.contacts.save(programId, { ...named, changedAt: toInstant(deps.clock()), changedBy: by, ...person });
    return named;
  };
}

/** @throws Failure unknown_program */
export function makeGetEscalationContact(deps: {
  contacts: Pick<EscalationContacts, 'find' | 'approvers'>;
  programs: Pick<ProgramReader, 'get'>;
}) {
  return async ({ programId }: { readonly programId: string }): Promise<Answer> => {
    await deps.programs.get(programId);
    const [contact, approverEmails] = await Promise.all([
      deps.contacts.find(programId),
      deps.contacts.approvers(programId),
    ]);
    return { ...(contact && { email: contact.email }), ...(approverEmails.length > 0 && { approverEmails }) };
  };
}
