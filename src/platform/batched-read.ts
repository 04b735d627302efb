import type { Model } from 'mongoose';

interface Asking<T> {
  resolve(found: T[]): void;
  reject(error: unknown): void;
}

/**
 * Reads documents by one field, and those asked for in the same turn of the event loop by one command: two thousand
 * candidates who start in the same second ask for the same few rooms, and cost tens of commands instead of thousands. What
 * is read is never older than the asking. For reading outside transactions.
 */
export function batchedRead<T extends { _id: string }>(
  model: Model<T>,
  key: keyof T & string,
): (value: string) => Promise<T[]> {
  let asked = new Map<string, Asking<T>[]>();

  const flush = async (): Promise<void> => {
    const batch = asked;
    asked = new Map();
    try {
      const found = await readAll(model, key, [...batch.keys()]);
      for (const [value, askings] of batch)
        for (const { resolve } of askings) resolve(found.get(value) ?? []);
    } catch (error) {
      for (const askings of batch.values()) for (const { reject } of askings) reject(error);
    }
  };

  return (value) =>
    new Promise((resolve, reject) => {
      if (asked.size === 0) setImmediate(() => void flush());
      const askings = asked.get(value);
      if (askings === undefined) asked.set(value, [{ resolve, reject }]);
      else askings.push({ resolve, reject });
    });
}

/** By the driver itself, which leaves documents as they are stored, as `.lean()` does. */
async function readAll<T extends { _id: string }>(
  model: Model<T>,
  key: keyof T & string,
  values: readonly string[],
): Promise<Map<string, T[]>> {
  const by = new Map<string, T[]>();
  const cursor = model.collection.find<T>({ [key]: { $in: values as never } }, { batchSize: 1_000 });
  for (const document of await cursor.toArray()) {
    const value = String(document[key]);
    const group = by.get(value);
    if (group === undefined) by.set(value, [document]);
    else group.push(document);
  }
  return by;
}

/** The same by `_id`: the document, or null. Askers of one turn share it: nobody changes what was read. */
export function batchedById<T extends { _id: string }>(model: Model<T>): (id: string) => Promise<T | null> {
  const read = batchedRead(model, '_id');
  return async (id) => (await read(id))[0] ?? null;
}
