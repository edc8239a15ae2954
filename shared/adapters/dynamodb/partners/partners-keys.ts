import type { Instant, Period } from '#shared/domain/time/instant';

/**
 * Every key of the Partners table is joined here and nowhere else. Ids never hold `#`, which joins the parts of a key.
 * Keys begin with the programme, except where a caller is known by a secret or an address before its programme is.
 */
export type Key = { readonly pk: string; readonly sk: string };
export type ContractKey = { readonly contractPk: string; readonly contractSk: string };

/** The index that other services may read: terms by partner, payee changes by time. */
export const CONTRACT_INDEX = 'contract';

/** Width that keeps the text order of a number in a sort key. */
const SEQUENCE_DIGITS = 6;

function partnerPk(programId: string, partnerId: string): string {
  return `${programId}#PARTNER#${partnerId}`;
}

// Terms, profile, hashed address and payee are partitions of their own: a grant can tell partitions apart, not sort keys.

/** Agreements, tiers and certifications: nothing personal. */
export function termsKey(programId: string, partnerId: string): Key {
  return { pk: `${programId}#TERMS#${partnerId}`, sk: 'TERMS' };
}
export function termsContractPk(programId: string): string {
  return `${programId}#PARTNERS`;
}
export function termsContractKey(programId: string, partnerId: string): ContractKey {
  return { contractPk: termsContractPk(programId), contractSk: partnerId };
}

/** Components agreed with a partner alone: in the partition of its terms, because whoever may read those pays by these. */
export function componentsKey(programId: string, partnerId: string, planVersion: number): Key {
  return { pk: termsKey(programId, partnerId).pk, sk: `COMPONENTS#${planVersion}` };
}

/** The text of an agreement, which may name people: only the partners service reads it. */
export function agreementTextKey(programId: string, partnerId: string, agreementId: string): Key {
  return { pk: `${programId}#AGREEMENT_TEXT#${partnerId}`, sk: agreementId };
}

export const AGREEMENT_RECORD_SK_PREFIX = 'AGREEMENT#';
/** What happened to one version of an agreement. */
export function agreementRecordPrefix(agreementId: string): string {
  return `${AGREEMENT_RECORD_SK_PREFIX}${agreementId}#`;
}
export function agreementRecordsPk(programId: string, partnerId: string): string {
  return partnerPk(programId, partnerId);
}
/** `act` is empty for what happens to a version once. */
export function agreementRecordKey(
  programId: string,
  partnerId: string,
  { agreementId, kind, act }: { readonly agreementId: string; readonly kind: string; readonly act: string },
): Key {
  return {
    pk: partnerPk(programId, partnerId),
    sk: `${agreementRecordPrefix(agreementId)}${kind.toUpperCase()}#${act}`,
  };
}

/** Every exclusivity of a programme: one item, so that two partners cannot be promised the same at once. */
export function exclusivitiesKey(programId: string): Key {
  return { pk: `${programId}#EXCLUSIVITIES`, sk: 'EXCLUSIVITIES' };
}

/** Name and e-mail address. */
export function profileKey(programId: string, partnerId: string): Key {
  return { pk: `${programId}#PROFILE#${partnerId}`, sk: 'PROFILE' };
}

/** Name, address and tax numbers for invoices. */
export function billingPk(programId: string, partnerId: string): string {
  return `${programId}#BILLING#${partnerId}`;
}
/** As it was said at an instant. */
export function billingKey(programId: string, partnerId: string, changedAt: Instant): Key {
  return { pk: billingPk(programId, partnerId), sk: `BILLING#${changedAt}` };
}

/** The hash of the e-mail address alone, for services that only compare it. */
export function emailHashKey(programId: string, partnerId: string): Key {
  return { pk: `${programId}#EMAIL_HASH#${partnerId}`, sk: 'EMAIL_HASH' };
}

export function payeeKey(programId: string, partnerId: string): Key {
  return { pk: `${programId}#PAYEE#${partnerId}`, sk: 'PAYEE' };
}

