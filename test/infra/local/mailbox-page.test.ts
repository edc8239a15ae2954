import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeMailbox } from '#infra/local/mailbox';
import { listPage, messagePage } from '#infra/local/mailbox-page';
import type { Mail } from '#infra/local/ses';

const mail: Mail = {
  id: '6f1e7a52-5f0a-4a52-9a57-0d7d0a1d4c11',
  at: '2026-11-21T20:04:05.000Z',
  from: 'Tallystick <no-reply@example.com>',
  to: ['mira@partners.example'],
  subject: 'Hello <you>',
  text: 'Hello <you>\n\nPlain & simple.\n',
  html: '<html><style>@media (prefers-color-scheme:dark){p{color:#fff}}</style><p onclick="x">Hi</p><script>alert(1)</script><a href="https://api.example/u?a=1&amp;b=2">End this</a></html>',
  headers: {
    'List-Unsubscribe': '<https://api.example/u?a=1&b=2>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
  tags: { kind: 'tier' },
};

const show = (query: string, of: Mail = mail): string => messagePage(of, new URLSearchParams(query)).body;

describe('the local mailbox', () => {
  it('lists who wrote what to whom and when, with the beginning of each', () => {
    const { body } = listPage([
      mail,
      { ...mail, html: '<div style="display:none;max-height:0">Earned &amp; paid\u00a0\u200c\u00a0</div>' },
    ]);
    expect(body).toContain('2 messages');
    expect(body).toContain(
      '<strong>Hello &lt;you&gt;</strong><time datetime="2026-11-21T20:04:05.000Z">21 Nov 2026, 20:04:05 UTC</time>',
    );
    expect(body).toContain('Tallystick to mira@partners.example');
    expect(body).toContain('<span class="preview">Plain &amp; simple.</span>');
    expect(body).toContain('<span class="preview">Earned &amp; paid</span>');
    expect(listPage([]).body).toContain('No mail yet');
  });

  it('shows a message as HTML, which may do nothing but open its links, and with these beside it', () => {
    const { body, headers } = messagePage(mail, new URLSearchParams());
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).toContain('<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" class="desktop system"');
    expect(body).not.toMatch(/<script|onclick="/);
    expect(body).toContain('&lt;base target=&quot;_blank&quot;&gt;');
    expect(body).toContain('<a rel="noreferrer" href="https://api.example/u?a=1&amp;b=2">End this</a>');
    expect(body).toContain('<dt>List-Unsubscribe-Post</dt><dd>List-Unsubscribe=One-Click</dd>');
  });

  it('answers for the reader whether it is dark, and how wide the screen is', () => {
    expect(show('scheme=dark&width=phone')).toContain('class="phone dark"');
    expect(show('scheme=dark')).toContain('@media (min-width:0){p');
    expect(show('scheme=light')).toContain('@media (max-width:0){p');
    expect(show('scheme="><script>')).toContain('class="desktop system"');
    expect(show('scheme=dark&width=phone')).toContain('<a href="?view=text&amp;width=phone&amp;scheme=dark">Text</a>');
  });

  it('shows the plain text and every header', () => {
    expect(show('view=text')).toContain('<pre tabindex="0">Hello &lt;you&gt;\n\nPlain &amp; simple.\n</pre>');
    const headers = show('view=headers');
    expect(headers).toContain(
      '<th scope="row">List-Unsubscribe</th><td>&lt;<a rel="noreferrer" href="https://api.example/u?a=1&amp;b=2">',
    );
    expect(headers).toContain('kind=tier');
    const { html: _, ...plain } = mail;
    expect(show('', plain)).toContain('<pre');
    const { text: __, ...raw } = { ...plain, raw: 'From: us' };
    expect(show('', raw)).toContain('From: us');
  });

  it('says when there is no such message', () => {
    const mailbox = makeMailbox(mkdtempSync(join(tmpdir(), 'tallystick-mailbox-')), {
      configurationSets: new Set<string>(),
      onSent: () => {},
    });
    expect(mailbox.page('/mail/../x').status).toBe(404);
    mailbox.sendEmail({
      FromEmailAddress: 'us@example.com',
      Destination: { ToAddresses: ['you@example.com'] },
      Content: { Simple: { Subject: { Data: 'One' }, Body: { Text: { Data: 'Two' } } } },
    });
    const id = /href="(\/mail\/[0-9a-f-]+)"/.exec(mailbox.page('/mail').body)?.[1] ?? '';
    expect(mailbox.page(id, new URLSearchParams('view=text')).body).toContain('Two');
  });
});
