import { linesOf } from '#console/admin/settings/setting-kinds';
import { Field, Form, Submit } from '#console/ui/form';
import { Card } from '#console/ui/parts';
import { BASE } from '#functions/console/admin/admin-paths';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { getEscalationContactRoute } from '#shared/contracts/partners/get-escalation-contact';
import { setEscalationContactRoute } from '#shared/contracts/partners/set-escalation-contact';
import { settingsOf } from './setting-values.ts';

/** Who hears of what was not answered in time. */
export const showEscalation: Page = definePage({
  name: 'show-escalation-contact',
  path: `${BASE}/settings/escalation`,
  access: ['admin'],
  show: async (visit) => {
    const contact = await visit.api.call(getEscalationContactRoute, {
      params: { programId: visit.programme.programId },
    });
    return view({
      title: 'Who hears of what waits',
      trail: [['Settings', settingsOf(visit)]],
      body: (
        <Card>
          <Form visit={visit} action={setEscalation}>
            <Field
              visit={visit}
              action={setEscalation}
              name="email"
              label="Escalation contact"
              type="email"
              value={contact.email}
              required={false}
              hint="Hears of disputes, held sales and runs that nobody answered in time. Empty: nobody."
            />
            <Field
              visit={visit}
              action={setEscalation}
              name="approverEmails"
              label="Also told of runs that wait for a decision"
              value={contact.approverEmails?.join('\n')}
              rows={3}
              required={false}
              hint="Addresses, one a line, of people who are not on the list of who is told."
            />
            <Submit>Save</Submit>
          </Form>
        </Card>
      ),
    });
  },
});

export const setEscalation: Action = defineAction({
  name: 'set-escalation-contact',
  path: `${BASE}/settings/escalation`,
  access: ['admin'],
  page: showEscalation,
  send: async (visit, form) => {
    const approverEmails = [...linesOf(form.optional('approverEmails'))];
    await visit.api.call(setEscalationContactRoute, {
      params: { programId: visit.programme.programId },
      body: { email: form.optional('email') ?? null, ...(approverEmails.length > 0 ? { approverEmails } : {}) },
    });
    return redirect(settingsOf(visit), 'Who hears of what waits was changed.');
  },
});
