/** Queries: `compileMatch` turns a filter into a predicate on documents, with the semantics of MongoDB's find. */
import { BSONRegExp } from 'bson';
import { field, isDoc, type Doc } from './bson-codec.ts';
import { MongoError, notBuilt } from './errors.ts';
import { evaluateExpression } from './expression.ts';
import {
  bitsLeaf,
  comparison,
  equalTo,
  inLeaf,
  isOperatorDoc,
  modLeaf,
  regexLeaf,
  typeNumber,
  typeSet,
  type Leaf,
} from './match-leaf.ts';
import { isIndexPart } from './paths.ts';

/** Where the last array condition matched: index by the path of the array (for the positional operator). */
export type MatchDetails = Map<string, number>;

export type Predicate = (doc: unknown, details?: MatchDetails) => boolean;

const bad = (message: string): MongoError => new MongoError(2, message);

/** How a leaf treats an array at the end of its path. */
type ArrayRule = 'elements-and-whole' | 'whole';

interface PathTest {
  parts: string[];
  leaf: Leaf;
  rule: ArrayRule;
}

function testLeaf(value: unknown, test: PathTest, path: string, details?: MatchDetails): boolean {
  if (Array.isArray(value) && test.rule === 'elements-and-whole') {
    const index = value.findIndex(test.leaf);
    if (index >= 0) {
      details?.set(path, index);
      return true;
    }
  }
  return test.leaf(value);
}

function walk(value: unknown, at: number, test: PathTest, path: string, details?: MatchDetails): boolean {
  if (at === test.parts.length) return testLeaf(value, test, path, details);
  const part = test.parts[at] as string;
  const next = path === '' ? part : `${path}.${part}`;
  if (isDoc(value)) return walk(field(value, part), at + 1, test, next, details);
  if (!Array.isArray(value)) return at > 0 || value === undefined ? test.leaf(undefined) : false;
  if (
    isIndexPart(part) &&
    Number(part) < value.length &&
    walk(value[Number(part)], at + 1, test, next, details)
  )
    return true;
  for (let i = 0; i < value.length; i++) {
    const element: unknown = value[i];
    if (isDoc(element) && walk(element, at, test, path, details)) {
      details?.set(path, i);
      return true;
    }
  }
  return false;
}

function onPath(path: string, leaf: Leaf, rule: ArrayRule = 'elements-and-whole'): Predicate {
  const test: PathTest = { parts: path.split('.'), leaf, rule };
  return (doc, details) => walk(doc, 0, test, '', details);
}

const not =
  (p: Predicate): Predicate =>
  (doc) =>
    !p(doc);

function all(predicates: Predicate[]): Predicate {
  if (predicates.length === 1) return predicates[0] as Predicate;
  return (doc, details) => predicates.every((p) => p(doc, details));
}

/** Variables of `let` and constants, for $expr. */
export type Variables = Doc | undefined;

function elemMatch(operand: unknown, vars: Variables): { leaf: Leaf; indexOf: (v: unknown) => number } {
  if (!isDoc(operand)) throw bad('$elemMatch needs an Object');
  const first = Object.keys(operand)[0];
  const byValue = isOperatorDoc(operand) && !['$and', '$or', '$nor', '$expr'].includes(first ?? '');
  let test: (v: unknown) => boolean;
  if (byValue) {
    const inner = all(fieldPredicates('v', operand, vars));
    // one level only: an array element that is an array is a whole value here
    test = (v) => inner({ v: Array.isArray(v) ? [v] : v });
  } else {
    const inner = compileMatch(operand, vars);
    test = (v) => (isDoc(v) || Array.isArray(v)) && inner(v);
  }
  const indexOf = (v: unknown): number => (Array.isArray(v) ? v.findIndex(test) : -1);
  return { leaf: (v) => indexOf(v) >= 0, indexOf };
}

function elemMatchPredicate(path: string, operand: unknown, vars: Variables): Predicate {
  const { leaf, indexOf } = elemMatch(operand, vars);
  let last = -1;
  const recording: Leaf = (v) => (last = indexOf(v)) >= 0;
  const plain = onPath(path, leaf, 'whole');
  const recorded = onPath(path, recording, 'whole');
  return (doc, details) => {
    if (!details) return plain(doc);
    if (!recorded(doc, details)) return false;
    // a nested fan-out has already set its own, outer index
    if (![...details.keys()].some((p) => path.startsWith(`${p}.`))) details.set(path, last);
    return true;
  };
}

function allPredicate(path: string, operand: unknown, vars: Variables): Predicate {
  if (!Array.isArray(operand)) throw bad('$all needs an array');
  if (operand.length === 0) return () => false;
  return all(
    (operand as unknown[]).map((item) => {
      if (isDoc(item) && Object.keys(item)[0] === '$elemMatch')
        return elemMatchPredicate(path, item['$elemMatch'], vars);
      return onPath(path, item instanceof BSONRegExp ? regexLeaf(item, undefined) : equalTo(item));
    }),
  );
}

function sizeLeaf(operand: unknown): Leaf {
  const n = Number(operand);
  if (!Number.isInteger(n) || n < 0) throw bad(`Failed to parse $size. Expected a non-negative number`);
  return (v) => Array.isArray(v) && v.length === n;
}

function notPredicate(path: string, operand: unknown, vars: Variables): Predicate {
  if (operand instanceof BSONRegExp) return not(onPath(path, regexLeaf(operand, undefined)));
  if (!isOperatorDoc(operand)) throw bad('$not needs a regex or a document');
  return not(all(fieldPredicates(path, operand, vars)));
}

