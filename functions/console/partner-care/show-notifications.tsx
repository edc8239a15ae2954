import {
  PREFERENCE_FIELDS,
  PreferencesForm,
  PreferencesShown,
  preferencesOf,
} from '#console/partner-care/notification-form';
import { ButtonLink, Empty } from '#console/ui/parts';
import { defineAction, definePage, redirect, type Visit, view } from '#functions/console/web/page';
import { getNotificationPreferencesRoute } from '#shared/contracts/notifications/reading/get-notification-preferences';
import { getStaffPreferencesRoute } from '#shared/contracts/notifications/reading/get-staff-preferences';
import { listStaffRoute } from '#shared/contracts/notifications/reading/list-staff';
import { setNotificationPreferencesRoute } from '#shared/contracts/notifications/reading/set-notification-preferences';
import { setStaffPreferencesRoute } from '#shared/contracts/notifications/reading/set-staff-preferences';
import { BASE, PARTNER_PATH, partnerBase, partnerParams } from './care-paths.ts';

const STAFF = ['partner_manager', 'finance', 'approver', 'admin'] as const;

/** What a partner is told when and how. */
export const showPartnerNotifications = definePage({
  name: 'show-partner-notifications',
  path: `${PARTNER_PATH}/notifications`,
  access: ['partner', 'partner_manager', 'admin'],
  show: async (visit) => {
    const preferences = await visit.api.call(getNotificationPreferencesRoute, { params: partnerParams(visit.params) });
    const isReadOnly = !visit.may('partner', 'admin');
    return view({
      title: 'Notifications',
      lead: isReadOnly
        ? 'What this partner has chosen. Only the partner itself and admins change it.'
        : 'What we tell you by e-mail and when. Your inbox here has everything either way.',
      body: isReadOnly ? (
        <PreferencesShown preferences={preferences} />
      ) : (
        <PreferencesForm visit={visit} action={savePartnerNotifications} preferences={preferences} />
      ),
    });
  },
});

export const savePartnerNotifications = defineAction({
  name: 'save-partner-notifications',
  path: `${PARTNER_PATH}/notifications`,
  access: ['partner', 'admin'],
  page: showPartnerNotifications,
  fields: PREFERENCE_FIELDS,
  send: async ({ api, params }, form) => {
    const of = partnerParams(params);
    const before = await api.call(getNotificationPreferencesRoute, { params: of });
    const body = preferencesOf(form, before);
    if (body) await api.call(setNotificationPreferencesRoute, { params: of, body });
    return redirect(`${partnerBase(params)}/notifications`, 'Saved.');
  },
});

/** The same for whoever runs the programme and is listed to be told things. */
export const showMyNotifications = definePage({
  name: 'show-my-notifications',
  path: `${BASE}/my-notifications`,
  access: STAFF,
  show: async (visit) => {
    const { programId } = visit.programme;
    const personId = await ownPersonId(visit);
    if (personId === undefined) {
      return view({
        title: 'My notifications',
        body: (
          <Empty
            icon="bell"
            title="You are not on the list of people who are told things"
            action={
              visit.may('admin') ? (
                <ButtonLink href={`/console/programs/${programId}/people`}>People</ButtonLink>
              ) : undefined
            }
          >
            An admin adds you with your e-mail address and roles. Then you choose here what reaches you and when.
          </Empty>
        ),
      });
    }
    const preferences = await visit.api.call(getStaffPreferencesRoute, { params: { programId, personId } });
    return view({
      title: 'My notifications',
      lead: 'What we tell you by e-mail and when, for this programme.',
      body: <PreferencesForm visit={visit} action={saveMyNotifications} preferences={preferences} />,
    });
  },
});

export const saveMyNotifications = defineAction({
  name: 'save-my-notifications',
  path: `${BASE}/my-notifications`,
  access: STAFF,
  page: showMyNotifications,
  fields: PREFERENCE_FIELDS,
  send: async (visit, form) => {
    const { api, programme } = visit;
    const { programId } = programme;
    const to = `/console/programs/${programId}/my-notifications`;
    const personId = await ownPersonId(visit);
    if (personId === undefined) return redirect(to);
    const before = await api.call(getStaffPreferencesRoute, { params: { programId, personId } });
    const body = preferencesOf(form, before);
    if (body) await api.call(setStaffPreferencesRoute, { params: { programId, personId }, body });
    return redirect(to, 'Saved.');
  },
});

/** Admins read the whole list; by the address it is one's own. */
async function ownPersonId({
  api,
  me,
  programme,
}: Pick<Visit, 'api' | 'me' | 'programme'>): Promise<string | undefined> {
  const { items } = await api.call(listStaffRoute, { params: { programId: programme.programId } });
  const own = me.email?.trim().toLowerCase();
  return items.find(({ email }) => email.trim().toLowerCase() === own)?.personId;
}
