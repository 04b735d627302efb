import type {
  CandidateScenario,
  Field,
  ScenarioOperation,
  ScenarioState,
  ScenarioValue,
  Sheet,
} from '../../../bank/scenario.contract.ts';
import { useLanguage, useOf, useText, type Messages } from '../../lib/language.tsx';

const messages = {
  facts: { zh: '资料', en: 'Facts' },
  shop: { zh: '店铺后台', en: 'Seller back office' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
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
  const of = useOf();
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
    <div className="scenario">
      <section className="scenario-facts" aria-label={text('facts')}>
        <p className="stem">{of(scenario.brief)}</p>
        {scenario.sheets.map((sheet) => (
          <FactSheet key={sheet.id} sheet={sheet} />
        ))}
      </section>
      <section className="scenario-shop" aria-label={text('shop')}>
        <h2>
          {text('shop')} <small className="muted">{text('steps', { n: log.length })}</small>
        </h2>
        {groups.map((group) => {
          const fields = scenario.fields.filter((field) => field.group.zh === group);
          const [first] = fields;
          return (
            <fieldset key={group} className="shop-group" disabled={disabled}>
              <legend>{first === undefined ? group : of(first.group)}</legend>
              {fields.map((field) => (
                <FieldInput
                  key={field.path}
                  field={field}
                  value={current(field.path)}
                  onSet={(next, typing) => {
                    set(field.path, next, typing);
                  }}
                />
              ))}
            </fieldset>
          );
        })}
      </section>
    </div>
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

function FieldInput({
  field,
  value,
  onSet,
}: {
  field: Field;
  value: ScenarioValue | undefined;
  onSet: (value: ScenarioValue, typing: boolean) => void;
}) {
  const of = useOf();
  const { lang } = useLanguage();
  const text = useText(messages);
  const id = `field-${field.path}`;
  const describedBy = field.hint === undefined ? undefined : `${id}-hint`;
  const input = ((): React.ReactNode => {
    switch (field.type) {
      case 'choice':
        return (
          <select
            id={id}
            aria-describedby={describedBy}
            value={String(value ?? '')}
            onChange={(event) => {
              onSet(event.target.value, false);
            }}
          >
            {(field.choices ?? []).map((choice) => (
              <option key={choice.id} value={choice.id}>
                {choice.label[lang]}
              </option>
            ))}
          </select>
        );
      case 'boolean':
        return (
          <select
            id={id}
            aria-describedby={describedBy}
            value={String(value === true)}
            onChange={(event) => {
              onSet(event.target.value === 'true', false);
            }}
          >
            <option value="true">{text('yes')}</option>
            <option value="false">{text('no')}</option>
          </select>
        );
      case 'integer':
        return (
          <input
            id={id}
            aria-describedby={describedBy}
            inputMode="numeric"
            maxLength={12}
            autoComplete="off"
            value={String(value ?? '')}
            onChange={(event) => {
              const digits = event.target.value.normalize('NFKC').replace(/[^\d-]/g, '');
              if (/^-?\d{1,12}$/.test(digits)) onSet(Number(digits), true);
            }}
          />
        );
      case 'decimal':
        return (
          <input
            id={id}
            aria-describedby={describedBy}
            inputMode="decimal"
            maxLength={24}
            autoComplete="off"
            value={String(value ?? '')}
            onChange={(event) => {
              onSet(event.target.value.normalize('NFKC').replace(/[^\d.-]/g, ''), true);
            }}
          />
        );
      case 'text':
        return (
          <textarea
            id={id}
            aria-describedby={describedBy}
            rows={(field.maxLength ?? 200) > 160 ? 4 : 2}
            maxLength={field.maxLength ?? 2000}
            value={String(value ?? '')}
            onChange={(event) => {
              onSet(event.target.value, true);
            }}
          />
        );
    }
  })();
  return (
    <div className="field">
      <label htmlFor={id}>
        {of(field.label)}
        {field.unit !== undefined && <span className="unit"> ({of(field.unit)})</span>}
      </label>
      {input}
      {field.hint !== undefined && (
        <p id={describedBy} className="hint">
          {of(field.hint)}
        </p>
      )}
    </div>
  );
}
