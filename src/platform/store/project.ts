/** Projections of find, findAndModify and $project: inclusion, exclusion, $slice, $elemMatch, positional, expressions. */
import { Double } from 'bson';
import { field, isDoc, setField, type Doc } from './bson-codec.ts';
import { MongoError, notBuilt } from './errors.ts';
import { compileMatch, type MatchDetails } from './match.ts';
import { isOperatorDoc } from './match-leaf.ts';

type Evaluate = (doc: Doc, expression: unknown) => unknown;
export interface ProjectionOptions {
  evaluate: Evaluate;
  /** find's extras: $slice, $elemMatch, positional $ */
  find: boolean;
}
export type Projection = (doc: Doc, details?: MatchDetails) => Doc;

type Transform = (value: unknown, details?: MatchDetails) => unknown;
interface Node {
  keep?: boolean;
  children?: Map<string, Node>;
  transform?: Transform;
  expression?: unknown;
}
interface Plan {
  root: Map<string, Node>;
  mode: 'include' | 'exclude' | null;
  computed: { parts: string[]; expression: unknown }[];
}

const isFlag = (v: unknown): boolean =>
  typeof v === 'boolean' || typeof v === 'number' || typeof v === 'bigint' || v instanceof Double;
const flagOf = (v: unknown): boolean => (v instanceof Double ? v.value !== 0 : Boolean(v) && v !== 0n);

function place(root: Map<string, Node>, parts: string[], node: Node): void {
  let level = root;
  parts.forEach((part, i) => {
    const existing = level.get(part);
    if (i === parts.length - 1) {
      if (existing) throw new MongoError(31250, `Path collision at ${parts.join('.')}`);
      level.set(part, node);
      return;
    }
    if (existing && !existing.children) {
      throw new MongoError(
        31249,
        `Path collision at ${parts.join('.')} remaining portion ${parts.slice(i + 1).join('.')}`,
      );
    }
    const next = existing ?? { children: new Map<string, Node>() };
    level.set(part, next);
    level = next.children ?? new Map<string, Node>();
  });
}

function setMode(plan: Plan, path: string, include: boolean): void {
  const mode = include ? 'include' : 'exclude';
  if (path === '_id') return;
  if (plan.mode && plan.mode !== mode) {
    throw include
      ? new MongoError(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
      : new MongoError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
  }
  plan.mode = mode;
}

/** $slice of find: n, or [skip, n]. */
function sliceTransform(operand: unknown): Transform {
  const [first, second] = (Array.isArray(operand) ? operand : [operand]) as unknown[];
  const a = Number(first);
  const n = second === undefined ? null : Number(second);
  if (!Number.isFinite(a) || (n !== null && !(n > 0)))
    throw new MongoError(28667, '$slice takes a number or [skip, limit > 0]');
  return (value) => {
    if (!Array.isArray(value)) return value;
    if (n === null) return a >= 0 ? value.slice(0, a) : value.slice(a);
    const start = a >= 0 ? a : Math.max(0, value.length + a);
    return value.slice(start, start + n);
  };
}

function elemMatchTransform(operand: unknown): Transform {
  const test = compileMatch({ v: { $elemMatch: operand } });
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const found = value.findIndex((element: unknown) => test({ v: [element] }));
    return found < 0 ? undefined : [value[found]];
  };
}

function positionalTransform(path: string): Transform {
  return (value, details) => {
    if (!Array.isArray(value)) return value;
    const index = details?.get(path) ?? [...(details?.values() ?? [])][0];
    if (index === undefined)
      throw new MongoError(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      );
    return value.slice(index, index + 1);
  };
}

function addFindOperator(plan: Plan, parts: string[], spec: Doc): boolean {
  const [op] = Object.keys(spec);
  const path = parts.join('.');
  if (
    op === '$slice' &&
    !(Array.isArray(spec['$slice']) && spec['$slice'].some((v) => typeof v === 'string' || isDoc(v)))
  ) {
    place(plan.root, parts, { keep: true, transform: sliceTransform(spec['$slice']) });
    return true;
  }
  if (op === '$elemMatch') {
    if (parts.length > 1) throw new MongoError(31255, 'Cannot use $elemMatch projection on a nested field.');
    setMode(plan, path, true);
    place(plan.root, parts, { keep: true, transform: elemMatchTransform(spec['$elemMatch']) });
    return true;
  }
  if (op === '$meta') throw notBuilt('$meta projections');
  return false;
}

