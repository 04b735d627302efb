import { readFraction, roundHalfUp, ZERO } from '../../shared/fraction.ts';
import { useText, type Messages } from '../lib/language.tsx';

const messages = {
  title: { zh: '已公开的评分', en: 'All scores' },
  judge: { zh: '评分人', en: 'Judge' },
  total: { zh: '合计', en: 'Total' },
  note: { zh: '备注', en: 'Note' },
  spread: { zh: '分差 {spread}（上限 {limit}）', en: 'Spread {spread} (limit {limit})' },
  beyond: {
    zh: '▲ 分差超过上限，需要裁定或合议',
    en: '▲ Beyond the limit: needs adjudication or deliberation',
  },
  within: { zh: '✓ 在上限之内', en: '✓ Within the limit' },
} satisfies Messages;

interface DisclosureProps {
  judges: readonly { name: string; total: string; note: string }[];
  spread: string;
  spreadLimit: number;
  beyondLimit: boolean;
}

const shown = (text: string): string => roundHalfUp(readFraction(text) ?? ZERO, 1);

/** Everybody's totals side by side with the spread. */
export function Disclosure({ judges, spread, spreadLimit, beyondLimit }: DisclosureProps) {
  const text = useText(messages);
  return (
    <section className="disclosure">
      <h2>{text('title')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{text('judge')}</th>
            <th scope="col" className="number">
              {text('total')}
            </th>
            <th scope="col">{text('note')}</th>
          </tr>
        </thead>
        <tbody>
          {judges.map((judge) => (
            <tr key={judge.name}>
              <td>{judge.name}</td>
              <td className="number">{shown(judge.total)}</td>
              <td>{judge.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{text('spread', { spread: shown(spread), limit: spreadLimit })}</p>
      <p className={`notice ${beyondLimit ? 'attention' : 'ok'}`}>
        {text(beyondLimit ? 'beyond' : 'within')}
      </p>
    </section>
  );
}
