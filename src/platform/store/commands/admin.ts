/** Commands on collections and indexes. */
import { encode, isDoc, type Doc } from '../bson-codec.ts';
import { collectionOf, databaseOf, ID_INDEX_SPEC, type Collection, type Index } from '../catalog.ts';
import type { Reply } from '../cursors.ts';
import type { DirectView } from '../direct-view.ts';
import { MongoError, notBuilt } from '../errors.ts';
import { compileMatch } from '../match.ts';
import { patternText } from '../sort-spec.ts';
import {
  databaseName,
  documentOf,
  namespaceOf,
  refuseCollation,
  type Command,
  type Context,
} from './context.ts';
import { checkIndexSpec, sameIndex } from './index-spec.ts';

function direct(context: Context, name: string): DirectView {
  if (!context.direct) throw new MongoError(263, `Cannot run '${name}' in a multi-document transaction.`);
  return context.direct;
}

function existing(context: Context, ns: string): Collection {
  const collection = context.view.catalog.get(ns);
  if (!collection) throw new MongoError(26, `ns does not exist: ${ns}`);
  return collection;
}

const OPTIONS = ['validator', 'validationLevel', 'validationAction'];

export const create: Command = (command, context) => {
  refuseCollation(command);
  const ns = namespaceOf(command);
  for (const name of ['viewOn', 'timeseries', 'clusteredIndex', 'encryptedFields']) {
    if (command[name] !== undefined) throw notBuilt(`create with ${name}`);
  }
  if (command['capped'] === true) throw notBuilt('Capped collections');
  const options: Doc = {};
  for (const name of OPTIONS) if (command[name] !== undefined) options[name] = command[name];
  const known = context.view.catalog.get(ns);
  if (known) {
    if (Buffer.compare(encode(known.options), encode(options)) === 0 && !context.inTransaction)
      return { ok: 1 };
    throw new MongoError(48, `Collection ${ns} already exists.`);
  }
  if (isDoc(options['validator'])) compileMatch(options['validator']);
  if (context.direct) context.direct.create(ns, options);
  else context.view.ensure(ns);
  return { ok: 1 };
};

export const drop: Command = (command, context) => {
  const view = direct(context, 'drop');
  const ns = namespaceOf(command);
  const collection = view.catalog.get(ns);
  if (!collection) return { ok: 1 };
  view.drop(collection);
  return { nIndexesWas: collection.indexes.length + 1, ns, ok: 1 };
};

export const dropDatabase: Command = (command, context) => {
  const view = direct(context, 'dropDatabase');
  const db = databaseName(command);
  for (const collection of [...view.catalog.values()])
    if (databaseOf(collection.ns) === db) view.drop(collection);
  return { dropped: db, ok: 1 };
};

export const renameCollection: Command = (command, context) => {
  const view = direct(context, 'renameCollection');
  const [from, to] = [String(command['renameCollection']), String(command['to'])];
  const collection = existing(context, from);
  const target = view.catalog.get(to);
  if (target && command['dropTarget'] !== true) throw new MongoError(48, 'target namespace exists');
  if (target) view.drop(target);
  view.rename(collection, to);
  return { ok: 1 };
};

function modifyIndex(view: DirectView, collection: Collection, change: Doc): Doc {
  const wanted = change['keyPattern'];
  const index = collection.indexes.find((i) =>
    isDoc(wanted) ? patternText(i.spec['key'] as Doc) === patternText(wanted) : i.name === change['name'],
  );
  if (!index)
    throw new MongoError(
      27,
      `cannot find index ${JSON.stringify(change['name'] ?? wanted)} for ns ${collection.ns}`,
    );
  if (change['expireAfterSeconds'] === undefined) throw notBuilt('collMod of this index option');
  view.changeIndex(collection, index, { ...index.spec, expireAfterSeconds: change['expireAfterSeconds'] });
  return {
    expireAfterSeconds_old: index.spec['expireAfterSeconds'] ?? null,
    expireAfterSeconds_new: change['expireAfterSeconds'],
    ok: 1,
  };
}

export const collMod: Command = (command, context) => {
  const view = direct(context, 'collMod');
  const collection = existing(context, namespaceOf(command));
  if (isDoc(command['index'])) return modifyIndex(view, collection, command['index']);
  const options: Doc = { ...collection.options };
  for (const name of OPTIONS) if (command[name] !== undefined) options[name] = command[name];
  if (isDoc(options['validator'])) compileMatch(options['validator']);
  view.setOptions(collection, options);
  return { ok: 1 };
};

