import { ButtonLink, Card, Facts } from '#console/ui/parts';
import { NoRole } from '#console/ui/problems';
import { programmeHome } from '#functions/console/web/navigation';
import { definePage, redirect, view } from '#functions/console/web/page';
import type { Role } from '#shared/contracts/route';

/** Leads to the one programme that a person has, else lets it choose. */
export const showStart = definePage({
  name: 'show-start',
  path: '/console',
  access: 'signed_in',
  show: async ({ me }) => {
    const programs = [...Map.groupBy(me.grants, ({ programId }) => programId)];
    const [only] = programs;
    if (only && programs.length === 1) return redirect(`/console/programs/${only[0]}`);
    const isAdmin = me.installationRoles.includes('admin');
    if (programs.length === 0 && isAdmin) return redirect('/console/new-programme');
    if (programs.length === 0) {
      return view({ title: 'No programme knows you yet', body: <NoRole email={me.email} />, status: 403 });
    }
    return view({
      title: 'Your programmes',
      ...(isAdmin
        ? {
            actions: (
              <ButtonLink href="/console/new-programme" icon="plus">
                Create a programme
              </ButtonLink>
            ),
          }
        : {}),
      body: (
        <div class="tile-grid tile-grid-wide">
          {programs.map(([programId, grants]) => (
            <Card
              key={programId}
              title={<a href={`/console/programs/${programId}`}>{grants[0]?.programName ?? programId}</a>}
            >
              <Facts
                rows={[
                  [
                    'You are',
                    [...new Set(grants.map(({ role, partnerName }) => partnerName ?? ROLE[role]))].join(', '),
                  ],
                  ['Currency', grants[0]?.currency],
                  ['Time zone', grants[0]?.timeZone],
                ]}
              />
            </Card>
          ))}
        </div>
      ),
    });
  },
});

const ROLE: Readonly<Record<Role, string>> = {
  partner: 'Partner',
  partner_manager: 'Partner manager',
  finance: 'Finance',
  approver: 'Approver',
  admin: 'Admin',
  merchant: 'Merchant',
};

/** The start of a programme is what the person's role begins with. */
export const showProgramme = definePage({
  name: 'show-programme',
  path: '/console/programs/{programId}',
  access: 'signed_in',
  show: async ({ programme }) => redirect(programmeHome(programme)),
});

/** In the second tab of somebody who confirmed that it is really they. */
export const showSignedInAgain = definePage({
  name: 'show-signed-in-again',
  path: '/console/signed-in-again',
  access: 'signed_in',
  show: async () =>
    view({
      title: 'You are signed in again',
      body: <p>Close this tab, go back to the form that you were filling in, and press its button once more.</p>,
    }),
});
