import { describe, expect, it } from 'vitest';
import { confirmationPage, formPage, saidPage } from '#functions/partners/applications/pages/apply-page';
import { APPLY_WORDS } from '#functions/partners/applications/pages/apply-words';
import { readApplication, typedIn } from '#functions/partners/applications/pages/read-form';
import { renderApplicantLetter } from '#shared/adapters/mail-templates/letters/applicant-letter';
import { LANGUAGES } from '#shared/application/notifications/messages';
import type { ShownForm } from '#shared/application/partners/applications/application-form';
import { anApplication } from '#test/support/builders/applications';
import { acme } from '#test/support/builders/partners';

const TERMS_HASH = 'a'.repeat(64);
const FORM: ShownForm = {
  open: true,
  questions: [{ id: 'audience', label: 'Who reads <you>?', required: true }],
  ...{ termsText: 'Be <kind>.', termsUrl: 'https://acme.example/terms', termsHash: TERMS_HASH },
};
const GOOD = {
  ...{ name: 'Noor', email: 'noor@reads.example', country: 'NL', website: '', promotion: 'A letter.\r\nEach Friday.' },
  ...{ 'answer.audience': 'Students', agree: 'yes', termsHash: TERMS_HASH },
};
const words = APPLY_WORDS.en;
const read = (change: Record<string, string>) =>
  readApplication(typedIn(new URLSearchParams({ ...GOOD, ...change })), FORM, words);

describe('the form', () => {
  it('reads what was typed in, without what was left empty', () => {
    expect(read({})).toEqual({
      said: {
        ...{ name: 'Noor', email: 'noor@reads.example', country: 'NL', promotion: 'A letter.\nEach Friday.' },
        ...{ answers: { audience: 'Students' }, termsHash: TERMS_HASH },
      },
    });
  });

  it.each([
    ['name', { name: ' ' }, words.missing],
    ['name', { name: 'n'.repeat(141) }, words.tooLong(140)],
    ['email', { email: 'noor' }, words.badEmail],
    ['email', { email: '' }, words.missing],
    ['country', { country: 'XX' }, words.badCountry],
    ['website', { website: 'javascript:alert(1)' }, words.badWebsite],
    ['promotion', { promotion: '' }, words.missing],
    ['answer.audience', { 'answer.audience': '' }, words.missing],
    ['agree', { agree: '' }, words.mustAgree],
    ['agree', { termsHash: 'b'.repeat(64) }, words.termsChanged],
  ])('says what is wrong with %s', (field, change, rule) => {
    const found = read(change);
    expect('errors' in found && [...found.errors]).toEqual([[field, rule]]);
  });

  it.each(LANGUAGES)('is whole in %s, keeps what was typed in, and lets no text become markup', (language) => {
    const given = { program: 'A<b>cme', form: FORM, language, stamp: 's.t' };
    const errors = new Map([['email', APPLY_WORDS[language].badEmail]]);
    const { status, text = '' } = formPage({ ...given, typed: { ...GOOD, name: '"><script>', email: 'noor' }, errors });
    expect(status).toBe(422);
    expect(text).not.toMatch(/undefined|<script|<kind>|<b>|<you>/);
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(text).toContain('href="#f-email"');
    expect(text).toMatch(/id="f-email" aria-describedby="f-email-hint f-email-wrong" aria-invalid="true"/);
    expect(text).toContain('<option value="NL" selected>');
    expect(formPage(given).status).toBe(200);
  });

  it('takes the first of a field that comes twice', () => {
    expect(typedIn(new URLSearchParams('name=a&name=b'))).toEqual({ name: 'a' });
  });
});

describe('pages around the form', () => {
  it.each(LANGUAGES)('ask, thank and explain in %s', (language) => {
    const said = APPLY_WORDS[language];
    for (const one of [
      said.sent,
      said.closed('Acme'),
      said.unknown,
      said.tooMany,
      said.tooLarge,
      said.wait,
      said.dead,
    ]) {
      expect(saidPage(200, one, language).text).not.toContain('undefined');
    }
    const found = { application: anApplication({ language, name: '<i>' }), program: acme({ name: 'Acme' }) };
    const asks = confirmationPage({ ...found, state: 'asks' }, 'en');
    expect([asks.status, asks.text?.includes('<form method="post">'), asks.text?.includes('<i>')]).toEqual([
      200,
      true,
      false,
    ]);
    expect(confirmationPage({ ...found, state: 'confirmed' }, 'en').text).toContain(said.confirmed.title);
    expect(confirmationPage(undefined, language)).toMatchObject({ status: 404 });
  });

  it.each(LANGUAGES)('and letters say the same in HTML and text in %s', (language) => {
    const letter = { language, name: 'Noor', program: 'Acme', link: 'https://acme.example/apply/x' };
    for (const kind of ['received', 'accepted'] as const) {
      const { html, text, subject } = renderApplicantLetter({ ...letter, kind });
      for (const part of [html, text]) expect(part).toContain('https://acme.example/apply/x');
      expect(`${subject}${html}${text}`).not.toContain('undefined');
    }
    const declined = renderApplicantLetter({ ...letter, kind: 'declined', link: undefined, message: 'Not\n<now>.' });
    expect(declined.text).toContain('> <now>.');
    expect(declined.html).toContain('&lt;now>.');
    expect(declined.html).not.toContain('href');
  });
});
