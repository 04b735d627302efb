import type supertest from 'supertest';
import { PAGE_PROTOCOL, type AnswerInput } from '../../src/sitting/attempt.contract.ts';
import type { Client } from './app.ts';

/** One page of an attempt that has been given the writing. */
export interface WritingPage {
  fence: number;
  save(...answers: AnswerInput[]): supertest.Test;
  handIn(): supertest.Test;
}

/** Asks for the writing, as a page does when it is loaded. */
export const askToWrite = (client: Client, attemptId: string): supertest.Test =>
  client.post(`/api/attempts/${attemptId}/writer`, { protocol: PAGE_PROTOCOL, pageId: 'page-of-a-test' });

/** A page that may write. */
export async function writingPage(client: Client, attemptId: string): Promise<WritingPage> {
  const { fence } = (await askToWrite(client, attemptId).expect(200)).body as { fence: number };
  const words = { protocol: PAGE_PROTOCOL, fence };
  return {
    fence,
    save: (...answers) => client.put(`/api/attempts/${attemptId}/answers`, { ...words, answers }),
    handIn: () => client.post(`/api/attempts/${attemptId}/hand-in`, words),
  };
}
