import { io, type Socket } from 'socket.io-client';
import type { Problem } from '../shared/errors/index.ts';

/** A refusal by the server, with its problem document. */
export class Refusal extends Error {
  readonly status: number;
  readonly problem: Problem;
  constructor(status: number, problem: Problem, call: string) {
    const issues = (problem.issues ?? []).slice(0, 5).map((issue) => `\n  ${issue.path}: ${issue.message}`);
    super(
      `${call} → ${status} ${problem.code}: ${problem.en}${problem.field === undefined ? '' : ` (${problem.field})`}${issues.join('')}`,
    );
    this.status = status;
    this.problem = problem;
  }
}

type Method = 'GET' | 'POST' | 'PUT';

/** One person at a browser: keeps their cookie and uses the public HTTP and socket interfaces, nothing else. */
export class Caller {
  readonly #url: string;
  #cookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  get<T>(path: string): Promise<T> {
    return this.#call<T>('GET', path);
  }

  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.#call<T>('POST', path, body);
  }

  put<T>(path: string, body: unknown = {}): Promise<T> {
    return this.#call<T>('PUT', path, body);
  }

  /** Sends a file as the raw body. */
  upload<T>(path: string, bytes: Uint8Array, type: string): Promise<T> {
    return this.#call<T>('POST', path, bytes, type);
  }

  /** Fetches a file. */
  async download(path: string): Promise<Buffer> {
    const response = await this.#fetch('GET', path);
    if (!response.ok) throw new Refusal(response.status, (await response.json()) as Problem, `GET ${path}`);
    return Buffer.from(await response.arrayBuffer());
  }

  /** Signs a staff member in. */
  async signIn(login: string, password: string): Promise<this> {
    await this.post('/api/sign-in', { login, password });
    return this;
  }

  /** Opens this person's socket; connected when it resolves. */
  async socket(): Promise<Socket> {
    const socket = io(this.#url, {
      path: '/live',
      transports: ['websocket'],
      extraHeaders: { cookie: this.#cookie },
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return socket;
  }

  async #fetch(method: Method, path: string, body?: unknown, type = 'application/json'): Promise<Response> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined
        ? {}
        : { body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.#cookie = cookie.split(';')[0] ?? '';
    return response;
  }

  async #call<T>(method: Method, path: string, body?: unknown, type?: string): Promise<T> {
    const response = await this.#fetch(method, path, body, type);
    const answer: unknown = await response.json();
    if (!response.ok) throw new Refusal(response.status, answer as Problem, `${method} ${path}`);
    return answer as T;
  }
}
