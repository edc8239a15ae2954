import type { JSX } from 'preact';
import type * as z from 'zod';
import { Field, Form, Submit } from '#console/ui/form';
import { Alert, Badge, Card, Copy, Facts, Grid, Stack, Time } from '#console/ui/parts';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import {
  type Action,
  defineAction,
  definePage,
  type Page,
  redirect,
  sendFile,
  type Visit,
  view,
} from '#functions/console/web/page';
import { PARTNER_PATH, partnerHref } from '#functions/console/web/paths';
import { changeLinkRoute } from '#shared/contracts/tracking/change-link';
import { getLinkRoute } from '#shared/contracts/tracking/get-link';
import { listLinkClicksRoute } from '#shared/contracts/tracking/list-link-clicks';
import { showLinkQrRoute } from '#shared/contracts/tracking/show-link-qr';
import { ClicksCard } from './clicks-card.tsx';
import { endOfDay } from './link-form.tsx';
import { changeWords, LINK_STATUS, SUB_IDS, WAYS, withSubIds } from './link-words.ts';
import { QrCard } from './qr-card.tsx';

const READERS = ['partner', 'partner_manager', 'finance', 'admin'] as const;
const WRITERS = ['partner', 'partner_manager', 'admin'] as const;
const PATH = `${PARTNER_PATH}/links/{slug}`;

type Link = z.output<typeof getLinkRoute.response>;

/** One link: to share it, to see its clicks, to pause or change it, and who changed it. */
export const showPartnerLink: Page = definePage({
  name: 'show-partner-link',
  path: PATH,
  access: READERS,
  show: async (visit) => {
    const { api, params, programme, query } = visit;
    const { programId } = programme;
    const { partnerId = '', slug = '' } = params;
    const by = WAYS.find(([way]) => way === query.get('by'))?.[0] ?? 'none';
    const [link, clicks] = await Promise.all([
      api.call(getLinkRoute, { params: { programId, slug } }),
      api.call(listLinkClicksRoute, { params: { programId, slug }, query: { by } }),
    ]);
    const home = partnerHref(programId, partnerId);
    // A link of another partner has its page there.
    if (link.partnerId !== partnerId) return redirect(`${partnerHref(programId, link.partnerId)}/links/${slug}`);
    const names = await namesOf(visit, { people: link.changes.map(({ onBehalfOf, by: who }) => onBehalfOf ?? who) });
    const [tone, word] = LINK_STATUS[link.status];
    return view({
      title: link.slug,
      trail: [['Links', `${home}/links`]],
      lead: <Badge tone={tone}>{word}</Badge>,
      body: (
        <Stack>
          {link.destinationAllowed ? null : (
            <Alert tone="attention" title="It is not followed">
              <p>The programme does not let links lead there any more. Change where it leads, below.</p>
            </Alert>
          )}
          <Grid wide>
            <ShareLink visit={visit} link={link} />
            <QrCard href={`${home}/links/${link.slug}/qr`} what={`the link ${link.slug}`} />
          </Grid>
          <ClicksCard visit={visit} clicks={clicks} />
          {visit.may(...WRITERS) ? <ChangeCard visit={visit} link={link} /> : null}
          <HistoryCard visit={visit} link={link} names={names} />
        </Stack>
      ),
    });
  },
});

function ShareLink({ visit, link }: { readonly visit: Visit; readonly link: Link }): JSX.Element {
  const { format, query } = visit;
  const subs = Object.fromEntries(SUB_IDS.map((name) => [name, query.get(name) ?? undefined]));
  const url = withSubIds(link.url, subs);
  return (
    <Card title="Share it">
      <div class="stack">
        <p class="share">
          <code class="share-url">{url}</code>
          <Copy text={url} label="Copy the link" />
        </p>
        <Facts
          rows={[
            ['Leads to', link.destination],
            ['Campaign', link.campaign],
            ['Ends', link.expiresAt ? format.moment(link.expiresAt) : undefined],
            ['In the shop’s statistics', link.resolvedUtm],
            ['Made', format.day(link.createdAt)],
          ]}
        />
        <details class="share-more" open={Object.values(subs).some((value) => value !== undefined)}>
          <summary>Tell places apart with sub-ids</summary>
          <form method="get" action={visit.address.split('?')[0]} class="form-stack">
            <p class="text-secondary">
              Add a word for the place where you share it: clicks and sales are then told apart by it.
            </p>
            {SUB_IDS.slice(0, 2).map((name, at) => (
              <div key={name} class="field">
                <label class="form-label" for={`share-${name}`}>
                  Sub-id {at + 1} <span class="text-secondary">(optional)</span>
                </label>
                <input
                  id={`share-${name}`}
                  name={name}
                  class="form-control"
                  value={subs[name] ?? ''}
                  maxLength={64}
                  autoComplete="off"
                />
              </div>
            ))}
            <button type="submit" class="btn">
              Show the link with them
            </button>
          </form>
        </details>
      </div>
    </Card>
  );
}

