/** Every command: how it runs, whether it writes, whether a transaction may hold it. */
import type { Doc } from '../bson-codec.ts';
import * as admin from './admin.ts';
import { aggregate, writesByPipeline } from './aggregate.ts';
import { bulkWrite } from './bulk-write.ts';
import type { Command } from './context.ts';
import { findAndModify } from './find-and-modify.ts';
import { count, distinct, find } from './read.ts';
import { explainOf, SERVER_COMMANDS, unknownCommand } from './server.ts';
import { deleteCommand, insert, update } from './write.ts';

type Kind = 'read' | 'write' | 'schema' | 'server';
interface Entry {
  run: Command;
  kind: Kind;
  transaction: boolean;
}

const entry = (run: Command, kind: Kind, transaction = false): Entry => ({ run, kind, transaction });

const aggregateOrExplain: Command = (command, context) =>
  command['explain'] === true
    ? explainOf('aggregate', command, `${String(command['$db'])}.${String(command['aggregate'])}`, context)
    : aggregate(command, context);

const COMMANDS = new Map<string, Entry>([
  ['find', entry(find, 'read', true)],
  ['count', entry(count, 'read')],
  ['distinct', entry(distinct, 'read', true)],
  ['aggregate', entry(aggregateOrExplain, 'read', true)],
  ['insert', entry(insert, 'write', true)],
  ['update', entry(update, 'write', true)],
  ['delete', entry(deleteCommand, 'write', true)],
  ['findAndModify', entry(findAndModify, 'write', true)],
  ['findandmodify', entry(findAndModify, 'write', true)],
  ['bulkWrite', entry(bulkWrite, 'write', true)],
  ['create', entry(admin.create, 'schema', true)],
  ['createIndexes', entry(admin.createIndexes, 'schema', true)],
  ['drop', entry(admin.drop, 'schema')],
  ['dropDatabase', entry(admin.dropDatabase, 'schema')],
  ['dropIndexes', entry(admin.dropIndexes, 'schema')],
  ['deleteIndexes', entry(admin.dropIndexes, 'schema')],
  ['renameCollection', entry(admin.renameCollection, 'schema')],
  ['collMod', entry(admin.collMod, 'schema')],
  ['listIndexes', entry(admin.listIndexes, 'read')],
  ['listCollections', entry(admin.listCollections, 'read')],
  ['listDatabases', entry(admin.listDatabases, 'read')],
  ...Object.entries(SERVER_COMMANDS).map(([name, run]): [string, Entry] => [
    name,
    entry(run, 'server', name === 'getMore' || name === 'killCursors'),
  ]),
]);

export const commandName = (command: Doc): string => Object.keys(command)[0] ?? '';

/** @throws MongoError CommandNotFound */
export function commandOf(command: Doc): Entry {
  const name = commandName(command);
  const found = COMMANDS.get(name) ?? unknownCommand(name);
  return name === 'aggregate' && writesByPipeline(command) && command['explain'] !== true
    ? { ...found, kind: 'write' }
    : found;
}
