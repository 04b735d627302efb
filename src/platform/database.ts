import mongoose, { type ClientSession } from 'mongoose';
import { connectStore } from './store/index.ts';
import type { Logger } from './log.ts';

/** The open database: MongoDB where a URI is given, else the embedded store. */
export interface Database {
  transact<T>(work: (session: ClientSession) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Connects Mongoose's default connection. Throws when the database cannot be reached. */
export async function openDatabase(options: {
  mongodbUri: string | undefined;
  dataDir: string;
  log: Logger;
}): Promise<Database> {
  const store =
    options.mongodbUri === undefined ? await connectStore({ dataDir: options.dataDir }) : undefined;
  const uri = options.mongodbUri ?? store?.uri ?? '';
  mongoose.set('strictQuery', 'throw');
  await mongoose.connect(uri, { dbName: 'kaochang', serverSelectionTimeoutMS: 10_000, maxPoolSize: 32 });
  await Promise.all(Object.values(mongoose.models).map((model) => model.init()));
  options.log.info({ embedded: store !== undefined }, 'database open');
  return {
    transact: (work) =>
      mongoose.connection.withSession((session) => session.withTransaction(() => work(session))),
    async close() {
      await mongoose.disconnect();
      await store?.close();
    },
  };
}