function addField(plan: Plan, parts: string[], value: unknown, options: ProjectionOptions): void {
  const path = parts.join('.');
  if (parts.some((p) => p === '')) throw new MongoError(40353, 'FieldPath must not have empty parts.');
  if (isFlag(value)) {
    const include = flagOf(value);
    if (options.find && parts.at(-1) === '$') {
      setMode(plan, path, true);
      const array = parts.slice(0, -1);
      place(plan.root, array, { keep: true, transform: positionalTransform(array.join('.')) });
      return;
    }
    setMode(plan, path, include);
    place(plan.root, parts, { keep: include });
    return;
  }
  if (isDoc(value) && !isOperatorDoc(value)) {
    if (Object.keys(value).length === 0)
      throw new MongoError(51270, 'An empty sub-projection is not a valid value.');
    for (const key of Object.keys(value))
      addField(plan, [...parts, ...key.split('.')], field(value, key), options);
    return;
  }
  if (isDoc(value) && options.find && addFindOperator(plan, parts, value)) return;
  setMode(plan, path, true);
  place(plan.root, parts, { expression: value });
  plan.computed.push({ parts, expression: value });
}

function includeIn(value: unknown, children: Map<string, Node>, details?: MatchDetails): unknown {
  if (Array.isArray(value)) {
    const out: unknown[] = [];
    for (const element of value)
      if (isDoc(element) || Array.isArray(element)) out.push(includeIn(element, children, details));
    return out;
  }
  if (!isDoc(value)) return undefined;
  const out: Doc = {};
  for (const key of Object.keys(value)) {
    const node = children.get(key);
    if (!node || 'expression' in node) continue;
    const kept = keepNode(field(value, key), node, details, includeIn);
    if (kept !== undefined) setField(out, key, kept);
  }
  return out;
}

function excludeIn(value: unknown, children: Map<string, Node>, details?: MatchDetails): unknown {
  if (Array.isArray(value)) return value.map((element) => excludeIn(element, children, details));
  if (!isDoc(value)) return value;
  const out: Doc = {};
  for (const key of Object.keys(value)) {
    const node = children.get(key);
    const kept = node ? keepNode(field(value, key), node, details, excludeIn) : field(value, key);
    if (kept !== undefined) setField(out, key, kept);
  }
  return out;
}

type Walk = (value: unknown, children: Map<string, Node>, details?: MatchDetails) => unknown;

function keepNode(value: unknown, node: Node, details: MatchDetails | undefined, walk: Walk): unknown {
  if (node.children) return walk(value, node.children, details);
  if (!node.keep) return undefined;
  return node.transform ? node.transform(value, details) : value;
}

/** Sets a computed value at a dotted path, in every document of an array on the way. */
function setComputed(target: unknown, parts: readonly string[], value: unknown, at = 0): unknown {
  if (Array.isArray(target)) return target.map((element) => setComputed(element, parts, value, at));
  const out: Doc = isDoc(target) ? { ...target } : {};
  const part = parts[at] as string;
  const next = at === parts.length - 1 ? value : setComputed(field(out, part), parts, value, at + 1);
  if (next === undefined) Reflect.deleteProperty(out, part);
  else setField(out, part, next);
  return out;
}

/**
 * Compiles a projection.
 * @throws MongoError for mixed inclusion and exclusion, path collisions, bad operands
 */
export function compileProjection(spec: Doc, options: ProjectionOptions): Projection {
  const plan: Plan = { root: new Map(), mode: null, computed: [] };
  const idFlag = spec['_id'];
  for (const key of Object.keys(spec)) addField(plan, key.split('.'), field(spec, key), options);
  const onlyId = plan.mode === null && Object.keys(spec).every((k) => k === '_id');
  const include = plan.mode === 'include' || (onlyId && isFlag(idFlag) && flagOf(idFlag));
  if (include && !plan.root.has('_id')) plan.root.set('_id', { keep: true });
  return (doc, details) => {
    const kept = (include ? includeIn(doc, plan.root, details) : excludeIn(doc, plan.root, details)) as Doc;
    let out = kept;
    for (const { parts, expression } of plan.computed) {
      const value = options.evaluate(doc, expression);
      if (value !== undefined) out = setComputed(out, parts, value) as Doc;
    }
    return out;
  };
}

function flatten(spec: Doc, prefix: string[], out: { parts: string[]; expression: unknown }[]): void {
  for (const key of Object.keys(spec)) {
    const value = field(spec, key);
    const parts = [...prefix, ...key.split('.')];
    if (isDoc(value) && Object.keys(value).length && !isOperatorDoc(value)) flatten(value, parts, out);
    else out.push({ parts, expression: value });
  }
}

/** $addFields / $set of a pipeline. */
export function compileAddFields(spec: Doc, evaluate: Evaluate): (doc: Doc) => Doc {
  if (!isDoc(spec)) throw new MongoError(40272, '$addFields specification stage must be an object');
  const fields: { parts: string[]; expression: unknown }[] = [];
  flatten(spec, [], fields);
  return (doc) => {
    let out = doc;
    for (const { parts, expression } of fields)
      out = setComputed(out, parts, evaluate(doc, expression)) as Doc;
    return out;
  };
}
