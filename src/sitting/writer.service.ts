import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { savesSettled } from './answers.service.ts';
import type { WriterAnswer } from './attempt.contract.ts';
import { PAGE_PROTOCOL } from './page-protocol.contract.ts';
import type { Attempt } from './attempt.model.ts';
import { changeAttempt, readAttempt } from './attempt-store.ts';
import { announceAttempt } from './seats.service.ts';
import { isWriter, judgeClaim } from './writer.rules.ts';

/** Claims that meet each other try again this often at most. */
const ROUNDS = 20;

/** @throws AppError sitting.page-outdated when the page speaks another version than this server */
export function requireCurrentPage(protocol: number | undefined): void {
  if (protocol !== PAGE_PROTOCOL) throw new AppError('sitting.page-outdated');
}

/**
 * Makes a page the attempt's writer and gives it its fence. When it resolves, no save under an older fence is still on its
 * way to the disk, so that what the page reads next is all there is. A page that may not write waits for a hand-over from
 * then on, and the consoles show it.
 * @throws AppError sitting.second-sign-in, platform.not-found
 */
export async function claimWriting(
  ctx: Ctx,
  attemptId: string,
  { sessionId, address }: { sessionId: string; address: string },
): Promise<WriterAnswer> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const attempt = await readAttempt(attemptId);
    if (attempt === null) throw new AppError('platform.not-found');
    const holder = attempt.writer?.sessionId;
    const verdict = judgeClaim({ state: attempt.state, holder, sessionId, signingIn: false });
    if (!verdict.ok) {
      await waitForHandOver(ctx, attempt, { sessionId, address });
      throw new AppError(verdict.code);
    }
    const claimed = await raiseFence(attempt, sessionId);
    if (claimed === null) continue;
    await savesSettled(ctx);
    announceAttempt(ctx, claimed);
    return { fence: claimed.writer?.fence ?? 0 };
  }
  throw new AppError('platform.conflict');
}

/** One atomic step: null when another claim came between. */
async function raiseFence({ _id, state, writer }: Attempt, sessionId: string): Promise<Attempt | null> {
  const unchanged =
    writer === undefined
      ? { writer: { $exists: false } }
      : { 'writer.sessionId': writer.sessionId, 'writer.fence': writer.fence };
  return changeAttempt(
    { _id, state, ...unchanged },
    { $set: { writer: { sessionId, fence: (writer?.fence ?? 0) + 1 } }, $inc: { version: 1 } },
  );
}

/** Notes who asks to write, unless somebody waits already: one at a time can be handed over to. */
async function waitForHandOver(
  ctx: Ctx,
  { _id, state }: Attempt,
  asking: { sessionId: string; address: string },
): Promise<void> {
  const waiting = await changeAttempt(
    { _id, state, secondSignIn: { $exists: false } },
    { $set: { secondSignIn: { ...asking, at: ctx.clock.now() } }, $inc: { version: 1 } },
  );
  if (waiting !== null) announceAttempt(ctx, waiting);
}

/** @throws AppError sitting.not-the-writer unless the request comes from the attempt's newest page */
export function requireWriter(
  attempt: Pick<Attempt, 'writer'>,
  request: { sessionId: string; fence: number | undefined },
): void {
  if (!isWriter(attempt.writer, request)) throw new AppError('sitting.not-the-writer');
}