function addIndex(view: DirectView, collection: Collection, spec: Doc): Collection {
  const same = collection.indexes.find((i) => i.name === spec['name']);
  const byKey = collection.indexes.find((i) => sameIndex(i.spec, spec));
  if (same && patternText(same.spec['key'] as Doc) !== patternText(spec['key'] as Doc)) {
    throw new MongoError(
      86,
      `An existing index has the same name as the requested index. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(same.spec)}`,
    );
  }
  const known = same ?? byKey;
  if (!known) return view.createIndex(collection, spec);
  for (const option of ['unique', 'sparse'] as const) {
    if ((known.spec[option] === true) !== (spec[option] === true)) {
      throw new MongoError(
        same ? 86 : 85,
        `An equivalent index already exists with different options: ${known.name}`,
      );
    }
  }
  if (known.spec['expireAfterSeconds'] !== spec['expireAfterSeconds'] || known.name !== spec['name']) {
    throw new MongoError(
      85,
      `An equivalent index already exists with a different name or different options: ${known.name}`,
    );
  }
  return collection;
}

export const createIndexes: Command = (command, context) => {
  const ns = namespaceOf(command);
  const specs = command['indexes'];
  if (!Array.isArray(specs) || specs.length === 0)
    throw new MongoError(2, 'Must specify at least one index to create');
  const checked = (specs as Doc[]).map(checkIndexSpec);
  const created = !context.view.catalog.has(ns);
  if (!context.direct) {
    const collection = context.view.ensure(ns);
    return createInTransaction(context, collection, checked, created);
  }
  let collection = context.direct.ensure(ns);
  const before = collection.indexes.length + 1;
  for (const spec of checked)
    if (spec['name'] !== '_id_') collection = addIndex(context.direct, collection, spec);
  const after = collection.indexes.length + 1;
  return {
    numIndexesBefore: before,
    numIndexesAfter: after,
    createdCollectionAutomatically: created,
    ...(before === after ? { note: 'all indexes already exist' } : {}),
    ok: 1,
  };
};

/** A view that can hold indexes of collections it created (a transaction). */
interface Pending extends Context {
  view: Context['view'] & { addIndex?: (collection: Collection, spec: Doc) => void };
}

function createInTransaction(context: Pending, collection: Collection, specs: Doc[], created: boolean): Doc {
  const before = collection.indexes.length + 1;
  for (const spec of specs) context.view.addIndex?.(collection, spec);
  return {
    numIndexesBefore: before,
    numIndexesAfter: before + specs.length,
    createdCollectionAutomatically: created,
    ok: 1,
  };
}

function indexesToDrop(collection: Collection, wanted: unknown): Index[] {
  if (wanted === '*') return [...collection.indexes];
  return (Array.isArray(wanted) ? (wanted as unknown[]) : [wanted]).map((w) => {
    if (w === '_id_' || (isDoc(w) && patternText(w) === patternText({ _id: 1 })))
      throw new MongoError(72, 'cannot drop _id index');
    const index = collection.indexes.find((i) =>
      isDoc(w) ? patternText(i.spec['key'] as Doc) === patternText(w) : i.name === w,
    );
    if (!index)
      throw new MongoError(27, `index not found with name [${isDoc(w) ? JSON.stringify(w) : String(w)}]`);
    return index;
  });
}

export const dropIndexes: Command = (command, context) => {
  const view = direct(context, 'dropIndexes');
  let collection = existing(context, namespaceOf(command));
  const nIndexesWas = collection.indexes.length + 1;
  for (const index of indexesToDrop(collection, command['index']))
    collection = view.dropIndex(collection, index);
  return { nIndexesWas, ok: 1 };
};

const listed = (command: Doc): { batchSize?: number } => {
  const cursor = command['cursor'];
  return isDoc(cursor) && cursor['batchSize'] !== undefined ? { batchSize: Number(cursor['batchSize']) } : {};
};

export const listIndexes: Command = (command, context): Reply => {
  const ns = namespaceOf(command);
  const collection = existing(context, ns);
  const specs = [ID_INDEX_SPEC, ...collection.indexes.map((i) => i.spec)];
  return context.cursors.open(ns, specs.map(encode), { now: context.now.getTime(), ...listed(command) });
};

export const listCollections: Command = (command, context): Reply => {
  const db = databaseName(command);
  const test = compileMatch(documentOf(command['filter'], 'filter'));
  const infos = [...context.view.catalog.values()]
    .filter((c) => databaseOf(c.ns) === db)
    .map((c): Doc => ({
      name: collectionOf(c.ns),
      type: 'collection',
      options: c.options,
      info: { readOnly: false },
      idIndex: ID_INDEX_SPEC,
    }))
    .filter((info) => test(info));
  const shown = command['nameOnly'] === true ? infos.map(({ name, type }) => ({ name, type })) : infos;
  return context.cursors.open(`${db}.$cmd.listCollections`, shown.map(encode), {
    now: context.now.getTime(),
    ...listed(command),
  });
};

export const listDatabases: Command = (command, context) => {
  const test = compileMatch(documentOf(command['filter'], 'filter'));
  const names = [...new Set([...context.view.catalog.keys()].map(databaseOf))].sort();
  const databases = names.map((name): Doc => ({ name, sizeOnDisk: 0, empty: false })).filter((d) => test(d));
  return command['nameOnly'] === true
    ? { databases: databases.map(({ name }) => ({ name })), ok: 1 }
    : { databases, totalSize: 0, totalSizeMb: 0, ok: 1 };
};
