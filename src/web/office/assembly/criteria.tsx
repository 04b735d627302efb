import type { Criterion } from '../../../assembly/template.contract.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { assemblyMessages } from './messages.ts';

/** Criteria of a score sheet with what earns how many points. */
export function CriteriaTable({ criteria }: { criteria: readonly Criterion[] }) {
  const text = useText(assemblyMessages);
  const of = useOf();
  return (
    <table className="plain criteria">
      <thead>
        <tr>
          <th scope="col">{text('criterion')}</th>
          <th scope="col" className="number">
            {text('points')}
          </th>
          <th scope="col">{text('descriptors')}</th>
        </tr>
      </thead>
      <tbody>
        {criteria.map((criterion) => (
          <tr key={criterion.id}>
            <td>{of(criterion.title)}</td>
            <td className="number">{criterion.points}</td>
            <td>
              <ul className="descriptors">
                {criterion.descriptors.map((descriptor) => (
                  <li key={descriptor.from}>
                    <span className="number">
                      {descriptor.to}–{descriptor.from}
                    </span>{' '}
                    {of(descriptor.text)}
                  </li>
                ))}
              </ul>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