function ChangeCard({ visit, link }: { readonly visit: Visit; readonly link: Link }): JSX.Element {
  const isPaused = link.status === 'paused';
  const isByStaff = isPaused && link.pausedBy === 'staff' && !visit.may('partner_manager', 'admin');
  return (
    <Card title="Change it" lead="Every change is followed within a minute, and kept with who made it.">
      <div class="stack">
        {isByStaff ? (
          <Alert tone="info" title="The programme has paused this link">
            <p>Ask your partner manager before you share it again.</p>
          </Alert>
        ) : link.status === 'expired' ? null : (
          <Form visit={visit} action={pauseLink} inline>
            <input type="hidden" name="status" value={isPaused ? 'active' : 'paused'} />
            <Submit tone="plain">{isPaused ? 'Resume it' : 'Pause it'}</Submit>
            <span class="text-secondary">
              {isPaused ? 'Then it leads to the shop again.' : 'Then it leads nowhere until you resume it.'}
            </span>
          </Form>
        )}
        <Form visit={visit} action={changeLink}>
          <Field
            visit={visit}
            action={changeLink}
            name="destination"
            label="Where it leads"
            type="url"
            value={link.destination}
            required
          />
          <Field
            visit={visit}
            action={changeLink}
            name="campaign"
            label="Campaign"
            value={link.campaign}
            required={false}
          />
          <Field
            visit={visit}
            action={changeLink}
            name="expiresAt"
            label="Ends on"
            type="date"
            hint="At the end of that day. A partner can bring an end nearer, not put it off."
            value={link.expiresAt ? visit.format.isoDay(link.expiresAt) : undefined}
            required={false}
          />
          <Submit>Save the changes</Submit>
        </Form>
      </div>
    </Card>
  );
}

function HistoryCard({
  visit,
  link,
  names,
}: {
  readonly visit: Visit;
  readonly link: Link;
  readonly names: NamesOf;
}): JSX.Element {
  const { format } = visit;
  return (
    <Card title="Changes" flush>
      <ul class="news">
        {link.changes.map((change) => (
          <li key={change.sequence}>
            {changeWords(change, format).map((words) => (
              <div key={words}>{words}</div>
            ))}
            <div class="text-secondary">
              <Time at={change.at} format={format} />
              {change.by ? `, ${names.person(change.onBehalfOf ?? change.by)}` : null}
            </div>
          </li>
        ))}
        <li>
          It was made.
          <div class="text-secondary">
            <Time at={link.createdAt} format={format} />
          </div>
        </li>
      </ul>
    </Card>
  );
}

const pauseLink: Action = defineAction({
  name: 'pause-link',
  path: `${PATH}/pause`,
  access: WRITERS,
  page: showPartnerLink,
  send: async ({ api, params, programme: { programId } }, form) => {
    const { partnerId = '', slug = '' } = params;
    const status = form.text('status') === 'active' ? 'active' : 'paused';
    await api.call(changeLinkRoute, { params: { programId, slug }, body: { status } });
    return redirect(
      `${partnerHref(programId, partnerId)}/links/${slug}`,
      status === 'active' ? 'The link is followed again within a minute.' : 'The link is paused within a minute.',
    );
  },
});

const changeLink: Action = defineAction({
  name: 'change-link',
  path: PATH,
  access: WRITERS,
  page: showPartnerLink,
  send: async ({ api, params, format, programme: { programId, timeZone } }, form) => {
    const { partnerId = '', slug = '' } = params;
    const link = await api.call(getLinkRoute, { params: { programId, slug } });
    const given = {
      destination: form.text('destination'),
      campaign: form.optional('campaign') ?? null,
      expiresAt: endOfDay(form, 'expiresAt', timeZone) ?? null,
    };
    // What is as it was is not sent: an end within a day would move to the day's end.
    const isSameEnd = form.optional('expiresAt') === (link.expiresAt && format.isoDay(link.expiresAt));
    const body = {
      ...(given.destination === link.destination ? {} : { destination: given.destination }),
      ...(given.campaign === (link.campaign ?? null) ? {} : { campaign: given.campaign }),
      ...(isSameEnd ? {} : { expiresAt: given.expiresAt }),
    };
    const page = `${partnerHref(programId, partnerId)}/links/${slug}`;
    if (Object.keys(body).length === 0) return redirect(page, 'Nothing was different, so nothing was changed.');
    await api.call(changeLinkRoute, { params: { programId, slug }, body });
    return redirect(page, 'The changes are saved.');
  },
});

/** The QR code as a picture of the page, and as a file. */
const showLinkQr = definePage({
  name: 'show-link-qr',
  path: `${PATH}/qr`,
  access: READERS,
  show: async ({ api, params, programme: { programId }, query }) => {
    const { slug = '' } = params;
    const format = query.get('format') === 'png' ? 'png' : 'svg';
    const file = await api.download(showLinkQrRoute, {
      params: { programId, slug },
      query: { format, size: QR_PIXELS },
    });
    const disposition = query.has('download') ? `attachment; filename="${slug}.${format}"` : 'inline';
    return sendFile({ ...file, disposition });
  },
});
const QR_PIXELS = 1_024;

export const linkPages: readonly (Page | Action)[] = [showPartnerLink, changeLink, pauseLink, showLinkQr];
