import type { NextFunction, Request, Response } from 'express';
import { AppError, problemOf } from '../../shared/errors/index.ts';
import type { Ctx } from '../context.ts';
import { sendJson } from './send-json.ts';

/** Sends an application error as problem+json. */
export function sendProblem(response: Response, error: AppError): void {
  const problem = problemOf(error.code, error.details);
  sendJson(response, problem.status, problem, 'application/problem+json; charset=utf-8');
}

/** Errors of Express's own body parsers, by their `type`. */
function translate(error: { type?: string; limit?: number }): AppError | undefined {
  if (error.type === 'entity.too.large') {
    return new AppError('platform.body-too-large', {
      params: { limit: `${Math.round((error.limit ?? 0) / 1024)} KiB` },
    });
  }
  if (error.type === 'entity.parse.failed') return new AppError('platform.malformed-json');
  if (
    error.type?.startsWith('entity.') ||
    error.type?.startsWith('encoding.') ||
    error.type?.startsWith('charset.')
  ) {
    return new AppError('platform.malformed-json');
  }
  return undefined;
}

/** The one error handler: AppErrors as they are, the rest logged under a reference and answered as internal. */
export function problemHandler(ctx: Ctx) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const known = error instanceof AppError ? error : translate(error as { type?: string });
    if (known !== undefined) {
      sendProblem(response, known);
      return;
    }
    if (error instanceof URIError) {
      sendProblem(response, new AppError('platform.not-found'));
      return;
    }
    const reference = ctx.random.id('err');
    ctx.log.error({ err: error, reference, method: request.method, path: request.path }, 'unexpected error');
    sendProblem(response, new AppError('platform.internal', { params: { reference } }));
  };
}
