import type {
  CandidateScenario,
  Field,
  ScenarioOperation,
  ScenarioState,
  ScenarioValue,
  Sheet,
} from '../../../bank/scenario.contract.ts';
import { useOf, useText, type Messages } from '../../lib/language.tsx';
import { FieldInput } from './scenario-field.tsx';
import { TwoPanes } from './two-panes.tsx';
import '../styles/scenario.css';

const messages = {
  facts: { zh: '资料', en: 'Facts' },
  shop: { zh: '店铺后台', en: 'Seller back office' },
  steps: { zh: '已操作 {n} 步', en: '{n} steps so far' },
} satisfies Messages;

interface ScenarioProps {
  scenario: CandidateScenario;
  /** The operation log so far. */
  value: unknown;
  disabled: boolean;
  onChange(operations: ScenarioOperation[], typing?: boolean): void;
}

/** The value at a path of the starting state. */
function valueAt(state: ScenarioState, path: string): ScenarioValue | undefined {
  let here: ScenarioValue | ScenarioState | undefined = state;
  for (const name of path.split('.')) {
    if (typeof here !== 'object') return undefined;
    here = here[name];
  }
  return typeof here === 'object' ? undefined : here;
}

/** A computer task: the facts beside the shop; each change is a step of the log that the server replays. */
export function Scenario({ scenario, value, disabled, onChange }: ScenarioProps) {
  const text = useText(messages);
  const log = Array.isArray(value) ? (value as ScenarioOperation[]) : [];
  const current = (path: string): ScenarioValue | undefined => {
    for (let i = log.length - 1; i >= 0; i -= 1) {
      const step = log[i];
      if (step?.path === path) return step.value;
    }
    return valueAt(scenario.state, path);
  };
  const set = (path: string, next: ScenarioValue, typing: boolean): void => {
    // Typing on in one field is one step of the log, not one for each key.
    const last = log.at(-1);
    const kept = typing && last?.path === path ? log.slice(0, -1) : log;
    onChange([...kept, { op: 'set', path, value: next }], typing);
  };
  const groups = [...new Set(scenario.fields.map((field) => field.group.zh))];
  return (
    <TwoPanes
      left={{ label: text('facts'), content: <Facts scenario={scenario} /> }}
      right={{
        label: text('shop'),
        content: (
          <>
            <h2>
              {text('shop')} <small className="muted">{text('steps', { n: log.length })}</small>
            </h2>
            {groups.map((group) => (
              <Group
                key={group}
                fields={scenario.fields.filter((field) => field.group.zh === group)}
                disabled={disabled}
                valueOf={current}
                onSet={set}
              />
            ))}
          </>
        ),
      }}
    />
  );
}

function Facts({ scenario }: { scenario: CandidateScenario }) {
  const of = useOf();
  return (
    <>
      <p className="stem">{of(scenario.brief)}</p>
      {scenario.sheets.map((sheet) => (
        <FactSheet key={sheet.id} sheet={sheet} />
      ))}
    </>
  );
}

interface GroupProps {
  fields: readonly Field[];
  disabled: boolean;
  valueOf(path: string): ScenarioValue | undefined;
  onSet(path: string, value: ScenarioValue, typing: boolean): void;
}

function Group({ fields, disabled, valueOf, onSet }: GroupProps) {
  const of = useOf();
  const [first] = fields;
  return (
    <fieldset className="shop-group" disabled={disabled}>
      {first !== undefined && <legend>{of(first.group)}</legend>}
      {fields.map((field) => (
        <FieldInput
          key={field.path}
          field={field}
          value={valueOf(field.path)}
          onSet={(next, typing) => {
            onSet(field.path, next, typing);
          }}
        />
      ))}
    </fieldset>
  );
}

function FactSheet({ sheet }: { sheet: Sheet }) {
  const of = useOf();
  return (
    <figure className="sheet">
      <table>
        <caption>{of(sheet.title)}</caption>
        <thead>
          <tr>
            {sheet.columns.map((column) => (
              <th key={column.id} scope="col" className={column.numeric === true ? 'number' : ''}>
                {of(column.title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map((row, index) => (
            <tr key={index}>
              {sheet.columns.map((column) => {
                const cell = row[column.id];
                return (
                  <td key={column.id} className={column.numeric === true ? 'number' : ''}>
                    {cell === undefined ? '' : typeof cell === 'string' ? cell : of(cell)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {sheet.note !== undefined && <figcaption>{of(sheet.note)}</figcaption>}
    </figure>
  );
}
