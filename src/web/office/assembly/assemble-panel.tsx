import { Alert, Button, Form, Input, InputNumber, Spin } from 'antd';
import { useEffect, useState } from 'react';
import type { AssemblyReport, Feasibility } from '../../../assembly/assembly.contract.ts';
import type { SkillTemplate, TheoryTemplate } from '../../../assembly/template.contract.ts';
import { api } from '../../lib/api.ts';
import { useText } from '../../lib/language.tsx';
import { useLoad, useSend, useSettled } from '../lib/load.ts';
import { useMay } from '../lib/me.ts';
import { Issues, Refusal } from '../lib/refusal.tsx';
import { ConformanceReport } from './conformance.tsx';
import { assemblyMessages } from './messages.ts';

/** Whether the bank can fill the template, asked as the number of forms changes; then the assembly itself. */
export function AssemblePanel({ template }: { template: TheoryTemplate | SkillTemplate }) {
  const text = useText(assemblyMessages);
  const mayMake = useMay('exam-officer');
  const [forms, setForms] = useState(template.forms);
  const [seed, setSeed] = useState('');
  const [report, setReport] = useState<AssemblyReport>();
  const { busy, error, send } = useSend();
  const path = `/api/assembly/templates/${encodeURIComponent(template.code)}`;
  const judged = useLoad<Feasibility>(`${path}/feasibility?forms=${useSettled(forms)}`);
  const assemble = async (): Promise<void> => {
    setReport(undefined);
    setReport(
      await send(() =>
        api.post<AssemblyReport>(`${path}/forms`, { forms, ...(seed === '' ? {} : { seed }) }),
      ),
    );
  };
  const seedFits = /^[A-Za-z0-9._-]{0,60}$/.test(seed);
  return (
    <div className="stack">
      <Form layout="vertical" className="pair" onFinish={() => void assemble()}>
        <Form.Item
          label={text('formsCount')}
          htmlFor="forms-count"
          help={template.kind === 'skill' ? text('oneForm') : undefined}
        >
          <InputNumber
            id="forms-count"
            min={1}
            max={template.kind === 'skill' ? 1 : 10}
            value={forms}
            onChange={(value) => {
              setForms(value ?? template.forms);
              setReport(undefined);
            }}
          />
        </Form.Item>
        <Form.Item
          label={text('seed')}
          htmlFor="forms-seed"
          help={text(seedFits ? 'seedHelp' : 'seedShape')}
          validateStatus={seedFits ? '' : 'error'}
        >
          <Input
            id="forms-seed"
            value={seed}
            maxLength={60}
            onChange={(event) => {
              setSeed(event.target.value.trim());
            }}
          />
        </Form.Item>
      </Form>
      <Refusal error={judged.error} onRetry={judged.reload} />
      {judged.data === undefined ? (
        judged.loading && <Working key={forms} what="judging" />
      ) : (
        <Judgement judged={judged.data} />
      )}
      {mayMake && (
        <Button
          type="primary"
          className="start"
          disabled={busy || !seedFits || judged.data?.feasible !== true}
          onClick={() => void assemble()}
        >
          {text('assemble')}
        </Button>
      )}
      {busy && <Working what="working" />}
      <Refusal error={error} />
      {report !== undefined && <Made report={report} template={template} />}
    </div>
  );
}

function Judgement({ judged }: { judged: Feasibility }) {
  const text = useText(assemblyMessages);
  const { feasible, pool, forms, issues } = judged;
  return (
    <Alert
      type={feasible ? 'success' : 'warning'}
      showIcon
      title={text(feasible ? 'feasible' : 'notFeasible', { pool, forms, n: issues.length })}
      description={issues.length > 0 ? <Issues issues={issues} /> : undefined}
    />
  );
}

/** That the solver works, and for how long it has. */
function Working({ what }: { what: 'judging' | 'working' }) {
  const text = useText(assemblyMessages);
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const ticking = setInterval(() => {
      setSeconds((n) => n + 1);
    }, 1000);
    return () => {
      clearInterval(ticking);
    };
  }, []);
  return (
    <p role="status" className="working">
      <Spin size="small" /> {text(what, { s: seconds })}
    </p>
  );
}

function Made({ report, template }: { report: AssemblyReport; template: TheoryTemplate | SkillTemplate }) {
  const text = useText(assemblyMessages);
  return (
    <>
      <Alert
        type="success"
        showIcon
        title={text('made', { n: report.forms.length })}
        description={text('madeText', {
          seed: report.seed,
          s: (report.solverMs / 1000).toFixed(1),
          proved: text(report.proved ? 'proved' : 'notProved'),
        })}
      />
      <ConformanceReport
        conformance={report.conformance}
        labels={report.forms.map((form) => form.label)}
        parts={template.parts}
      />
    </>
  );
}
