import { Form, Submit, Tick } from '#console/ui/form';
import { Alert, Badge, Card, Empty, Facts, Stack, Table } from '#console/ui/parts';
import { componentWords } from '#functions/console/plans/component-words';
import { FieldProblem } from '#functions/console/web/form';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { PARTNER_PATH, partnerHref } from '#functions/console/web/paths';
import { acceptAgreementRoute } from '#shared/contracts/partners/accept-agreement';
import { getAgreementRoute } from '#shared/contracts/partners/get-agreement';
import { getPartnerRoute } from '#shared/contracts/partners/get-partner';
import { AGREEMENT_STATES, agreementFacts } from './agreement-words.ts';

const READERS = ['partner', 'partner_manager', 'finance', 'approver', 'admin'] as const;

/** The agreement in force, what is offered, and every version there was. */
export const showAgreements = definePage({
  name: 'show-agreements',
  path: `${PARTNER_PATH}/agreements`,
  access: READERS,
  show: async ({ api, format, params, programme: { programId } }) => {
    const { partnerId = '' } = params;
    const { agreements } = await api.call(getPartnerRoute, { params: { programId, partnerId } });
    const base = `${partnerHref(programId, partnerId)}/agreements`;
    const offered = agreements.filter(({ status }) => status === 'proposed');
    const current = agreements.find(({ status }) => status === 'in_force');
    return view({
      title: 'Agreement',
      lead: 'What was agreed and from when. A version never changes; a new one takes its place.',
      body: (
        <Stack>
          {offered.map(({ agreementId, startsAt }) => (
            <Alert key={agreementId} tone="attention" title="A new version is offered">
              <p>
                It would begin on {format.day(startsAt)}. It counts for nothing until it is accepted.{' '}
                <a href={`${base}/${encodeURIComponent(agreementId)}`}>Read it</a>
              </p>
            </Alert>
          ))}
          {current ? (
            <Card
              title="In force"
              actions={<a href={`${base}/${encodeURIComponent(current.agreementId)}`}>Read it in full</a>}
            >
              <Facts rows={agreementFacts(current, format)} />
            </Card>
          ) : null}
          <Card title="Versions" flush>
            {agreements.length === 0 ? (
              <Empty icon="agreement" title="No agreement yet">
                Sales earn nothing before an agreement begins.
              </Empty>
            ) : (
              <Table
                caption="Versions of the agreement"
                rows={agreements.toSorted((a, b) => (a.startsAt < b.startsAt ? 1 : -1))}
                keyOf={({ agreementId }) => agreementId}
                columns={[
                  {
                    label: 'Begins',
                    cell: ({ agreementId, startsAt }) => (
                      <a href={`${base}/${encodeURIComponent(agreementId)}`}>{format.day(startsAt)}</a>
                    ),
                  },
                  {
                    label: 'Status',
                    cell: ({ status }) => (
                      <Badge tone={AGREEMENT_STATES[status][0]}>{AGREEMENT_STATES[status][1]}</Badge>
                    ),
                  },
                  {
                    label: 'Pays by',
                    cell: ({ custom, planVersion }) => (custom ? 'Terms of its own' : `Plan version ${planVersion}`),
                  },
                  { label: 'Ends', isMinor: true, cell: ({ endsAt }) => (endsAt ? format.day(endsAt) : '') },
                ]}
              />
            )}
          </Card>
        </Stack>
      ),
    });
  },
});

/** One version with its text, and its acceptance where it waits for one. */
export const showAgreement = definePage({
  name: 'show-agreement',
  path: `${PARTNER_PATH}/agreements/{agreementId}`,
  access: READERS,
  show: async (visit) => {
    const { api, format, params, programme } = visit;
    const { programId, currency, partners } = programme;
    const { partnerId = '', agreementId = '' } = params;
    const one = await api.call(getAgreementRoute, { params: { programId, partnerId, agreementId } });
    const isOwn = partners.some((partner) => partner.partnerId === partnerId);
    const [tone, word] = AGREEMENT_STATES[one.status];
    return view({
      title: `Agreement from ${format.day(one.startsAt)}`,
      trail: [['Agreement', `${partnerHref(programId, partnerId)}/agreements`]],
      lead: <Badge tone={tone}>{word}</Badge>,
      body: (
        <Stack>
          <Card title="What it says">
            <Facts rows={agreementFacts(one, format)} />
          </Card>
          {one.components ? (
            <Card title="What it pays">
              <ul>
                {one.components.map((component) => (
                  <li key={component.id}>{componentWords(component, currency, format)}</li>
                ))}
              </ul>
            </Card>
          ) : null}
          {one.text ? (
            <Card title="Text">
              <div class="agreement-text">
                {one.text.split(/\n{2,}/).map((paragraph, at) => (
                  <p key={at}>{paragraph}</p>
                ))}
              </div>
            </Card>
          ) : null}
          {one.status === 'proposed' && isOwn ? (
            <Card title="Accept this version">
              <Form visit={visit} action={acceptAgreement}>
                <p>
                  You accept what stands above, for{' '}
                  <strong>{partners.find((p) => p.partnerId === partnerId)?.name}</strong>
                  {one.takesEffectAt ? `, with effect from ${format.moment(one.takesEffectAt)}` : ''}. The text is kept
                  as you read it, under the hash <span class="hash">{one.textHash}</span>.
                </p>
                <input type="hidden" name="textHash" value={one.textHash} />
                <input type="hidden" name="termsHash" value={one.termsHash} />
                <Tick
                  visit={visit}
                  action={acceptAgreement}
                  name="read"
                  label="I have read it, and may accept it for this partner"
                />
                <Submit>Accept the agreement</Submit>
              </Form>
            </Card>
          ) : null}
          <Card title="Proof">
            <Facts
              rows={[
                ['Hash of the text', one.textHash ? <span class="hash">{one.textHash}</span> : undefined],
                ['Hash of all terms', one.termsHash ? <span class="hash">{one.termsHash}</span> : undefined],
                ['Accepted', one.acceptance ? format.moment(one.acceptance.at) : undefined],
                ['Recorded', format.moment(one.recordedAt)],
              ]}
            />
          </Card>
        </Stack>
      ),
    });
  },
});

export const acceptAgreement: Action = defineAction({
  name: 'accept-agreement',
  path: `${PARTNER_PATH}/agreements/{agreementId}/acceptance`,
  access: ['partner'],
  page: showAgreement,
  send: async ({ api, params, programme: { programId } }, form, idempotencyKey) => {
    const { partnerId = '', agreementId = '' } = params;
    if (!form.isOn('read')) throw new FieldProblem('read', 'must be ticked before the agreement can be accepted');
    const termsHash = form.optional('termsHash');
    await api.call(acceptAgreementRoute, {
      params: { programId, partnerId, agreementId },
      body: { textHash: form.text('textHash'), ...(termsHash ? { termsHash } : {}) },
      idempotencyKey,
    });
    return redirect(`${partnerHref(programId, partnerId)}/agreements`, 'The agreement is accepted.');
  },
});

export const agreementPages: readonly (Page | Action)[] = [showAgreements, showAgreement, acceptAgreement];
