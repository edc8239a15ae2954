/** What a person sees who signs in to the console over HTTP, without a browser. */
export type ConsolePerson = {
  readonly cookie: string;
  /** An answer of the console, redirects not followed. */
  open(path: string): Promise<{ status: number; location: string | null; html: string }>;
  /** How much a browser would be sent, packed. */
  read(path: string): Promise<{ status: number; sentBytes: number }>;
  /** A form as a page of the console sends it. */
  send(path: string, form: Record<string, string>): Promise<{ status: number; location: string | null; html: string }>;
};

/** One click at the local provider, from the console and back. */
export async function signInToConsole(apiUrl: string, email: string): Promise<ConsolePerson> {
  const jars = new Map<string, Map<string, string>>();
  const follow = async (address: string, form?: Record<string, string>): Promise<string> => {
    const { origin } = new URL(address);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    await answer.body?.cancel();
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    const to = answer.headers.get('location');
    if (to === null) return address;
    const next = new URL(to, address);
    // Where the person wanted to go is opened later.
    return next.origin === new URL(apiUrl).origin && next.pathname === '/console' ? next.href : follow(next.href);
  };
  const page = await follow(new URL('/console/sign-in', apiUrl).href);
  const home = await follow(page, { email });
  const secret = jars.get(new URL(apiUrl).origin)?.get('ts_session');
  if (secret === undefined) throw new Error(`${email} could not sign in: ended at ${home}`);
  const cookie = `ts_session=${secret}`;
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(new URL(path, apiUrl), {
      redirect: 'manual',
      ...init,
      headers: { cookie, ...init.headers },
    });
    return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
  };
  return {
    cookie,
    open: (path) => ask(path),
    read: async (path) => {
      const answer = await fetch(new URL(path, apiUrl), {
        redirect: 'manual',
        headers: { cookie, 'accept-encoding': 'br' },
      });
      await answer.arrayBuffer();
      return { status: answer.status, sentBytes: Number(answer.headers.get('content-length')) };
    },
    send: (path, form) =>
      ask(path, { method: 'POST', headers: { origin: new URL(apiUrl).origin }, body: new URLSearchParams(form) }),
  };
}
