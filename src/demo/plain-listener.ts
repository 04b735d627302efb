import { createServer, type Server } from 'node:http';

/**
 * Lets `work` reach a server over plain http on this machine for as long as it takes: a certificate for the lab's names
 * need not name this machine, nor this process trust it. Requests only; no sockets.
 */
export async function overPlainHttp<T>(server: Server, work: (url: string) => Promise<T>): Promise<T> {
  const inside = createServer((request, response) => {
    server.emit('request', request, response);
  });
  await new Promise<void>((resolve, reject) => {
    inside.once('error', reject);
    inside.listen(0, '127.0.0.1', resolve);
  });
  try {
    const address = inside.address();
    return await work(
      `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    );
  } finally {
    inside.closeAllConnections();
    inside.close();
  }
}
