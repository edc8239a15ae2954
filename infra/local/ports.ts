import { createServer, type Server } from 'node:net';

/** A free port of 127.0.0.1, the preferred one if it is free. */
export async function freePort(preferred?: number): Promise<number> {
  for (const port of preferred ? [preferred, 0] : [0]) {
    const found = await tryPort(port);
    if (found) return found;
  }
  throw new Error('No free port on 127.0.0.1.');
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' ? address?.port : undefined));
    });
  });
}

/** Listens on 127.0.0.1 only. @throws with advice when the port is taken. */
export function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} is taken. Stop what runs there, or choose another with --port.`;
      fail(error.code === 'EADDRINUSE' ? new Error(taken) : error);
    });
    server.listen(port, '127.0.0.1', () => done());
  });
}
