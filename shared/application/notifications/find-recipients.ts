import { hashEmail } from '#shared/application/email-hash';
import type { NoticeTo, StaffRole } from '#shared/application/notifications/messages';
import {
  partnerOf,
  partnerRecipient,
  type RecipientId,
  staffOf,
  staffRecipient,
} from '#shared/application/notifications/preferences';
import type { FindRecipient, FindRecipients, Recipient } from '#shared/application/notifications/recipients';
import type { StaffPerson, StaffStore } from '#shared/application/notifications/staff/staff-ports';
import type { EscalationContacts } from '#shared/application/partners/escalation-contact';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { Digest } from '#shared/application/ports';

/** Enough to tell the addresses of a programme apart. */
const MARK_DIGITS = 16;

/**
 * Whom a notice is for. A partner: at its address, or at the one that the notice names. Staff: everybody listed with one of the
 * roles; of payout runs also the addresses that the programme names for its decisions; where all that is nobody, its escalation
 * contact. No address twice.
 */
export function makeFindRecipients(deps: {
  readonly partners: Pick<PartnerStore, 'profile'>;
  readonly staff: Pick<StaffStore, 'list' | 'find'>;
  readonly contacts: Pick<EscalationContacts, 'find' | 'approvers'>;
  readonly digest: Digest;
}): { readonly recipients: FindRecipients; readonly recipient: FindRecipient } {
  return { recipients, recipient };

  async function recipients(programId: string, to: NoticeTo): Promise<readonly Recipient[]> {
    if (to.audience === 'partner') return partner(programId, to);
    const listed = await staffWith(programId, to.roles);
    const named = to.roles.includes('approver') ? await deps.contacts.approvers(programId) : [];
    const found = distinct([...listed, ...named.map(bareAddress)]);
    if (found.length > 0) return found;
    const contact = await deps.contacts.find(programId);
    return contact ? [bareAddress(contact.email)] : [];
  }

  async function recipient(programId: string, recipientId: RecipientId): Promise<Recipient | undefined> {
    const partnerId = partnerOf(recipientId);
    if (partnerId !== undefined) return (await partner(programId, { partnerId }))[0];
    const personId = staffOf(recipientId);
    const person = personId === undefined ? undefined : await deps.staff.find(programId, personId);
    return person && personIn(person);
  }

  async function partner(
    programId: string,
    { partnerId, email }: { readonly partnerId: string; readonly email?: string | undefined },
  ): Promise<readonly Recipient[]> {
    const profile = await deps.partners.profile(programId, partnerId);
    if (!profile) return [];
    const recipientId = partnerRecipient(partnerId);
    return [{ audience: 'partner', recipientId, mark: '', name: profile.name, email: email ?? profile.email }];
  }

  async function staffWith(programId: string, roles: readonly StaffRole[]): Promise<readonly Recipient[]> {
    const people = await deps.staff.list(programId);
    return people.filter((person) => person.roles.some((role) => roles.includes(role))).map(personIn);
  }

  function personIn({ personId, name, email, language, timeZone }: StaffPerson): Recipient {
    const recipientId = staffRecipient(personId);
    return { audience: 'staff', recipientId, mark: recipientId, name, email, language, timeZone };
  }

  /** The address itself stands in no key: it is personal. */
  function bareAddress(email: string): Recipient {
    return { audience: 'staff', mark: hashOf(email).slice(0, MARK_DIGITS), name: '', email };
  }

  function distinct(people: readonly Recipient[]): readonly Recipient[] {
    return [...new Map(people.toReversed().map((one) => [hashOf(one.email), one])).values()].toReversed();
  }

  function hashOf(email: string): string {
    return hashEmail(deps.digest, email);
  }
}