/** The key of an installation that hashes payees, as KMS sealed it. */
export const PAYEE_HASH_KEY: Key = { pk: 'PAYEE_HASH_KEY', sk: 'PAYEE_HASH_KEY' };

/** The hash of the account alone, for services that only compare it. */
export function payeeHashKey(programId: string, partnerId: string): Key {
  return { pk: `${programId}#PAYEE_HASH#${partnerId}`, sk: 'PAYEE_HASH' };
}
/** The partners that are, or once were, paid into one account, by its hash. */
export function payeeAccountPk(programId: string, accountHash: string): string {
  return `${programId}#PAYEE_ACCOUNT#${accountHash}`;
}
export function payeeAccountKey(programId: string, accountHash: string, partnerId: string): Key {
  return { pk: payeeAccountPk(programId, accountHash), sk: partnerId };
}

export const PAYEE_CHANGE_SK_PREFIX = 'PAYEE_CHANGE#';
/** That bank details changed, when and by whom, without the details. */
export function payeeChangeKey(programId: string, partnerId: string, changeId: string): Key {
  return { pk: partnerPk(programId, partnerId), sk: `${PAYEE_CHANGE_SK_PREFIX}${changeId}` };
}
export const PAYEE_NOTICE_SK_PREFIX = 'PAYEE_NOTICE#';
/** What a partner is to be told of a change, with its address; published from the stream as `payee.changed`. */
export function payeeNoticeKey(programId: string, partnerId: string, payeeId: string): Key {
  return { pk: `${programId}#PAYEE_NOTICE#${partnerId}`, sk: `${PAYEE_NOTICE_SK_PREFIX}${payeeId}` };
}
export function payeeChangesContractPk(programId: string): string {
  return `${programId}#PAYEE_CHANGES`;
}
export function payeeChangeContractKey(programId: string, at: Instant, changeId: string): ContractKey {
  return { contractPk: payeeChangesContractPk(programId), contractSk: `${at}#${changeId}` };
}

/** What a programme's tiers ask for, a version an item: a partition of its own, because plan drafts and approvals read it. */
export function tierSchemesPk(programId: string): string {
  return `${programId}#TIER_SCHEME`;
}
export const TIER_SCHEME_SK_PREFIX = 'TIER_SCHEME#';
export function tierSchemeKey(programId: string, version: number): Key {
  return {
    pk: tierSchemesPk(programId),
    sk: `${TIER_SCHEME_SK_PREFIX}${String(version).padStart(SEQUENCE_DIGITS, '0')}`,
  };
}
export function isTierSchemeSk(sk: string): boolean {
  return /^TIER_SCHEME#\d{6}$/.test(sk);
}

export const TIER_STEP_SK_PREFIX = 'TIER_STEP#';
/** What a review decided about a partner; published from the stream. */
export function tierStepKey(programId: string, partnerId: string, number: number): Key {
  return {
    pk: partnerPk(programId, partnerId),
    sk: `${TIER_STEP_SK_PREFIX}${String(number).padStart(SEQUENCE_DIGITS, '0')}`,
  };
}
export function isTierStepSk(sk: string): boolean {
  return /^TIER_STEP#\d{6}$/.test(sk);
}

/** Which partners of a programme were reviewed when. */
export function tierReviewsPk(programId: string): string {
  return `${programId}#TIER_REVIEWS`;
}
export const TIER_REVIEW_SK_PREFIX = 'REVIEW#';
export function tierReviewKey(programId: string, asOf: Instant, after = ''): Key {
  return { pk: tierReviewsPk(programId), sk: `${TIER_REVIEW_SK_PREFIX}${asOf}#${after}` };
}
/** Through which month facts change no more. */
export function finalMonthsKey(programId: string): Key {
  return { pk: tierReviewsPk(programId), sk: 'FINAL' };
}
/** What the closed months of a partner come to for its tier: derived, and rebuilt whenever in doubt. */
export function tierMemoKey(programId: string, partnerId: string): Key {
  return { pk: `${programId}#TIER_MEMO#${partnerId}`, sk: 'MEMO' };
}

