import type { Problem } from '../../shared/errors/index.ts';

/** A refusal by the server, with its problem document; or no answer at all (`offline`). */
export class ApiError extends Error {
  readonly problem: Problem | undefined;
  /** HTTP status; 0 when the server did not answer. */
  readonly status: number;
  /** Seconds the server asks to wait, when it is overloaded. */
  readonly retryAfter: number | undefined;
  constructor(status: number, problem?: Problem, retryAfter?: number) {
    super(problem?.code ?? (status === 0 ? 'offline' : `http ${status}`));
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

const OFFLINE = {
  zh: '暂时连不上考试服务器。请检查网络，稍后自动重试。',
  en: 'The exam server cannot be reached. Check the line; it will be tried again.',
};

/** An error's text in one language, for showing to a person. */
export function errorText(error: unknown, lang: 'zh' | 'en'): string {
  if (error instanceof ApiError && error.problem !== undefined) return error.problem[lang];
  return OFFLINE[lang];
}

async function request<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const raw = body instanceof Blob || body instanceof ArrayBuffer;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body === undefined
          ? {}
          : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch {
    throw new ApiError(0);
  }
  const type = response.headers.get('content-type') ?? '';
  if (!response.ok) {
    const problem = type.includes('json') ? ((await response.json()) as Problem) : undefined;
    const wait = Number(response.headers.get('retry-after'));
    throw new ApiError(response.status, problem, Number.isFinite(wait) && wait > 0 ? wait : undefined);
  }
  return (type.includes('json') ? await response.json() : undefined) as T;
}

/** The HTTP interface of the server. Every call throws ApiError when refused or unanswered. */
export const api = {
  get: <T>(path: string, signal?: AbortSignal) => request<T>('GET', path, undefined, signal),
  post: <T>(path: string, body: unknown = {}, signal?: AbortSignal) => request<T>('POST', path, body, signal),
  put: <T>(path: string, body: unknown = {}, signal?: AbortSignal) => request<T>('PUT', path, body, signal),
  patch: <T>(path: string, body: unknown = {}) => request<T>('PATCH', path, body),
  delete: <T>(path: string) => request<T>('DELETE', path),
};
