import { escapeHtml } from '#functions/runtime/page';
import type { KnownPerson } from './identity.ts';

export type ProviderPage = { readonly html: string };

/** What a person of the demo can do, by role; in the order of the page. */
const ROLES: readonly (readonly [role: string, name: string, does: string])[] = [
  ['admin', 'Admin', 'People and roles, API keys, webhooks, the programme’s settings'],
  ['partner_manager', 'Partner manager', 'Partners and applications, plans and simulations, reviews, disputes'],
  ['finance', 'Finance', 'Runs, bank files, the journal, balances, the audit trail'],
  ['approver', 'Approver', 'Looks at a month’s run and approves or rejects what it saw'],
  ['partner', 'Partner', 'Links and codes, sales, statements, payouts, training: its own alone'],
  ['', 'Known by its address', 'What a programme has for this address: a partner’s pages, roles, or nothing yet'],
];

export function signInPage(options: {
  readonly people: readonly KnownPerson[];
  /** Who is asked to sign in again. */
  readonly current: KnownPerson | undefined;
  /** The address that was typed is none. */
  readonly isWrong: boolean;
}): ProviderPage {
  const { people, current, isWrong } = options;
  const again = current
    ? `<p class="again" role="status">The console asks you to sign in again, to be sure that it is you.</p><form method="post">${personButton(current)}</form><p class="or">Or as somebody else</p>`
    : '';
  const others = people.filter(({ sub }) => sub !== current?.sub);
  const groups = ROLES.flatMap(([role]) => others.filter((person) => roleOf(person) === role));
  const wrong = isWrong
    ? '<p class="wrong" id="wrong" role="alert">This is no e-mail address. Type one such as anna@agency.example.</p>'
    : '';
  return page(
    'Sign in',
    `<h1>${current ? 'Sign in again' : 'Who are you today?'}</h1>` +
      '<p class="lead">This is the sign-in of your own machine: one click, no password. In the cloud, people sign in with Amazon Cognito.</p>' +
      again +
      `<form method="post" class="people">${groups.map(personButton).join('')}</form>` +
      '<form method="post" class="other"><label for="email">Somebody else, by e-mail address</label>' +
      `${wrong}<div class="row"><input id="email" name="email" type="email" required autocomplete="off" placeholder="anna@agency.example"${isWrong ? ' aria-invalid="true" aria-describedby="wrong"' : ' aria-describedby="hint"'}>` +
      '<button type="submit">Sign in</button></div>' +
      '<p class="hint" id="hint">A partner is found by the address it was enrolled with. Anybody else signs in without a role.</p></form>',
  );
}

/** Of whoever has no role everywhere, the people of the demo have a name. */
function roleOf({ groups, name }: KnownPerson): string {
  return ROLES.find(([role]) => groups.includes(role))?.[0] ?? (name === undefined ? '' : 'partner');
}

function personButton(person: KnownPerson): string {
  const [, role, does] = ROLES.find(([one]) => one === roleOf(person)) ?? ['', '', ''];
  const name = person.name ?? person.email;
  return (
    `<button class="person" type="submit" name="email" value="${escapeHtml(person.email)}">` +
    `<span class="face" aria-hidden="true">${escapeHtml(initials(name))}</span>` +
    `<span class="who"><strong>${escapeHtml(name)}</strong> <span class="role">${escapeHtml(role)}</span>` +
    `<span class="does">${escapeHtml(does)}</span>${person.name ? `<span class="address">${escapeHtml(person.email)}</span>` : ''}</span></button>`
  );
}

function initials(name: string): string {
  const [first = '', second = ''] = name.split(/[\s.@]+/);
  return `${first.slice(0, 1)}${second.slice(0, 1)}`.toUpperCase();
}

/** @param form the provider's own, without a button */
export function signOutPage(form: string): ProviderPage {
  return page(
    'Sign out',
    '<h1>Signing you out</h1><p class="lead">You are signed out of the console. This ends the sign-in of your machine, too.</p>' +
      `${form}<p><button class="go" type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button></p>` +
      '<script src="/oidc/assets/sign-out.js"></script>',
  );
}

export function troublePage(consoleUrl: string): ProviderPage {
  return page(
    'This sign-in is over',
    '<h1>This sign-in is over</h1><p class="lead">It was used, took more than a quarter of an hour, or did not begin in this browser. Nothing is lost: begin again.</p>' +
      `<p><a class="go" href="${escapeHtml(consoleUrl)}">Open the console</a></p>`,
  );
}

function page(title: string, content: string): ProviderPage {
  return {
    html:
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
      `<meta name="color-scheme" content="light dark"><title>${escapeHtml(title)} · Tallystick on this machine</title>` +
      `<link rel="stylesheet" href="/oidc/assets/sign-in.css"></head><body><main><p class="brand">Tallystick</p>${content}</main></body></html>`,
  };
}

const STYLE = `:root{color-scheme:light dark;--ink:#182433;--soft:#5b6675;--paper:#f6f8fb;--card:#fff;--line:#dce1e7;--accent:#0054a6;--on:#fff;--face:#e6effa}
@media(prefers-color-scheme:dark){:root{--ink:#e8edf3;--soft:#a7b3c2;--paper:#10161f;--card:#182433;--line:#2c3a4d;--accent:#7db4f0;--on:#0b1a2b;--face:#22344a}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:42rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}.brand{font-weight:700;letter-spacing:.02em;color:var(--accent);margin:0 0 1.5rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .5rem}.lead,.hint,.or{color:var(--soft)}.lead{margin:0 0 1.5rem}.hint{font-size:.9rem;margin:.5rem 0 0}.or{margin:1.25rem 0 .5rem}
.again{background:var(--face);border-radius:.5rem;padding:.75rem 1rem}.people{display:grid;gap:.6rem}
.person{display:flex;gap:1rem;align-items:flex-start;width:100%;text-align:left;font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:.9rem 1rem;cursor:pointer}
.person:hover{border-color:var(--accent)}.face{flex:none;width:2.5rem;height:2.5rem;border-radius:50%;background:var(--face);color:var(--accent);font-weight:700;display:grid;place-items:center}
.who{min-width:0;overflow-wrap:anywhere}.role{color:var(--accent);font-size:.9rem;margin-left:.25rem}.does,.address{display:block;color:var(--soft);font-size:.9rem;overflow-wrap:anywhere}
.other{margin-top:2rem;padding-top:1.5rem;border-top:1px solid var(--line)}label{display:block;font-weight:600;margin-bottom:.35rem}.row{display:flex;gap:.6rem;flex-wrap:wrap}
input{flex:1 1 14rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:.5rem;padding:.6rem .75rem}
.other button,.go{font:inherit;font-weight:600;background:var(--accent);color:var(--on);border:0;border-radius:.5rem;padding:.65rem 1.4rem;cursor:pointer;text-decoration:none;display:inline-block}
.wrong{color:#b42318;margin:.25rem 0 .5rem}@media(prefers-color-scheme:dark){.wrong{color:#f4a59c}}
:is(button,input,a):focus-visible{outline:3px solid var(--accent);outline-offset:2px}`;

/** Below the issuer's address. */
export const PAGE_ASSETS: Readonly<Record<string, { readonly type: string; readonly text: string }>> = {
  '/assets/sign-in.css': { type: 'text/css; charset=utf-8', text: STYLE },
  '/assets/sign-out.js': {
    type: 'text/javascript; charset=utf-8',
    text: "document.querySelector('button[name=logout]').click();",
  },
};
