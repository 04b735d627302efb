import { Skeleton, Tabs } from 'antd';
import type { TemplateDetail, TemplateView } from '../../../assembly/assembly.contract.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { useLoad } from '../lib/load.ts';
import { useMay } from '../lib/me.ts';
import { Refusal } from '../lib/refusal.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { AssemblePanel } from './assemble-panel.tsx';
import { Blueprint } from './blueprint.tsx';
import { assemblyMessages } from './messages.ts';

/** One template beside the list: its blueprint, and assembly for those who may. */
export function TemplateDrawer({ view, onClose }: { view: TemplateView | undefined; onClose(): void }) {
  const text = useText(assemblyMessages);
  const of = useOf();
  const mayJudge = useMay('exam-officer', 'item-reviewer');
  const load = useLoad<TemplateDetail>(
    view === undefined ? undefined : `/api/assembly/templates/${encodeURIComponent(view.code)}`,
  );
  const template = load.data?.template;
  return (
    <SidePanel
      open={view !== undefined}
      onClose={onClose}
      width={780}
      title={view === undefined ? '' : of(view.title)}
    >
      <Refusal error={load.error} onRetry={load.reload} />
      {template === undefined ? (
        load.loading && <Skeleton active />
      ) : template.kind === 'review' || !mayJudge ? (
        <Blueprint template={template} />
      ) : (
        <Tabs
          items={[
            { key: 'parts', label: text('parts'), children: <Blueprint template={template} /> },
            {
              key: 'assemble',
              label: text('assemble'),
              children: <AssemblePanel key={template.code} template={template} />,
            },
          ]}
        />
      )}
    </SidePanel>
  );
}
