import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeTemplates } from '#shared/adapters/mail-templates/render-notice';
import {
  LANGUAGES,
  type NoticeMessage,
  type Reader,
  type RenderedNotice,
} from '#shared/application/notifications/messages';
import { BLOCKED_REASONS } from '#shared/domain/ledger/payout';
import { DIGESTS, everySample, readerOf, SAMPLES } from '#test/support/notice-samples';

const { renderNotice, renderDigest } = makeTemplates();

const GAPS = /undefined|\bnull\b|NaN|Invalid|\[object|[{}]|%7B/;
/** Gmail cuts what is longer off, and the link to unsubscribe with it. */
const GMAIL_CLIPS_BYTES = 102_000;

const withoutStyles = (html: string): string => html.replaceAll(/<style>.*?<\/style>|style="[^"]*"/gs, '');
const shown = (html: string): string =>
  withoutStyles(html)
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/[ \u00a0\n]+/g, ' ');

function faultsOf({ subject, title, text, mail }: RenderedNotice): readonly string[] {
  const faults: string[] = [];
  for (const [name, words] of Object.entries({
    subject,
    title,
    text,
    mail: mail.text,
    html: withoutStyles(mail.html),
  })) {
    if (GAPS.test(words)) faults.push(`${name} has a gap: ${GAPS.exec(words)?.[0]}`);
    if (words.trim() === '') faults.push(`${name} is empty`);
  }
  if (Buffer.byteLength(mail.html) > GMAIL_CLIPS_BYTES) faults.push('too long');
  if (/href=""|href="#"|src=|url\(|<script|<link|@import|@font-face/.test(mail.html))
    faults.push('links or loads something');
  if (!subject.includes(title) || !mail.text.startsWith(title)) faults.push('text without title');
  if (!mail.html.includes('<h1') || !/<html lang="(en|de|es|fr)"/.test(mail.html))
    faults.push('no heading or language');
  const words = shown(mail.html);
  // What stands in the one stands in the other, but for the marks of plain text.
  const lines = mail.text
    .replaceAll('\u00a0', ' ')
    .split('\n')
    .flatMap((line) => line.replace(/^(> |- )/, '').split(/: | {2,}| \(/));
  const missing = lines
    .map((line) => line.trim().replace(/[:)]+$/, ''))
    .filter(
      (line) =>
        line !== '' &&
        line !== '—' &&
        !line.startsWith('https://') &&
        !words.toLowerCase().includes(line.toLowerCase()),
    );
  if (missing.length > 0) faults.push(`only in the text: ${missing.join(' | ')}`);
  return faults;
}

describe('notices as e-mail', () => {
  it('congratulate nobody on a tier that the plan does not pay', () => {
    const facts = SAMPLES['tier.promoted'][1];
    if (!facts) throw new Error('there is a plain sample');
    const mail = (over: object): string =>
      renderNotice({ kind: 'tier.promoted', facts: { ...facts, ...over } }, readerOf('en', 'partner', true)).mail.text;
    expect(mail({})).toMatch(/Well done/);
    expect(mail({ ratesBps: [], losesShare: true })).not.toMatch(/Well done|You have reached/);
    expect(mail({ ratesBps: [], losesShare: true })).toContain('Your plan names no share of sales for Premium yet.');
  });

  it.each(LANGUAGES)('render each kind without a gap in %s, with and without links', (language) => {
    for (const { message, audience } of everySample()) {
      for (const links of [true, false]) {
        const faults = faultsOf(renderNotice(message, readerOf(language, audience, links)));
        expect(
          faults,
          `${message.kind} ${JSON.stringify(message.facts, (_, one) => (String(one) === one || typeof one === 'object' ? one : `${one}`))}`,
        ).toEqual([]);
      }
    }
    for (const digest of DIGESTS) expect(faultsOf(renderDigest(digest, readerOf(language)))).toEqual([]);
  });

  it('say amounts, months, shares and deadlines as each language does', () => {
    const told = LANGUAGES.map((language) => {
      const [facts] = SAMPLES['statement.ready'];
      const { subject, text } = renderNotice({ kind: 'statement.ready', facts }, readerOf(language));
      return [subject, ...text.split('\n').filter((line) => line.startsWith('-') || line.includes('7'))].join('\n');
    });
    expect(told.map((one) => one.replaceAll(/[\u00a0\u202f]/g, ' ')).join('\n\n')).toMatchInlineSnapshot(`
      "Your statement for October 2026: €482.10 for you · Corner Shop
        Taken back for refunds     -€73.00
      - 3 more qualified referrals by 30 November 2026 (17 of 20)
      - €5,874.50 more in sales (€4,125.50 of €10,000.00)
      - At least 60% of earlier customers buying again (now 48.5%)
      - Confirmation by the programme that you fit its strategy
      - Read the statement line by line: each line says why. If something is wrong, file a dispute.

      Ihre Abrechnung für Oktober 2026: 482,10 € für Sie · Corner Shop
        Rückbuchungen wegen Erstattungen  -73,00 €
      - Noch 3 qualifizierte Empfehlungen bis zum 30. November 2026 (17 von 20)
      - Noch 5.874,50 € Umsatz (4.125,50 € von 10.000,00 €)
      - Mindestens 60 % wiederkehrende Kunden (jetzt 48,5 %)
      - Die Bestätigung des Programms, dass Sie zu seiner Strategie passen
      - Lesen Sie die Abrechnung Zeile für Zeile: Jede sagt, warum. Stimmt etwas nicht, legen Sie Einspruch ein.

      Su liquidación de octubre de 2026: 482,10 € para usted · Corner Shop
        Descontado por reembolsos  -73,00 €
      - 3 recomendaciones cualificadas más hasta el 30 de noviembre de 2026 (17 de 20)
      - 5874,50 € más en ventas (4125,50 € de 10.000,00 €)
      - Que al menos el 60 % de los clientes anteriores vuelva a comprar (ahora, el 48,5 %)
      - La confirmación del programa de que encaja en su estrategia
      - Lea la liquidación línea por línea: cada una dice el porqué. Si algo no es correcto, presente una reclamación.

      Votre relevé pour octobre 2026 : 482,10 € pour vous · Corner Shop
        Repris pour remboursements  -73,00 €
      - 3 recommandations qualifiées de plus d’ici au 30 novembre 2026 (17 sur 20)
      - 5 874,50 € de ventes en plus (4 125,50 € sur 10 000,00 €)
      - Au moins 60 % des clients précédents qui achètent de nouveau (actuellement 48,5 %)
      - La confirmation par le programme que vous correspondez à sa stratégie
      - Lisez le relevé ligne par ligne : chacune dit pourquoi. Si quelque chose est inexact, déposez une réclamation."
    `);
  });

  it('show what is carried where nothing is paid, and never call it paid', () => {
    const [, small, negative] = SAMPLES['statement.ready'];
    const said = (facts: typeof small): string =>
      renderNotice({ kind: 'statement.ready', facts: facts! }, readerOf('en')).text;
    expect(said(small).split('\n')[2]).toBe('Carried to the next month: €12.10');
    expect(said(negative).split('\n')[2]).toBe('Carried to the next month: -€900.00');
  });

  it('say in the subject of a statement what the month comes to, and never that nothing is for its reader', () => {
    const subjects = LANGUAGES.flatMap((language) =>
      SAMPLES['statement.ready'].map((facts) =>
        renderNotice({ kind: 'statement.ready', facts }, readerOf(language)).subject.replaceAll(/[\u00a0\u202f]/g, ' '),
      ),
    );
    expect(subjects.join('\n')).toMatchInlineSnapshot(`
      "Your statement for October 2026: €482.10 for you · Corner Shop
      Your statement for October 2026: €12.10 carried to the next month · Corner Shop
      Your statement for October 2026: €900.00 to be set off against what you earn next · Corner Shop
      Your statement for October 2026: nothing is due · Corner Shop
      Ihre Abrechnung für Oktober 2026: 482,10 € für Sie · Corner Shop
      Ihre Abrechnung für Oktober 2026: 12,10 € Übertrag in den nächsten Monat · Corner Shop
      Ihre Abrechnung für Oktober 2026: 900,00 € werden mit künftigen Verdiensten verrechnet · Corner Shop
      Ihre Abrechnung für Oktober 2026: es ist nichts offen · Corner Shop
      Su liquidación de octubre de 2026: 482,10 € para usted · Corner Shop
      Su liquidación de octubre de 2026: 12,10 € pasan al mes siguiente · Corner Shop
      Su liquidación de octubre de 2026: 900,00 € se compensarán con lo que gane a continuación · Corner Shop
      Su liquidación de octubre de 2026: no hay nada pendiente · Corner Shop
      Votre relevé pour octobre 2026 : 482,10 € pour vous · Corner Shop
      Votre relevé pour octobre 2026 : 12,10 € reportés au mois suivant · Corner Shop
      Votre relevé pour octobre 2026 : 900,00 € à imputer sur vos prochains gains · Corner Shop
      Votre relevé pour octobre 2026 : rien n’est dû · Corner Shop"
    `);
  });

  it('call a partner whose payout waits for its payment details to enter them, and to nothing else', () => {
    const [facts] = SAMPLES['payout.approved'];
    const said = LANGUAGES.map(
      (language) =>
        renderNotice({ kind: 'payout.approved', facts: { ...facts, blocked: 'payee_incomplete' } }, readerOf(language))
          .text,
    );
    expect(said.join('\n\n').replaceAll(/[\u00a0\u202f]/g, ' ')).toMatchInlineSnapshot(`
      "The payout for October 2026 is approved. The money is yours; it cannot be sent yet for the following reason.

      We do not know where to pay you: your payment details are missing.

      Once this is settled, the next approved payout run pays the amount. Nothing of it is lost.

      Amount: €482.10
      Month: October 2026
      Payout: po_01JD7K

      What to do next:
      - Sign in and enter your payment details. That is all that is missing.

      Die Auszahlung für Oktober 2026 ist freigegeben. Das Geld gehört Ihnen; aus folgendem Grund kann es noch nicht gesendet werden.

      Wir wissen nicht, wohin wir zahlen sollen: Ihre Zahlungsdaten fehlen.

      Sobald das geklärt ist, zahlt der nächste freigegebene Auszahlungslauf den Betrag aus. Nichts davon geht verloren.

      Betrag: 482,10 €
      Monat: Oktober 2026
      Auszahlung: po_01JD7K

      So geht es weiter:
      - Melden Sie sich an und geben Sie Ihre Zahlungsdaten ein. Mehr fehlt nicht.

      El pago de octubre de 2026 está aprobado. El dinero es suyo; todavía no se puede enviar por el siguiente motivo.

      No sabemos dónde pagarle: faltan sus datos de cobro.

      Una vez resuelto, la próxima remesa de pagos que se apruebe pagará el importe. No se pierde nada.

      Importe: 482,10 €
      Mes: octubre de 2026
      Pago: po_01JD7K

      Qué hacer ahora:
      - Inicie sesión e introduzca sus datos de cobro. Es lo único que falta.

      Le versement pour octobre 2026 est approuvé. L’argent vous revient ; il ne peut pas encore être envoyé pour la raison suivante.

      Nous ne savons pas où vous payer : vos coordonnées de paiement manquent.

      Une fois ce point réglé, la prochaine série de versements approuvée paiera le montant. Rien n’en est perdu.

      Montant : 482,10 €
      Mois : octobre 2026
      Versement : po_01JD7K

      Que faire maintenant :
      - Connectez-vous et saisissez vos coordonnées de paiement. C’est tout ce qui manque."
    `);
  });

  it.each(BLOCKED_REASONS)('never say that a payout which waits as %s is being sent', (blocked) => {
    const [facts] = SAMPLES['payout.approved'];
    const { title, text } = renderNotice({ kind: 'payout.approved', facts: { ...facts, blocked } }, readerOf('en'));
    expect(`${title} ${text}`).not.toMatch(/will now be sent|has been/);
    expect(text).toContain('What to do next');
  });

  it('set a space before the colons of French', () => {
    for (const { message, audience } of everySample()) {
      const { mail } = renderNotice(message, readerOf('fr', audience));
      expect(mail.text).not.toMatch(/[^\s\u00a0]:( |$)/m);
    }
  });

  it('name the last whole day of what ends at midnight of the reader, and the time of anything else', () => {
    const [facts] = SAMPLES['certification.expiring'];
    const text = (timeZone: string): string =>
      renderNotice({ kind: 'certification.expiring', facts }, { ...readerOf('en'), timeZone }).text;
    expect(text('Europe/Berlin')).toContain('valid until 30 November 2026.');
    expect(text('America/New_York')).toContain('valid until 30 November 2026 at 18:00 GMT-5.');
    expect(text('Asia/Tokyo')).toContain('valid until 1 December 2026 at 08:00 GMT+9.');
  });

  it('offer to unsubscribe from what may be off, and only from that', () => {
    const link = 'https://api.example/unsubscribe?token=abc&amp;kind=tier';
    const html = (message: NoticeMessage): string => renderNotice(message, readerOf('en')).mail.html;
    expect(html({ kind: 'tier.demotion_lifted', facts: { tier: 'premium' } })).toContain(`href="${link}"`);
    expect(html({ kind: 'payout.paid', facts: SAMPLES['payout.paid'][0] })).not.toContain('unsubscribe');
    const scripted: Reader = { ...readerOf('en'), links: { unsubscribe: 'javascript:alert(1)' } };
    expect(() => renderNotice({ kind: 'tier.demotion_lifted', facts: { tier: 'premium' } }, scripted)).toThrow(
      TypeError,
    );
  });

  it('show whatever people write as text, in its own direction, on its own lines', () => {
    const nasty = fc
      .array(
        fc.constantFrom(
          '<script>alert(1)</script>',
          '"><img src=x onerror=y>',
          '&amp;',
          '\u202e',
          '\u2066',
          '\r\nBcc: a@b.example',
          '\n\n',
          "' '",
          'שלום',
          '{name}',
          '{n, plural, one {a}}',
          '\u0000',
          '😀',
          'é',
          'x',
        ),
        { minLength: 1, maxLength: 6 },
      )
      .map((parts) => `a${parts.join('')}`);
    fc.assert(
      fc.property(nasty, nasty, nasty, fc.constantFrom(...LANGUAGES), (name, said, program, language) => {
        const reader = { ...readerOf(language), name, program: { ...readerOf(language).program, name: program } };
        const [facts] = SAMPLES['dispute.answered'];
        const { subject, mail } = renderNotice(
          { kind: 'dispute.answered', facts: { ...facts, orderId: name, explanation: said } },
          reader,
        );
        expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
        expect(mail.html).not.toMatch(/<(script|img)|[\u202a-\u202e\u2066\u2067]/);
        expect(mail.html.match(/<h1/g)).toHaveLength(1);
        // Each isolate ends where it began: nothing outside is turned around.
        expect(mail.html.split('\u2068')).toHaveLength(mail.html.split('\u2069').length);
        expect(mail.text).not.toMatch(/^Bcc:/m);
      }),
      { numRuns: 60 },
    );
  });

  it('keep within what Gmail shows, however much somebody wrote', () => {
    const [facts] = SAMPLES['dispute.answered'];
    const explanation = '&'.repeat(50_000);
    const { mail } = renderNotice({ kind: 'dispute.answered', facts: { ...facts, explanation } }, readerOf('de'));
    expect(Buffer.byteLength(mail.html)).toBeLessThan(GMAIL_CLIPS_BYTES);
    expect(mail.html).toContain('&amp; …');
  });

  it('name the first of many news in a digest and count the others, however many there are', () => {
    const occurredAt = DIGESTS[0]!.to;
    const all = everySample().flatMap(({ message }) => Array.from({ length: 40 }, () => ({ ...message, occurredAt })));
    const { mail, text } = renderDigest({ ...DIGESTS[0]!, notices: all }, readerOf('de'));
    expect(Buffer.byteLength(mail.html)).toBeLessThan(GMAIL_CLIPS_BYTES);
    expect(text).toMatch(/\d+ weitere, in Ihrem Posteingang/);
    const held = all.filter(({ kind }) => kind === 'conversion.held').slice(0, 14);
    const some = renderDigest({ ...DIGESTS[0]!, sales: undefined, notices: held }, readerOf('en')).text;
    expect([some.split('Sale on hold').length - 1, some.includes('2 more, in your inbox')]).toEqual([12, true]);
  });

  it('sum sales in a digest and group the rest, oldest first', () => {
    const { title, text } = renderDigest(DIGESTS[0]!, readerOf('en'));
    expect(title).toBe('Your summary of 21 November 2026');
    expect(text).toContain('12 new sales\nIn total: €1,204.50 and US$30.00');
    expect(text.indexOf('Sales')).toBeLessThan(text.indexOf('Tier\n'));
    expect(renderDigest(DIGESTS[2]!, readerOf('de')).title).toBe('Ihre Zusammenfassung für November 2026');
  });
});
