import type { Words } from '#shared/adapters/mail-templates/words/en';

/** De usted. */
export const es: Words = {
  greeting: 'Hola, {name}:',
  subject: '{title} · {program}',
  'next.title': 'Qué hacer ahora',
  'footer.partner':
    'Recibe este correo porque colabora con {program}. El mensaje está también en su bandeja de entrada del programa.',
  'footer.staff':
    'Recibe este correo porque participa en la gestión de {program}. El mensaje está también en su bandeja de entrada del programa.',
  'footer.always': 'Trata de dinero o de la seguridad de su cuenta, por lo que estos mensajes no se pueden desactivar.',
  'footer.preferences': 'Elegir qué avisos recibe y cuándo',
  'footer.unsubscribe': 'Dejar de recibir mensajes de este tipo',
  'footer.unsubscribe.digest': 'Dejar de recibir estos resúmenes',
  'footer.clock': 'Las horas corresponden a la zona horaria {zone}.',
  'topic.tier': 'Nivel',
  'topic.sales': 'Ventas',
  'topic.money': 'Dinero',
  'topic.security': 'Seguridad',
  'topic.agreement': 'Acuerdo',
  'topic.training': 'Formación',
  'topic.digest': 'Resumen',
  'row.order': 'Pedido',
  'row.orders': 'Pedidos',
  'row.amount': 'Importe',
  'row.period': 'Mes',
  'row.payout': 'Pago',
  'row.run': 'Remesa de pagos',
  'row.dispute': 'Reclamación',
  'row.partner': 'Colaborador',
  'row.agreement': 'Acuerdo',
  'row.ends': 'Termina',
  'row.sold': 'Fecha de venta',
  'row.changed': 'Fecha del cambio',
  'row.account': 'Cuenta',
  'row.paidBy': 'Forma de pago',
  'row.usableFrom': 'Se paga allí desde',
  'row.reason': 'Motivo indicado',
  'row.approvals': 'Aprobaciones',
  'row.decideBy': 'Decidir a más tardar',
  'row.answerBy': 'Fecha límite de respuesta',
  'row.noticeBy': 'Preaviso posible hasta',
  'row.validUntil': 'Válido hasta',
  'row.host': 'Dirección',
  'row.endpoint': 'Punto de conexión',
  'row.failingSince': 'Falla desde',
  'row.goneSince': 'Respondió el',
  'progress.of': '{found} de {wanted}',

  'tier.promoted.title': 'Ha alcanzado el nivel {to}',
  'tier.moved.title': 'Su nivel es ahora {to}',
  'tier.moved.lead': 'A partir del {day} su nivel es {to} en lugar de {from}.',
  'tier.why.promoted': 'Cumple todo lo que pide {to}. ¡Enhorabuena y gracias!',
  'tier.why.demoted': 'El plazo para volver a cumplir lo que pide {from} ha terminado y todavía faltaba algo.',
  'tier.why.changed': 'Es el resultado de la revisión de todos los niveles.',
  'tier.why.enrolment': 'Así se acordó cuando se incorporó.',
  'tier.why.person': 'Lo han decidido los responsables de {program}.',
  'tier.until': 'Esto vale hasta el {deadline}. Después vuelven a decidir sus resultados.',
  'tier.reason.by': 'Motivo que da {program}',
  'tier.rates.label': 'Su parte de las ventas desde ese día',
  'tier.rates.lost':
    'Su plan todavía no indica ninguna parte de las ventas para el nivel {to}. Pida a {program} que añada ese nivel a su plan.',
  'tier.missing.title': 'Lo que faltaba para {tier}',
  'tier.next.title': 'Su camino hacia {tier}',
  'tier.next.met': 'Ya cumple todo lo que pide {tier}: la próxima revisión le subirá de nivel.',
  'tier.next.invitation':
    'Al siguiente nivel, {tier}, se accede por invitación: hable con su persona de contacto en {program}.',
  'tier.demoted.next':
    'En cuanto vuelva a cumplirlo todo, la revisión nocturna le devolverá su nivel sin que tenga que pedirlo.',
  'tier.warned.title': 'Su nivel {tier} está en riesgo: falta algo',
  'tier.warned.last.title': 'Último aviso: su nivel {tier} termina pronto',
  'tier.warned.lead':
    'En este momento no cumple todo lo que pide {tier}. Tiene hasta el {deadline} para volver a cumplirlo; si entonces todavía falta algo, su nivel pasará a ser {to}.',
  'tier.warned.missing': 'Lo que falta',
  'tier.warned.next':
    'En cuanto no falte nada, este aviso quedará sin efecto. Hasta el {deadline} nada cambia para usted.',
  'tier.warned.ask': '¿Ve algo que no sea correcto? Dígaselo antes a su persona de contacto en {program}.',
  'tier.lifted.title': 'Conserva su nivel {tier}',
  'tier.lifted.lead': 'Ya no falta nada: el aviso queda sin efecto y su nivel sigue siendo {tier}.',
  'tier.reach.title': 'El nivel {next} está a su alcance',
  'tier.reach.lead': 'Su nivel es {tier} y falta muy poco para {next}.',
  'tier.reach.next': 'Cuando lo consiga, la revisión nocturna le subirá de nivel sin que tenga que solicitarlo.',

  'certification.earned.title': 'Aprobado: {title}',
  'certification.earned.lead': '¡Enhorabuena! El certificado «{title}» es suyo y cuenta desde ya para su nivel.',
  'certification.expiring.title': 'Su certificado «{title}» está a punto de caducar',
  'certification.expiring.lead': 'Es válido hasta el {deadline}. Después dejará de contar para su nivel.',
  'certification.expiring.next':
    'Renuévelo antes repitiendo el examen, para que cuente sin interrupción. Si no tiene examen, consulte a su persona de contacto en {program}.',

  'conversion.recorded.title': 'Nueva venta: {amount}',
  'conversion.recorded.lead':
    'Ha conseguido una venta. Contará cuando termine el plazo de reembolso; la liquidación de ese mes mostrará lo que le aporta.',
  'conversion.held.title': 'Venta retenida: pedido {order}',
  'conversion.held.partner':
    'Esta venta se está comprobando antes de que le aporte nada. Si se libera, contará como cualquier otra, aunque su mes ya esté cerrado.',
  'conversion.held.partner.next':
    'No tiene que hacer nada. Si sabe algo más sobre este pedido, dígaselo a su persona de contacto en {program}.',
  'conversion.held.staff': 'Esta venta está retenida. No aporta nada hasta que alguien decida.',
  'conversion.held.staff.next':
    'Examine la venta y libérela o anúlela, indicando el motivo. Ninguna retención termina por sí sola.',

  'statement.title.nothing': 'Su liquidación de {period}: no hay nada pendiente',
  'statement.title.payable': 'Su liquidación de {period}: {amount} para usted',
  'statement.title.carried': 'Su liquidación de {period}: {amount} pasan al mes siguiente',
  'statement.title.negative': 'Su liquidación de {period}: {amount} se compensarán con lo que gane a continuación',
  'statement.lead': 'Este es su resultado de {period}.',
  'statement.opening': 'Saldo del mes anterior',
  'statement.earned': 'Ganado',
  'statement.clawback': 'Descontado por reembolsos',
  'statement.adjustment': 'Ajustes',
  'statement.payable': 'A pagar',
  'statement.carried': 'Pasa al mes siguiente',
  'statement.carried.small': 'El importe no llega al pago mínimo. Pasa al mes siguiente y no se pierde nada.',
  'statement.carried.negative':
    'El saldo es negativo porque se ha descontado o arrastrado más de lo que ha ganado. Se compensará con lo que gane a continuación.',
  'statement.tier': 'Su nivel: {tier}.',
  'statement.next':
    'Lea la liquidación línea por línea: cada una dice el porqué. Si algo no es correcto, presente una reclamación.',

  'payout.approved.title': 'Su pago de {amount} está aprobado',
  'payout.approved.lead':
    'El pago de {period} está aprobado y se enviará ahora. Le avisaremos cuando se haya efectuado.',
  'payout.waits.title': 'Su pago de {amount} está aprobado, pero todavía no se puede enviar',
  'payout.waits.title.payee': 'Su pago de {amount} está a la espera de sus datos de cobro',
  'payout.waits.lead':
    'El pago de {period} está aprobado. El dinero es suyo; todavía no se puede enviar por el siguiente motivo.',
  'payout.waits.payee_incomplete': 'No sabemos dónde pagarle: faltan sus datos de cobro.',
  'payout.waits.payee_changed':
    'Sus datos de cobro cambiaron después de aprobarse el pago y nadie ha comprobado todavía los nuevos.',
  'payout.waits.payee_cooling_down':
    'Sus datos de cobro cambiaron hace poco. Por seguridad, al principio no se paga nada en los datos nuevos.',
  'payout.waits.currency_unsupported': 'La forma de cobro que ha elegido no admite {currency}.',
  'payout.waits.rail_not_set_up': '{program} todavía no paga de la forma que ha elegido.',
  'payout.waits.amount_above_rail_limit': 'El importe supera lo que su forma de cobro admite de una vez.',
  'payout.waits.held': '{program} está reteniendo sus pagos por el momento.',
  'payout.waits.enter': 'Inicie sesión e introduzca sus datos de cobro. Es lo único que falta.',
  'payout.waits.choose': 'Elija otra forma de cobro, por ejemplo una cuenta bancaria.',
  'payout.waits.choose.or.ask':
    'Elija otra forma de cobro, por ejemplo una cuenta bancaria, o pregunte a su persona de contacto en {program}.',
  'payout.waits.ask': 'Pregunte el motivo a su persona de contacto en {program}.',
  'payout.waits.then':
    'Una vez resuelto, la próxima remesa de pagos que se apruebe pagará el importe. No se pierde nada.',
  'payout.paid.title': 'Le hemos pagado {amount}',
  'payout.paid.lead': 'El pago de {period} se ha efectuado. Puede tardar un poco en aparecer en su cuenta.',
  'payout.failed.title': 'El pago de {amount} ha fallado',
  'payout.failed.partner':
    'El pago de {period} no se ha podido efectuar. El dinero no se pierde: se le sigue debiendo.',
  'payout.returned.title': 'El pago de {amount} ha sido devuelto',
  'payout.returned.partner':
    'El pago de {period} se envió y ha sido devuelto. El dinero no se pierde: se le sigue debiendo.',
  'payout.undone.partner.next':
    'Compruebe la cuenta en la que cobra y corríjala si hace falta. El importe pasa a su próxima liquidación y se pagará con ella.',
  'payout.failed.staff':
    'El pago de {period} no se ha podido efectuar. El importe vuelve a estar pendiente de pago y ya se ha avisado al colaborador.',
  'payout.returned.staff':
    'El pago de {period} se envió y ha sido devuelto. El importe vuelve a estar pendiente de pago y ya se ha avisado al colaborador.',
  'payout.undone.staff.next':
    'Examine el pago y su beneficiario. El importe pasa a la próxima liquidación del colaborador y se pagará al beneficiario que sea válido entonces.',

  'payee.title': 'Sus datos de cobro han cambiado',
  'payee.lead': 'El {moment} se cambió la cuenta en la que usted cobra.',
  'payee.waits': 'No se pagará nada allí antes del {moment}, para poder detener un cambio que no haya hecho usted.',
  'payee.at.once': 'La próxima remesa de pagos que se apruebe pagará allí.',
  'payee.next.not.you':
    '¿No ha sido usted? Avise de inmediato a los responsables de {program} por una vía que ya conozca y no respondiendo a este correo: pueden retener sus pagos. Después cambie su contraseña.',
  'payee.next.you': '¿Ha sido usted? Entonces no tiene que hacer nada.',
  'rail.bank_file': 'Transferencia bancaria',
  'rail.nacha': 'Transferencia bancaria en Estados Unidos (ACH)',
  'rail.stripe': 'Stripe',
  'rail.paypal': 'PayPal',
  'rail.sandbox': 'Cuenta de prueba',

  'dispute.accepted.title': 'Su reclamación ha sido aceptada: pedido {order}',
  'dispute.partly_accepted.title': 'Reclamación aceptada en parte: pedido {order}',
  'dispute.declined.title': 'Su reclamación ha sido rechazada: pedido {order}',
  'dispute.lead': 'Se ha decidido sobre su reclamación.',
  'dispute.by': 'Lo que dice {program}',
  'dispute.reattribution':
    'La venta se le atribuirá en el próximo mes abierto. La liquidación de ese mes mostrará lo que le aporta.',
  'dispute.adjustment': 'Se sumará un importe de {amount} a su liquidación del próximo mes abierto.',
  'dispute.adjustment.waits':
    'Está previsto sumar un importe de {amount} a su liquidación del próximo mes abierto. Antes debe confirmarlo una segunda persona; el resultado figurará en la reclamación.',
  'dispute.declined.next': '¿Tiene algo nuevo que aportar? Entonces puede presentar de nuevo la reclamación.',
  'dispute.corrected.title': 'Corrección sobre su reclamación: pedido {order}',
  'dispute.corrected.lead': 'Lo sentimos: lo que le comunicamos sobre su reclamación no se ha podido llevar a cabo.',
  'dispute.corrected.reattribution': 'En contra de lo que le dijimos, la venta no se le atribuirá.',
  'dispute.corrected.adjustment':
    'En contra de lo que le dijimos, no se sumará el importe de {amount} a su liquidación.',
  'dispute.corrected.next':
    'Su reclamación se decidirá de nuevo. No tiene que hacer nada: le comunicaremos el resultado.',

  'agreement.title.partner': 'Su acuerdo termina el {day}',
  'agreement.title.staff': 'El acuerdo de {partner} termina el {day}',
  'agreement.title.renews': 'Su acuerdo se renovará pronto',
  'agreement.title.renews.staff': 'El acuerdo de {partner} se renovará pronto',
  'agreement.renewal.automatic':
    'El plazo llega hasta el {deadline}. Después se renueva automáticamente si nadie da preaviso.',
  'agreement.renewal.by_agreement': 'Está en vigor hasta el {deadline} y solo continúa si ambas partes lo renuevan.',
  'agreement.renewal.none':
    'Está en vigor hasta el {deadline}. Las ventas posteriores no aportan nada sin un nuevo acuerdo.',
  'agreement.next.automatic':
    '¿Debe continuar? Entonces no tiene que hacer nada. De lo contrario, dé el preaviso a tiempo.',
  'agreement.next.partner': 'Hable con tiempo con su persona de contacto en {program} sobre cómo continuar.',
  'agreement.next.staff': 'Decida con tiempo: renovarlo, acordar nuevas condiciones o dejar que termine.',

  'run.awaiting.title': 'Los pagos de {period} esperan su decisión',
  'run.awaiting.lead':
    'El mes está calculado. {required, plural, one {Lo debe aprobar una persona} other {Lo deben aprobar # personas distintas}}; hasta entonces no se paga a nadie.',
  'run.reminded.title': 'Recordatorio: los pagos de {period} siguen esperando',
  'run.reminded.lead':
    'La remesa lleva esperando {days, plural, =0 {{hours, plural, one {una hora} other {# horas}}} one {un día} other {# días}}. No se paga a nadie hasta que se decida.',
  'run.expiring.title': 'La remesa de pagos de {period} caduca pronto',
  'run.expiring.lead': 'Sin una decisión, sus borradores quedan anulados y no se paga a nadie. Queda poco tiempo.',
  'run.decide.next':
    'Lea la remesa y compárela con lo que espera. Apruebe exactamente lo que ha visto o rechácela indicando el motivo.',
  'run.decide.done': '¿Ya la ha aprobado? Entonces no tiene que hacer nada más.',
  'run.decide.expiry':
    'Si no se decide antes del {moment}, la remesa caduca: sus borradores quedan anulados y {period} vuelve a estar abierto.',
  'run.approvals': '{approvals} de {required}',
  'run.expired.title': 'Remesa de pagos de {period} caducada: no se ha pagado a nadie',
  'run.expired.lead':
    'El plazo terminó antes de que decidieran suficientes personas. Los borradores quedan anulados y {period} vuelve a estar abierto. Nada de lo registrado se ha perdido.',
  'run.expired.next': 'Abra de nuevo la remesa de {period}: no se abre sola. El mes se calculará otra vez.',

  'dispute.overdue.title': 'Una reclamación sigue sin respuesta: pedido {order}',
  'dispute.overdue.lead': 'Un colaborador espera una respuesta desde hace más tiempo del prometido.',
  'dispute.overdue.next':
    'Haga que decida ahora alguien que no la haya presentado, o diga al colaborador a qué se espera todavía.',
  'holds.title': '{count, plural, one {Una venta retenida lleva retraso} other {# ventas retenidas llevan retraso}}',
  'holds.lead':
    '{count, plural, one {Esta venta espera una decisión desde hace más tiempo del previsto. No aporta} other {Estas ventas esperan una decisión desde hace más tiempo del previsto. No aportan}} nada hasta que alguien decida.',
  'holds.next':
    'Pida a un responsable de colaboradores que {count, plural, one {la libere o la anule} other {libere o anule cada una}}. Ninguna retención termina por sí sola.',
  'holds.more': '{shown} y {count, plural, one {uno más} other {# más}}',
  'webhook.title': 'Webhook en pausa: {host} falla desde hace una semana',
  'webhook.lead':
    'Nada de lo enviado a esta dirección ha llegado desde el {moment}. El punto de conexión está en pausa: no se le envía nada más.',
  'webhook.next':
    'Arregle la dirección y vuelva a activar el punto de conexión. Lo que no se entregó puede reenviarse desde su registro.',
  'webhook.gone.title': 'Webhook desactivado: {host} responde que ya no existe',
  'webhook.gone.lead':
    'El {moment} esta dirección respondió que ya no existe (410 Gone). El punto de conexión se ha desactivado de inmediato, como pide esa respuesta: no se le envía nada más.',
  'webhook.gone.next':
    'Si el receptor se ha trasladado, indique la dirección nueva y vuelva a activar el punto de conexión. Lo que no se entregó puede reenviarse desde su registro. Si ya no hace falta, elimine el punto de conexión.',

  'digest.title.daily': 'Su resumen del {day}',
  'digest.title.monthly': 'Su resumen de {period}',
  'digest.lead': 'Esto es lo que ha ocurrido del {from} al {to}.',
  'digest.sales.recorded': '{count, plural, one {Una venta nueva} other {# ventas nuevas}}',
  'digest.sales.total': 'En total',
  'digest.sales.held': '{count, plural, one {Una venta retenida} other {# ventas retenidas}}',
  'digest.more': '{count, plural, one {Una más, en su bandeja de entrada} other {# más, en su bandeja de entrada}}',
  'digest.news': '{count, plural, =0 {Sus ventas de un vistazo} one {Una novedad} other {# novedades}}',
};
