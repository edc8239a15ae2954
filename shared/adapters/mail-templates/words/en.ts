/** What notices say. The other languages have the same keys and values; apostrophes and quotation marks are curly. */
export const en = {
  greeting: 'Hello {name},',
  subject: '{title} · {program}',
  'next.title': 'What to do next',
  'footer.partner': 'You get this e-mail as a partner of {program}. The message is in your inbox there, too.',
  'footer.staff': 'You get this e-mail because you help to run {program}. The message is in your inbox there, too.',
  'footer.always': 'It is about money or the safety of your account, so it cannot be switched off.',
  'footer.preferences': 'Choose what you are told and when',
  'footer.unsubscribe': 'Unsubscribe from messages of this kind',
  'footer.unsubscribe.digest': 'Unsubscribe from these summaries',
  'footer.clock': 'Times are in the time zone {zone}.',
  'topic.tier': 'Tier',
  'topic.sales': 'Sales',
  'topic.money': 'Money',
  'topic.security': 'Security',
  'topic.agreement': 'Agreement',
  'topic.training': 'Training',
  'topic.digest': 'Summary',
  'row.order': 'Order',
  'row.orders': 'Orders',
  'row.amount': 'Amount',
  'row.period': 'Month',
  'row.payout': 'Payout',
  'row.run': 'Payout run',
  'row.dispute': 'Dispute',
  'row.partner': 'Partner',
  'row.agreement': 'Agreement',
  'row.ends': 'Ends',
  'row.sold': 'Sold',
  'row.changed': 'Changed',
  'row.account': 'Account',
  'row.paidBy': 'Paid by',
  'row.usableFrom': 'Paid there from',
  'row.reason': 'Reason given',
  'row.approvals': 'Approvals',
  'row.decideBy': 'Decide by',
  'row.answerBy': 'Answer was due',
  'row.noticeBy': 'Notice possible until',
  'row.validUntil': 'Valid until',
  'row.host': 'Address',
  'row.endpoint': 'Endpoint',
  'row.failingSince': 'Failing since',
  'progress.of': '{found} of {wanted}',

  'tier.promoted.title': 'You have reached the tier {to}',
  'tier.moved.title': 'Your tier is now {to}',
  'tier.moved.lead': 'From {day} your tier is {to} instead of {from}.',
  'tier.why.promoted': 'You have met everything that {to} asks for. Well done, and thank you!',
  'tier.why.demoted': 'The time to meet again what {from} asks for is over.',
  'tier.why.changed': 'This came out of the review of all tiers.',
  'tier.why.enrolment': 'This was agreed when you joined.',
  'tier.why.person': 'The people who run {program} decided this.',
  'tier.until': 'It holds until {deadline}. After that, your results decide again.',
  'tier.reason.by': 'The reason given by {program}',
  'tier.rates.label': 'Your share of sales from then on',
  'tier.missing.title': 'What was missing for {tier}',
  'tier.next.title': 'On your way to {tier}',
  'tier.next.met': 'You have everything that {tier} asks for: the next review moves you up.',
  'tier.next.invitation': 'Next comes {tier}, which is by invitation: talk to your contact at {program}.',
  'tier.demoted.next': 'As soon as you meet everything again, the nightly review moves you back up by itself.',
  'tier.warned.title': 'Keep your tier {tier}: something is missing',
  'tier.warned.last.title': 'Last reminder: your tier {tier} ends soon',
  'tier.warned.lead':
    'At the moment you do not meet everything that {tier} asks for. You have until {deadline} to catch up; otherwise your tier is {to} from then on.',
  'tier.warned.missing': 'What is missing',
  'tier.warned.next':
    'Once nothing is missing any more, this warning ends by itself. Until {deadline} nothing changes for you.',
  'tier.warned.ask': 'Is something here not right? Tell your contact at {program} before then.',
  'tier.lifted.title': 'You keep your tier {tier}',
  'tier.lifted.lead': 'Nothing is missing any more: the warning is over, and your tier stays {tier}.',
  'tier.reach.title': 'The tier {next} is within reach',
  'tier.reach.lead': 'Your tier is {tier}, and only a little is missing for {next}.',
  'tier.reach.next': 'Once you are there, the nightly review moves you up by itself. You need not apply.',

  'certification.earned.title': 'You passed: {title}',
  'certification.earned.lead':
    'Congratulations! The certificate “{title}” is yours, and it counts for your tier at once.',
  'certification.expiring.title': 'Your certificate “{title}” is about to expire',
  'certification.expiring.lead': 'It is valid until {deadline}. After that it no longer counts for your tier.',
  'certification.expiring.next': 'Take the quiz again before then. The new certificate counts as soon as you pass.',

  'conversion.recorded.title': 'New sale: {amount}',
  'conversion.recorded.lead':
    'A sale came through you. What it earns you is on the statement of the month in which it matures.',
  'conversion.held.title': 'Sale on hold: order {order}',
  'conversion.held.partner':
    'This sale is being checked before it earns anything. Once it is released it counts like any other, even if its month is closed by then.',
  'conversion.held.partner.next':
    'You need not do anything. If you know more about this order, tell your contact at {program}.',
  'conversion.held.staff': 'This sale was held. It earns nothing until somebody decides.',
  'conversion.held.staff.next':
    'Look at the sale, then release or void it with a reason. Nothing ends a hold by itself.',

  'statement.title': 'Your statement for {period} is ready',
  'statement.title.payable': 'Your statement for {period}: {amount} for you',
  'statement.lead': 'Here is what {period} came to.',
  'statement.figure': 'To be paid',
  'statement.opening': 'From the month before',
  'statement.earned': 'Earned',
  'statement.clawback': 'Taken back for refunds',
  'statement.adjustment': 'Adjustments',
  'statement.payable': 'To be paid',
  'statement.carried': 'Carried to the next month',
  'statement.carried.small':
    'The amount is below the smallest payout, so it is carried to the next month. Nothing of it is lost.',
  'statement.carried.negative': 'More was taken back than earned. The difference is set off against your next months.',
  'statement.tier': 'Your tier: {tier}.',
  'statement.next': 'Read the statement line by line: each one says why. If something is wrong, file a dispute.',

  'payout.approved.title': 'Your payout of {amount} is approved',
  'payout.approved.lead': 'The payout for {period} is approved and on its way to you. We tell you when it is paid.',
  'payout.paid.title': '{amount} has been paid to you',
  'payout.paid.lead': 'The payout for {period} is made. Depending on your bank it may take a little until you see it.',
  'payout.failed.title': 'The payout of {amount} failed',
  'payout.failed.partner':
    'The payout for {period} could not be made. The money is not lost: it is owed to you as before.',
  'payout.returned.title': 'The payout of {amount} came back',
  'payout.returned.partner':
    'The payout for {period} was sent and came back. The money is not lost: it is owed to you as before.',
  'payout.undone.partner.next':
    'Check the account that you are paid to and correct it if need be. The next payout run pays there.',
  'payout.failed.staff':
    'The payout for {period} could not be made. The amount is payable again, and the partner has been told.',
  'payout.returned.staff':
    'The payout for {period} was sent and came back. The amount is payable again, and the partner has been told.',
  'payout.undone.staff.next': 'Look at the payout and its payee. The next run pays it again to the payee of then.',

  'payee.title': 'Your payment details were changed',
  'payee.lead': 'On {moment} it was entered that you are paid to another account.',
  'payee.waits': 'Nothing is paid there before {moment}, so that a change which was not yours can be stopped.',
  'payee.at.once': 'The next run that is approved pays there.',
  'payee.next.not.you':
    'Was this not you? Tell the people of {program} at once, in a way you already know and not by answering this e-mail: they can hold your payouts. Then change your password.',
  'payee.next.you': 'Was it you? Then there is nothing to do.',
  'rail.bank_file': 'Bank transfer',
  'rail.nacha': 'Bank transfer in the United States (ACH)',
  'rail.stripe': 'Stripe',
  'rail.paypal': 'PayPal',
  'rail.sandbox': 'Trial account',

  'dispute.accepted.title': 'Your dispute about order {order} was accepted',
  'dispute.partly_accepted.title': 'Your dispute about order {order} was accepted in part',
  'dispute.declined.title': 'Your dispute about order {order} was declined',
  'dispute.lead': 'Your dispute has been decided.',
  'dispute.by': 'What {program} says about it',
  'dispute.reattribution': 'The sale becomes yours with the next open month. That statement shows what it earns you.',
  'dispute.adjustment': '{amount} is added to your statement of the next open month.',
  'dispute.adjustment.waits':
    '{amount} is to be added to your statement of the next open month. A second person looks at it first, and the dispute shows what comes of it.',
  'dispute.declined.next': 'Is something missing from your claim? You may file it again with what is new.',
  'dispute.corrected.title': 'Correction to your dispute about order {order}',
  'dispute.corrected.lead': 'We are sorry: what we told you about your dispute could not be carried out.',
  'dispute.corrected.reattribution': 'The sale does not become yours as we had told you.',
  'dispute.corrected.adjustment': '{amount} is not added to your statement as we had told you.',
  'dispute.corrected.next': 'Your dispute is decided anew. You need not do anything: you are told what comes of it.',

  'agreement.title.partner': 'Your agreement ends on {day}',
  'agreement.title.staff': 'The agreement of {partner} ends on {day}',
  'agreement.title.renews': 'Your agreement is renewed soon',
  'agreement.title.renews.staff': 'The agreement of {partner} is renewed soon',
  'agreement.renewal.automatic':
    'Its term runs until {deadline}. It is then renewed by itself unless somebody gives notice.',
  'agreement.renewal.by_agreement': 'It runs until {deadline} and goes on only if both sides renew it.',
  'agreement.renewal.none': 'It runs until {deadline}. Sales after that earn nothing unless there is a new agreement.',
  'agreement.next.automatic': 'Should it go on? Then there is nothing to do. Otherwise give notice in time.',
  'agreement.next.partner': 'Talk to your contact at {program} in good time about how to go on.',
  'agreement.next.staff': 'Decide in good time: renew it, agree on new terms, or let it end.',

  'run.awaiting.title': 'The payouts for {period} wait for your decision',
  'run.awaiting.lead':
    'The month is computed. {required, plural, one {One person has} other {# different people have}} to approve it; nobody is paid until then.',
  'run.reminded.title': 'Reminder: the payouts for {period} still wait',
  'run.reminded.lead':
    'The run has waited for {days, plural, =0 {{hours, plural, one {one hour} other {# hours}}} one {one day} other {# days}}. Nobody is paid until it is decided.',
  'run.expiring.title': 'The payout run for {period} expires soon',
  'run.expiring.lead': 'Without a decision its drafts become void and nobody is paid. Time is running out.',
  'run.decide.next':
    'Read the run and compare it with what you expect. Approve exactly what you saw, or reject it with the reason.',
  'run.decide.done': 'Have you approved it already? Then there is nothing more for you to do.',
  'run.decide.expiry':
    'Without a decision by {moment} the run expires: its drafts are void, and {period} is open again.',
  'run.approvals': '{approvals} of {required}',
  'run.expired.title': 'The payout run for {period} expired: nobody was paid',
  'run.expired.lead':
    'Its time ran out before enough people had decided. The drafts are void, and {period} is open again. Nothing recorded is lost.',
  'run.expired.next': 'Open the run for {period} again. It does not open by itself; the month is then computed anew.',

  'dispute.overdue.title': 'A dispute is overdue: order {order}',
  'dispute.overdue.lead': 'A partner has waited for an answer longer than promised.',
  'dispute.overdue.next': 'Somebody who did not file it decides it now, or tells the partner what it waits for.',
  'holds.title': '{count, plural, one {A held sale is overdue} other {# held sales are overdue}}',
  'holds.lead':
    'Nobody has decided in time on {count, plural, one {this sale. It earns} other {these sales. They earn}} nothing until somebody does.',
  'holds.next':
    'A partner manager releases or voids {count, plural, one {it} other {each of them}}. Nothing ends a hold by itself.',
  'holds.more': '{shown}, and {count, plural, one {one more} other {# more}}',
  'webhook.title': 'Webhook paused: {host} has failed for a week',
  'webhook.lead':
    'Nothing that was sent to this address has arrived since {moment}. It is paused: nothing more is sent there.',
  'webhook.next':
    'Set the address right and switch the endpoint on again. What was not delivered can be sent again from its log.',

  'digest.title.daily': 'Your summary of {day}',
  'digest.title.monthly': 'Your summary of {period}',
  'digest.lead': 'This is what happened from {from} to {to}.',
  'digest.sales.recorded': '{count, plural, one {One new sale} other {# new sales}}',
  'digest.sales.total': 'Together',
  'digest.sales.held': '{count, plural, one {One sale is being checked} other {# sales are being checked}}',
  'digest.news': '{count, plural, =0 {Your sales at a glance} one {One piece of news} other {# pieces of news}}',
} as const;

export type Key = keyof typeof en;
export type Words = Readonly<Record<Key, string>>;