export const TIER_ASSIGNED_SK_PREFIX = 'TIER_ASSIGNED#';
/** That a tier was added to a partner's terms, as it was added. */
export function tierAssignedKey(programId: string, partnerId: string, tierTermId: string): Key {
  return { pk: partnerPk(programId, partnerId), sk: `${TIER_ASSIGNED_SK_PREFIX}${tierTermId}` };
}

export const CERTIFICATION_RECORDED_SK_PREFIX = 'CERTIFICATION_RECORDED#';
/** That a person recorded a certification of a partner, as it was recorded. */
export function certificationRecordedKey(programId: string, partnerId: string, certificationId: string): Key {
  return { pk: partnerPk(programId, partnerId), sk: `${CERTIFICATION_RECORDED_SK_PREFIX}${certificationId}` };
}

export const TIER_CHANGE_SK_PREFIX = 'TIER_CHANGE#';
/** One change of the tier in force; published from the stream. */
export function tierChangeKey(programId: string, partnerId: string, sequence: number): Key {
  return {
    pk: partnerPk(programId, partnerId),
    sk: `${TIER_CHANGE_SK_PREFIX}${String(sequence).padStart(SEQUENCE_DIGITS, '0')}`,
  };
}

/** The partners of one person, by the hash of the address. */
export function personPk(emailHash: string): string {
  return `EMAIL#${emailHash}`;
}
export function personKey(emailHash: string, programId: string, partnerId: string): Key {
  return { pk: personPk(emailHash), sk: `${programId}#${partnerId}` };
}

const PERSON_ROLES_SK_PREFIX = '#ROLES#';
/** The roles of one person in one programme, beside the partners it is: one query says all that it may. No programme's id begins like it. */
export function personRolesKey(emailHash: string, programId: string): Key {
  return { pk: personPk(emailHash), sk: `${PERSON_ROLES_SK_PREFIX}${programId}` };
}
export function isPersonRolesSk(sk: string): boolean {
  return sk.startsWith(PERSON_ROLES_SK_PREFIX);
}
/** Who has roles in a programme. */
export function membersPk(programId: string): string {
  return `${programId}#MEMBERS`;
}
export function memberKey(programId: string, personId: string): Key {
  return { pk: membersPk(programId), sk: personId };
}
/** What roles were given and taken, a change an item: a partition of its own, because approvals read it. */
export function roleChangesPk(programId: string): string {
  return `${programId}#ROLE_CHANGES`;
}
export function roleChangeKey(programId: string, number: number): Key {
  return { pk: roleChangesPk(programId), sk: `ROLE_CHANGE#${String(number).padStart(SEQUENCE_DIGITS, '0')}` };
}
/** What somebody is called who signed in, by its principal id. */
export function knownPersonKey(principalId: string): Key {
  return { pk: `KNOWN_PERSON#${principalId}`, sk: 'KNOWN_PERSON' };
}

/** What a secret opens: read by every request. */
export function apiKeyByHashKey(secretHash: string): Key {
  return { pk: `API_KEY#${secretHash}`, sk: 'API_KEY' };
}
/** The keys of the installation for those who administer them. */
export const API_KEYS_PK = 'API_KEYS';
export function apiKeyByIdKey(keyId: string): Key {
  return { pk: API_KEYS_PK, sk: keyId };
}

/** What a session of the console holds, sealed under its secret, by the hash of that. */
export function sessionKey(secretHash: string): Key {
  return { pk: `SESSION#${secretHash}`, sk: 'SESSION' };
}
/** When a person used the console, by the hash of its subject. */
export function visitsKey(subjectHash: string): Key {
  return { pk: `CONSOLE_VISITS#${subjectHash}`, sk: 'VISITS' };
}

