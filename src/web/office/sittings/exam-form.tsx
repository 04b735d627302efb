import { App, Button, Form, Input, Select } from 'antd';
import type { TemplateView } from '../../../assembly/assembly.contract.ts';
import { PARTS, PARTS_OF_LEVEL, type Level, type Part } from '../../../shared/levels.ts';
import type { Page } from '../../../shared/paging.ts';
import type { ExamBody, ExamView } from '../../../sitting/sitting.contract.ts';
import { api } from '../../lib/api.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { useLoad, useSend } from '../lib/load.ts';
import { commonMessages } from '../lib/messages.ts';
import { useLevelOptions } from '../lib/names.ts';
import { Refusal } from '../lib/refusal.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { sittingMessages } from './messages.ts';

const TEMPLATE_LABELS = {
  theory: 'templateTheory',
  skill: 'templateSkill',
  review: 'templateReview',
} as const;

/** Creates an examination: level, institution and the template of each part that the level takes. */
export function ExamForm({
  open,
  onClose,
  onCreated,
}: {
  open: boolean;
  onClose(): void;
  onCreated(): void;
}) {
  const text = useText(sittingMessages);
  const { message } = App.useApp();
  const [form] = Form.useForm<ExamBody>();
  const { busy, error, send, clear } = useSend();
  const create = async (body: ExamBody): Promise<void> => {
    const made = await send(() => api.post<ExamView>('/api/exams', body));
    if (made === undefined) return;
    message.success(text('examMade', { code: made.code }));
    form.resetFields();
    onCreated();
    onClose();
  };
  return (
    <SidePanel
      open={open}
      title={text('createExam')}
      width={560}
      onClose={() => {
        clear();
        onClose();
      }}
      footer={
        <div className="drawer-actions">
          <Button
            type="primary"
            loading={busy}
            onClick={() => {
              form.submit();
            }}
          >
            {text('create')}
          </Button>
        </div>
      }
    >
      <Refusal error={error} />
      <Form<ExamBody>
        form={form}
        layout="vertical"
        onFinish={(body) => void create(body)}
        requiredMark={false}
      >
        <ExamFields />
      </Form>
    </SidePanel>
  );
}

function ExamFields() {
  const text = useText(sittingMessages);
  const common = useText(commonMessages);
  const of = useOf();
  const levels = useLevelOptions(true);
  const form = Form.useFormInstance<ExamBody>();
  const level = Form.useWatch('level', form) as Level | undefined;
  const institutions = useLoad<{ items: { _id: string; code: string; name: { zh: string; en: string } }[] }>(
    '/api/institutions',
  );
  const needed = [{ required: true, whitespace: true, message: common('required') }];
  return (
    <>
      <Form.Item name="code" label={text('code')} extra={text('codeHelp')} rules={needed}>
        <Input maxLength={30} />
      </Form.Item>
      <Form.Item name={['title', 'zh']} label={text('titleZh')} rules={needed}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name={['title', 'en']} label={text('titleEn')} rules={needed}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="institutionId" label={text('institution')} rules={needed}>
        <Select
          options={(institutions.data?.items ?? []).map((entry) => ({
            value: entry._id,
            label: `${entry.code} · ${of(entry.name)}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="level" label={text('level')} rules={needed}>
        <Select
          options={levels}
          onChange={() => {
            form.setFieldValue('templates', {});
          }}
        />
      </Form.Item>
      {level !== undefined &&
        PARTS.filter((part) => PARTS_OF_LEVEL[level].includes(part)).map((part) => (
          <TemplateField key={part} part={part} level={level} />
        ))}
    </>
  );
}

function TemplateField({ part, level }: { part: Part; level: Level }) {
  const text = useText(sittingMessages);
  const common = useText(commonMessages);
  const of = useOf();
  const load = useLoad<Page<TemplateView>>(`/api/assembly/templates?limit=200&level=${level}&kind=${part}`);
  return (
    <Form.Item
      name={['templates', part]}
      label={text(TEMPLATE_LABELS[part])}
      rules={[{ required: true, message: common('required') }]}
    >
      <Select
        loading={load.loading}
        options={(load.data?.items ?? []).map((template) => ({
          value: template.code,
          label: `${template.code} · ${of(template.title)}`,
        }))}
      />
    </Form.Item>
  );
}
