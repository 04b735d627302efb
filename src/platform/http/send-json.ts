import type { ServerResponse } from 'node:http';

/**
 * Headers of every answer of the interface, beside its type: nothing of it is a page, is framed, sniffed or kept. The pages
 * and files have helmet's (app.ts); here a list, since each header costs on the answering path.
 */
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const;
const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends `body` as JSON in one piece, with the headers set before (a type among them wins) and those of the interface. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  type: string = JSON_TYPE,
): void {
  const text = JSON.stringify(body);
  const given = response.getHeader('content-type');
  response.writeHead(status, {
    'content-type': given ?? type,
    'content-length': Buffer.byteLength(text),
    ...HEADERS,
  });
  response.end(text);
}
