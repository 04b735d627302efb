import { compare, fraction, parseDecimal, type Fraction } from '../shared/fraction.ts';
import type {
  CandidateScenario,
  Check,
  Expectation,
  Field,
  ScenarioOperation,
  ScenarioState,
  ScenarioValue,
} from './scenario.contract.ts';

/** Why a step of the operation log was not carried out. */
export type OperationCode =
  'bank.scenario-unknown-path' | 'bank.scenario-wrong-type' | 'bank.scenario-out-of-range';

/** A step that was passed over, by its place in the log. */
export interface RefusedOperation {
  index: number;
  path: string;
  code: OperationCode;
}

/** The shop after a log; refused steps changed nothing. */
export interface AppliedOperations {
  state: ScenarioState;
  refused: RefusedOperation[];
}

/** The value at a path, or undefined. */
export function valueAt(state: ScenarioState, path: string): ScenarioValue | undefined {
  let at: ScenarioState | ScenarioValue | undefined = state;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return typeof at === 'object' ? undefined : at;
}

/** Carries out an operation log on the starting state, step by step. The starting state is left as it is. */
export function applyOperations(
  scenario: Pick<CandidateScenario, 'state' | 'fields'>,
  operations: readonly ScenarioOperation[],
): AppliedOperations {
  const fields = new Map(scenario.fields.map((field) => [field.path, field]));
  let state = scenario.state;
  const refused: RefusedOperation[] = [];
  operations.forEach((operation, index) => {
    const field = fields.get(operation.path);
    const code = field === undefined ? 'bank.scenario-unknown-path' : judgeValue(field, operation.value);
    if (code === undefined) state = withValue(state, operation.path.split('.'), operation.value);
    else refused.push({ index, path: operation.path, code });
  });
  return { state, refused };
}

function withValue(
  state: ScenarioState,
  [name = '', ...rest]: readonly string[],
  value: ScenarioValue,
): ScenarioState {
  if (rest.length === 0) return { ...state, [name]: value };
  const inner = Object.hasOwn(state, name) ? state[name] : undefined;
  return { ...state, [name]: withValue(typeof inner === 'object' ? inner : {}, rest, value) };
}

/** Why a value may not stand in a field; undefined when it may. The page uses it while the candidate types. */
export function judgeValue(field: Field, value: ScenarioValue): OperationCode | undefined {
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'bank.scenario-wrong-type';
    case 'choice':
      if (typeof value !== 'string') return 'bank.scenario-wrong-type';
      return field.choices?.some((choice) => choice.id === value) === true
        ? undefined
        : 'bank.scenario-out-of-range';
    case 'text':
      if (typeof value !== 'string') return 'bank.scenario-wrong-type';
      return value.length <= (field.maxLength ?? 500) ? undefined : 'bank.scenario-out-of-range';
    case 'integer':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'bank.scenario-wrong-type';
      return inRange(field, fraction(value));
    case 'decimal':
      return judgeDecimal(field, value);
  }
}

function judgeDecimal(field: Field, value: ScenarioValue): OperationCode | undefined {
  const number = typeof value === 'string' ? parseDecimal(value) : undefined;
  if (number === undefined) return 'bank.scenario-wrong-type';
  const places = String(value).trim().split('.')[1]?.length ?? 0;
  return places > (field.places ?? 10) ? 'bank.scenario-out-of-range' : inRange(field, number);
}

function inRange(field: Field, number: Fraction): OperationCode | undefined {
  const least = field.min === undefined ? undefined : parseDecimal(field.min);
  const most = field.max === undefined ? undefined : parseDecimal(field.max);
  const below = least !== undefined && compare(number, least) < 0;
  const above = most !== undefined && compare(number, most) > 0;
  return below || above ? 'bank.scenario-out-of-range' : undefined;
}

/** One check of a finished task. */
export interface CheckResult {
  id: string;
  points: number;
  met: boolean;
}

/** What a finished task earns, exact, with each check. */
export interface ScenarioScore {
  earned: Fraction;
  possible: Fraction;
  results: CheckResult[];
}