export function inboxPk(programId: string, partnerId: string): string {
  return `${programId}#INBOX#${partnerId}`;
}
export function inboxKey(programId: string, partnerId: string, occurredAt: string, noticeId: string): Key {
  return { pk: inboxPk(programId, partnerId), sk: `${occurredAt}#${noticeId}` };
}
/** The claim on the one e-mail of a notice. */
export function mailKey(programId: string, noticeId: string): Key {
  return { pk: `${programId}#MAIL#${noticeId}`, sk: 'MAIL' };
}

/** What is known of an address that mail is sent to, by its hash. */
export function mailRecordKey(programId: string, addressHash: string): Key {
  return { pk: `${programId}#MAIL_RECORD#${addressHash}`, sk: 'MAIL_RECORD' };
}
/** Index of the addresses that get no e-mail. */
export function mailProblemsContractPk(programId: string): string {
  return `${programId}#MAIL_PROBLEMS`;
}
export function mailProblemContractKey(programId: string, since: Instant, addressHash: string): ContractKey {
  return { contractPk: mailProblemsContractPk(programId), contractSk: `${since}#${addressHash}` };
}

/** Who of a programme is told of overdue disputes: an address, so it is kept here and in no programme's item. */
export function escalationContactKey(programId: string): Key {
  return { pk: `${programId}#ESCALATION_CONTACT`, sk: 'ESCALATION_CONTACT' };
}

// Disputes. Decisions are a partition of their own: other services may read them, and nothing of what was written to each other.

export function disputePk(programId: string, disputeId: string): string {
  return `${programId}#DISPUTE#${disputeId}`;
}
export const DISPUTE_SK = 'DISPUTE';
export function disputeKey(programId: string, disputeId: string): Key {
  return { pk: disputePk(programId, disputeId), sk: DISPUTE_SK };
}
/** Index of disputes by status, the one to be answered first at its head. */
export function disputesContractPk(programId: string, status: string): string {
  return `${programId}#DISPUTES#${status}`;
}
export function disputeContractKey(
  programId: string,
  dispute: { readonly status: string; readonly answerBy: Instant; readonly disputeId: string },
): ContractKey {
  return {
    contractPk: disputesContractPk(programId, dispute.status),
    contractSk: `${dispute.answerBy}#${dispute.disputeId}`,
  };
}
export const DISPUTE_MESSAGE_SK_PREFIX = 'MESSAGE#';
export function disputeMessageKey(programId: string, disputeId: string, number: number): Key {
  return {
    pk: disputePk(programId, disputeId),
    sk: `${DISPUTE_MESSAGE_SK_PREFIX}${String(number).padStart(SEQUENCE_DIGITS, '0')}`,
  };
}
export const DISPUTE_DECISION_SK_PREFIX = 'DISPUTE_DECISION#';
/** Published from the stream as `dispute.decided`. */
export function disputeDecisionKey(programId: string, disputeId: string, number: number): Key {
  return {
    pk: disputeDecisionsPk(programId, disputeId),
    sk: `${DISPUTE_DECISION_SK_PREFIX}${String(number).padStart(SEQUENCE_DIGITS, '0')}`,
  };
}
export function disputeDecisionsPk(programId: string, disputeId: string): string {
  return `${programId}#DISPUTE_DECISION#${disputeId}`;
}
/** The disputes about one order, whoever filed them: who, when and how they ended, and nothing of what was written. */
export function disputesOfOrderPk(programId: string, orderId: string): string {
  return `${programId}#DISPUTES_OF_ORDER#${orderId}`;
}
export function disputeOfOrderKey(programId: string, orderId: string, disputeId: string): Key {
  return { pk: disputesOfOrderPk(programId, orderId), sk: disputeId };
}
/** What one partner has filed: its list, its open disputes by order, and its counts. */
export function disputesOfPartnerPk(programId: string, partnerId: string): string {
  return `${programId}#DISPUTES_OF#${partnerId}`;
}
export const FILED_DISPUTE_SK_PREFIX = 'FILED#';
export function filedDisputeKey(programId: string, partnerId: string, filedAt: Instant, disputeId: string): Key {
  return { pk: disputesOfPartnerPk(programId, partnerId), sk: `${FILED_DISPUTE_SK_PREFIX}${filedAt}#${disputeId}` };
}
export function disputedOrderKey(programId: string, partnerId: string, orderId: string): Key {
  return { pk: disputesOfPartnerPk(programId, partnerId), sk: `ORDER#${orderId}` };
}
export function openDisputesKey(programId: string, partnerId: string): Key {
  return { pk: disputesOfPartnerPk(programId, partnerId), sk: 'OPEN' };
}
/** `day` in UTC, `YYYY-MM-DD`. */
export function disputesOfDayKey(programId: string, partnerId: string, day: string): Key {
  return { pk: disputesOfPartnerPk(programId, partnerId), sk: `DAY#${day}` };
}

