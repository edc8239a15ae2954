import type { ComponentChildren, JSX } from 'preact';
import { Icon } from '#console/ui/icons';
import { assetPath } from '#functions/console/assets/assets';
import { type NavSection, navigationOf, programmeHome } from '#functions/console/web/navigation';
import type { Me, Programme, View } from '#functions/console/web/page';

export type Frame = {
  readonly page: View;
  /** Absent on pages for somebody who has not signed in. */
  readonly me?: Me | undefined;
  readonly programme?: Programme | undefined;
  /** The path of the page, to mark where one is. */
  readonly path: string;
  readonly csrfToken?: string | undefined;
  readonly theme?: 'light' | 'dark' | undefined;
  /** What was just done, told once. */
  readonly done?: string | undefined;
};

/** A whole page. Everything that decides money works without the scripts. */
export function Document(frame: Frame): JSX.Element {
  const { page, programme, theme } = frame;
  return (
    <html lang="en" data-bs-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <title>{[page.title, programme?.name, 'Tallystick'].filter(Boolean).join(' · ')}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <meta
          name="htmx-config"
          content='{"includeIndicatorCSS":false,"noSwap":[204,304,"4xx","5xx"],"history":"reload"}'
        />
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={assetPath('tabler.css')} />
        <link rel="stylesheet" href={assetPath('console.css')} />
        <script src={assetPath('console.js')} />
        <script src={assetPath('htmx.js')} defer />
      </head>
      <body>
        <a class="skip-link" href="#content">
          Skip to the content
        </a>
        {frame.me ? <SignedIn {...frame} me={frame.me} /> : <SignedOut page={page} />}
        <div id="said" class="visually-hidden" role="status" aria-live="polite" />
      </body>
    </html>
  );
}

function SignedOut({ page }: { readonly page: View }): JSX.Element {
  return (
    <main id="content" class="page page-center lone">
      <div class="container container-tight py-4">
        <p class="brand text-center mb-4">
          <Brand />
        </p>
        <div class="card card-md">
          <div class="card-body">
            <h1 class="h2 mb-3">{page.title}</h1>
            {page.lead ? <p class="text-secondary">{page.lead}</p> : null}
            {page.body}
          </div>
        </div>
      </div>
    </main>
  );
}

function Brand(): JSX.Element {
  return (
    <>
      <svg class="brand-mark" width="22" height="22" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M5 3h14v18H5z M5 8h7 M5 12h10 M5 16h7" fill="none" stroke="currentColor" stroke-width="2" />
      </svg>
      <span>Tallystick</span>
    </>
  );
}

function SignedIn({ page, me, programme, path, csrfToken, done }: Frame & { readonly me: Me }): JSX.Element {
  const sections = programme ? navigationOf(programme) : [];
  return (
    <div class="page">
      <aside class="side">
        <header class="side-top">
          <a class="brand" href={programme ? programmeHome(programme) : '/console'}>
            <Brand />
          </a>
          <button type="button" class="btn btn-icon side-toggle" popovertarget="navigation" aria-label="Menu">
            <Icon name="menu" />
          </button>
        </header>
        <div id="navigation" class="side-body" popover="auto">
          {programme ? <Programmes me={me} programme={programme} /> : null}
          <Navigation sections={sections} path={path} />
          <Account me={me} csrfToken={csrfToken} programme={programme} />
        </div>
      </aside>
      <div class="page-wrapper">
        <main id="content">
          <PageHeader page={page} />
          <div class="page-body">
            <div class="container-xl">
              {done ? (
                <div class="alert alert-success" role="status">
                  <Icon name="done" /> <span>{done}</span>
                </div>
              ) : null}
              {page.body}
            </div>
          </div>
        </main>
      </div>
    </div>
  );
}

function PageHeader({ page }: { readonly page: View }): JSX.Element {
  return (
    <div class="page-header">
      <div class="container-xl">
        {page.trail ? (
          <nav aria-label="Breadcrumb">
            <ol class="breadcrumb">
              {page.trail.map(([label, href]) => (
                <li key={href} class="breadcrumb-item">
                  <a href={href}>{label}</a>
                </li>
              ))}
            </ol>
          </nav>
        ) : null}
        <div class="page-head">
          <div>
            <h1 class="page-title">{page.title}</h1>
            {page.lead ? <div class="page-lead text-secondary">{page.lead}</div> : null}
          </div>
          {page.actions ? <div class="btn-list">{page.actions}</div> : null}
        </div>
      </div>
    </div>
  );
}

function Programmes({ me, programme }: { readonly me: Me; readonly programme: Programme }): JSX.Element {
  const others = [...new Map(me.grants.map((grant) => [grant.programId, grant.programName]))];
  if (others.length < 2) return <p class="side-programme">{programme.name}</p>;
  return (
    <details class="side-programme" data-menu>
      <summary>
        {programme.name} <span class="visually-hidden">(change the programme)</span>
      </summary>
      <ul class="list-unstyled side-list">
        {others.map(([programId, name]) => (
          <li key={programId}>
            <a
              href={`/console/programs/${programId}`}
              aria-current={programId === programme.programId ? 'true' : undefined}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Navigation({
  sections,
  path,
}: {
  readonly sections: readonly NavSection[];
  readonly path: string;
}): JSX.Element {
  const items = sections.flatMap((section) => section.items);
  const current = items
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .toSorted((a, b) => b.href.length - a.href.length)[0];
  return (
    <nav aria-label="Main" class="side-nav">
      {sections.map((section) => (
        <Section key={section.label ?? ''} label={section.label}>
          {section.items.map((item) => (
            <li key={item.href}>
              <a class="side-link" href={item.href} aria-current={item === current ? 'page' : undefined}>
                <Icon name={item.icon} /> <span>{item.label}</span>
              </a>
            </li>
          ))}
        </Section>
      ))}
    </nav>
  );
}

function Section({
  label,
  children,
}: {
  readonly label: string | undefined;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <>
      {label ? <h2 class="side-label">{label}</h2> : null}
      <ul class="list-unstyled side-list">{children}</ul>
    </>
  );
}

function Account({
  me,
  csrfToken,
  programme,
}: Pick<Frame, 'csrfToken' | 'programme'> & { readonly me: Me }): JSX.Element {
  const isStaff = programme !== undefined && [...programme.roles].some((role) => role !== 'partner');
  return (
    <div class="side-account">
      <fieldset class="side-themes btn-group" aria-label="Colours">
        {THEMES.map(([theme, label, icon]) => (
          <button
            key={theme}
            type="button"
            class="btn btn-sm btn-ghost-secondary"
            data-theme={theme}
            aria-label={label}
          >
            <Icon name={icon} />
          </button>
        ))}
      </fieldset>
      <p class="side-person" title={me.email}>
        {me.name ?? me.email}
      </p>
      {isStaff && programme ? (
        <p class="mb-2">
          <a href={`/console/programs/${programme.programId}/my-notifications`}>Your notifications</a>
        </p>
      ) : null}
      <form method="post" action="/console/sign-out">
        <input type="hidden" name="csrf" value={csrfToken} />
        <button type="submit" class="btn btn-sm">
          <Icon name="signOut" /> Sign out
        </button>
      </form>
    </div>
  );
}

const THEMES = [
  ['light', 'Light colours', 'day'],
  ['dark', 'Dark colours', 'night'],
  ['auto', 'Colours of the device', 'settings'],
] as const;
