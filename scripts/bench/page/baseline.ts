import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const rows = Array.from(
  { length: 4 },
  (_, i) => `<p><label><input type="radio" name="q"> option ${String.fromCharCode(65 + i)}</label></p>`,
).join('');

/** As little as can hold a question: no script, no style, one answer. */
const PAGE = `<!doctype html><html lang="en"><title>bare</title><article><h1>Question 1</h1>${rows}
<p><label>Answer <input id="answer"></label></p></article></html>`;

/** Serves a bare static page: what this machine and this browser give without our page. */
export async function serveBarePage(): Promise<{ url: string; server: Server }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(PAGE);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}
