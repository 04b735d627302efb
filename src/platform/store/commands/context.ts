/** What a command gets beside its document. */
import type { Binary } from 'bson';
import { isDoc, type Doc } from '../bson-codec.ts';
import type { Cursors, Reply } from '../cursors.ts';
import { MongoError, notBuilt } from '../errors.ts';
import { evaluateExpression } from '../expression.ts';
import { Meter } from '../select.ts';
import type { DirectView } from '../direct-view.ts';
import type { View } from '../view.ts';

export interface Context {
  view: View;
  /** the committed state, for commands on the catalogue; null inside a transaction */
  direct: DirectView | null;
  cursors: Cursors;
  now: Date;
  /** documents a read may look at on this thread */
  budget: number;
  inTransaction: boolean;
  /** sessions the server knows, for $listLocalSessions */
  sessions: () => Doc[];
}

export type Command = (command: Doc, context: Context) => Reply;

/** `database.collection` a command names. */
export function namespaceOf(command: Doc): string {
  const name = Object.values(command)[0];
  if (typeof name !== 'string') throw new MongoError(73, 'collection name has invalid type');
  return `${databaseName(command)}.${name}`;
}

export const databaseName = (command: Doc): string => String(command['$db'] ?? 'test');

export function number(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const n = Number(value);
  if (Number.isNaN(n)) throw new MongoError(14, `field '${name}' must be a number`);
  return n;
}

/** The id of the command's session, or null. */
export function sessionOf(command: Doc): string | null {
  const lsid = command['lsid'];
  if (!isDoc(lsid)) return null;
  const id = lsid['id'] as Binary | undefined;
  return id ? Buffer.from(id.buffer.subarray(0, id.position)).toString('hex') : null;
}

/** Refuses collations other than the simple one. */
export function refuseCollation(spec: Doc): void {
  const collation = spec['collation'];
  if (isDoc(collation) && Object.keys(collation).length && collation['locale'] !== 'simple')
    throw notBuilt('Collation');
}

/** Values of `let`, which are expressions without documents. */
export function letVariables(command: Doc): Doc | undefined {
  const spec = command['let'];
  if (!isDoc(spec)) return undefined;
  return Object.fromEntries(Object.keys(spec).map((name) => [name, evaluateExpression({}, spec[name])]));
}

export function meterOf(command: Doc, context: Context): Meter {
  return new Meter(context.budget, number(command['maxTimeMS'], 'maxTimeMS') ?? 0, context.now.getTime());
}

export function documentOf(value: unknown, name: string): Doc {
  if (value === undefined || value === null) return {};
  if (!isDoc(value)) throw new MongoError(14, `field '${name}' must be an object`);
  return value;
}
