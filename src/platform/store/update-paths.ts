/** Paths of update operators: positional parts resolved to array indexes, values read and written in place. */
import { field, isDoc, setField, type Doc } from './bson-codec.ts';
import { MongoError } from './errors.ts';
import { compileMatch, type MatchDetails, type Predicate } from './match.ts';
import { isIndexPart } from './paths.ts';

/** Conditions of `$[identifier]`, by identifier. */
export type ArrayFilters = Map<string, { test: Predicate; used: boolean }>;

/** A position in the document: the container and the name or index in it; containers may not exist yet. */
export type ConcretePath = string[];

function identifierOf(filter: Doc): string {
  let found: string | undefined;
  const visit = (doc: Doc): void => {
    for (const key of Object.keys(doc)) {
      if (key.startsWith('$')) {
        if (Array.isArray(doc[key]))
          for (const branch of doc[key] as unknown[]) if (isDoc(branch)) visit(branch);
        continue;
      }
      const name = key.split('.')[0] as string;
      if (found !== undefined && found !== name) {
        throw new MongoError(
          9,
          `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${found}' and '${name}'`,
        );
      }
      found = name;
    }
  };
  visit(filter);
  if (found === undefined)
    throw new MongoError(9, 'Cannot use an expression without a top-level field name in arrayFilters');
  if (!/^[a-z][a-zA-Z0-9]*$/.test(found)) {
    throw new MongoError(
      2,
      `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${found}'`,
    );
  }
  return found;
}

/**
 * Compiles `arrayFilters`.
 * @throws MongoError FailedToParse for filters without one top-level name, or two with the same
 */
export function compileArrayFilters(filters: unknown): ArrayFilters {
  const out: ArrayFilters = new Map();
  if (filters === undefined || filters === null) return out;
  if (!Array.isArray(filters)) throw new MongoError(14, 'arrayFilters must be an array');
  for (const filter of filters as unknown[]) {
    if (!isDoc(filter)) throw new MongoError(14, 'arrayFilters must hold objects');
    const id = identifierOf(filter);
    if (out.has(id))
      throw new MongoError(9, `Found multiple array filters with the same top-level field name ${id}`);
    out.set(id, { test: compileMatch(filter), used: false });
  }
  return out;
}

/** Marks the identifiers a path uses; every array filter must be used by some path. */
export function noteIdentifiers(path: string, filters: ArrayFilters): void {
  for (const match of path.matchAll(/\$\[([^\]]+)\]/g)) {
    const filter = filters.get(match[1] as string);
    if (!filter)
      throw new MongoError(
        2,
        `No array filter found for identifier '${match[1] as string}' in path '${path}'`,
      );
    filter.used = true;
  }
}

interface Resolver {
  filters: ArrayFilters;
  details: MatchDetails | undefined;
  path: string;
}

function positionalIndex(resolver: Resolver, sofar: ConcretePath): number {
  const details = resolver.details;
  const index = details?.get(sofar.join('.')) ?? [...(details?.values() ?? [])].at(-1);
  if (index === undefined) {
    throw new MongoError(2, 'The positional operator did not find the match needed from the query.');
  }
  return index;
}

function elementIndexes(value: unknown[], part: string, resolver: Resolver): number[] {
  const all = value.map((_, i) => i);
  if (part === '$[]') return all;
  const id = part.slice(2, -1);
  const filter = resolver.filters.get(id);
  if (!filter) return [];
  return all.filter((i) => filter.test({ [id]: value[i] }));
}

function expand(
  value: unknown,
  parts: readonly string[],
  sofar: ConcretePath,
  resolver: Resolver,
  out: ConcretePath[],
): void {
  const [part, ...rest] = parts;
  if (part === undefined) {
    out.push(sofar);
    return;
  }
  if (part.startsWith('$[')) {
    if (!Array.isArray(value)) {
      const why =
        value === undefined
          ? `The path '${sofar.join('.')}' must exist in the document in order to apply array updates.`
          : `Cannot apply array updates to non-array element ${sofar.at(-1) ?? ''}: ${JSON.stringify(value)}`;
      throw new MongoError(2, why);
    }
    for (const i of elementIndexes(value, part, resolver))
      expand(value[i], rest, [...sofar, String(i)], resolver, out);
    return;
  }
  const name = part === '$' ? String(positionalIndex(resolver, sofar)) : part;
  expand(child(value, name), rest, [...sofar, name], resolver, out);
}

/** Concrete paths a path stands for in a document. */
export function concretePaths(
  doc: Doc,
  path: string,
  filters: ArrayFilters,
  details?: MatchDetails,
): ConcretePath[] {
  const parts = path.split('.');
  if (!path.includes('$')) return [parts];
  const out: ConcretePath[] = [];
  expand(doc, parts, [], { filters, details, path }, out);
  return out;
}

function child(container: unknown, name: string): unknown {
  if (Array.isArray(container)) return isIndexPart(name) ? (container as unknown[])[Number(name)] : undefined;
  return isDoc(container) ? field(container, name) : undefined;
}

/** Value at a concrete path; undefined when missing. */
export function getAt(doc: Doc, path: ConcretePath): unknown {
  let value: unknown = doc;
  for (const part of path) value = child(value, part);
  return value;
}

const MAX_PADDING = 1_500_000;

function put(container: Doc | unknown[], name: string, value: unknown, path: ConcretePath): void {
  if (!Array.isArray(container)) {
    setField(container, name, value);
    return;
  }
  if (!isIndexPart(name)) throw notViable(path, name, container);
  const index = Number(name);
  if (index > container.length + MAX_PADDING)
    throw new MongoError(2, `can't backfill array to larger than ${String(MAX_PADDING)} elements`);
  while (container.length < index) container.push(null);
  container[index] = value;
}

function notViable(path: ConcretePath, name: string, container: unknown): MongoError {
  const at = path.indexOf(name);
  const parent = at > 0 ? (path[at - 1] as string) : '';
  return new MongoError(
    28,
    `Cannot create field '${name}' in element {${parent}: ${JSON.stringify(container) ?? 'undefined'}}`,
  );
}

/**
 * Writes a value at a concrete path, making documents on the way.
 * @throws MongoError PathNotViable when a scalar is in the way
 */
export function setAt(doc: Doc, path: ConcretePath, value: unknown): void {
  let container: Doc | unknown[] = doc;
  for (let i = 0; i < path.length - 1; i++) {
    const name = path[i] as string;
    let next = child(container, name);
    if (next === undefined) {
      next = {};
      put(container, name, next, path);
    } else if (!isDoc(next) && !Array.isArray(next)) throw notViable(path, path[i + 1] as string, next);
    container = next as Doc | unknown[];
  }
  put(container, path.at(-1) as string, value, path);
}

/** Removes a field; an array element becomes null. */
export function unsetAt(doc: Doc, path: ConcretePath): void {
  const container = path.length === 1 ? doc : getAt(doc, path.slice(0, -1));
  const name = path.at(-1) as string;
  if (Array.isArray(container)) {
    if (isIndexPart(name) && Number(name) < container.length) container[Number(name)] = null;
  } else if (isDoc(container)) Reflect.deleteProperty(container, name);
}
