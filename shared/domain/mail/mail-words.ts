import type { StopReason } from '#shared/domain/mail/mail-health';

const WORDS: Readonly<Record<StopReason, string>> = {
  bounced:
    'The address does not exist, or refuses mail of this sender. Ask its owner, by another way, for one that works; if it was mended, lift the stop.',
  keeps_failing:
    'Several messages in a row could not be delivered: often a mailbox is full. Ask its owner to look, then lift the stop.',
  complained:
    'Its reader marked a message as unwanted. Lift the stop only if they say that they want e-mail again; every kind that is not about money can be switched off.',
};

/** What staff can do about an address that gets no e-mail. The inbox has everything meanwhile. */
export function whatToDoAboutMail(reason: StopReason): string {
  return WORDS[reason];
}

const PARTNER_WORDS: Readonly<Record<StopReason, string>> = {
  bounced:
    'Our e-mail to your address came back. Tell your programme manager an address that works, or that yours works again.',
  keeps_failing:
    'Several of our e-mails could not be delivered to your address. See that there is room in your mailbox, then tell your programme manager.',
  complained:
    'One of our e-mails was marked as unwanted, so no more are sent. Tell your programme manager if you want them again.',
};

/** The same for whoever has the address. */
export function whatToDoAboutOwnMail(reason: StopReason): string {
  return PARTNER_WORDS[reason];
}
