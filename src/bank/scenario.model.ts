import { defineModel, Mixed } from '../platform/model.ts';
import type { Level } from '../shared/levels.ts';
import type { Text } from '../shared/text.ts';
import type { CandidateScenario, Check } from './scenario.contract.ts';

/** One version of a computer skill task, without its checks; `_id` is "scenario@version". */
export interface ScenarioRecord {
  _id: string;
  scenarioId: string;
  version: number;
  level: Level;
  title: Text;
  minutes: number;
  /** Points of all checks. */
  points: number;
  scenario: CandidateScenario;
  /** SHA-256 of the whole file. */
  digest: string;
  /** Whether this is the newest version. */
  current: boolean;
  by: string;
  at: number;
}

/** The checks of one version: the key of the task; `_id` is "scenario@version". */
export interface ScenarioKeyRecord {
  _id: string;
  scenarioId: string;
  version: number;
  checks: Check[];
}

const mixed = { type: Mixed, required: true };
const text = { type: String, required: true };
const number = { type: Number, required: true };

export const ScenarioModel = defineModel<ScenarioRecord>(
  'Scenario',
  'scenarios',
  {
    scenarioId: text,
    version: number,
    level: text,
    title: mixed,
    minutes: number,
    points: number,
    scenario: mixed,
    digest: text,
    current: { type: Boolean, required: true },
    by: text,
    at: number,
  },
  { indexes: [[{ scenarioId: 1, version: 1 }, { unique: true }], [{ level: 1, current: 1 }]] },
);

export const ScenarioKeyModel = defineModel<ScenarioKeyRecord>(
  'ScenarioKey',
  'scenario_keys',
  { scenarioId: text, version: number, checks: mixed },
  { indexes: [[{ scenarioId: 1, version: 1 }, { unique: true }]] },
);
