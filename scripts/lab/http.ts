import { Client } from 'undici';
import type { Problem } from '../../src/shared/errors/index.ts';

/** An answer of the server. */
export interface Answer {
  status: number;
  /** Parsed JSON. */
  body: unknown;
  /** Seconds that an overloaded server asks to wait. */
  retryAfter: number | undefined;
}

/** The line broke or stayed silent: whether the request was carried out is not known. */
export class LineLost extends Error {}

/** The server refused, with its problem document. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryAfter: number | undefined;
  constructor({ status, body, retryAfter }: Answer, call: string) {
    const { code = '', en = '' } = (body ?? {}) as Partial<Problem>;
    super(`${call} → ${status} ${code}: ${en}`);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** One browser: a keep-alive connection of its own, which comes back by itself, and one cookie. Cheap in CPU. */
export class LabHttp {
  readonly #client: Client;
  cookie = '';

  /** `timeoutMs`: how long an answer is waited for. */
  constructor(url: string, timeoutMs = 15_000) {
    this.#client = new Client(url, {
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connect: { timeout: timeoutMs },
      // A server that restarts closes what it held; a request must not meet a connection about to be closed.
      keepAliveTimeout: 60_000,
    });
  }

  /** Sends a request and gives whatever was answered. @throws LineLost */
  async send(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<Answer> {
    try {
      const response = await this.#client.request({
        method,
        path,
        headers: {
          ...(this.cookie === '' ? {} : { cookie: this.cookie }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const { 'set-cookie': cookies, 'retry-after': retryAfter } = response.headers;
      const cookie = Array.isArray(cookies) ? cookies[0] : cookies;
      if (cookie !== undefined) this.cookie = cookie.split(';')[0] ?? '';
      return {
        status: response.statusCode,
        body: await response.body.json(),
        retryAfter: retryAfter === undefined ? undefined : Number(retryAfter),
      };
    } catch (error) {
      throw new LineLost(`${method} ${path}: ${(error as Error).message}`, { cause: error });
    }
  }

  /** Sends a request that is to be taken. @throws LineLost, Refused */
  async call<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<T> {
    const answer = await this.send(method, path, body);
    if (answer.status >= 300) throw new Refused(answer, `${method} ${path}`);
    return answer.body as T;
  }

  get<T>(path: string): Promise<T> {
    return this.call('GET', path);
  }

  post<T>(path: string, body: object = {}): Promise<T> {
    return this.call('POST', path, body);
  }

  put<T>(path: string, body: object): Promise<T> {
    return this.call('PUT', path, body);
  }

  /** Cuts the connection; what is under way is lost. */
  async close(): Promise<void> {
    await this.#client.destroy();
  }
}
