import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import mongoose from 'mongoose';
import { connectStore, type EmbeddedStore, type StoreOptions } from '../../../src/platform/store/index.ts';

const { MongoClient } = mongoose.mongo;
export type Client = InstanceType<typeof MongoClient>;
export type Doc = Record<string, unknown>;
export type Collection = ReturnType<ReturnType<Client['db']>['collection']>;

export interface Opened {
  dataDir: string;
  store: EmbeddedStore;
  client: Client;
  /** a collection nobody has used yet */
  fresh(): Collection;
  close(): Promise<void>;
}

export const tempDir = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'store-test-'));

/** A store in a directory of its own, and a connected driver. */
export async function openStore(options: Partial<StoreOptions> = {}): Promise<Opened> {
  const dataDir = options.dataDir ?? tempDir();
  const store = await connectStore({ testCommands: true, ...options, dataDir });
  const client = await new MongoClient(store.uri, { maxPoolSize: 20 }).connect();
  let n = 0;
  return {
    dataDir,
    store,
    client,
    fresh: () => client.db('test').collection(`c${String(++n)}`),
    close: async () => {
      await client.close();
      await store.close();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** What a promise is rejected with. */
export async function rejection(
  promise: Promise<unknown>,
): Promise<Error & { code?: number; codeName?: string }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('expected a rejection');
}
