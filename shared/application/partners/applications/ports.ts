import type { Language } from '#shared/application/notifications/messages';
import type { Page } from '#shared/application/ports';
import type { ApplicationStatus } from '#shared/domain/partner/application';
import type { Instant } from '#shared/domain/time/instant';

export type Question = { readonly id: string; readonly label: string; readonly required: boolean };

/** What a programme asks applicants. */
export type ApplicationForm = {
  readonly open: boolean;
  readonly questions: readonly Question[];
  readonly termsText?: string | undefined;
  readonly termsUrl?: string | undefined;
  readonly welcomeText?: string | undefined;
  readonly changedAt?: Instant | undefined;
  readonly changedBy?: string | undefined;
  readonly onBehalfOf?: string | undefined;
};

/** One item a programme, written whole. */
export type ApplicationForms = {
  find(programId: string): Promise<ApplicationForm | undefined>;
  save(programId: string, form: ApplicationForm): Promise<void>;
};

type Decided = {
  readonly at: Instant;
  readonly by: string;
  /** The person who made the API key that decided. */
  readonly onBehalfOf?: string | undefined;
  /** Of what was decided, so that a repeat is told from another decision. */
  readonly requestHash: string;
};
export type ApplicationDecision = Decided &
  (
    | { readonly decision: 'accept'; readonly partnerId: string }
    | { readonly decision: 'decline'; readonly reason: string; readonly message?: string | undefined }
  );

/** Personal data of somebody who is no partner: it lapses unless it is accepted. */
export type Application = {
  readonly programId: string;
  /** Of the address: one application an address and programme. */
  readonly applicationId: string;
  /** Grows by one with each write; a write of anything but the newest is refused. */
  readonly version: number;
  readonly status: ApplicationStatus;
  readonly name: string;
  readonly email: string;
  readonly emailHash: string;
  readonly country: string;
  readonly website?: string | undefined;
  readonly promotion: string;
  /** With the questions as they were asked. */
  readonly answers: readonly { readonly id: string; readonly label: string; readonly answer: string }[];
  readonly termsHash?: string | undefined;
  readonly language: Language;
  readonly via: 'page' | 'api';
  /** Of what was said: tells the same click twice from another application. */
  readonly contentHash: string;
  /** How many links the address was sent and has not confirmed. */
  readonly links: number;
  readonly receivedAt: Instant;
  readonly confirmedAt?: Instant | undefined;
  readonly lapsesAt?: Instant | undefined;
  readonly decision?: ApplicationDecision | undefined;
  readonly earlier?: ApplicationDecision | undefined;
};

/** `received`: asks to confirm. */
export type LetterKind = 'received' | 'accepted' | 'declined';

/** An e-mail to an applicant that is owed, once; `version` is that of the application as it says. */
export type Letter = {
  readonly programId: string;
  readonly applicationId: string;
  readonly version: number;
  readonly kind: LetterKind;
  readonly orderedAt: Instant;
};

export type ReceiptLimits = {
  /** `YYYY-MM-DD` in UTC. */
  readonly day: string;
  readonly aDay: number;
  /** Absent where the caller is known. */
  readonly source?: { readonly hash: string; readonly aDay: number } | undefined;
};

export type ApplicationStore = {
  /** Also one that has lapsed, until the table removes it. */
  find(programId: string, applicationId: string): Promise<Application | undefined>;
  /**
   * Writes an application as `version + 1`, its letter and the counts of the day together. `version` 0: there is none yet.
   * `stale`: it was changed meanwhile. `contended`: others wrote at the same time, and nothing was written.
   */
  receive(
    application: Application,
    limits: ReceiptLimits,
  ): Promise<'received' | 'stale' | 'contended' | 'too_many_of_day' | 'too_many_of_source'>;
  /** With what its new status asks for: the letter, and the record of who decided. */
  save(application: Application): Promise<'saved' | 'stale'>;
  /** The oldest first; those that have lapsed may be among them. */
  list(
    programId: string,
    status: ApplicationStatus,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<Application>>;
  /** How many wait for a decision, counted up to `upTo`; may lag behind. */
  countWaiting(programId: string, upTo: number): Promise<number>;
};

/** The claims on letters: one caller alone takes one. */
export type LetterClaims = {
  start(letter: Omit<Letter, 'kind' | 'orderedAt'>): Promise<boolean>;
  end(letter: Omit<Letter, 'kind' | 'orderedAt'>, end: 'sent' | 'refused' | 'unknown' | 'skipped'): Promise<void>;
  /** Certainly nothing went out. */
  giveBack(letter: Omit<Letter, 'kind' | 'orderedAt'>): Promise<void>;
};

/** Signed texts of the form and of links, whose key nobody outside has. */
export type ApplicationTokens = {
  /** When a form was shown. `undefined` while the key cannot be read. */
  signForm(programId: string, shownAt: number): Promise<string | undefined>;
  /** `undefined`: not of this programme, or not ours. */
  readForm(token: string, programId: string): Promise<number | undefined>;
  signLink(link: ConfirmationLink): Promise<string | undefined>;
  readLink(token: string): Promise<ConfirmationLink | undefined>;
};

export type ConfirmationLink = {
  readonly programId: string;
  readonly applicationId: string;
  readonly version: number;
};
