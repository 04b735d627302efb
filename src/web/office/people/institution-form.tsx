import { Alert, Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { InstitutionBody } from '../../../people/people.contract.ts';
import { areaFloor } from '../../../people/institution.rules.ts';
import { api } from '../../lib/api.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { useSend } from '../lib/load.ts';
import { commonMessages } from '../lib/messages.ts';
import { Refusal } from '../lib/refusal.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { KINDS, type Institution, type InstitutionFacts } from './institution.ts';
import { institutionMessages } from './messages.ts';

const { code: CODE, areaSquareMetres: AREA } = InstitutionBody.properties;
const CODE_PATTERN = new RegExp(CODE.pattern ?? '');
const BLANK: Partial<InstitutionFacts> = { kind: 'professional-body', legalPerson: false, goodCredit: false };

interface InstitutionFormProps {
  open: boolean;
  /** The institution that is changed; missing for a new one. */
  institution: Institution | undefined;
  /** All there are: a code that is known changes that one. */
  items: readonly Institution[];
  onClose(): void;
  onSaved(institution: Institution): void;
}

/** Records an institution or changes its facts; either way it has to be approved afterwards. */
export function InstitutionForm({ open, institution, items, onClose, onSaved }: InstitutionFormProps) {
  const text = useText(institutionMessages);
  const common = useText(commonMessages);
  const [form] = Form.useForm<InstitutionFacts>();
  const { busy, error, send, clear } = useSend();
  const save = async (facts: InstitutionFacts): Promise<void> => {
    const saved = await send(() => api.post<Institution>('/api/institutions', facts));
    if (saved !== undefined) onSaved(saved);
  };
  const close = (): void => {
    clear();
    onClose();
  };
  return (
    <SidePanel
      open={open}
      width={480}
      title={institution === undefined ? text('create') : `${text('change')} · ${institution.code}`}
      onClose={close}
      footer={
        <div className="drawer-actions">
          <Button onClick={close}>{common('cancel')}</Button>
          <Button type="primary" loading={busy} onClick={form.submit}>
            {common('save')}
          </Button>
        </div>
      }
    >
      {institution !== undefined && <Alert type="warning" showIcon title={text('changeLead')} />}
      <Refusal error={error} />
      <Form<InstitutionFacts>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={institution ?? BLANK}
        preserve={false}
        onFinish={(facts) => void save(facts)}
      >
        <InstitutionFields fixedCode={institution !== undefined} items={items} />
      </Form>
    </SidePanel>
  );
}

function InstitutionFields({ fixedCode, items }: { fixedCode: boolean; items: readonly Institution[] }) {
  const text = useText(institutionMessages);
  const of = useOf();
  const code = Form.useWatch<string | undefined>('code');
  const kind = Form.useWatch<InstitutionFacts['kind'] | undefined>('kind');
  const known = fixedCode ? undefined : items.find((one) => one.code === code);
  const named = [{ required: true, whitespace: true, max: 120 }];
  return (
    <>
      <Form.Item
        name="code"
        label={text('code')}
        extra={known === undefined ? text('codeHint') : text('known', { name: of(known.name) })}
        rules={[{ required: true }, { pattern: CODE_PATTERN, message: text('codeWrong') }]}
      >
        <Input disabled={fixedCode} autoComplete="off" maxLength={12} spellCheck={false} />
      </Form.Item>
      <Form.Item name={['name', 'zh']} label={text('nameZh')} rules={named}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name={['name', 'en']} label={text('nameEn')} rules={named}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="kind" label={text('kind')} rules={[{ required: true }]}>
        <Select options={KINDS.map((value) => ({ value, label: text(value) }))} />
      </Form.Item>
      <Form.Item
        name="areaSquareMetres"
        label={text('area')}
        extra={text('areaHint', { needed: areaFloor(kind ?? 'professional-body') })}
        rules={[{ required: true }]}
      >
        <InputNumber min={AREA.minimum ?? 0} max={AREA.maximum ?? Infinity} style={{ width: 160 }} />
      </Form.Item>
      <Form.Item name="legalPerson" valuePropName="checked" noStyle>
        <Checkbox>{text('legalPerson')}</Checkbox>
      </Form.Item>
      <br />
      <Form.Item name="goodCredit" valuePropName="checked" noStyle>
        <Checkbox>{text('goodCredit')}</Checkbox>
      </Form.Item>
    </>
  );
}
