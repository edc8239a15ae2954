import { acceptApplication, declineApplication, showApplication } from '#console/applications/show-application';
import { saveApplicationForm, showApplicationForm } from '#console/applications/show-application-form';
import { showApplications } from '#console/applications/show-applications';
import type { Action, Page } from '#functions/console/web/page';

export const applicationPages: readonly (Page | Action)[] = [
  showApplications,
  showApplicationForm,
  saveApplicationForm,
  showApplication,
  acceptApplication,
  declineApplication,
];
