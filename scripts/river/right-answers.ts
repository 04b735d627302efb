import { gcm } from '@noble/ciphers/aes.js';
import type { CandidateForm, CandidateItem } from '../../src/assembly/form.contract.ts';
import type { BankFile, BankItem } from '../../src/bank/item.contract.ts';
import type { Check, Scenario, ScenarioOperation } from '../../src/bank/scenario.contract.ts';
import { bankFiles, readJson, scenarioFiles } from '../../src/demo/prepare.ts';
import { seeded } from '../../src/shared/seeded.ts';
import type { Level } from '../../src/shared/levels.ts';
import type { PaperKey, SealedPaper } from '../../src/sitting/attempt.contract.ts';

/** What the banks of a level say is right: the river's candidates have learnt from them, the server never tells. */
export class Learnt {
  readonly #items = new Map<string, BankItem>();
  readonly #checks = new Map<string, Check[]>();

  constructor(level: Level) {
    for (const path of bankFiles(level))
      for (const item of readJson<BankFile>(path).items) this.#items.set(item.id, item);
    for (const path of scenarioFiles(level)) {
      const scenario = readJson<Scenario>(path);
      this.#checks.set(scenario.id, scenario.checks);
    }
  }

  /** A candidate's answer to an item: right with probability `skill`, decided by the seed. */
  answer(item: CandidateItem, skill: number, seed: string): unknown {
    const next = seeded(`${seed}:${item.itemId}`);
    if (item.type === 'scenario') return this.#operations(item.itemId, skill, next);
    const known = this.#items.get(item.itemId);
    if (known === undefined) return undefined;
    if (next() < skill) return known.type === 'numeric' ? known.key.value : known.key;
    return wrong(item, next);
  }

  #operations(itemId: string, skill: number, next: () => number): ScenarioOperation[] {
    const operations: ScenarioOperation[] = [];
    for (const check of this.#checks.get(itemId) ?? []) {
      if (next() < skill) operations.push({ op: 'set', path: check.path, value: meeting(check) });
    }
    return operations;
  }
}

/** A value that meets a check. */
function meeting({ expect }: Check): ScenarioOperation['value'] {
  if ('equals' in expect) return expect.equals;
  if ('oneOf' in expect) return expect.oneOf[0] ?? '';
  if ('textIncludes' in expect) return expect.textIncludes.join(' ');
  return expect.between[0];
}

function wrong(item: CandidateItem, next: () => number): unknown {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];
  switch (item.type) {
    case 'single':
      return pick(item.options)?.id;
    case 'multiple':
      return item.options
        .filter(() => next() < 0.5)
        .map((option) => option.id)
        .slice(0, 3);
    case 'true-false':
      return next() < 0.5;
    case 'numeric':
      return (next() * 100).toFixed(2);
    case 'ordering':
      return item.options.map((option) => option.id);
    case 'matching':
      return Object.fromEntries(
        item.prompts.map((prompt, index) => [prompt.id, item.options[index]?.id ?? 'A']),
      );
    case 'scenario':
      return [];
  }
}

/** Opens a sealed paper with its key, as the candidate's page does. */
export function openPaper(sealed: SealedPaper, key: PaperKey): CandidateForm {
  const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
  const plain = gcm(bytes(key.key), bytes(sealed.nonce)).decrypt(bytes(sealed.ciphertext));
  return JSON.parse(Buffer.from(plain).toString('utf8')) as CandidateForm;
}
