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
  'row.goneSince': 'Answered so',
  'progress.of': '{found} of {wanted}',

  'tier.promoted.title': 'You have reached the tier {to}',
  'tier.moved.title': 'Your tier is now {to}',
  'tier.moved.lead': 'From {day} your tier is {to} instead of {from}.',
  'tier.why.promoted': 'You have met everything that {to} asks for. Well done, and thank you!',
  'tier.why.demoted': 'The time for meeting again what {from} asks for has ended, and something was still missing.',
  'tier.why.changed': 'This came out of the review of all tiers.',
  'tier.why.enrolment': 'This was agreed when you joined.',
  'tier.why.person': 'The people who run {program} decided this.',
  'tier.until': 'This applies until {deadline}. After that, your results decide again.',
  'tier.reason.by': 'The reason given by {program}',
  'tier.rates.label': 'Your share of sales from then on',
  'tier.rates.lost':
    'Your plan names no share of sales for {to} yet. Please ask {program} to add the tier to your plan.',
  'tier.missing.title': 'What was missing for {tier}',
  'tier.next.title': 'On your way to {tier}',
  'tier.next.met': 'You have everything that {tier} asks for: the next review moves you up.',
  'tier.next.invitation': 'The next tier, {tier}, is by invitation: talk to your contact at {program}.',
  'tier.demoted.next': 'As soon as you meet everything again, the nightly review moves you back up. You need not ask.',
  'tier.warned.title': 'Your tier {tier} is at risk: something is missing',
  'tier.warned.last.title': 'Last reminder: your tier {tier} is about to end',
  'tier.warned.lead':
    'At the moment you do not meet everything that {tier} asks for. You have until {deadline} to meet it again; if something is still missing then, your tier becomes {to}.',
  'tier.warned.missing': 'What is missing',
  'tier.warned.next':
    'As soon as nothing is missing, this warning ends by itself. Until {deadline} nothing changes for you.',
  'tier.warned.ask': 'Does something here look wrong? Tell your contact at {program} before then.',
  'tier.lifted.title': 'You keep your tier {tier}',
  'tier.lifted.lead': 'Nothing is missing any more: the warning is over, and your tier is still {tier}.',
  'tier.reach.title': 'The tier {next} is within reach',
  'tier.reach.lead': 'Your tier is {tier}, and only a little is missing for {next}.',
  'tier.reach.next': 'Once you are there, the nightly review moves you up. You need not apply.',

  'certification.earned.title': 'You passed: {title}',
  'certification.earned.lead':
    'Congratulations! The certificate “{title}” is yours, and it counts for your tier at once.',
  'certification.expiring.title': 'Your certificate “{title}” is about to expire',
  'certification.expiring.lead': 'It is valid until {deadline}. After that it no longer counts for your tier.',
  'certification.expiring.next':
    'Renew it before then by taking the quiz again, so that it counts without a gap. If there is no quiz for it, ask your contact at {program}.',

  'conversion.recorded.title': 'New sale: {amount}',
  'conversion.recorded.lead':
    'You brought in a sale. It counts once the time for refunds is over; the statement of that month shows what it earns you.',
  'conversion.held.title': 'Sale on hold: order {order}',
  'conversion.held.partner':
    'This sale is being checked before it earns anything. Once it is released, it counts like any other, even if its month is closed by then.',
  'conversion.held.partner.next':
    'You need not do anything. If you know more about this order, tell your contact at {program}.',
  'conversion.held.staff': 'This sale is on hold. It earns nothing until somebody decides.',
  'conversion.held.staff.next':
    'Look at the sale, then release or void it and give the reason. A hold never ends by itself.',

  'statement.title.nothing': 'Your statement for {period}: nothing is due',
  'statement.title.payable': 'Your statement for {period}: {amount} for you',
  'statement.title.carried': 'Your statement for {period}: {amount} carried to the next month',
  'statement.title.negative': 'Your statement for {period}: {amount} to be set off against what you earn next',
  'statement.lead': 'Here is how {period} turned out for you.',
  'statement.opening': 'Brought forward',
  'statement.earned': 'Earned',
  'statement.clawback': 'Taken back for refunds',
  'statement.adjustment': 'Adjustments',
  'statement.payable': 'To be paid',
  'statement.carried': 'Carried to the next month',
  'statement.carried.small':
    'The amount is below the smallest payout. It is carried to the next month, and none of it is lost.',
  'statement.carried.negative':
    'The balance is below zero because more was taken back or brought forward than you earned. It is set off against what you earn next.',
  'statement.tier': 'Your tier: {tier}.',
  'statement.next': 'Read the statement line by line: each line says why. If something is wrong, file a dispute.',

  'payout.approved.title': 'Your payout of {amount} is approved',
  'payout.approved.lead':
    'The payout for {period} is approved and will now be sent. We will tell you when it has been paid.',
  'payout.waits.title': 'Your payout of {amount} is approved, but cannot be sent yet',
  'payout.waits.title.payee': 'Your payout of {amount} is waiting for your payment details',
  'payout.waits.lead':
    'The payout for {period} is approved. The money is yours; it cannot be sent yet for the following reason.',
  'payout.waits.payee_incomplete': 'We do not know where to pay you: your payment details are missing.',
  'payout.waits.payee_changed':
    'Your payment details were changed after the payout was approved, and nobody has checked the new ones yet.',
  'payout.waits.payee_cooling_down':
    'Your payment details were changed a short time ago. For safety, nothing is paid to new details at first.',
  'payout.waits.currency_unsupported': 'The way in which you are paid does not take {currency}.',
  'payout.waits.rail_not_set_up': '{program} does not pay in the way that you have chosen yet.',
  'payout.waits.amount_above_rail_limit': 'The amount is more than the way in which you are paid takes at once.',
  'payout.waits.held': '{program} is holding your payouts back at the moment.',
  'payout.waits.enter': 'Sign in and enter your payment details. That is all that is missing.',
  'payout.waits.choose': 'Choose another way of being paid, such as a bank account.',
  'payout.waits.choose.or.ask':
    'Choose another way of being paid, such as a bank account, or ask your contact at {program}.',
  'payout.waits.ask': 'Ask your contact at {program} for the reason.',
  'payout.waits.then': 'Once this is settled, the next approved payout run pays the amount. Nothing of it is lost.',
  'payout.paid.title': '{amount} has been paid to you',
  'payout.paid.lead': 'The payout for {period} has been made. It may take a little while to show in your account.',
  'payout.failed.title': 'The payout of {amount} failed',
  'payout.failed.partner': 'The payout for {period} could not be made. The money is not lost: it is still owed to you.',
  'payout.returned.title': 'The payout of {amount} came back',
  'payout.returned.partner':
    'The payout for {period} was sent and came back. The money is not lost: it is still owed to you.',
  'payout.undone.partner.next':
    'Check the account that you are paid to, and correct it if need be. The amount is carried to your next statement and paid out from there.',
  'payout.failed.staff':
    'The payout for {period} could not be made. The amount is payable again, and the partner has been told.',
  'payout.returned.staff':
    'The payout for {period} was sent and came back. The amount is payable again, and the partner has been told.',
  'payout.undone.staff.next':
    'Look at the payout and its payee. The amount is in the partner’s next statement and goes to whichever payee is valid then.',

  'payee.title': 'Your payment details were changed',
  'payee.lead': 'On {moment} the account that you are paid to was changed.',
  'payee.waits': 'Nothing is paid there before {moment}, so that a change which you did not make can be stopped.',
  'payee.at.once': 'The next approved payout run pays there.',
  'payee.next.not.you':
    'Was it not you? Tell the people who run {program} at once, in a way that you already know rather than by answering this e-mail: they can put your payouts on hold. Then change your password.',
  'payee.next.you': 'Was it you? Then there is nothing to do.',
  'rail.bank_file': 'Bank transfer',
  'rail.nacha': 'Bank transfer in the United States (ACH)',
  'rail.stripe': 'Stripe',
  'rail.paypal': 'PayPal',
  'rail.sandbox': 'Trial account',

  'dispute.accepted.title': 'Your dispute was accepted: order {order}',
  'dispute.partly_accepted.title': 'Your dispute was accepted in part: order {order}',
  'dispute.declined.title': 'Your dispute was declined: order {order}',
  'dispute.lead': 'Your dispute has been decided.',
  'dispute.by': 'What {program} says about it',
  'dispute.reattribution':
    'The sale is credited to you in the next open month. The statement of that month shows what it earns you.',
  'dispute.adjustment': '{amount} will be added to your statement of the next open month.',
  'dispute.adjustment.waits':
    '{amount} is to be added to your statement of the next open month. A second person has to confirm it first; the dispute shows the outcome.',
  'dispute.declined.next': 'Do you have something new to add? Then you may file the dispute again with it.',
  'dispute.corrected.title': 'Correction to your dispute: order {order}',
  'dispute.corrected.lead': 'We are sorry: what we told you about your dispute could not be carried out.',
  'dispute.corrected.reattribution': 'Contrary to what we told you, the sale is not credited to you.',
  'dispute.corrected.adjustment': 'Contrary to what we told you, {amount} will not be added to your statement.',
  'dispute.corrected.next':
    'Your dispute will be decided again. You need not do anything: we will tell you the outcome.',

  'agreement.title.partner': 'Your agreement ends on {day}',
  'agreement.title.staff': 'The agreement of {partner} ends on {day}',
  'agreement.title.renews': 'Your agreement will soon be renewed',
  'agreement.title.renews.staff': 'The agreement of {partner} will soon be renewed',
  'agreement.renewal.automatic':
    'Its term runs until {deadline}. After that it is renewed automatically unless somebody gives notice.',
  'agreement.renewal.by_agreement': 'It runs until {deadline} and goes on only if both sides renew it.',
  'agreement.renewal.none': 'It runs until {deadline}. Sales after that earn nothing unless there is a new agreement.',
  'agreement.next.automatic': 'Should it go on? Then there is nothing to do. Otherwise give notice in time.',
  'agreement.next.partner': 'Talk to your contact at {program} in good time about how to go on.',
  'agreement.next.staff': 'Decide in good time: renew it, agree on new terms, or let it end.',

  'run.awaiting.title': 'The payouts for {period} wait for your decision',
  'run.awaiting.lead':
    'The month has been calculated. {required, plural, one {One person has} other {# different people have}} to approve it; nobody is paid before that.',
  'run.reminded.title': 'Reminder: the payouts for {period} are still waiting',
  'run.reminded.lead':
    'The run has been waiting for {days, plural, =0 {{hours, plural, one {one hour} other {# hours}}} one {one day} other {# days}}. Nobody is paid until it is decided.',
  'run.expiring.title': 'The payout run for {period} expires soon',
  'run.expiring.lead': 'Without a decision its drafts become void and nobody is paid. There is little time left.',
  'run.decide.next':
    'Read the run and compare it with what you expect. Approve exactly what you saw, or reject it with the reason.',
  'run.decide.done': 'Have you approved it already? Then there is nothing more for you to do.',
  'run.decide.expiry':
    'Without a decision by {moment} the run expires: its drafts are void, and {period} is open again.',
  'run.approvals': '{approvals} of {required}',
  'run.expired.title': 'Payout run for {period} expired: nobody was paid',
  'run.expired.lead':
    'Its time ran out before enough people had decided. The drafts are void, and {period} is open again. Nothing recorded is lost.',
  'run.expired.next':
    'Open the run for {period} again: it does not open by itself. The month is then calculated afresh.',

  'dispute.overdue.title': 'A dispute is overdue: order {order}',
  'dispute.overdue.lead': 'A partner has waited for an answer longer than promised.',
  'dispute.overdue.next':
    'Have somebody who did not file it decide it now, or tell the partner what you are still waiting for.',
  'holds.title': '{count, plural, one {A held sale is overdue} other {# held sales are overdue}}',
  'holds.lead':
    '{count, plural, one {This sale has waited longer than planned for a decision. It earns} other {These sales have waited longer than planned for a decision. They earn}} nothing until somebody decides.',
  'holds.next':
    'Have a partner manager release or void {count, plural, one {it} other {each of them}}. A hold never ends by itself.',
  'holds.more': '{shown}, and {count, plural, one {one more} other {# more}}',
  'webhook.title': 'Webhook paused: {host} has failed for a week',
  'webhook.lead':
    'Nothing that was sent to this address has arrived since {moment}. The endpoint is paused: nothing more is sent there.',
  'webhook.next':
    'Put the address right and switch the endpoint on again. What was not delivered can be sent again from its log.',
  'webhook.gone.title': 'Webhook switched off: {host} says that it is gone',
  'webhook.gone.lead':
    'On {moment} this address answered that it no longer exists (410 Gone). The endpoint is switched off at once, as such an answer asks for: nothing more is sent there.',
  'webhook.gone.next':
    'If the receiver has moved, enter its new address and switch the endpoint on again. What was not delivered can be sent again from its log. If it is no longer needed, remove the endpoint.',

  'digest.title.daily': 'Your summary of {day}',
  'digest.title.monthly': 'Your summary of {period}',
  'digest.lead': 'This is what happened from {from} to {to}.',
  'digest.sales.recorded': '{count, plural, one {One new sale} other {# new sales}}',
  'digest.sales.total': 'In total',
  'digest.sales.held': '{count, plural, one {One sale is on hold} other {# sales are on hold}}',
  'digest.more': '{count, plural, one {One more, in your inbox} other {# more, in your inbox}}',
  'digest.news': '{count, plural, =0 {Your sales at a glance} one {One piece of news} other {# pieces of news}}',
} as const;

export type Key = keyof typeof en;
export type Words = Readonly<Record<Key, string>>;