function typePredicate(path: string, operand: unknown): Predicate {
  const types = typeSet(operand);
  return onPath(path, (v) => types.has(typeNumber(v)));
}

const GEO = new Set(['$near', '$nearSphere', '$geoWithin', '$geoIntersects', '$within', '$geoNear']);

type FieldOperator = (
  path: string,
  operand: unknown,
  vars: Variables,
  spec: Doc,
  op: string,
) => Predicate | null;

const equals: FieldOperator = (path, operand) =>
  onPath(path, operand instanceof BSONRegExp ? regexValue(operand) : equalTo(operand));
const compares: FieldOperator = (path, operand, _vars, _spec, op) => onPath(path, comparison(op, operand));
const isIn: FieldOperator = (path, operand) => onPath(path, inLeaf(operand));
const hasBits: FieldOperator = (path, operand, _vars, _spec, op) => onPath(path, bitsLeaf(op, operand));
const negated =
  (operator: FieldOperator): FieldOperator =>
  (...args) => {
    const positive = operator(...args);
    return positive && not(positive);
  };

const FIELD_OPERATORS: Readonly<Record<string, FieldOperator>> = {
  $eq: equals,
  $ne: negated(equals),
  $gt: compares,
  $gte: compares,
  $lt: compares,
  $lte: compares,
  $in: isIn,
  $nin: negated(isIn),
  $exists: (path, operand) => {
    const exists = onPath(path, (v) => v !== undefined, 'whole');
    return truthy(operand) ? exists : not(exists);
  },
  $type: typePredicate,
  $regex: (path, operand, _vars, spec) => onPath(path, regexLeaf(operand, spec['$options'])),
  $options: (_path, _operand, _vars, spec) => {
    if (!('$regex' in spec)) throw bad('$options needs a $regex');
    return null;
  },
  $mod: (path, operand) => onPath(path, modLeaf(operand)),
  $size: (path, operand) => onPath(path, sizeLeaf(operand), 'whole'),
  $all: allPredicate,
  $elemMatch: elemMatchPredicate,
  $not: notPredicate,
  $bitsAllSet: hasBits,
  $bitsAnySet: hasBits,
  $bitsAllClear: hasBits,
  $bitsAnyClear: hasBits,
};

function operatorPredicate(path: string, op: string, spec: Doc, vars: Variables): Predicate | null {
  if (GEO.has(op)) throw notBuilt(`The geospatial operator ${op}`);
  const operator = Object.hasOwn(FIELD_OPERATORS, op) ? FIELD_OPERATORS[op] : undefined;
  if (!operator) throw bad(`unknown operator: ${op}`);
  return operator(path, spec[op], vars, spec, op);
}

function regexValue(operand: BSONRegExp): Leaf {
  return (v) => v instanceof BSONRegExp && v.pattern === operand.pattern && v.options === operand.options;
}

const truthy = (v: unknown): boolean =>
  !(
    v === false ||
    v === null ||
    v === undefined ||
    (typeof v !== 'boolean' && typeof v !== 'string' && Number(v) === 0)
  );

function fieldPredicates(path: string, spec: Doc, vars: Variables): Predicate[] {
  const out: Predicate[] = [];
  for (const op of Object.keys(spec)) {
    if (!op.startsWith('$')) throw bad(`unknown operator: ${op}`);
    const predicate = operatorPredicate(path, op, spec, vars);
    if (predicate) out.push(predicate);
  }
  return out;
}

function branches(op: string, operand: unknown, vars: Variables): Predicate[] {
  if (!Array.isArray(operand)) throw bad(`${op} must be an array`);
  if (operand.length === 0) throw bad(`${op} must be a nonempty array`);
  return (operand as unknown[]).map((branch) => {
    if (!isDoc(branch)) throw bad(`${op} argument's entries must be objects`);
    return compileMatch(branch, vars);
  });
}

function logical(op: string, operand: unknown, vars: Variables): Predicate | null {
  switch (op) {
    case '$and':
      return all(branches(op, operand, vars));
    case '$or': {
      const list = branches(op, operand, vars);
      return (doc, details) => list.some((p) => p(doc, details));
    }
    case '$nor': {
      const list = branches(op, operand, vars);
      return (doc) => !list.some((p) => p(doc));
    }
    case '$expr':
      return (doc) => truthy(evaluateExpression(doc as Doc, operand, vars));
    case '$comment':
      return null;
    case '$where':
      throw notBuilt('Server-side JavaScript ($where)');
    case '$text':
      throw notBuilt('Text search ($text)');
    case '$jsonSchema':
      throw notBuilt('$jsonSchema');
    default:
      throw bad(
        `unknown top level operator: ${op}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

/**
 * Predicate of a filter. `details`, when given to the predicate, receives the index of the array element that
 * matched, by array path.
 * @throws MongoError BadValue for an unknown operator or operand, CommandNotSupported for what is not built
 */
export function compileMatch(filter: Doc | undefined, vars?: Variables): Predicate {
  const predicates: Predicate[] = [];
  for (const key of Object.keys(filter ?? {})) {
    const operand = field(filter as Doc, key);
    if (key.startsWith('$')) {
      const predicate = logical(key, operand, vars);
      if (predicate) predicates.push(predicate);
    } else if (isOperatorDoc(operand)) predicates.push(...fieldPredicates(key, operand, vars));
    else if (operand instanceof BSONRegExp) predicates.push(onPath(key, regexLeaf(operand, undefined)));
    else predicates.push(onPath(key, equalTo(operand)));
  }
  return predicates.length ? all(predicates) : () => true;
}
