import mongoose, { type ClientSession } from 'mongoose';
import { connectStore, type EmbeddedStore } from './store/index.ts';
import type { Logger } from './log.ts';

/** The open database: MongoDB where a URI is given, else the embedded store. */
export interface Database {
  /** Missing where a MongoDB is used. */
  store: EmbeddedStore | undefined;
  transact<T>(work: (session: ClientSession) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Connects Mongoose's default connection. Throws when the database cannot be reached. */
export async function openDatabase(options: {
  mongodbUri: string | undefined;
  dataDir: string;
  /** Lets faults of the embedded store be set by command (`configureFailPoint`). */
  faults: boolean;
  log: Logger;
}): Promise<Database> {
  const { dataDir, faults } = options;
  const store =
    options.mongodbUri === undefined ? await connectStore({ dataDir, testCommands: faults }) : undefined;
  const uri = options.mongodbUri ?? store?.uri ?? '';
  mongoose.set('strictQuery', 'throw');
  try {
    await mongoose.connect(uri, { dbName: 'kaochang', serverSelectionTimeoutMS: 10_000, maxPoolSize: 32 });
    await prepareCollections();
  } catch (error) {
    await mongoose.disconnect();
    await store?.close();
    throw error;
  }
  options.log.info({ embedded: store !== undefined }, 'database open');
  return {
    store,
    transact: (work) =>
      mongoose.connection.withSession((session) => session.withTransaction(() => work(session))),
    async close() {
      await mongoose.disconnect();
      await store?.close();
    },
  };
}

/** Makes every collection with its indexes; what is there already stays. */
async function prepareCollections(): Promise<void> {
  const models = Object.values(mongoose.models);
  // Side by side, so that the store commits many at once.
  await Promise.all(models.map((model) => model.createCollection()));
  await Promise.all(models.map((model) => model.createIndexes()));
}
