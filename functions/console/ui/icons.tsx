import adjustments from '@tabler/icons/outline/adjustments.svg?raw';
import warning from '@tabler/icons/outline/alert-triangle.svg?raw';
import down from '@tabler/icons/outline/arrow-down-right.svg?raw';
import up from '@tabler/icons/outline/arrow-up-right.svg?raw';
import bell from '@tabler/icons/outline/bell.svg?raw';
import journal from '@tabler/icons/outline/book-2.svg?raw';
import bank from '@tabler/icons/outline/building-bank.svg?raw';
import runs from '@tabler/icons/outline/calendar-dollar.svg?raw';
import payouts from '@tabler/icons/outline/cash-banknote.svg?raw';
import certificate from '@tabler/icons/outline/certificate.svg?raw';
import chart from '@tabler/icons/outline/chart-line.svg?raw';
import done from '@tabler/icons/outline/check.svg?raw';
import lower from '@tabler/icons/outline/chevron-down.svg?raw';
import next from '@tabler/icons/outline/chevron-right.svg?raw';
import raise from '@tabler/icons/outline/chevron-up.svg?raw';
import clock from '@tabler/icons/outline/clock.svg?raw';
import copy from '@tabler/icons/outline/copy.svg?raw';
import download from '@tabler/icons/outline/download.svg?raw';
import edit from '@tabler/icons/outline/edit.svg?raw';
import external from '@tabler/icons/outline/external-link.svg?raw';
import agreement from '@tabler/icons/outline/file-certificate.svg?raw';
import plans from '@tabler/icons/outline/file-text.svg?raw';
import audit from '@tabler/icons/outline/fingerprint.svg?raw';
import home from '@tabler/icons/outline/home.svg?raw';
import info from '@tabler/icons/outline/info-circle.svg?raw';
import key from '@tabler/icons/outline/key.svg?raw';
import dashboard from '@tabler/icons/outline/layout-dashboard.svg?raw';
import link from '@tabler/icons/outline/link.svg?raw';
import lock from '@tabler/icons/outline/lock.svg?raw';
import signOut from '@tabler/icons/outline/logout.svg?raw';
import mail from '@tabler/icons/outline/mail.svg?raw';
import menu from '@tabler/icons/outline/menu-2.svg?raw';
import disputes from '@tabler/icons/outline/message-report.svg?raw';
import night from '@tabler/icons/outline/moon.svg?raw';
import pause from '@tabler/icons/outline/player-pause.svg?raw';
import play from '@tabler/icons/outline/player-play.svg?raw';
import plus from '@tabler/icons/outline/plus.svg?raw';
import print from '@tabler/icons/outline/printer.svg?raw';
import qr from '@tabler/icons/outline/qrcode.svg?raw';
import statements from '@tabler/icons/outline/receipt.svg?raw';
import refresh from '@tabler/icons/outline/refresh.svg?raw';
import liability from '@tabler/icons/outline/report-money.svg?raw';
import balances from '@tabler/icons/outline/scale.svg?raw';
import training from '@tabler/icons/outline/school.svg?raw';
import search from '@tabler/icons/outline/search.svg?raw';
import settings from '@tabler/icons/outline/settings.svg?raw';
import shield from '@tabler/icons/outline/shield-check.svg?raw';
import sales from '@tabler/icons/outline/shopping-cart.svg?raw';
import day from '@tabler/icons/outline/sun.svg?raw';
import code from '@tabler/icons/outline/ticket.svg?raw';
import trash from '@tabler/icons/outline/trash.svg?raw';
import tiers from '@tabler/icons/outline/trophy.svg?raw';
import upload from '@tabler/icons/outline/upload.svg?raw';
import user from '@tabler/icons/outline/user.svg?raw';
import applications from '@tabler/icons/outline/user-plus.svg?raw';
import users from '@tabler/icons/outline/users.svg?raw';
import people from '@tabler/icons/outline/users-group.svg?raw';
import webhook from '@tabler/icons/outline/webhook.svg?raw';
import remove from '@tabler/icons/outline/x.svg?raw';
import type { JSX } from 'preact';

const ICONS = {
  adjustments,
  agreement,
  applications,
  audit,
  balances,
  bank,
  bell,
  certificate,
  chart,
  clock,
  code,
  copy,
  dashboard,
  day,
  disputes,
  done,
  down,
  download,
  edit,
  external,
  home,
  info,
  journal,
  key,
  liability,
  link,
  lock,
  mail,
  menu,
  next,
  night,
  pause,
  payouts,
  people,
  plans,
  raise,
  lower,
  trash,
  play,
  plus,
  print,
  qr,
  refresh,
  remove,
  runs,
  sales,
  search,
  settings,
  shield,
  signOut,
  statements,
  tiers,
  training,
  up,
  upload,
  user,
  users,
  warning,
  webhook,
} as const;
export type IconName = keyof typeof ICONS;

const shapes = new Map<string, string>();

/** What is drawn, without the file's own `<svg>`, which has the size and classes of somebody else. */
function shapeOf(name: IconName): string {
  const known = shapes.get(name);
  if (known !== undefined) return known;
  const shape = ICONS[name]
    .replace(/^[\s\S]*?<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replaceAll(/\s+/g, ' ');
  shapes.set(name, shape);
  return shape;
}

/** Decoration beside words, so it is hidden from screen readers; `title` for the rare one that stands alone. */
export function Icon({ name, title }: { readonly name: IconName; readonly title?: string }): JSX.Element {
  return (
    <svg
      class="icon"
      width="24"
      height="24"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      {...(title ? { role: 'img', 'aria-label': title } : { 'aria-hidden': 'true' })}
      // The paths of a package's file, which nobody enters.
      dangerouslySetInnerHTML={{ __html: shapeOf(name) }}
    />
  );
}