/** Scores a state by the checks: each is met or not, there is no half. */
export function scoreScenario(checks: readonly Check[], state: ScenarioState): ScenarioScore {
  const results = checks.map(({ id, points, path, expect }) => ({
    id,
    points,
    met: isMet(expect, valueAt(state, path)),
  }));
  const total = (list: readonly CheckResult[]): Fraction =>
    fraction(list.reduce((sum, { points }) => sum + points, 0));
  return { earned: total(results.filter((result) => result.met)), possible: total(results), results };
}

function isMet(expect: Expectation, value: ScenarioValue | undefined): boolean {
  if (value === undefined) return false;
  if ('equals' in expect) return same(expect.equals, value);
  if ('oneOf' in expect) return expect.oneOf.some((allowed) => same(allowed, value));
  if ('textIncludes' in expect) {
    const text = String(value).toLowerCase();
    return expect.textIncludes.every((part) => text.includes(part.toLowerCase()));
  }
  const number = asNumber(value);
  const [least, most] = expect.between.map((bound) => parseDecimal(bound));
  if (number === undefined || least === undefined || most === undefined) return false;
  return compare(number, least) >= 0 && compare(number, most) <= 0;
}

const asNumber = (value: ScenarioValue): Fraction | undefined =>
  typeof value === 'boolean' ? undefined : parseDecimal(String(value));

/** Numbers are the same by value ("12.5" and "12.50"), texts letter by letter without the space around them. */
function same(wanted: ScenarioValue, value: ScenarioValue): boolean {
  const [a, b] = [asNumber(wanted), asNumber(value)];
  if (a !== undefined && b !== undefined) return compare(a, b) === 0;
  if (typeof wanted === 'string' && typeof value === 'string') return wanted.trim() === value.trim();
  return wanted === value;
}

/** Carries out a log and scores what it leads to: how marking scores a computer task. */
export function replayScenario(
  scenario: Pick<CandidateScenario, 'state' | 'fields'>,
  checks: readonly Check[],
  operations: readonly ScenarioOperation[],
): ScenarioScore & { refused: RefusedOperation[] } {
  const { state, refused } = applyOperations(scenario, operations);
  return { ...scoreScenario(checks, state), refused };
}

/** One fault of a scenario file whose shape is right. */
export interface ScenarioFault {
  path: string;
  code:
    | 'bank.scenario-field-broken'
    | 'bank.scenario-unknown-path'
    | 'bank.scenario-check-free'
    | 'bank.scenario-check-twice';
  params: Record<string, string>;
}

/** Everything wrong with a scenario: fields without a starting value, checks of nothing, checks that give points away. */
export function judgeScenario(
  scenario: Pick<CandidateScenario, 'state' | 'fields'>,
  checks: readonly Check[],
): ScenarioFault[] {
  const faults = scenario.fields.flatMap((field, index) =>
    judgeField(field, `/fields/${index}`, scenario.state),
  );
  const seen = new Set<string>();
  const free = scoreScenario(checks, scenario.state).results;
  checks.forEach((check, index) => {
    const at = `/checks/${index}`;
    if (seen.has(check.id))
      faults.push({ path: `${at}/id`, code: 'bank.scenario-check-twice', params: { check: check.id } });
    seen.add(check.id);
    if (!scenario.fields.some((field) => field.path === check.path)) {
      faults.push({ path: `${at}/path`, code: 'bank.scenario-unknown-path', params: { path: check.path } });
    } else if (free[index]?.met === true) {
      faults.push({ path: at, code: 'bank.scenario-check-free', params: { check: check.id } });
    }
  });
  return faults;
}

function judgeField(field: Field, at: string, state: ScenarioState): ScenarioFault[] {
  const broken = (detailZh: string, detail: string): ScenarioFault[] => [
    { path: at, code: 'bank.scenario-field-broken', params: { path: field.path, detailZh, detail } },
  ];
  const start = valueAt(state, field.path);
  if (start === undefined) return broken('初始状态中没有该项', 'the starting state has no such value');
  if ((field.type === 'choice') !== (field.choices !== undefined))
    return broken('只有选择项才有 choices', 'choices belong to fields of type choice, and only there');
  // An empty text is "not filled in yet" for choices and decimals.
  if (start !== '' && judgeValue(field, start) !== undefined)
    return broken('初始值不合格', 'the starting value does not fit the field');
  return [];
}
