import type { Words } from '#shared/adapters/mail-templates/words/en';

/** Höfliche Anrede; Tage stehen ohne „am“, damit es vor ihnen stehen kann. */
export const de: Words = {
  greeting: 'Guten Tag {name},',
  subject: '{title} · {program}',
  'next.title': 'So geht es weiter',
  'footer.partner':
    'Sie erhalten diese E-Mail als Partner von {program}. Die Nachricht liegt dort auch in Ihrem Posteingang.',
  'footer.staff':
    'Sie erhalten diese E-Mail, weil Sie {program} mitbetreuen. Die Nachricht liegt dort auch in Ihrem Posteingang.',
  'footer.always':
    'Es geht um Geld oder um die Sicherheit Ihres Kontos; deshalb lassen sich solche Nachrichten nicht abbestellen.',
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
  'row.sold': 'Verkauft am',
  'row.changed': 'Geändert am',
  'row.account': 'Konto',
  'row.paidBy': 'Zahlungsweg',
  'row.usableFrom': 'Auszahlung dorthin ab',
  'row.reason': 'Genannter Grund',
  'row.approvals': 'Freigaben',
  'row.decideBy': 'Entscheidung bis',
  'row.answerBy': 'Antwort fällig bis',
  'row.noticeBy': 'Kündbar bis',
  'row.validUntil': 'Gültig bis',
  'row.host': 'Adresse',
  'row.endpoint': 'Endpunkt',
  'row.failingSince': 'Gestört seit',
  'row.goneSince': 'Antwort vom',
  'progress.of': '{found} von {wanted}',

  'tier.promoted.title': 'Sie haben die Stufe {to} erreicht',
  'tier.moved.title': 'Ihre Stufe ist jetzt {to}',
  'tier.moved.lead': 'Ab dem {day} ist Ihre Stufe {to} statt {from}.',
  'tier.why.promoted': 'Sie erfüllen alles, was {to} verlangt. Herzlichen Glückwunsch und vielen Dank!',
  'tier.why.demoted':
    'Die Frist, um die Anforderungen von {from} wieder zu erfüllen, ist abgelaufen, und es fehlte noch etwas.',
  'tier.why.changed': 'Das hat die Überprüfung aller Stufen ergeben.',
  'tier.why.enrolment': 'So wurde es bei Ihrer Aufnahme vereinbart.',
  'tier.why.person': 'Das haben die Verantwortlichen von {program} entschieden.',
  'tier.until': 'Das gilt bis zum {deadline}. Danach entscheiden wieder Ihre Ergebnisse.',
  'tier.reason.by': 'Begründung von {program}',
  'tier.rates.label': 'Ihr Anteil an den Verkäufen ab diesem Tag',
  'tier.rates.lost':
    'Ihr Vergütungsplan nennt für {to} noch keinen Anteil an den Verkäufen. Bitte wenden Sie sich an {program}, damit die Stufe in Ihren Plan aufgenommen wird.',
  'tier.missing.title': 'Was für {tier} gefehlt hat',
  'tier.next.title': 'Ihr Weg zu {tier}',
  'tier.next.met': 'Sie erfüllen alles, was {tier} verlangt: Die nächste Überprüfung stuft Sie hoch.',
  'tier.next.invitation':
    'Die nächste Stufe, {tier}, gibt es auf Einladung: Sprechen Sie mit Ihrer Ansprechperson bei {program}.',
  'tier.demoted.next':
    'Sobald Sie wieder alles erfüllen, stuft die nächtliche Überprüfung Sie wieder hoch. Ein Antrag ist nicht nötig.',
  'tier.warned.title': 'Ihre Stufe {tier} ist in Gefahr: Es fehlt etwas',
  'tier.warned.last.title': 'Letzte Erinnerung: Ihre Stufe {tier} endet bald',
  'tier.warned.lead':
    'Im Moment erfüllen Sie nicht alles, was {tier} verlangt. Sie haben bis zum {deadline} Zeit, es wieder zu erfüllen; fehlt dann noch etwas, wird Ihre Stufe {to}.',
  'tier.warned.missing': 'Was fehlt',
  'tier.warned.next':
    'Sobald nichts mehr fehlt, erledigt sich diese Warnung von selbst. Bis zum {deadline} ändert sich für Sie nichts.',
  'tier.warned.ask': 'Stimmt hier etwas nicht? Sagen Sie es vorher Ihrer Ansprechperson bei {program}.',
  'tier.lifted.title': 'Sie behalten Ihre Stufe {tier}',
  'tier.lifted.lead': 'Es fehlt nichts mehr: Die Warnung hat sich erledigt, und Ihre Stufe bleibt {tier}.',
  'tier.reach.title': 'Die Stufe {next} ist zum Greifen nah',
  'tier.reach.lead': 'Ihre Stufe ist {tier}, und für {next} fehlt nur noch wenig.',
  'tier.reach.next': 'Sobald Sie so weit sind, stuft die nächtliche Überprüfung Sie hoch. Ein Antrag ist nicht nötig.',

  'certification.earned.title': 'Bestanden: {title}',
  'certification.earned.lead':
    'Herzlichen Glückwunsch! Das Zertifikat „{title}“ gehört Ihnen und zählt ab sofort für Ihre Stufe.',
  'certification.expiring.title': 'Ihr Zertifikat „{title}“ läuft bald ab',
  'certification.expiring.lead': 'Es ist bis zum {deadline} gültig. Danach zählt es nicht mehr für Ihre Stufe.',
  'certification.expiring.next':
    'Erneuern Sie es vorher, indem Sie den Test noch einmal ablegen; dann zählt es ohne Lücke weiter. Gibt es dafür keinen Test, fragen Sie Ihre Ansprechperson bei {program}.',

  'conversion.recorded.title': 'Neuer Verkauf: {amount}',
  'conversion.recorded.lead':
    'Sie haben einen Verkauf vermittelt. Er zählt, sobald die Zeit für Erstattungen vorbei ist; die Abrechnung für diesen Monat zeigt, was er Ihnen bringt.',
  'conversion.held.title': 'Verkauf zurückgehalten: Bestellung {order}',
  'conversion.held.partner':
    'Dieser Verkauf wird geprüft, bevor er etwas einbringt. Wird er freigegeben, zählt er wie jeder andere, auch wenn sein Monat dann schon abgeschlossen ist.',
  'conversion.held.partner.next':
    'Sie müssen nichts tun. Wissen Sie mehr über diese Bestellung? Dann sagen Sie es Ihrer Ansprechperson bei {program}.',
  'conversion.held.staff': 'Dieser Verkauf wird zurückgehalten. Er bringt nichts ein, bis jemand entscheidet.',
  'conversion.held.staff.next':
    'Sehen Sie sich den Verkauf an und geben Sie ihn frei oder verwerfen Sie ihn, jeweils mit Begründung. Von selbst wird er nicht freigegeben.',

  'statement.title.nothing': 'Ihre Abrechnung für {period}: es ist nichts offen',
  'statement.title.payable': 'Ihre Abrechnung für {period}: {amount} für Sie',
  'statement.title.carried': 'Ihre Abrechnung für {period}: {amount} Übertrag in den nächsten Monat',
  'statement.title.negative': 'Ihre Abrechnung für {period}: {amount} werden mit künftigen Verdiensten verrechnet',
  'statement.lead': 'Das hat {period} für Sie ergeben.',
  'statement.opening': 'Übertrag aus dem Vormonat',
  'statement.earned': 'Verdient',
  'statement.clawback': 'Rückbuchungen wegen Erstattungen',
  'statement.adjustment': 'Korrekturen',
  'statement.payable': 'Zur Auszahlung',
  'statement.carried': 'Übertrag in den nächsten Monat',
  'statement.carried.small':
    'Der Betrag liegt unter dem Mindestbetrag für eine Auszahlung. Er wird in den nächsten Monat übertragen; nichts davon geht verloren.',
  'statement.carried.negative':
    'Der Saldo ist negativ, weil mehr zurückgebucht oder übertragen wurde, als Sie verdient haben. Er wird mit dem verrechnet, was Sie als Nächstes verdienen.',
  'statement.tier': 'Ihre Stufe: {tier}.',
  'statement.next':
    'Lesen Sie die Abrechnung Zeile für Zeile: Jede sagt, warum. Stimmt etwas nicht, legen Sie Einspruch ein.',

  'payout.approved.title': 'Ihre Auszahlung über {amount} ist freigegeben',
  'payout.approved.lead':
    'Die Auszahlung für {period} ist freigegeben und wird nun gesendet. Wir melden uns, sobald sie erfolgt ist.',
  'payout.waits.title': 'Ihre Auszahlung über {amount} ist freigegeben, kann aber noch nicht gesendet werden',
  'payout.waits.title.payee': 'Für Ihre Auszahlung über {amount} fehlen uns Ihre Zahlungsdaten',
  'payout.waits.lead':
    'Die Auszahlung für {period} ist freigegeben. Das Geld gehört Ihnen; aus folgendem Grund kann es noch nicht gesendet werden.',
  'payout.waits.payee_incomplete': 'Wir wissen nicht, wohin wir zahlen sollen: Ihre Zahlungsdaten fehlen.',
  'payout.waits.payee_changed':
    'Ihre Zahlungsdaten wurden nach der Freigabe geändert, und die neuen hat noch niemand geprüft.',
  'payout.waits.payee_cooling_down':
    'Ihre Zahlungsdaten wurden vor Kurzem geändert. Zur Sicherheit wird an neue Zahlungsdaten zunächst nichts ausgezahlt.',
  'payout.waits.currency_unsupported': 'Der Zahlungsweg, den Sie gewählt haben, ist für {currency} nicht möglich.',
  'payout.waits.rail_not_set_up': '{program} zahlt auf dem Weg, den Sie gewählt haben, noch nicht aus.',
  'payout.waits.amount_above_rail_limit': 'Der Betrag ist höher, als der gewählte Zahlungsweg auf einmal zulässt.',
  'payout.waits.held': '{program} hält Ihre Auszahlungen zurzeit zurück.',
  'payout.waits.enter': 'Melden Sie sich an und geben Sie Ihre Zahlungsdaten ein. Mehr fehlt nicht.',
  'payout.waits.choose': 'Wählen Sie einen anderen Zahlungsweg, zum Beispiel ein Bankkonto.',
  'payout.waits.choose.or.ask':
    'Wählen Sie einen anderen Zahlungsweg, zum Beispiel ein Bankkonto, oder fragen Sie Ihre Ansprechperson bei {program}.',
  'payout.waits.ask': 'Fragen Sie Ihre Ansprechperson bei {program} nach dem Grund.',
  'payout.waits.then':
    'Sobald das geklärt ist, zahlt der nächste freigegebene Auszahlungslauf den Betrag aus. Nichts davon geht verloren.',
  'payout.paid.title': 'Auszahlung über {amount} ist erfolgt',
  'payout.paid.lead':
    'Die Auszahlung für {period} ist erfolgt. Es kann etwas dauern, bis sie auf Ihrem Konto erscheint.',
  'payout.failed.title': 'Die Auszahlung über {amount} ist fehlgeschlagen',
  'payout.failed.partner':
    'Die Auszahlung für {period} konnte nicht ausgeführt werden. Das Geld ist nicht verloren: Es steht Ihnen weiterhin zu.',
  'payout.returned.title': 'Die Auszahlung über {amount} kam zurück',
  'payout.returned.partner':
    'Die Auszahlung für {period} wurde gesendet und kam zurück. Das Geld ist nicht verloren: Es steht Ihnen weiterhin zu.',
  'payout.undone.partner.next':
    'Prüfen Sie das Konto, auf das wir auszahlen, und berichtigen Sie es, falls nötig. Der Betrag geht in Ihre nächste Abrechnung ein und wird von dort ausgezahlt.',
  'payout.failed.staff':
    'Die Auszahlung für {period} konnte nicht ausgeführt werden. Der Betrag ist wieder zahlbar, und der Partner weiß Bescheid.',
  'payout.returned.staff':
    'Die Auszahlung für {period} wurde gesendet und kam zurück. Der Betrag ist wieder zahlbar, und der Partner weiß Bescheid.',
  'payout.undone.staff.next':
    'Sehen Sie sich die Auszahlung und ihr Empfängerkonto an. Der Betrag geht in die nächste Abrechnung des Partners ein und wird auf das Konto ausgezahlt, das dann gilt.',

  'payee.title': 'Ihre Zahlungsdaten wurden geändert',
  'payee.lead': 'Am {moment} wurde das Konto geändert, auf das wir Ihnen auszahlen.',
  'payee.waits':
    'Vor dem {moment} wird dorthin nichts ausgezahlt, damit sich eine Änderung, die nicht von Ihnen stammt, noch aufhalten lässt.',
  'payee.at.once': 'Der nächste freigegebene Auszahlungslauf zahlt dorthin aus.',
  'payee.next.not.you':
    'Waren Sie das nicht? Dann verständigen Sie sofort die Verantwortlichen von {program}, und zwar auf einem Weg, den Sie schon kennen, nicht als Antwort auf diese E-Mail: Dort kann man Ihre Auszahlungen zurückhalten. Ändern Sie danach Ihr Passwort.',
  'payee.next.you': 'Waren Sie es? Dann ist nichts zu tun.',
  'rail.bank_file': 'Banküberweisung',
  'rail.nacha': 'Banküberweisung in den USA (ACH)',
  'rail.stripe': 'Stripe',
  'rail.paypal': 'PayPal',
  'rail.sandbox': 'Testkonto',

  'dispute.accepted.title': 'Ihr Einspruch hatte Erfolg: Bestellung {order}',
  'dispute.partly_accepted.title': 'Ihr Einspruch hatte teilweise Erfolg: Bestellung {order}',
  'dispute.declined.title': 'Ihr Einspruch wurde abgelehnt: Bestellung {order}',
  'dispute.lead': 'Über Ihren Einspruch wurde entschieden.',
  'dispute.by': 'Das sagt {program} dazu',
  'dispute.reattribution':
    'Der Verkauf wird Ihnen im nächsten offenen Monat zugeordnet. Die Abrechnung für diesen Monat zeigt, was er Ihnen bringt.',
  'dispute.adjustment': 'Ihre Abrechnung für den nächsten offenen Monat erhöht sich um {amount}.',
  'dispute.adjustment.waits':
    'Ihre Abrechnung für den nächsten offenen Monat soll sich um {amount} erhöhen. Vorher muss eine zweite Person das bestätigen; das Ergebnis steht beim Einspruch.',
  'dispute.declined.next': 'Haben Sie etwas Neues vorzubringen? Dann können Sie damit noch einmal Einspruch einlegen.',
  'dispute.corrected.title': 'Berichtigung zu Ihrem Einspruch: Bestellung {order}',
  'dispute.corrected.lead':
    'Es tut uns leid: Was wir Ihnen zu Ihrem Einspruch mitgeteilt haben, ließ sich nicht ausführen.',
  'dispute.corrected.reattribution': 'Anders als angekündigt wird der Verkauf nicht Ihnen zugeordnet.',
  'dispute.corrected.adjustment': 'Anders als angekündigt erhöht sich Ihre Abrechnung nicht um {amount}.',
  'dispute.corrected.next':
    'Über Ihren Einspruch wird neu entschieden. Sie müssen nichts tun: Wir teilen Ihnen das Ergebnis mit.',

  'agreement.title.partner': 'Ihre Vereinbarung endet am {day}',
  'agreement.title.staff': 'Die Vereinbarung von {partner} endet am {day}',
  'agreement.title.renews': 'Ihre Vereinbarung verlängert sich bald',
  'agreement.title.renews.staff': 'Die Vereinbarung von {partner} verlängert sich bald',
  'agreement.renewal.automatic':
    'Die Laufzeit reicht bis zum {deadline}. Danach verlängert sie sich automatisch, wenn niemand kündigt.',
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
    'Der Monat ist berechnet. {required, plural, one {Eine Person muss} other {# verschiedene Personen müssen}} ihn freigeben; vorher wird niemand bezahlt.',
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
  'run.expired.title': 'Auszahlungslauf für {period} verfallen: Niemand wurde bezahlt',
  'run.expired.lead':
    'Seine Zeit lief ab, bevor genügend Personen entschieden hatten. Die Entwürfe sind ungültig, und {period} ist wieder offen. Nichts von dem, was erfasst wurde, ist verloren.',
  'run.expired.next':
    'Öffnen Sie den Lauf für {period} noch einmal: Von selbst öffnet er sich nicht. Der Monat wird dann neu berechnet.',

  'dispute.overdue.title': 'Ein Einspruch ist überfällig: Bestellung {order}',
  'dispute.overdue.lead': 'Ein Partner wartet länger auf eine Antwort als zugesagt.',
  'dispute.overdue.next':
    'Lassen Sie jetzt jemanden darüber entscheiden, der ihn nicht selbst eingelegt hat, oder sagen Sie dem Partner, worauf Sie noch warten.',
  'holds.title':
    '{count, plural, one {Ein zurückgehaltener Verkauf ist überfällig} other {# zurückgehaltene Verkäufe sind überfällig}}',
  'holds.lead':
    '{count, plural, one {Dieser Verkauf wartet länger als vorgesehen auf eine Entscheidung. Er bringt} other {Diese Verkäufe warten länger als vorgesehen auf eine Entscheidung. Sie bringen}} nichts ein, bis jemand entscheidet.',
  'holds.next':
    'Lassen Sie {count, plural, one {ihn} other {sie einzeln}} von jemandem aus der Partnerbetreuung freigeben oder verwerfen. Von selbst geschieht das nicht.',
  'holds.more': '{shown} und {count, plural, one {eine weitere} other {# weitere}}',
  'webhook.title': 'Webhook pausiert: {host} ist seit einer Woche gestört',
  'webhook.lead':
    'Seit dem {moment} ist nichts mehr angekommen, was an diese Adresse gesendet wurde. Der Endpunkt pausiert: Dorthin wird nichts mehr gesendet.',
  'webhook.next':
    'Bringen Sie die Adresse in Ordnung und schalten Sie den Endpunkt wieder ein. Was nicht ankam, lässt sich aus seinem Protokoll erneut senden.',
  'webhook.gone.title': 'Webhook abgeschaltet: {host} gibt es laut eigener Antwort nicht mehr',
  'webhook.gone.lead':
    'Am {moment} hat diese Adresse geantwortet, dass es sie nicht mehr gibt (410 Gone). Der Endpunkt wurde sofort abgeschaltet, wie es diese Antwort verlangt: Dorthin wird nichts mehr gesendet.',
  'webhook.gone.next':
    'Ist der Empfänger umgezogen, geben Sie die neue Adresse ein und schalten Sie den Endpunkt wieder ein. Was nicht ankam, lässt sich aus seinem Protokoll erneut senden. Wird er nicht mehr gebraucht, entfernen Sie den Endpunkt.',

  'digest.title.daily': 'Ihre Zusammenfassung vom {day}',
  'digest.title.monthly': 'Ihre Zusammenfassung für {period}',
  'digest.lead': 'Das ist vom {from} bis zum {to} geschehen.',
  'digest.sales.recorded': '{count, plural, one {Ein neuer Verkauf} other {# neue Verkäufe}}',
  'digest.sales.total': 'Insgesamt',
  'digest.sales.held':
    '{count, plural, one {Ein Verkauf wird zurückgehalten} other {# Verkäufe werden zurückgehalten}}',
  'digest.more': '{count, plural, one {Eine weitere, in Ihrem Posteingang} other {# weitere, in Ihrem Posteingang}}',
  'digest.news': '{count, plural, =0 {Ihre Verkäufe auf einen Blick} one {Eine Neuigkeit} other {# Neuigkeiten}}',
};
