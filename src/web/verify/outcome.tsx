import type { VerifyAnswer } from '../../certificate/certificate.contract.ts';
import type { CertificateRecord } from '../../certificate/record.rules.ts';
import { PART_NAMES } from '../../shared/levels.ts';
import { useLanguage, useOf, useText } from '../lib/language.tsx';
import { dateTimeText } from '../lib/time.ts';
import { verifyMessages } from './messages.ts';

const LINES = ['signature', 'issuer', 'status', 'record'] as const;
const SHAPES = { good: '✓', bad: '■', unknown: '▲' } as const;

/** Four lines of verdict, then the certificate's fields as issued. */
export function Outcome({ answer }: { answer: VerifyAnswer }) {
  const text = useText(verifyMessages);
  const { lang } = useLanguage();
  return (
    <section className="outcome">
      <p className={`outcome-head ${answer.overall}`}>{text(answer.overall)}</p>
      <ul className="verdicts">
        {LINES.map((line) => {
          const verdict = answer.verdicts[line];
          return (
            <li key={line} className={verdict.state}>
              <b>
                <span aria-hidden="true">{SHAPES[verdict.state]}</span> {text(line)}
              </b>
              <span>{verdict[lang]}</span>
            </li>
          );
        })}
      </ul>
      {answer.record !== undefined && <AsIssued record={answer.record} photo={answer.photo} />}
      <p className="outcome-foot muted">
        {text('checkedAt', { time: dateTimeText(answer.checkedAt) })}
        <button
          type="button"
          className="button"
          onClick={() => {
            window.print();
          }}
        >
          {text('print')}
        </button>
      </p>
    </section>
  );
}

function AsIssued({ record, photo }: { record: CertificateRecord; photo: VerifyAnswer['photo'] }) {
  const text = useText(verifyMessages);
  const of = useOf();
  const rows: [string, string][] = [
    [text('name'), record.holder.name],
    [text('idNumber'), record.holder.idMasked],
    [text('number'), record.number],
    [text('occupation'), of(record.occupation)],
    [text('direction'), record.direction],
    [text('level'), `${of(record.level.name)} (${of(record.level.grade)})`],
    [text('exam'), `${of(record.exam.title)} · ${record.exam.admissionNumber}`],
    ...record.parts.map(({ part, mark }): [string, string] => [of(PART_NAMES[part]), text('mark', { mark })]),
    [text('issuedBy'), of(record.issuer.name)],
    [text('issuedOn'), record.issuedOn],
  ];
  return (
    <section className="panel as-issued">
      <h2>{text('asIssued')}</h2>
      <p className="muted">{text('compare')}</p>
      <dl>
        {rows.map(([label, value]) => (
          <Row key={label} label={label} value={value} />
        ))}
      </dl>
      {photo !== undefined && <img src={`data:${photo.type};base64,${photo.base64}`} alt={text('photo')} />}
    </section>
  );
}

function Row({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}
