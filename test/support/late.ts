import { createCipheriv, randomBytes } from 'node:crypto';
import supertest from 'supertest';
import { moveAttempt } from '../../src/sitting/attempts.service.ts';
import { sealAttempt } from '../../src/sitting/hand-in.service.ts';
import type { AnswerFile, AnswerInput } from '../../src/sitting/attempt.contract.ts';
import { PaperKeyModel } from '../../src/sitting/paper-key.model.ts';
import type { Client, TestApp } from './app.ts';

/** Collects an attempt as the sweep does at the deadline, without waiting for it. */
export async function collect(app: TestApp, attemptId: string): Promise<void> {
  await sealAttempt(app.ctx, await moveAttempt(app.ctx, { attemptId, command: 'collect', by: 'test' }));
}

/** Seals content as a candidate's page does, under a key of 32 bytes. */
export function sealFile(
  attemptId: string,
  key: Buffer,
  content: unknown,
  aad = `answers:${attemptId}`,
): AnswerFile {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(aad));
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    format: 'kaochang-answers',
    version: 1,
    attemptId,
    nonce: nonce.toString('base64'),
    ciphertext: sealed.toString('base64'),
  };
}

export const keyOf = async (attemptId: string): Promise<Buffer> =>
  Buffer.from((await PaperKeyModel.findById(attemptId).lean())?.key ?? '', 'base64');

/** An answer file as the page of this attempt makes it. */
export const fileOf = async (attemptId: string, answers: AnswerInput[], at = 1): Promise<AnswerFile> =>
  sealFile(attemptId, await keyOf(attemptId), { at, answers });

/** Brings a file to a room, as bytes. */
export const bring = (app: TestApp, client: Client, roomId: string, file: object | string): supertest.Test =>
  supertest(app.url)
    .post(`/api/rooms/${roomId}/answer-files`)
    .set('cookie', client.cookie)
    .set('content-type', 'application/octet-stream')
    .send(typeof file === 'string' ? file : JSON.stringify(file));
