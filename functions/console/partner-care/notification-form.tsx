import type { JSX } from 'preact';
import type * as z from 'zod';
import { Field, Form, Select, Submit, Tick } from '#console/ui/form';
import { Card, Facts, Grid, Stack } from '#console/ui/parts';
import { FieldProblem, type Form as Sent } from '#functions/console/web/form';
import type { Action, Visit } from '#functions/console/web/page';
import type { preferencesBodySchema, preferencesSchema } from '#shared/contracts/notifications/reading/preferences';
import { CADENCES, fieldOf, grouped, LANGUAGE_NAMES, noticeWords } from './notification-words.ts';

type Preferences = z.output<typeof preferencesSchema>;
type Body = z.input<typeof preferencesBodySchema>;
type Cadence = keyof typeof CADENCES;

const HOURS = Array.from({ length: 24 }, (_, hour) => [String(hour), `${String(hour).padStart(2, '0')}:00`] as const);

/** What somebody is told when and how: the same form for partners and staff. */
export function PreferencesForm({
  visit,
  action,
  preferences,
}: {
  readonly visit: Visit;
  readonly action: Action;
  readonly preferences: Preferences;
}): JSX.Element {
  const form = { visit, action } as const;
  const { quietHours } = preferences;
  const body = (
    <Stack>
      <Card title="Language and time">
        <div class="form-stack">
          <Grid>
            <Select
              {...form}
              name="language"
              label="Language of e-mails"
              value={preferences.language}
              options={Object.entries(LANGUAGE_NAMES)}
            />
            <Field
              {...form}
              name="timeZone"
              label="Time zone"
              value={preferences.timeZone}
              hint="Such as Europe/London. Left empty, the programme's."
            />
            <Select
              {...form}
              name="digestHour"
              label="Summaries come at"
              value={preferences.digestHour}
              options={HOURS}
            />
          </Grid>
          <Tick
            {...form}
            name="isQuiet"
            label="Quiet hours"
            checked={quietHours !== null}
            hint="E-mail waits until they end. What concerns the security of an account does not wait."
          />
          <Grid>
            <Field
              {...form}
              name="quietFrom"
              label="Quiet from"
              value={quietHours?.from ?? '22:00'}
              placeholder="22:00"
              maxLength={5}
            />
            <Field
              {...form}
              name="quietTo"
              label="Quiet until"
              value={quietHours?.to ?? '07:00'}
              placeholder="07:00"
              maxLength={5}
            />
          </Grid>
        </div>
      </Card>
      {grouped(preferences.kinds).map(([group, kinds]) => (
        <Card key={group} title={group} lead={leadOf(kinds)}>
          <Grid>
            {kinds.map(({ kind, cadence, allowed }) =>
              allowed.length > 1 ? (
                <Select
                  key={kind}
                  {...form}
                  name={fieldOf(kind)}
                  label={noticeWords(kind)}
                  value={cadence}
                  options={allowed.map((one) => [one, CADENCES[one]])}
                />
              ) : (
                <p key={kind}>
                  {noticeWords(kind)}: <strong>{CADENCES[cadence]}</strong>
                </p>
              ),
            )}
          </Grid>
        </Card>
      ))}
      <div>
        <Submit>Save</Submit>
      </div>
    </Stack>
  );
  return <Form {...form}>{body}</Form>;
}

/** The same for whoever may read it and not change it. */
export function PreferencesShown({ preferences }: { readonly preferences: Preferences }): JSX.Element {
  const { language, timeZone, digestHour, quietHours, kinds } = preferences;
  return (
    <Stack>
      <Card title="Language and time">
        <Facts
          rows={[
            ['Language of e-mails', LANGUAGE_NAMES[language]],
            ['Time zone', timeZone],
            ['Summaries come at', HOURS[digestHour]?.[1]],
            ['Quiet hours', quietHours ? `${quietHours.from} to ${quietHours.to}` : 'none'],
          ]}
        />
      </Card>
      {grouped(kinds).map(([group, of]) => (
        <Card key={group} title={group}>
          <Facts rows={of.map(({ kind, cadence }) => [noticeWords(kind), CADENCES[cadence]] as const)} />
        </Card>
      ))}
    </Stack>
  );
}

function leadOf(kinds: readonly Preferences['kinds'][number][]): string | undefined {
  if (kinds.every(({ mayBeOff }) => mayBeOff)) return undefined;
  return kinds.every(({ allowed }) => allowed.length === 1)
    ? 'Always sent at once, for your safety.'
    : 'Never off: this is about money.';
}

/** What was changed, and nothing else: the rest goes on as usual, also when that changes. `undefined`: nothing was. @throws FieldProblem */
export function preferencesOf(form: Sent, before: Preferences): Body | undefined {
  const language = LANGUAGES.find((one) => one === form.text('language'));
  const timeZone = form.optional('timeZone') ?? null;
  const digestHour = form.integer('digestHour');
  const quietHours = form.isOn('isQuiet') ? { from: form.text('quietFrom'), to: form.text('quietTo') } : null;
  const cadences = cadencesOf(form, before);
  const isSameQuiet = quietHours?.from === before.quietHours?.from && quietHours?.to === before.quietHours?.to;
  const body: Body = {
    ...(Object.keys(cadences).length > 0 ? { cadences } : {}),
    ...(language && language !== before.language ? { language } : {}),
    ...(timeZone === before.timeZone ? {} : { timeZone }),
    ...(digestHour === before.digestHour ? {} : { digestHour }),
    ...(isSameQuiet ? {} : { quietHours }),
  };
  return Object.keys(body).length > 0 ? body : undefined;
}

function cadencesOf(form: Sent, before: Preferences): Record<string, Cadence> {
  const cadences: Record<string, Cadence> = {};
  for (const { kind, allowed, cadence } of before.kinds) {
    const chosen = form.optional(fieldOf(kind));
    if (allowed.length < 2 || chosen === undefined || chosen === cadence) continue;
    const wanted = allowed.find((one) => one === chosen);
    if (wanted === undefined) throw new FieldProblem(fieldOf(kind), 'must be one of the list');
    cadences[kind] = wanted;
  }
  return cadences;
}

const LANGUAGES = Object.keys(LANGUAGE_NAMES) as (keyof typeof LANGUAGE_NAMES)[];

/** Names of the API's fields as the form has them. */
export const PREFERENCE_FIELDS = { '/quietHours/from': 'quietFrom', '/quietHours/to': 'quietTo' } as const;
