import type { ItemBody, ItemKey } from '../bank/item.contract.ts';
import type { CandidateScenario, Check } from '../bank/scenario.contract.ts';
import type { Level } from '../shared/levels.ts';
import type { Text } from '../shared/text.ts';
import type { Criterion, PartialCredit } from './template.contract.ts';

/** An item or scenario of a form as a candidate may see it. `points` is a whole number. */
export type CandidateItem = { itemId: string; version: number; points: number } & (
  ItemBody | { type: 'scenario'; scenario: CandidateScenario }
);

/** A part of a form: bank items, computer tasks (items of type scenario), or an on-site task scored on sheets. */
export type FormPart =
  | { kind: 'items' | 'computer'; id: string; title: Text; points: number; items: CandidateItem[] }
  | {
      kind: 'on-site';
      id: string;
      title: Text;
      points: number;
      task: Text;
      criteria: Criterion[];
      items: [];
    };

/** A frozen paper without keys: everything a candidate may see after the start. */
export interface CandidateForm {
  formId: string;
  templateCode: string;
  templateVersion: number;
  kind: 'theory' | 'skill';
  level: Level;
  /** "A", "B" … within one assembly. */
  label: string;
  title: Text;
  minutes: number;
  calculator: boolean;
  partialCredit: PartialCredit;
  parts: FormPart[];
}

/** The key of an item of a form; a scenario's key are its checks. */
export type FormKey = ItemKey | { type: 'scenario'; checks: Check[] };

/** A frozen paper with its keys: for marking, never for a candidate. */
export interface KeyedForm {
  form: CandidateForm;
  /** Keys by item id. */
  keys: ReadonlyMap<string, FormKey>;
  /** SHA-256 over the canonical JSON of paper and keys, hex. */
  digest: string;
}