/** Which kinds of notices somebody of a programme wants one by one. */
export function noticeInterestKey(programId: string): Key {
  return { pk: `${programId}#NOTICE_INTEREST`, sk: 'NOTICE_INTEREST' };
}

/** What one reader of notices has chosen; in the index with everybody's of the programme. */
export function preferencesKey(programId: string, recipientId: string): Key {
  return { pk: `${programId}#PREFERENCES#${recipientId}`, sk: 'PREFERENCES' };
}
export function preferencesContractPk(programId: string): string {
  return `${programId}#PREFERENCES`;
}
export function preferencesContractKey(programId: string, recipientId: string): ContractKey {
  return { contractPk: preferencesContractPk(programId), contractSk: recipientId };
}

/** Who of a programme is told things. */
export function staffPk(programId: string): string {
  return `${programId}#STAFF`;
}
export const STAFF_PERSON_SK_PREFIX = 'PERSON#';
export function staffPersonKey(programId: string, personId: string): Key {
  return { pk: staffPk(programId), sk: `${STAFF_PERSON_SK_PREFIX}${personId}` };
}
/** That an address is one person's alone, by its hash. */
export function staffAddressKey(programId: string, emailHash: string): Key {
  return { pk: staffPk(programId), sk: `ADDRESS#${emailHash}` };
}

// Training. Courses are a programme's; what a partner did in them is a partition of its own.

export function coursesPk(programId: string): string {
  return `${programId}#COURSES`;
}
export function courseKey(programId: string, courseId: string): Key {
  return { pk: coursesPk(programId), sk: courseId };
}
/** What each version holds, with the correct answers: read by whoever asks for this course alone. */
export function courseVersionKey(programId: string, courseId: string, version: number): Key {
  return {
    pk: `${programId}#COURSE#${courseId}`,
    sk: `VERSION#${String(version).padStart(SEQUENCE_DIGITS, '0')}`,
  };
}
export function courseFilesPk(programId: string, courseId: string): string {
  return `${programId}#COURSE_FILES#${courseId}`;
}
export function courseFileKey(programId: string, courseId: string, fileId: string): Key {
  return { pk: courseFilesPk(programId, courseId), sk: fileId };
}
export function trainingPk(programId: string, partnerId: string): string {
  return `${programId}#TRAINING#${partnerId}`;
}
export const COURSE_PROGRESS_SK_PREFIX = 'PROGRESS#';
export function courseProgressKey(programId: string, partnerId: string, courseId: string): Key {
  return { pk: trainingPk(programId, partnerId), sk: `${COURSE_PROGRESS_SK_PREFIX}${courseId}` };
}
/** A partner's attempts in one course, in the order of their numbers. */
export function quizAttemptPrefix(courseId: string): string {
  return `ATTEMPT#${courseId}#`;
}
export function quizAttemptKey(programId: string, partnerId: string, courseId: string, number: number): Key {
  const sk = `${quizAttemptPrefix(courseId)}${String(number).padStart(SEQUENCE_DIGITS, '0')}`;
  return { pk: trainingPk(programId, partnerId), sk };
}
/** Which attempt a request made, so that its repeat makes no second one. */
export function quizAttemptIdKey(programId: string, partnerId: string, attemptId: string): Key {
  return { pk: trainingPk(programId, partnerId), sk: `ATTEMPT_ID#${attemptId}` };
}
export const EARNED_CERTIFICATE_SK_PREFIX = 'CERTIFICATE#';
/** Published from the stream as `certification.earned`. */
export function earnedCertificateKey(programId: string, partnerId: string, certificationId: string): Key {
  return { pk: trainingPk(programId, partnerId), sk: `${EARNED_CERTIFICATE_SK_PREFIX}${certificationId}` };
}
export const REVOCATION_SK_PREFIX = 'REVOCATION#';
export function revocationKey(programId: string, partnerId: string, certificationId: string): Key {
  return { pk: trainingPk(programId, partnerId), sk: `${REVOCATION_SK_PREFIX}${certificationId}` };
}

