// What a page does beyond links, forms and htmx: colours by day and night, copying, printing, forms sent once.
(() => {
  const root = document.documentElement;
  const night = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => /(?:^|; )ts_theme=(light|dark)(?:;|$)/.exec(document.cookie)?.[1];
  const paint = () => root.setAttribute('data-bs-theme', chosen() ?? (night.matches ? 'dark' : 'light'));
  paint();
  night.addEventListener('change', paint);
  root.classList.add('has-script');

  const say = (text) => {
    const place = document.getElementById('said');
    if (place) place.textContent = text;
  };

  const copy = async (button) => {
    const text = button.dataset.copy ?? document.getElementById(button.dataset.copyFrom)?.textContent ?? '';
    const label = button.querySelector('[data-label]') ?? button;
    const before = label.textContent;
    try {
      await navigator.clipboard.writeText(text.trim());
      label.textContent = 'Copied';
      say('Copied to the clipboard');
    } catch {
      label.textContent = 'Press Ctrl+C';
      const place = document.getElementById(button.dataset.copyFrom);
      if (place) getSelection()?.selectAllChildren(place);
    }
    setTimeout(() => {
      label.textContent = before;
    }, 2000);
  };

  addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const button = target?.closest('[data-copy], [data-copy-from]');
    if (button) void copy(button);
    if (target?.closest('[data-print]')) print();
    const theme = target?.closest('[data-theme]');
    if (theme) {
      const { theme: wanted } = theme.dataset;
      // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API.
      document.cookie = `ts_theme=${wanted}; path=/console; max-age=${wanted === 'auto' ? 0 : 31536000}; samesite=lax`;
      paint();
    }
    for (const menu of document.querySelectorAll('details[data-menu][open]')) {
      if (!menu.contains(target)) menu.removeAttribute('open');
    }
  });

  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const menu = document.activeElement?.closest('details[data-menu][open]');
    if (!menu) return;
    menu.removeAttribute('open');
    menu.querySelector('summary')?.focus();
  });

  // A second click would be harmless, as each form has a key of its own; it is also useless.
  addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post' || form.target === '_blank') return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
    setTimeout(() => {
      delete form.dataset.sent;
    }, 4000);
  });

  addEventListener('change', (event) => {
    const field = event.target;
    if (field instanceof Element && field.hasAttribute('data-submits')) field.closest('form')?.requestSubmit();
  });
})();
