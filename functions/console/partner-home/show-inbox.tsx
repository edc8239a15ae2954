import { Form, Submit } from '#console/ui/form';
import { Badge, ButtonLink, Card, Empty, Pager, Time } from '#console/ui/parts';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { PARTNER_PATH, partnerHref } from '#functions/console/web/paths';
import { listInboxRoute } from '#shared/contracts/notifications/list-inbox';
import { readNoticeRoute } from '#shared/contracts/notifications/reading/read-notice';

const A_PAGE = 30;

/** Everything a partner was told, newest first. */
export const showInbox: Page = definePage({
  name: 'show-inbox',
  path: `${PARTNER_PATH}/inbox`,
  access: ['partner', 'partner_manager', 'admin'],
  show: async (visit) => {
    const { api, format, programme, params, query } = visit;
    const { programId } = programme;
    const { partnerId = '' } = params;
    const { items, nextCursor, unread } = await api.call(listInboxRoute, {
      params: { programId, partnerId },
      query: { cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
    });
    const isOwn = programme.partners.some((one) => one.partnerId === partnerId);
    return view({
      title: 'Inbox',
      lead:
        unread === undefined || unread === 0
          ? 'What you were told, newest first.'
          : `${format.count(unread)} not read yet.`,
      actions: <ButtonLink href={`${partnerHref(programId, partnerId)}/notifications`}>What to be told</ButtonLink>,
      body: (
        <>
          <Card flush>
            {items.length === 0 ? (
              <Empty icon="mail" title="No notice yet">
                Sales, statements, payouts and tiers are told here as they come.
              </Empty>
            ) : (
              <ul class="news">
                {items.map(({ noticeId, title, text, occurredAt, readAt }) => (
                  <li key={noticeId}>
                    <h2 class="news-title">
                      {readAt === undefined ? <Badge tone="info">new</Badge> : null} {title}
                    </h2>
                    <p class="said">{text}</p>
                    <div class="text-secondary">
                      <Time at={occurredAt} format={format} />
                    </div>
                    {isOwn && readAt === undefined ? (
                      <Form visit={visit} action={readNotice} params={{ noticeId }} id={`read-${noticeId}`} inline>
                        <Submit tone="plain">
                          Mark as read<span class="visually-hidden">: {title}</span>
                        </Submit>
                      </Form>
                    ) : null}
                  </li>
                ))}
              </ul>
            )}
          </Card>
          <Pager address={visit.address} nextCursor={nextCursor} />
        </>
      ),
    });
  },
});

const readNotice: Action = defineAction({
  name: 'read-notice',
  path: `${PARTNER_PATH}/inbox/{noticeId}`,
  access: ['partner'],
  page: showInbox,
  send: async ({ api, params: { partnerId = '', noticeId = '' }, programme: { programId } }, _form, idempotencyKey) => {
    await api.call(readNoticeRoute, { params: { programId, partnerId, noticeId }, idempotencyKey });
    return redirect(`${partnerHref(programId, partnerId)}/inbox`, 'Marked as read.');
  },
});

export const inboxPages: readonly (Page | Action)[] = [showInbox, readNotice];