// Webhooks: partitions of their own, because what talks to receivers reads and writes these and nothing else of the table.

export function webhookEndpointsPk(programId: string): string {
  return `${programId}#WEBHOOK_ENDPOINTS`;
}
export function webhookEndpointKey(programId: string, endpointId: string): Key {
  return { pk: webhookEndpointsPk(programId), sk: endpointId };
}
/** The log of one endpoint: ids begin with the time of the event. */
export function webhookDeliveriesPk(programId: string, endpointId: string): string {
  return `${programId}#WEBHOOK_DELIVERIES#${endpointId}`;
}
export function webhookDeliveryKey(programId: string, endpointId: string, deliveryId: string): Key {
  return { pk: webhookDeliveriesPk(programId, endpointId), sk: deliveryId };
}
export const WEBHOOK_PAUSE_SK_PREFIX = 'WEBHOOK_PAUSE#';
export function webhookPausesPk(programId: string, endpointId: string): string {
  return `${programId}#WEBHOOK_PAUSES#${endpointId}`;
}
/** That an endpoint was paused; published from the stream as `webhook.paused`. */
export function webhookPauseKey(programId: string, endpointId: string, pausedAt: Instant): Key {
  return { pk: webhookPausesPk(programId, endpointId), sk: `${WEBHOOK_PAUSE_SK_PREFIX}${pausedAt}` };
}

/** E-mails that wait, by when they are due: in the index alone, and only while they wait. */
export function waitingMailsContractPk(programId: string): string {
  return `${programId}#WAITING_MAIL`;
}
export function waitingMailContractKey(programId: string, dueAt: Instant, mailId: string): ContractKey {
  return { contractPk: waitingMailsContractPk(programId), contractSk: `${dueAt}#${mailId}` };
}
/** What one digest brings. */
export function collectedNoticesPk(programId: string, mailId: string): string {
  return `${programId}#DIGEST#${mailId}`;
}
export function collectedNoticeKey(programId: string, mailId: string, occurredAt: string, noticeId: string): Key {
  return { pk: collectedNoticesPk(programId, mailId), sk: `${occurredAt}#${noticeId}` };
}
/** Through when a reader's sales have been summed up. */
export function salesDigestedKey(programId: string, recipientId: string): Key {
  return { pk: `${programId}#SALES_DIGESTED#${recipientId}`, sk: 'SALES_DIGESTED' };
}
/** Through when the digests of a programme have been planned. */
export function digestsPlannedKey(programId: string): Key {
  return { pk: `${programId}#DIGESTS_PLANNED`, sk: 'DIGESTS_PLANNED' };
}

export const TERM_REMINDER_SK_PREFIX = 'TERM_REMINDER#';
/** That a partner was told of the end of one of its terms; published from the stream. */
export function termReminderKey(
  programId: string,
  partnerId: string,
  { kind, id, endsAt }: { readonly kind: string; readonly id: string; readonly endsAt: string },
): Key {
  return {
    pk: `${programId}#TERM_REMINDERS#${partnerId}`,
    sk: `${TERM_REMINDER_SK_PREFIX}${kind}#${endsAt}#${id}`,
  };
}

