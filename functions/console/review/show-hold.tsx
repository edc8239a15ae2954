import type { JSX } from 'preact';
import { Field, Form, Submit } from '#console/ui/form';
import { Alert, Badge, Card, Facts, Grid, Stack, Time } from '#console/ui/parts';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import { type Action, defineAction, definePage, redirect, type Visit, view } from '#functions/console/web/page';
import { decideHoldRoute } from '#shared/contracts/referrals/decide-hold';
import { getHoldRoute } from '#shared/contracts/referrals/get-hold';
import { BASE, CARE, HOLD_STATES, type Hold, SIGNALS, STAFF } from './review-words.ts';

const PATH = `${BASE}/holds/{orderId}`;

/** One held sale: why, with the evidence, and the decision. */
export const showHold = definePage({
  name: 'show-hold',
  path: PATH,
  access: STAFF,
  show: async (visit) => {
    const { api, format, programme, params } = visit;
    const { programId } = programme;
    const base = `/console/programs/${programId}`;
    const hold = await api.call(getHoldRoute, { params: { programId, orderId: params.orderId ?? '' } });
    const people = [hold.decision?.by, ...hold.records.map(({ by }) => by)];
    const names = await namesOf(visit, { people, partners: hold.partnerIds });
    const [tone, state] = HOLD_STATES[hold.status];
    const isOpen = hold.status === 'open' || hold.status === 'escalated';
    return view({
      title: `Order ${hold.orderId}`,
      trail: [['Held sales', `${base}/holds`]],
      lead: <Badge tone={tone}>{state}</Badge>,
      body: (
        <Stack>
          {hold.decision ? <Decided hold={hold} names={names} visit={visit} /> : null}
          <Card title="Why it is held">
            {hold.signals.map(({ code, action, evidence }) => (
              <div key={code} class="mb-3">
                <h3>
                  {SIGNALS[code][0]} {action === 'flag' ? <Badge tone="plain">noted only</Badge> : null}
                </h3>
                <p>{SIGNALS[code][1]}</p>
                <p class="text-secondary said">Evidence: {evidence}</p>
              </div>
            ))}
          </Card>
          <Card title="The sale">
            <Facts
              rows={[
                ['Amount', format.amount(hold.amount.minor, hold.amount.currency)],
                ['Given back since', hold.refundedMinor > 0 && format.amount(hold.refundedMinor, hold.amount.currency)],
                [
                  hold.partnerIds.length > 1 ? 'Partners' : 'Partner',
                  hold.partnerIds.map((partnerId) => (
                    <a key={partnerId} class="me-2" href={`${base}/partners/${encodeURIComponent(partnerId)}`}>
                      {names.partner(partnerId)}
                    </a>
                  )),
                ],
                ['Customer', hold.customerId],
                ['Sold', <Time at={hold.occurredAt} format={format} />],
                ['Counts in', format.period(hold.period)],
                ['Held', <Time at={hold.heldAt} format={format} />],
                ['Decide by', isOpen && <Time at={hold.deadline} format={format} />],
                [
                  'All about it',
                  visit.may('partner_manager', 'finance', 'admin') && (
                    <a href={`${base}/conversions/${encodeURIComponent(hold.orderId)}`}>The sale and its clicks</a>
                  ),
                ],
              ]}
            />
          </Card>
          {isOpen && visit.may(...CARE) ? <Decide visit={visit} hold={hold} /> : null}
          {isOpen && !visit.may(...CARE) ? (
            <Alert tone="info">
              <p>A partner manager or an admin decides this.</p>
            </Alert>
          ) : null}
        </Stack>
      ),
    });
  },
});

const decideAs = (name: string, decision: 'release' | 'void', done: string): Action =>
  defineAction({
    name,
    path: `${PATH}/${decision}`,
    access: CARE,
    page: showHold,
    send: async ({ api, programme, params }, form, idempotencyKey) => {
      const { programId } = programme;
      const orderId = params.orderId ?? '';
      const body = { decision, reason: form.text('reason') };
      await api.call(decideHoldRoute, { params: { programId, orderId }, body, idempotencyKey });
      return redirect(`/console/programs/${programId}/holds`, `Order ${orderId} ${done}`);
    },
  });

export const releaseHold = decideAs('release-hold', 'release', 'is released: it earns its commission.');
export const voidHold = decideAs('void-hold', 'void', 'is voided: it earns nothing.');

function Decide({ visit, hold }: { readonly visit: Visit; readonly hold: Hold }): JSX.Element {
  const amount = visit.format.amount(hold.amount.minor, hold.amount.currency);
  const release = { visit, action: releaseHold } as const;
  const voids = { visit, action: voidHold } as const;
  return (
    <Grid wide>
      <Card title="Release">
        <p>
          The sale of {amount} earns commission from {visit.format.period(hold.period)} on, or from the first open
          month. Who releases it cannot approve the payout run of that month.
        </p>
        <Form {...release}>
          <Field {...release} name="reason" label="Why it is in order" rows={2} maxLength={500} required />
          <Submit>Release the sale</Submit>
        </Form>
      </Card>
      <Card title="Void">
        <p>
          The sale of {amount} never earns its partner anything. This is final; the sale may still be given to another
          partner.
        </p>
        <Form {...voids}>
          <Field {...voids} name="reason" label="Why it must not earn" rows={2} maxLength={500} required />
          <Submit tone="danger">Void the sale</Submit>
        </Form>
      </Card>
    </Grid>
  );
}

function Decided({
  hold,
  names,
  visit,
}: {
  readonly hold: Hold;
  readonly names: NamesOf;
  readonly visit: Visit;
}): JSX.Element | null {
  const { decision } = hold;
  if (!decision) return null;
  const isReleased = decision.decision === 'release';
  return (
    <Alert tone={isReleased ? 'good' : 'plain'} title={isReleased ? 'Released' : 'Voided'}>
      <p>
        By {names.person(decision.by)} on <Time at={decision.at} format={visit.format} />. Reason: {decision.reason}
      </p>
    </Alert>
  );
}
