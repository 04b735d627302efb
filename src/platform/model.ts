import mongoose, { type Model, type SchemaDefinition, type SchemaOptions, Schema } from 'mongoose';

/**
 * Declares a collection of plain documents with text ids. Unknown fields throw, so that nothing undeclared is ever stored.
 * Documents are read with `.lean()` everywhere; Mongoose's own document objects stay out of the rules.
 */
export function defineModel<T extends { _id: string }>(
  name: string,
  collection: string,
  definition: SchemaDefinition,
  options: { indexes?: readonly IndexSpec[] } = {},
): Model<T> {
  const schemaOptions: SchemaOptions = {
    collection,
    strict: 'throw',
    versionKey: false,
    minimize: false,
    // `openDatabase` makes collections and indexes: Mongoose itself would do it once a process, whatever the database.
    autoCreate: false,
    autoIndex: false,
  };
  const schema = new Schema(
    { _id: { type: String, required: true }, ...definition },
    schemaOptions as object,
  );
  for (const [fields, indexOptions] of options.indexes ?? []) schema.index(fields, indexOptions);
  return (
    (mongoose.models[name] as Model<T> | undefined) ?? (mongoose.model(name, schema) as unknown as Model<T>)
  );
}

/** Fields of an index and its options, as Mongoose's `schema.index` takes them. */
export type IndexSpec = readonly [
  fields: Record<string, 1 | -1>,
  options?: {
    unique?: boolean;
    sparse?: boolean;
    expireAfterSeconds?: number;
    partialFilterExpression?: object;
  },
];

/** A field of any shape (validated by a contract before it comes here). */
export const Mixed = Schema.Types.Mixed;
