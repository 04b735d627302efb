import type { ClientSession } from 'mongoose';
import { batchedById, batchedRead } from '../platform/batched-read.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';

/** One attempt as it is stored now, read together with others that are asked for in the same moment. */
export const readAttempt = batchedById(AttemptModel);
/** The attempts of one enrolment, likewise. */
export const readAttemptsOfEnrolment = batchedRead(AttemptModel, 'enrolmentId');

/**
 * Changes one attempt in one atomic step, on the busy paths by the driver itself; the attempt after it, or null where `where`
 * does not hold. Values must be plain and complete: nothing is cast, and undefined would be stored as null.
 */
export function changeAttempt(
  where: { _id: string } & Record<string, unknown>,
  change: Record<string, object>,
  session?: ClientSession,
): Promise<Attempt | null> {
  return AttemptModel.collection.findOneAndUpdate(where as never, change, {
    returnDocument: 'after',
    ...(session === undefined ? {} : { session }),
  }) as unknown as Promise<Attempt | null>;
}
