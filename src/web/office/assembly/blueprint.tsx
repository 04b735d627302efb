import type { ReactNode } from 'react';
import type {
  Judges,
  Quotas,
  Range,
  ReviewTemplate,
  SkillTemplate,
  Template,
  TheoryTemplate,
} from '../../../assembly/template.contract.ts';
import { DIFFICULTIES, ITEM_TYPE_NAMES } from '../../../bank/item.contract.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { CriteriaTable } from './criteria.tsx';
import { assemblyMessages } from './messages.ts';

type Fact = [label: keyof typeof assemblyMessages, value: ReactNode];

/** What a template asks: times and rules, parts, quotas, criteria. */
export function Blueprint({ template }: { template: Template }) {
  return (
    <div className="stack">
      <Facts template={template} />
      {template.kind === 'theory' && <TheoryParts template={template} />}
      {template.kind === 'theory' && <QuotaTables quotas={template.quotas} />}
      {template.kind === 'skill' && <SkillParts template={template} />}
      {template.kind === 'review' && <ReviewParts template={template} />}
    </div>
  );
}

function Facts({ template }: { template: Template }) {
  const text = useText(assemblyMessages);
  const judges = ({ members, aggregation, spreadLimit }: Judges): string =>
    text('judgesText', { members, how: text(aggregation), limit: spreadLimit });
  const facts: Fact[] = [
    ['code', <code>{template.code}</code>],
    ['version', template.version],
    ['minutes', text('minutesN', { n: template.minutes })],
    ['passMark', text('pointsN', { n: template.passMark })],
    ...(template.kind === 'review' ? reviewFacts(template, text, judges) : roomFacts(template, text)),
    ...(template.kind === 'skill' ? ([['examiners', judges(template.examiners)]] as Fact[]) : []),
    ...(template.kind === 'theory'
      ? ([['overlap', text('atMost', { n: template.overlap.maxBetweenForms })]] as Fact[])
      : []),
  ];
  return (
    <dl className="facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{text(label)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type TextOf = ReturnType<typeof useText<typeof assemblyMessages>>;

function reviewFacts(template: ReviewTemplate, text: TextOf, judges: (panel: Judges) => string): Fact[] {
  return [
    ['panel', judges(template.panel)],
    ['preparation', text('minutesN', { n: template.preparationMinutes })],
    ['statement', text('minutesN', { n: template.statementMinutes })],
  ];
}

function roomFacts(template: TheoryTemplate | SkillTemplate, text: TextOf): Fact[] {
  const { staffing } = template;
  return [
    ['lateEntry', text('afterN', { n: template.lateEntryMinutes })],
    ['earliest', text('afterN', { n: template.earliestHandInMinutes })],
    ['warnings', text('beforeN', { n: template.warnings.join(' / ') })],
    [
      'staffing',
      text('staffingText', {
        ratio: staffing?.candidatesPerStaff ?? 15,
        least: staffing?.minimum ?? (template.kind === 'theory' ? 2 : 3),
      }),
    ],
    ['calculator', text(template.calculator ? 'allowed' : 'notAllowed')],
    ['partial', text(template.partialCredit)],
    ['hold', text(template.holdClocks)],
  ];
}

function TheoryParts({ template }: { template: TheoryTemplate }) {
  const text = useText(assemblyMessages);
  const of = useOf();
  const sum = (pick: (part: TheoryTemplate['parts'][number]) => number): number =>
    template.parts.reduce((total, part) => total + pick(part), 0);
  return (
    <section className="tight">
      <h2>{text('parts')}</h2>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{text('part')}</th>
            <th scope="col">{text('types')}</th>
            <th scope="col" className="number">
              {text('count')}
            </th>
            <th scope="col" className="number">
              {text('each')}
            </th>
            <th scope="col" className="number">
              {text('points')}
            </th>
          </tr>
        </thead>
        <tbody>
          {template.parts.map((part) => (
            <tr key={part.id}>
              <td>{of(part.title)}</td>
              <td>{part.types.map((type) => of(ITEM_TYPE_NAMES[type])).join(' · ')}</td>
              <td className="number">{part.count}</td>
              <td className="number">{part.pointsEach}</td>
              <td className="number">{part.count * part.pointsEach}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={2}>{text('total')}</td>
            <td className="number">{sum((part) => part.count)}</td>
            <td />
            <td className="number">{sum((part) => part.count * part.pointsEach)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

/** Quotas side by side: difficulty, functions, contents. */
function QuotaTables({ quotas }: { quotas: Quotas }) {
  const text = useText(assemblyMessages);
  const difficulty: Record<string, Range> = Object.fromEntries(
    DIFFICULTIES.flatMap((name): [string, Range][] => {
      const range = quotas.byDifficulty?.[name];
      return range === undefined ? [] : [[text(name), range]];
    }),
  );
  const groups = [
    ['byDifficulty', difficulty],
    ['byFunction', quotas.byFunction ?? {}],
    ['byContent', quotas.byContent ?? {}],
  ] as const;
  return (
    <section className="tight">
      <h2>{text('quotas')}</h2>
      {groups.map(([name, ranges]) => (
        <div key={name} className="quota-group">
          <span className="muted">{text(name)}</span>
          <ul className="quotas">
            {Object.entries(ranges).map(([code, range]) => (
              <li key={code}>
                <span>{code}</span>
                <strong className="number">{text('range', range)}</strong>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function SkillParts({ template }: { template: SkillTemplate }) {
  const text = useText(assemblyMessages);
  const of = useOf();
  return (
    <>
      {template.parts.map((part) => (
        <section key={part.id} className="tight">
          <h2>
            {text('partHead', { title: of(part.title), points: part.points })}{' '}
            <span className="muted">{text(part.kind)}</span>
          </h2>
          {part.kind === 'computer' ? (
            <p>
              {text('tasks')}: {part.scenarios.join(' · ')}
            </p>
          ) : (
            <>
              <p className="task">{of(part.task)}</p>
              <CriteriaTable criteria={part.criteria} />
            </>
          )}
        </section>
      ))}
    </>
  );
}

function ReviewParts({ template }: { template: ReviewTemplate }) {
  const text = useText(assemblyMessages);
  const of = useOf();
  return (
    <>
      <section className="tight">
        <h2>{text('materials')}</h2>
        <ul className="bullets">
          {template.materials.map((material) => (
            <li key={material.id}>
              {of(material.title)}{' '}
              <span className="muted">{text(material.required ? 'needed' : 'optional')}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="tight">
        <h2>{text('criteria')}</h2>
        <CriteriaTable criteria={template.criteria} />
      </section>
    </>
  );
}
