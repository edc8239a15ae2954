import type { Words } from '#shared/adapters/mail-templates/words/en';

/** Vouvoiement. Ni « de » ni « que » devant un nom ou un mois : il peut commencer par une voyelle. */
export const fr: Words = {
  greeting: 'Bonjour {name},',
  subject: '{title} · {program}',
  'next.title': 'Que faire maintenant',
  'footer.partner':
    'Vous recevez cet e-mail en tant que partenaire du programme {program}. Le message figure aussi dans votre boîte de réception du programme.',
  'footer.staff':
    'Vous recevez cet e-mail car vous participez à la gestion du programme {program}. Le message figure aussi dans votre boîte de réception du programme.',
  'footer.always':
    'Il concerne votre argent ou la sécurité de votre compte : ces messages ne peuvent donc pas être désactivés.',
  'footer.preferences': 'Choisir vos messages et leur fréquence',
  'footer.unsubscribe': 'Ne plus recevoir les messages de ce type',
  'footer.unsubscribe.digest': 'Ne plus recevoir ces récapitulatifs',
  'footer.clock': 'Les heures sont indiquées dans le fuseau horaire {zone}.',
  'topic.tier': 'Niveau',
  'topic.sales': 'Ventes',
  'topic.money': 'Argent',
  'topic.security': 'Sécurité',
  'topic.agreement': 'Accord',
  'topic.training': 'Formation',
  'topic.digest': 'Récapitulatif',
  'row.order': 'Commande',
  'row.orders': 'Commandes',
  'row.amount': 'Montant',
  'row.period': 'Mois',
  'row.payout': 'Versement',
  'row.run': 'Série de versements',
  'row.dispute': 'Réclamation',
  'row.partner': 'Partenaire',
  'row.agreement': 'Accord',
  'row.ends': 'Fin',
  'row.sold': 'Date de vente',
  'row.changed': 'Date du changement',
  'row.account': 'Compte',
  'row.paidBy': 'Mode de paiement',
  'row.usableFrom': 'Versements possibles dès le',
  'row.reason': 'Motif indiqué',
  'row.approvals': 'Approbations',
  'row.decideBy': 'À décider avant le',
  'row.answerBy': 'Réponse attendue le',
  'row.noticeBy': 'Préavis possible jusqu’au',
  'row.validUntil': 'Valable jusqu’au',
  'row.host': 'Adresse',
  'row.endpoint': 'Point de connexion',
  'row.failingSince': 'En échec depuis le',
  'row.goneSince': 'Répondu le',
  'progress.of': '{found} sur {wanted}',

  'tier.promoted.title': 'Vous avez atteint le niveau {to}',
  'tier.moved.title': 'Votre niveau est maintenant {to}',
  'tier.moved.lead': 'À partir du {day}, votre niveau est {to} au lieu de {from}.',
  'tier.why.promoted': 'Vous remplissez toutes les conditions du niveau {to}. Félicitations, et merci !',
  'tier.why.demoted':
    'Le délai pour remplir à nouveau les conditions du niveau {from} est écoulé et il manquait encore quelque chose.',
  'tier.why.changed': 'C’est le résultat de la révision de tous les niveaux.',
  'tier.why.enrolment': 'C’est ce qui a été convenu lors de votre inscription.',
  'tier.why.person': 'Les responsables du programme {program} en ont décidé ainsi.',
  'tier.until': 'Cela vaut jusqu’au {deadline}. Ensuite, vos résultats décident à nouveau.',
  'tier.reason.by': 'Motif donné par {program}',
  'tier.rates.label': 'Votre part des ventes à partir de ce jour',
  'tier.rates.lost':
    'Votre plan ne prévoit pas encore de part des ventes pour le niveau {to}. Veuillez demander à {program} d’ajouter ce niveau à votre plan.',
  'tier.missing.title': 'Ce qui manquait pour le niveau {tier}',
  'tier.next.title': 'En route vers le niveau {tier}',
  'tier.next.met': 'Vous remplissez toutes les conditions du niveau {tier} : la prochaine révision vous y fera passer.',
  'tier.next.invitation':
    'Le niveau suivant, {tier}, est sur invitation : parlez-en à votre contact du programme {program}.',
  'tier.demoted.next':
    'Dès que vous remplirez à nouveau toutes les conditions, la révision de la nuit vous fera remonter, sans demande de votre part.',
  'tier.warned.title': 'Votre niveau {tier} est menacé : il manque quelque chose',
  'tier.warned.last.title': 'Dernier rappel : votre niveau {tier} prend bientôt fin',
  'tier.warned.lead':
    'En ce moment, vous ne remplissez pas toutes les conditions du niveau {tier}. Vous avez jusqu’au {deadline} pour les remplir à nouveau ; s’il manque encore quelque chose à cette date, votre niveau deviendra {to}.',
  'tier.warned.missing': 'Ce qui manque',
  'tier.warned.next':
    'Dès qu’il ne manque plus rien, cet avertissement prend fin de lui-même. Jusqu’au {deadline}, rien ne change pour vous.',
  'tier.warned.ask':
    'Quelque chose n’est pas exact ? Dites-le avant cette date à votre contact du programme {program}.',
  'tier.lifted.title': 'Vous gardez votre niveau {tier}',
  'tier.lifted.lead': 'Il ne manque plus rien : l’avertissement est levé et votre niveau reste {tier}.',
  'tier.reach.title': 'Le niveau {next} est à votre portée',
  'tier.reach.lead': 'Votre niveau est {tier}, et il manque peu pour atteindre le niveau {next}.',
  'tier.reach.next': 'Dès que vous y serez, la révision de la nuit vous fera monter, sans demande de votre part.',

  'certification.earned.title': 'Réussi : {title}',
  'certification.earned.lead':
    'Félicitations ! Le certificat « {title} » est à vous et compte dès maintenant pour votre niveau.',
  'certification.expiring.title': 'Votre certificat « {title} » expire bientôt',
  'certification.expiring.lead': 'Il est valable jusqu’au {deadline}. Ensuite, il ne compte plus pour votre niveau.',
  'certification.expiring.next':
    'Renouvelez-le avant cette date en repassant le test, afin qu’il compte sans interruption. S’il n’y a pas de test, adressez-vous à votre contact du programme {program}.',

  'conversion.recorded.title': 'Nouvelle vente : {amount}',
  'conversion.recorded.lead':
    'Vous avez apporté une vente. Elle comptera une fois le délai de remboursement écoulé ; le relevé de ce mois-là montrera ce qu’elle vous rapporte.',
  'conversion.held.title': 'Vente retenue : commande {order}',
  'conversion.held.partner':
    'Cette vente est en cours de vérification avant de vous rapporter quoi que ce soit. Une fois validée, elle comptera comme toute autre, même si son mois est alors déjà clos.',
  'conversion.held.partner.next':
    'Vous n’avez rien à faire. Si vous en savez plus sur cette commande, dites-le à votre contact du programme {program}.',
  'conversion.held.staff': 'Cette vente est retenue. Elle ne rapporte rien tant que personne n’a décidé.',
  'conversion.held.staff.next':
    'Examinez la vente, puis validez-la ou annulez-la en indiquant le motif. Aucune retenue ne prend fin d’elle-même.',

  'statement.title.nothing': 'Votre relevé pour {period} : rien n’est dû',
  'statement.title.payable': 'Votre relevé pour {period} : {amount} pour vous',
  'statement.title.carried': 'Votre relevé pour {period} : {amount} reportés au mois suivant',
  'statement.title.negative': 'Votre relevé pour {period} : {amount} à imputer sur vos prochains gains',
  'statement.lead': 'Voici votre résultat pour {period}.',
  'statement.opening': 'Report du mois précédent',
  'statement.earned': 'Gagné',
  'statement.clawback': 'Repris pour remboursements',
  'statement.adjustment': 'Ajustements',
  'statement.payable': 'À verser',
  'statement.carried': 'Reporté au mois suivant',
  'statement.carried.small':
    'Le montant est inférieur au versement minimum. Il est reporté au mois suivant et rien n’en est perdu.',
  'statement.carried.negative':
    'Le solde est négatif, car il a été repris ou reporté plus que vous n’avez gagné. Il sera imputé sur vos prochains gains.',
  'statement.tier': 'Votre niveau : {tier}.',
  'statement.next':
    'Lisez le relevé ligne par ligne : chacune dit pourquoi. Si quelque chose est inexact, déposez une réclamation.',

  'payout.approved.title': 'Votre versement est approuvé : {amount}',
  'payout.approved.lead':
    'Le versement pour {period} est approuvé et va maintenant être envoyé. Nous vous préviendrons quand il aura été effectué.',
  'payout.waits.title': 'Versement approuvé, mais pas encore envoyé : {amount}',
  'payout.waits.title.payee': 'Il manque vos coordonnées de paiement pour votre versement : {amount}',
  'payout.waits.lead':
    'Le versement pour {period} est approuvé. L’argent vous revient ; il ne peut pas encore être envoyé pour la raison suivante.',
  'payout.waits.payee_incomplete': 'Nous ne savons pas où vous payer : vos coordonnées de paiement manquent.',
  'payout.waits.payee_changed':
    'Vos coordonnées de paiement ont été modifiées après l’approbation du versement, et personne n’a encore vérifié les nouvelles.',
  'payout.waits.payee_cooling_down':
    'Vos coordonnées de paiement ont été modifiées récemment. Par sécurité, aucun versement n’est effectué aussitôt vers de nouvelles coordonnées.',
  'payout.waits.currency_unsupported': 'Le mode de paiement que vous avez choisi n’accepte pas la devise {currency}.',
  'payout.waits.rail_not_set_up': 'Le programme {program} ne paie pas encore par le moyen que vous avez choisi.',
  'payout.waits.amount_above_rail_limit': 'Le montant dépasse ce que votre mode de paiement accepte en une fois.',
  'payout.waits.held': 'Le programme {program} retient actuellement vos versements.',
  'payout.waits.enter': 'Connectez-vous et saisissez vos coordonnées de paiement. C’est tout ce qui manque.',
  'payout.waits.choose': 'Choisissez un autre mode de paiement, par exemple un compte bancaire.',
  'payout.waits.choose.or.ask':
    'Choisissez un autre mode de paiement, par exemple un compte bancaire, ou demandez à votre contact du programme {program}.',
  'payout.waits.ask': 'Demandez-en la raison à votre contact du programme {program}.',
  'payout.waits.then':
    'Une fois ce point réglé, la prochaine série de versements approuvée paiera le montant. Rien n’en est perdu.',
  'payout.paid.title': 'Versement effectué : {amount}',
  'payout.paid.lead':
    'Le versement pour {period} a été effectué. Il peut mettre un peu de temps à apparaître sur votre compte.',
  'payout.failed.title': 'Échec du versement : {amount}',
  'payout.failed.partner':
    'Le versement pour {period} n’a pas pu être effectué. L’argent n’est pas perdu : il vous est toujours dû.',
  'payout.returned.title': 'Versement retourné : {amount}',
  'payout.returned.partner':
    'Le versement pour {period} a été envoyé, puis retourné. L’argent n’est pas perdu : il vous est toujours dû.',
  'payout.undone.partner.next':
    'Vérifiez le compte sur lequel vous recevez vos versements et corrigez-le si nécessaire. Le montant est reporté sur votre prochain relevé et sera versé avec celui-ci.',
  'payout.failed.staff':
    'Le versement pour {period} n’a pas pu être effectué. Le montant est à nouveau à verser, et le partenaire est prévenu.',
  'payout.returned.staff':
    'Le versement pour {period} a été envoyé, puis retourné. Le montant est à nouveau à verser, et le partenaire est prévenu.',
  'payout.undone.staff.next':
    'Examinez le versement et son bénéficiaire. Le montant est reporté sur le prochain relevé du partenaire et sera versé au bénéficiaire valable à ce moment-là.',

  'payee.title': 'Vos coordonnées de paiement ont été modifiées',
  'payee.lead': 'Le {moment}, le compte sur lequel vous recevez vos versements a été modifié.',
  'payee.waits':
    'Rien n’y sera versé avant le {moment}, afin qu’un changement qui ne vient pas de vous puisse être arrêté.',
  'payee.at.once': 'La prochaine série de versements approuvée y sera envoyée.',
  'payee.next.not.you':
    'Ce n’était pas vous ? Prévenez immédiatement les responsables du programme {program} par un moyen que vous connaissez déjà, et non en répondant à cet e-mail : ils peuvent retenir vos versements. Changez ensuite votre mot de passe.',
  'payee.next.you': 'C’était vous ? Alors vous n’avez rien à faire.',
  'rail.bank_file': 'Virement bancaire',
  'rail.nacha': 'Virement bancaire aux États-Unis (ACH)',
  'rail.stripe': 'Stripe',
  'rail.paypal': 'PayPal',
  'rail.sandbox': 'Compte d’essai',

  'dispute.accepted.title': 'Réclamation acceptée : commande {order}',
  'dispute.partly_accepted.title': 'Réclamation acceptée en partie : commande {order}',
  'dispute.declined.title': 'Réclamation refusée : commande {order}',
  'dispute.lead': 'Votre réclamation a fait l’objet d’une décision.',
  'dispute.by': 'Ce qu’en dit {program}',
  'dispute.reattribution':
    'La vente vous sera attribuée au titre du prochain mois ouvert. Le relevé de ce mois montrera ce qu’elle vous rapporte.',
  'dispute.adjustment': 'Un montant de {amount} s’ajoutera à votre relevé du prochain mois ouvert.',
  'dispute.adjustment.waits':
    'Un montant de {amount} doit s’ajouter à votre relevé du prochain mois ouvert. Une deuxième personne doit d’abord le confirmer ; la suite figurera dans la réclamation.',
  'dispute.declined.next': 'Avez-vous de nouveaux éléments ? Vous pouvez alors déposer à nouveau la réclamation.',
  'dispute.corrected.title': 'Rectification de votre réclamation : commande {order}',
  'dispute.corrected.lead':
    'Nous sommes désolés : ce que nous vous avions annoncé au sujet de votre réclamation n’a pas pu être réalisé.',
  'dispute.corrected.reattribution': 'Contrairement à notre annonce, la vente ne vous sera pas attribuée.',
  'dispute.corrected.adjustment':
    'Contrairement à notre annonce, le montant de {amount} ne s’ajoutera pas à votre relevé.',
  'dispute.corrected.next':
    'Votre réclamation sera réexaminée. Vous n’avez rien à faire : nous vous informerons de la décision.',

  'agreement.title.partner': 'Votre accord prend fin le {day}',
  'agreement.title.staff': 'Fin d’accord le {day} : {partner}',
  'agreement.title.renews': 'Votre accord sera bientôt renouvelé',
  'agreement.title.renews.staff': 'Accord bientôt renouvelé : {partner}',
  'agreement.renewal.automatic':
    'La durée court jusqu’au {deadline}. L’accord est ensuite renouvelé automatiquement, sauf préavis.',
  'agreement.renewal.by_agreement':
    'Il court jusqu’au {deadline} et ne continue que si les deux parties le renouvellent.',
  'agreement.renewal.none':
    'Il court jusqu’au {deadline}. Les ventes ultérieures ne rapportent rien sans nouvel accord.',
  'agreement.next.automatic': 'Doit-il continuer ? Alors vous n’avez rien à faire. Sinon, donnez le préavis à temps.',
  'agreement.next.partner': 'Parlez à temps de la suite avec votre contact du programme {program}.',
  'agreement.next.staff':
    'Décidez à temps : le renouveler, convenir de nouvelles conditions ou le laisser prendre fin.',

  'run.awaiting.title': 'Les versements pour {period} attendent votre décision',
  'run.awaiting.lead':
    'Le mois est calculé. {required, plural, one {Une personne doit} other {# personnes différentes doivent}} l’approuver ; personne n’est payé avant.',
  'run.reminded.title': 'Rappel : les versements pour {period} attendent toujours',
  'run.reminded.lead':
    'La série attend depuis {days, plural, =0 {{hours, plural, one {une heure} other {# heures}}} one {un jour} other {# jours}}. Personne n’est payé avant la décision.',
  'run.expiring.title': 'La série de versements pour {period} expire bientôt',
  'run.expiring.lead': 'Sans décision, ses projets deviennent caducs et personne n’est payé. Le temps presse.',
  'run.decide.next':
    'Lisez la série et comparez-la à ce que vous attendez. Approuvez exactement ce que vous avez vu, ou refusez-la en indiquant le motif.',
  'run.decide.done': 'Vous l’avez déjà approuvée ? Alors vous n’avez plus rien à faire.',
  'run.decide.expiry':
    'Sans décision avant le {moment}, la série expire : ses projets sont alors caducs et le mois ({period}) est rouvert.',
  'run.approvals': '{approvals} sur {required}',
  'run.expired.title': 'Série de versements pour {period} expirée : personne n’a été payé',
  'run.expired.lead':
    'Son délai s’est écoulé avant que suffisamment de personnes aient décidé. Les projets sont caducs et le mois ({period}) est rouvert. Rien de ce qui était enregistré n’est perdu.',
  'run.expired.next':
    'Ouvrez de nouveau la série pour {period} : elle ne s’ouvre pas d’elle-même. Le mois sera alors recalculé.',

  'dispute.overdue.title': 'Une réclamation attend une réponse : commande {order}',
  'dispute.overdue.lead': 'Un partenaire attend une réponse depuis plus longtemps que promis.',
  'dispute.overdue.next':
    'Faites décider maintenant une personne qui ne l’a pas déposée, ou dites au partenaire ce que vous attendez encore.',
  'holds.title':
    '{count, plural, one {Une vente retenue attend une décision} other {# ventes retenues attendent une décision}}',
  'holds.lead':
    '{count, plural, one {Cette vente attend une décision depuis plus longtemps que prévu. Elle ne rapporte} other {Ces ventes attendent une décision depuis plus longtemps que prévu. Elles ne rapportent}} rien d’ici là.',
  'holds.next':
    'Demandez à un responsable des partenaires de {count, plural, one {la valider ou de l’annuler} other {valider ou d’annuler chacune}}. Aucune retenue ne prend fin d’elle-même.',
  'holds.more': '{shown} et {count, plural, one {une autre} other {# autres}}',
  'webhook.title': 'Webhook suspendu : {host} échoue depuis une semaine',
  'webhook.lead':
    'Rien de ce qui a été envoyé à cette adresse n’est arrivé depuis le {moment}. Le point de connexion est suspendu : plus rien n’y est envoyé.',
  'webhook.next':
    'Rétablissez l’adresse et réactivez le point de connexion. Ce qui n’a pas été remis peut être renvoyé depuis son journal.',
  'webhook.gone.title': 'Webhook désactivé : {host} répond ne plus exister',
  'webhook.gone.lead':
    'Le {moment}, cette adresse a répondu qu’elle n’existe plus (410 Gone). Le point de connexion a été désactivé aussitôt, comme cette réponse le demande : plus rien n’y est envoyé.',
  'webhook.gone.next':
    'Si le destinataire a déménagé, saisissez sa nouvelle adresse et réactivez le point de connexion. Ce qui n’a pas été remis peut être renvoyé depuis son journal. S’il ne sert plus, supprimez-le.',

  'digest.title.daily': 'Votre récapitulatif du {day}',
  'digest.title.monthly': 'Votre récapitulatif pour {period}',
  'digest.lead': 'Voici ce qui s’est passé du {from} au {to}.',
  'digest.sales.recorded': '{count, plural, one {Une nouvelle vente} other {# nouvelles ventes}}',
  'digest.sales.total': 'Au total',
  'digest.sales.held': '{count, plural, one {Une vente retenue} other {# ventes retenues}}',
  'digest.more':
    '{count, plural, one {Une autre, dans votre boîte de réception} other {# autres, dans votre boîte de réception}}',
  'digest.news': '{count, plural, =0 {Vos ventes en un coup d’œil} one {Une nouveauté} other {# nouveautés}}',
};