// Applications to join. What an applicant wrote, the letters to it and the counts of a day are partitions of their own: the public
// form reaches these and nothing else of the table.

/** What a programme asks applicants. */
export function applicationFormKey(programId: string): Key {
  return { pk: `${programId}#APPLICATION_FORM`, sk: 'APPLICATION_FORM' };
}
export function applicationKey(programId: string, applicationId: string): Key {
  return { pk: `${programId}#APPLICATION#${applicationId}`, sk: 'APPLICATION' };
}
/** Index of applications by status, the oldest first. */
export function applicationsContractPk(programId: string, status: string): string {
  return `${programId}#APPLICATIONS#${status}`;
}
export function applicationContractKey(
  programId: string,
  application: { readonly status: string; readonly receivedAt: Instant; readonly applicationId: string },
): ContractKey {
  return {
    contractPk: applicationsContractPk(programId, application.status),
    contractSk: `${application.receivedAt}#${application.applicationId}`,
  };
}
/** Who decided an application when, and nothing of the applicant: it stays when the application lapses. */
export function applicationDecisionKey(programId: string, applicationId: string, version: number): Key {
  return {
    pk: `${programId}#APPLICATION_DECISIONS#${applicationId}`,
    sk: `APPLICATION_DECISION#${String(version).padStart(SEQUENCE_DIGITS, '0')}`,
  };
}
export function applicationLettersPk(programId: string, applicationId: string): string {
  return `${programId}#APPLICATION_LETTERS#${applicationId}`;
}
export const APPLICATION_LETTER_SK_PREFIX = 'APPLICATION_LETTER#';
/** The claim on one e-mail to an applicant; published from the stream. */
export function applicationLetterKey(programId: string, applicationId: string, version: number): Key {
  return {
    pk: applicationLettersPk(programId, applicationId),
    sk: `${APPLICATION_LETTER_SK_PREFIX}${String(version).padStart(SEQUENCE_DIGITS, '0')}`,
  };
}
/** How many came on a day (UTC, `YYYY-MM-DD`): all of a programme, or from one hashed address. */
export function applicationsOfDayPk(programId: string, day: string): string {
  return `${programId}#APPLICATIONS_OF_DAY#${day}`;
}
export function applicationsOfDayKey(programId: string, day: string, source = 'ALL'): Key {
  return { pk: applicationsOfDayPk(programId, day), sk: source };
}

// What managers see of partners: derived, in partitions of its own.

export function overviewPk(programId: string): string {
  return `${programId}#OVERVIEW`;
}
/** A month as it was last computed. */
export function dashboardKey(programId: string, period: Period): Key {
  return { pk: overviewPk(programId), sk: `DASHBOARD#${period}` };
}
/** Which rows of partners are the newest. */
export function overviewRowsHeadKey(programId: string): Key {
  return { pk: overviewPk(programId), sk: 'ROWS' };
}
/** Rows of all partners as of an instant, some hundred an item. */
export function overviewRowsPk(programId: string, asOf: Instant | '*'): string {
  return `${programId}#OVERVIEW_ROWS#${asOf}`;
}
export function overviewRowsKey(programId: string, asOf: Instant, part: number): Key {
  return { pk: overviewRowsPk(programId, asOf), sk: String(part).padStart(SEQUENCE_DIGITS, '0') };
}
/** Payouts that came back lately. */
export function returnedPayoutsPk(programId: string): string {
  return `${programId}#OVERVIEW_RETURNED`;
}
export function returnedPayoutKey(programId: string, partnerId: string, payoutId: string): Key {
  return { pk: returnedPayoutsPk(programId), sk: `${partnerId}#${payoutId}` };
}
export const OVERVIEW_REFRESH_SK_PREFIX = 'OVERVIEW_REFRESH#';
/** That a month is to be computed anew; published from the stream as `overview.refresh_requested`. */
export function overviewRefreshKey(programId: string, period: Period): Key {
  return { pk: overviewPk(programId), sk: `${OVERVIEW_REFRESH_SK_PREFIX}${period}` };
}
