import { Form, Submit } from '#console/ui/form';
import { Badge, Card, Copy, Facts, Grid, Stack, Time } from '#console/ui/parts';
import { namesOf } from '#functions/console/web/names';
import {
  type Action,
  defineAction,
  definePage,
  type Page,
  redirect,
  sendFile,
  view,
} from '#functions/console/web/page';
import { PARTNER_PATH, partnerHref } from '#functions/console/web/paths';
import { changeCodeRoute } from '#shared/contracts/tracking/change-code';
import { getCodeRoute } from '#shared/contracts/tracking/get-code';
import { showCodeQrRoute } from '#shared/contracts/tracking/show-code-qr';
import { codeState } from './codes-view.tsx';
import { changeWords, discountWords } from './link-words.ts';
import { QrCard } from './qr-card.tsx';

const READERS = ['partner', 'partner_manager', 'finance', 'admin'] as const;
const CARE = ['partner_manager', 'admin'] as const;
const PATH = `${PARTNER_PATH}/codes/{code}`;
const QR_PIXELS = 1_024;

/** One code: to share it, how often it was used, what it offers, and who changed it. */
export const showPartnerCode: Page = definePage({
  name: 'show-partner-code',
  path: PATH,
  access: READERS,
  show: async (visit) => {
    const { api, format, params, programme, now } = visit;
    const { programId } = programme;
    const { partnerId = '', code: asked = '' } = params;
    const code = await api.call(getCodeRoute, { params: { programId, code: asked } });
    const home = partnerHref(programId, partnerId);
    // A code of another partner has its page there.
    if (code.partnerId !== partnerId) {
      return redirect(`${partnerHref(programId, code.partnerId)}/codes/${encodeURIComponent(code.code)}`);
    }
    const names = await namesOf(visit, { people: code.changes.map(({ onBehalfOf, by }) => onBehalfOf ?? by) });
    const [tone, word] = codeState(code, now);
    const { confirmed, taken, available, overLimit } = code.redemptions;
    const minimum = code.minimumSpendMinor;
    const count = (value: number | undefined): string | undefined =>
      value === undefined ? undefined : format.count(value);
    return view({
      title: code.code,
      trail: [['Codes', `${home}/codes`]],
      lead: <Badge tone={tone}>{word}</Badge>,
      body: (
        <Stack>
          <Grid wide>
            <Card title="Share it">
              <div class="stack">
                <p class="share">
                  <code class="share-url">{code.code}</code>
                  <Copy text={code.code} label="Copy the code" />
                </p>
                <p class="share">
                  <code class="share-url">{code.url}</code>
                  <Copy text={code.url} label="Copy its page" />
                </p>
                <Facts
                  rows={[
                    ['Customers get', discountWords(code, format)],
                    ['In words', code.description],
                    [
                      'Least basket',
                      minimum !== undefined && code.currency ? format.amount(minimum, code.currency) : undefined,
                    ],
                    ['For', code.newCustomersOnly ? 'new customers only' : undefined],
                    ['Valid from', code.validFrom ? format.moment(code.validFrom) : undefined],
                    ['Valid until', code.expiresAt ? format.moment(code.expiresAt) : undefined],
                    ['Who is paid, as customers read it', code.disclosedAs],
                    ['Made', format.day(code.createdAt)],
                  ]}
                />
              </div>
            </Card>
            <QrCard href={`${home}/codes/${encodeURIComponent(code.code)}/qr`} what={`the code ${code.code}`} />
          </Grid>
          <Card title="How often it was used">
            <Facts
              rows={[
                ['Redeemed', count(confirmed)],
                ['Reserved or redeemed of the limit', count(taken)],
                ['Left', available === undefined ? 'no limit' : count(available)],
                ['Above the limit', count(overLimit)],
                ['By one customer', `at most ${count(code.maxPerCustomer)}`],
              ]}
            />
          </Card>
          {visit.may(...CARE) ? (
            <Card title={code.disabled ? 'Let it be redeemed again' : 'Disable it'}>
              <Form visit={visit} action={disableCode} inline>
                <input type="hidden" name="disabled" value={code.disabled ? 'no' : 'yes'} />
                <Submit tone={code.disabled ? 'primary' : 'danger'}>
                  {code.disabled ? 'Enable it' : 'Disable it'}
                </Submit>
                <span class="text-secondary">
                  {code.disabled
                    ? 'It holds at once for new baskets.'
                    : 'It holds at once for new baskets; those that are open keep what they were given.'}
                </span>
              </Form>
            </Card>
          ) : null}
          <Card title="Changes" flush>
            <ul class="news">
              {code.changes.map((change) => (
                <li key={change.at}>
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
                  <Time at={code.createdAt} format={format} />
                </div>
              </li>
            </ul>
          </Card>
        </Stack>
      ),
    });
  },
});

const disableCode: Action = defineAction({
  name: 'disable-code',
  path: PATH,
  access: CARE,
  page: showPartnerCode,
  send: async ({ api, params, programme: { programId } }, form) => {
    const { partnerId = '', code = '' } = params;
    const disabled = form.text('disabled') === 'yes';
    await api.call(changeCodeRoute, { params: { programId, code }, body: { disabled } });
    return redirect(
      `${partnerHref(programId, partnerId)}/codes/${encodeURIComponent(code)}`,
      disabled ? 'The code is disabled.' : 'The code can be redeemed again.',
    );
  },
});

/** The QR code as a picture of the page, and as a file. */
const showCodeQr = definePage({
  name: 'show-code-qr',
  path: `${PATH}/qr`,
  access: READERS,
  show: async ({ api, params, programme: { programId }, query }) => {
    const { code = '' } = params;
    const format = query.get('format') === 'png' ? 'png' : 'svg';
    const file = await api.download(showCodeQrRoute, {
      params: { programId, code },
      query: { format, size: QR_PIXELS },
    });
    const name = code.replaceAll(/[^A-Za-z0-9-]/g, '');
    const disposition = query.has('download') ? `attachment; filename="${name}.${format}"` : 'inline';
    return sendFile({ ...file, disposition });
  },
});

export const codePages: readonly (Page | Action)[] = [showPartnerCode, disableCode, showCodeQr];
