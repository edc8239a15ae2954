import { Field, Form, Submit } from '#console/ui/form';
import { Badge, Card, Empty, Pager, Stack, Time } from '#console/ui/parts';
import { BASE, baseOf } from '#functions/console/admin/admin-paths';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { liftMailProblemRoute } from '#shared/contracts/notifications/lift-mail-problem';
import { listMailProblemsRoute } from '#shared/contracts/notifications/list-mail-problems';

const A_PAGE = 25;

const REASONS = {
  bounced: 'The address does not exist',
  keeps_failing: 'Mail keeps failing',
  complained: 'Marked as unwanted',
} as const;

/** Who cannot be reached by e-mail, and what to do. */
export const showMailProblems: Page = definePage({
  name: 'show-mail-problems',
  path: `${BASE}/mail-problems`,
  access: ['partner_manager', 'finance', 'admin'],
  show: async (visit) => {
    const { api, format, programme, query } = visit;
    const { items, nextCursor } = await api.call(listMailProblemsRoute, {
      params: { programId: programme.programId },
      query: { cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
    });
    return view({
      title: 'Mail problems',
      lead: 'Nothing is sent to these addresses. What they would have got is in the inbox of their readers.',
      body: (
        <Stack>
          {items.length === 0 ? (
            <Card>
              <Empty icon="mail" title="E-mail reaches everybody">
                When mail comes back, or somebody marks it as unwanted, the address is listed here.
              </Empty>
            </Card>
          ) : (
            items.map((problem) => (
              <Card
                key={problem.problemId}
                title={problem.maskedAddress}
                actions={<Badge tone="bad">{REASONS[problem.reason]}</Badge>}
                lead={
                  <>
                    since <Time at={problem.since} format={format} />
                    {problem.detail === undefined ? '' : `: ${problem.detail}`}
                  </>
                }
              >
                <p>
                  {problem.partners.length === 0 ? 'One of the people who run the programme. ' : 'Partner: '}
                  {problem.partners.map(({ partnerId, name }, at) => (
                    <span key={partnerId}>
                      {at > 0 ? ', ' : ''}
                      <a href={`${baseOf(visit)}/partners/${encodeURIComponent(partnerId)}`}>{name}</a>
                    </span>
                  ))}
                </p>
                <p>{problem.whatToDo}</p>
                {visit.may('partner_manager', 'admin') ? (
                  <Form
                    visit={visit}
                    action={liftMailProblem}
                    params={{ problemId: problem.problemId }}
                    id={`lift-${problem.problemId}`}
                  >
                    <Field
                      visit={visit}
                      action={liftMailProblem}
                      formId={`lift-${problem.problemId}`}
                      name="reason"
                      label="Why mail will arrive now"
                      required
                      maxLength={500}
                      hint="Such as “Their mailbox was full; confirmed by phone”. If it comes back again, it is stopped again."
                    />
                    <Submit tone="plain">Send to this address again</Submit>
                  </Form>
                ) : null}
              </Card>
            ))
          )}
          <Pager address={visit.address} nextCursor={nextCursor} />
        </Stack>
      ),
    });
  },
});

export const liftMailProblem: Action = defineAction({
  name: 'lift-mail-problem',
  path: `${BASE}/mail-problems/{problemId}/lift`,
  access: ['partner_manager', 'admin'],
  page: showMailProblems,
  send: async (visit, form, idempotencyKey) => {
    const problemId = visit.params.problemId ?? '';
    await visit.api.call(liftMailProblemRoute, {
      params: { programId: visit.programme.programId, problemId },
      body: { reason: form.text('reason') },
      idempotencyKey,
    });
    return redirect(`${baseOf(visit)}/mail-problems`, 'Mail is sent there again, from the next notice on.');
  },
});
