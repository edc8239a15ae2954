import type { Words } from '#shared/adapters/mail-templates/words/en';

/** Höfliche Anrede; Tage stehen ohne „am“, damit es vor ihnen stehen kann. */
export const de: Words = {
  greeting: 'Guten Tag {name},',
  subject: '{title} · {program}',
  'next.title': 'So geht es weiter',
  'footer.partner':
    'Sie erhalten diese E-Mail als Partner von {program}. Die Nachricht liegt dort auch in Ihrem Postfach.',
  'footer.staff':
    'Sie erhalten diese E-Mail, weil Sie {program} mit betreuen. Die Nachricht liegt dort auch in Ihrem Postfach.',
  'footer.always': 'Es geht um Geld oder um die Sicherheit Ihres Kontos; deshalb lässt sie sich nicht abbestellen.',
  'footer.preferences': 'Festlegen, was Sie wann erfahren',
  'footer.unsubscribe': 'Nachrichten dieser Art abbestellen',
  'footer.unsubscribe.digest': 'Diese Zusammenfassungen abbestellen',
  'footer.clock': 'Alle Zeiten gelten in der Zeitzone {zone}.',
  'topic.tier': 'Stufe',
  'topic.sales': 'Verkäufe',
  'topic.money': 'Geld',
  'topic.security': 'Sicherheit',
  'topic.agreement': 'Vereinbarung',
  'topic.training': 'Schulung',
  'topic.digest': 'Zusammenfassung',
  'row.order': 'Bestellung',
  'row.orders': 'Bestellungen',
  'row.amount': 'Betrag',
  'row.period': 'Monat',
  'row.payout': 'Auszahlung',
  'row.run': 'Auszahlungslauf',
  'row.dispute': 'Einspruch',
  'row.partner': 'Partner',
  'row.agreement': 'Vereinbarung',
  'row.ends': 'Endet',
  'row.sold': 'Verkauft',
  'row.changed': 'Geändert',
  'row.account': 'Konto',
  'row.paidBy': 'Zahlungsweg',
  'row.usableFrom': 'Auszahlung dorthin ab',
  'row.reason': 'Genannter Grund',
  'row.approvals': 'Freigaben',
  'row.decideBy': 'Entscheidung bis',
  'row.answerBy': 'Antwort war fällig',
  'row.noticeBy': 'Kündbar bis',
  'row.validUntil': 'Gültig bis',
  'row.host': 'Adresse',
  'row.endpoint': 'Endpunkt',
  'row.failingSince': 'Gestört seit',
  'progress.of': '{found} von {wanted}',

  'tier.promoted.title': 'Sie haben die Stufe {to} erreicht',
  'tier.moved.title': 'Ihre Stufe ist jetzt {to}',
  'tier.moved.lead': 'Ab dem {day} ist Ihre Stufe {to} statt {from}.',
  'tier.why.promoted': 'Sie erfüllen alles, was {to} verlangt. Herzlichen Glückwunsch und vielen Dank!',
  'tier.why.demoted': 'Die Frist, in der Sie die Anforderungen von {from} wieder erfüllen konnten, ist abgelaufen.',
  'tier.why.changed': 'Das hat die Prüfung aller Stufen ergeben.',
  'tier.why.enrolment': 'So wurde es bei Ihrer Aufnahme vereinbart.',
  'tier.why.person': 'Das haben die Verantwortlichen von {program} entschieden.',
  'tier.until': 'Das gilt bis zum {deadline}. Danach entscheiden wieder Ihre Ergebnisse.',
  'tier.reason.by': 'Begründung von {program}',
  'tier.rates.label': 'Ihr Anteil an Verkäufen ab dann',
  'tier.missing.title': 'Was für {tier} gefehlt hat',
  'tier.next.title': 'Ihr Weg zu {tier}',
  'tier.next.met': 'Sie erfüllen alles, was {tier} verlangt: Die nächste Prüfung stuft Sie hoch.',
  'tier.next.invitation':
    'Als Nächstes kommt {tier}. Diese Stufe gibt es auf Einladung: Sprechen Sie mit Ihrer Ansprechperson bei {program}.',
  'tier.demoted.next': 'Sobald Sie wieder alles erfüllen, stuft die nächtliche Prüfung Sie von selbst wieder hoch.',
  'tier.warned.title': 'Für Ihre Stufe {tier} fehlt etwas',
  'tier.warned.last.title': 'Letzte Erinnerung: Ihre Stufe {tier} endet bald',
  'tier.warned.lead':
    'Im Moment erfüllen Sie nicht alles, was {tier} verlangt. Sie haben bis zum {deadline} Zeit, das aufzuholen; sonst ist Ihre Stufe danach {to}.',
  'tier.warned.missing': 'Was fehlt',
  'tier.warned.next':
    'Sobald nichts mehr fehlt, ist diese Warnung von selbst erledigt. Bis zum {deadline} ändert sich für Sie nichts.',
  'tier.warned.ask': 'Stimmt hier etwas nicht? Sagen Sie es vorher Ihrer Ansprechperson bei {program}.',
  'tier.lifted.title': 'Sie behalten Ihre Stufe {tier}',
  'tier.lifted.lead': 'Es fehlt nichts mehr: Die Warnung ist erledigt, und Ihre Stufe bleibt {tier}.',
  'tier.reach.title': 'Die Stufe {next} ist zum Greifen nah',
  'tier.reach.lead': 'Ihre Stufe ist {tier}, und für {next} fehlt nur noch wenig.',
  'tier.reach.next':
    'Sobald Sie so weit sind, stuft die nächtliche Prüfung Sie von selbst hoch. Ein Antrag ist nicht nötig.',

  'certification.earned.title': 'Bestanden: {title}',
  'certification.earned.lead':
    'Herzlichen Glückwunsch! Das Zertifikat „{title}“ gehört Ihnen und zählt ab sofort für Ihre Stufe.',
  'certification.expiring.title': 'Ihr Zertifikat „{title}“ läuft bald ab',
  'certification.expiring.lead': 'Es ist bis zum {deadline} gültig. Danach zählt es nicht mehr für Ihre Stufe.',
  'certification.expiring.next':
    'Legen Sie die Prüfung vorher noch einmal ab. Das neue Zertifikat zählt, sobald Sie bestanden haben.',

  'conversion.recorded.title': 'Neuer Verkauf: {amount}',
  'conversion.recorded.lead':
    'Über Sie kam ein Verkauf zustande. Was er Ihnen bringt, steht in der Abrechnung des Monats, in dem er reif wird.',
  'conversion.held.title': 'Verkauf wird geprüft: Bestellung {order}',
  'conversion.held.partner':
    'Dieser Verkauf wird geprüft, bevor er etwas einbringt. Ist er freigegeben, zählt er wie jeder andere, auch wenn sein Monat dann schon abgeschlossen ist.',
  'conversion.held.partner.next':
    'Sie müssen nichts tun. Wissen Sie mehr über diese Bestellung? Dann sagen Sie es Ihrer Ansprechperson bei {program}.',
  'conversion.held.staff': 'Dieser Verkauf wurde angehalten. Er bringt nichts ein, bis jemand entscheidet.',
  'conversion.held.staff.next':
    'Sehen Sie sich den Verkauf an und geben Sie ihn frei oder verwerfen Sie ihn, mit Begründung. Von selbst endet kein Halt.',

  'statement.title': 'Ihre Abrechnung für {period} ist da',
  'statement.title.payable': 'Ihre Abrechnung für {period}: {amount} für Sie',
  'statement.lead': 'Das ist für {period} zusammengekommen.',
  'statement.figure': 'Zur Auszahlung',
  'statement.opening': 'Aus dem Vormonat',
  'statement.earned': 'Verdient',
  'statement.clawback': 'Rückbuchung für Erstattungen',
  'statement.adjustment': 'Korrekturen',
  'statement.payable': 'Zur Auszahlung',
  'statement.carried': 'Übertrag in den nächsten Monat',
  'statement.carried.small':
    'Der Betrag liegt unter der kleinsten Auszahlung und wird in den nächsten Monat übertragen. Davon geht nichts verloren.',
  'statement.carried.negative':
    'Es wurde mehr zurückgebucht als verdient. Der Unterschied wird mit Ihren nächsten Monaten verrechnet.',
  'statement.tier': 'Ihre Stufe: {tier}.',
  'statement.next':
    'Lesen Sie die Abrechnung Zeile für Zeile: Jede sagt, warum. Stimmt etwas nicht, legen Sie Einspruch ein.',

  'payout.approved.title': 'Ihre Auszahlung über {amount} ist freigegeben',
  'payout.approved.lead':
    'Die Auszahlung für {period} ist freigegeben und auf dem Weg zu Ihnen. Wir melden uns, wenn sie bezahlt ist.',
  'payout.paid.title': '{amount} wurden an Sie ausgezahlt',
  'payout.paid.lead': 'Die Auszahlung für {period} ist erfolgt. Je nach Bank kann es etwas dauern, bis Sie sie sehen.',
  'payout.failed.title': 'Die Auszahlung über {amount} ist fehlgeschlagen',
  'payout.failed.partner':
    'Die Auszahlung für {period} konnte nicht ausgeführt werden. Das Geld ist nicht verloren: Es steht Ihnen weiterhin zu.',
  'payout.returned.title': 'Die Auszahlung über {amount} kam zurück',
  'payout.returned.partner':
    'Die Auszahlung für {period} wurde gesendet und kam zurück. Das Geld ist nicht verloren: Es steht Ihnen weiterhin zu.',
  'payout.undone.partner.next':
    'Prüfen Sie das Konto, auf das Sie bezahlt werden, und berichtigen Sie es, falls nötig. Der nächste Auszahlungslauf zahlt dorthin.',
  'payout.failed.staff':
    'Die Auszahlung für {period} konnte nicht ausgeführt werden. Der Betrag ist wieder zahlbar, und der Partner weiß Bescheid.',
  'payout.returned.staff':
    'Die Auszahlung für {period} wurde gesendet und kam zurück. Der Betrag ist wieder zahlbar, und der Partner weiß Bescheid.',
  'payout.undone.staff.next':
    'Sehen Sie sich die Auszahlung und ihr Zahlungsziel an. Der nächste Lauf zahlt sie erneut, an das dann geltende Ziel.',

  'payee.title': 'Ihre Zahlungsdaten wurden geändert',
  'payee.lead': 'Am {moment} wurde eingetragen, dass Sie auf ein anderes Konto bezahlt werden.',
  'payee.waits':
    'Vor dem {moment} wird dorthin nichts gezahlt, damit sich eine Änderung, die nicht von Ihnen kam, noch aufhalten lässt.',
  'payee.at.once': 'Der nächste freigegebene Lauf zahlt dorthin.',
  'payee.next.not.you':
    'Waren Sie das nicht? Dann verständigen Sie sofort die Verantwortlichen von {program}, auf einem Weg, den Sie schon kennen, und nicht als Antwort auf diese E-Mail: Sie können Ihre Auszahlungen anhalten. Ändern Sie danach Ihr Passwort.',
  'payee.next.you': 'Waren Sie es? Dann ist nichts zu tun.',
  'rail.bank_file': 'Banküberweisung',
  'rail.nacha': 'Banküberweisung in den USA (ACH)',
  'rail.stripe': 'Stripe',
  'rail.paypal': 'PayPal',
  'rail.sandbox': 'Testkonto',

  'dispute.accepted.title': 'Ihrem Einspruch zur Bestellung {order} wurde stattgegeben',
  'dispute.partly_accepted.title': 'Ihrem Einspruch zur Bestellung {order} wurde teilweise stattgegeben',
  'dispute.declined.title': 'Ihr Einspruch zur Bestellung {order} wurde abgelehnt',
  'dispute.lead': 'Über Ihren Einspruch wurde entschieden.',
  'dispute.by': 'Das sagt {program} dazu',
  'dispute.reattribution':
    'Der Verkauf gehört mit dem nächsten offenen Monat Ihnen. Dessen Abrechnung zeigt, was er Ihnen bringt.',
  'dispute.adjustment': 'In Ihrer Abrechnung für den nächsten offenen Monat kommen {amount} hinzu.',
  'dispute.adjustment.waits':
    'In Ihrer Abrechnung für den nächsten offenen Monat sollen {amount} hinzukommen. Vorher prüft das eine zweite Person; was daraus wird, steht beim Einspruch.',
  'dispute.declined.next':
    'Fehlt etwas in Ihrem Einspruch? Dann können Sie ihn mit dem, was neu ist, noch einmal einlegen.',
  'dispute.corrected.title': 'Berichtigung zu Ihrem Einspruch zur Bestellung {order}',
  'dispute.corrected.lead':
    'Es tut uns leid: Was wir Ihnen zu Ihrem Einspruch mitgeteilt haben, ließ sich nicht ausführen.',
  'dispute.corrected.reattribution': 'Der Verkauf geht nicht, wie angekündigt, auf Sie über.',
  'dispute.corrected.adjustment': 'In Ihrer Abrechnung kommen nicht, wie angekündigt, {amount} hinzu.',
  'dispute.corrected.next':
    'Über Ihren Einspruch wird neu entschieden. Sie müssen nichts tun und erfahren, was dabei herauskommt.',

  'agreement.title.partner': 'Ihre Vereinbarung endet am {day}',
  'agreement.title.staff': 'Die Vereinbarung von {partner} endet am {day}',
  'agreement.title.renews': 'Ihre Vereinbarung verlängert sich bald',
  'agreement.title.renews.staff': 'Die Vereinbarung von {partner} verlängert sich bald',
  'agreement.renewal.automatic':
    'Die Laufzeit reicht bis zum {deadline}. Danach verlängert sie sich von selbst, wenn niemand kündigt.',
  'agreement.renewal.by_agreement':
    'Sie läuft bis zum {deadline} und geht nur weiter, wenn beide Seiten sie verlängern.',
  'agreement.renewal.none':
    'Sie läuft bis zum {deadline}. Spätere Verkäufe bringen ohne neue Vereinbarung nichts mehr ein.',
  'agreement.next.automatic':
    'Soll sie weitergehen? Dann ist nichts zu tun. Andernfalls kündigen Sie bitte rechtzeitig.',
  'agreement.next.partner':
    'Sprechen Sie rechtzeitig mit Ihrer Ansprechperson bei {program} darüber, wie es weitergeht.',
  'agreement.next.staff':
    'Entscheiden Sie rechtzeitig: verlängern, neue Bedingungen vereinbaren oder auslaufen lassen.',

  'run.awaiting.title': 'Die Auszahlungen für {period} warten auf Ihre Entscheidung',
  'run.awaiting.lead':
    'Der Monat ist berechnet. {required, plural, one {Eine Person muss} other {# verschiedene Personen müssen}} ihn freigeben; bis dahin wird niemand bezahlt.',
  'run.reminded.title': 'Erinnerung: Die Auszahlungen für {period} warten noch',
  'run.reminded.lead':
    'Der Lauf wartet seit {days, plural, =0 {{hours, plural, one {einer Stunde} other {# Stunden}}} one {einem Tag} other {# Tagen}}. Bis zur Entscheidung wird niemand bezahlt.',
  'run.expiring.title': 'Der Auszahlungslauf für {period} verfällt bald',
  'run.expiring.lead':
    'Ohne Entscheidung werden seine Entwürfe ungültig, und niemand wird bezahlt. Die Zeit wird knapp.',
  'run.decide.next':
    'Lesen Sie den Lauf und vergleichen Sie ihn mit dem, was Sie erwarten. Geben Sie genau das frei, was Sie gesehen haben, oder lehnen Sie ihn mit Begründung ab.',
  'run.decide.done': 'Haben Sie ihn schon freigegeben? Dann ist für Sie nichts mehr zu tun.',
  'run.decide.expiry':
    'Ohne Entscheidung bis zum {moment} verfällt der Lauf: Seine Entwürfe sind dann ungültig, und {period} ist wieder offen.',
  'run.approvals': '{approvals} von {required}',
  'run.expired.title': 'Der Auszahlungslauf für {period} ist verfallen: Niemand wurde bezahlt',
  'run.expired.lead':
    'Seine Zeit lief ab, bevor genügend Personen entschieden hatten. Die Entwürfe sind ungültig, und {period} ist wieder offen. Von dem, was erfasst war, ist nichts verloren.',
  'run.expired.next':
    'Öffnen Sie den Lauf für {period} noch einmal. Von selbst öffnet er sich nicht; der Monat wird dann neu berechnet.',

  'dispute.overdue.title': 'Ein Einspruch ist überfällig: Bestellung {order}',
  'dispute.overdue.lead': 'Ein Partner wartet länger auf eine Antwort als zugesagt.',
  'dispute.overdue.next':
    'Jemand, der ihn nicht selbst eingelegt hat, entscheidet jetzt darüber oder sagt dem Partner, worauf er noch wartet.',
  'holds.title':
    '{count, plural, one {Ein angehaltener Verkauf ist überfällig} other {# angehaltene Verkäufe sind überfällig}}',
  'holds.lead':
    'Über {count, plural, one {diesen Verkauf} other {diese Verkäufe}} hat niemand rechtzeitig entschieden. Bis jemand entscheidet, {count, plural, one {bringt er} other {bringen sie}} nichts ein.',
  'holds.next':
    'Eine Person aus der Partnerbetreuung gibt {count, plural, one {ihn frei oder verwirft ihn} other {sie einzeln frei oder verwirft sie}}. Von selbst endet kein Halt.',
  'holds.more': '{shown} und {count, plural, one {eine weitere} other {# weitere}}',
  'webhook.title': 'Webhook angehalten: {host} ist seit einer Woche gestört',
  'webhook.lead':
    'Seit dem {moment} kam nichts mehr an, was an diese Adresse ging. Sie ist angehalten: Dorthin wird nichts mehr gesendet.',
  'webhook.next':
    'Bringen Sie die Adresse in Ordnung und schalten Sie den Endpunkt wieder ein. Was nicht ankam, lässt sich aus seinem Protokoll noch einmal senden.',

  'digest.title.daily': 'Ihre Zusammenfassung vom {day}',
  'digest.title.monthly': 'Ihre Zusammenfassung für {period}',
  'digest.lead': 'Das ist vom {from} bis zum {to} geschehen.',
  'digest.sales.recorded': '{count, plural, one {Ein neuer Verkauf} other {# neue Verkäufe}}',
  'digest.sales.total': 'Zusammen',
  'digest.sales.held': '{count, plural, one {Ein Verkauf wird geprüft} other {# Verkäufe werden geprüft}}',
  'digest.news': '{count, plural, =0 {Ihre Verkäufe auf einen Blick} one {Eine Neuigkeit} other {# Neuigkeiten}}',
};
