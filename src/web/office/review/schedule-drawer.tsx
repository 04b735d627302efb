import { Button, DatePicker, Drawer, Form, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { AccountView } from '../../../people/people.contract.ts';
import type { DefenceView } from '../../../review/review.contract.ts';
import type { Page } from '../../../shared/paging.ts';
import type { EnrolmentView, ExamView } from '../../../sitting/sitting.contract.ts';
import { api } from '../../lib/api.ts';
import { useText } from '../../lib/language.tsx';
import { useLoad, useSend } from '../lib/load.ts';
import { useMe } from '../lib/me.ts';
import { Refusal } from '../lib/refusal.tsx';
import { reviewMessages } from './messages.ts';

interface Fields {
  enrolmentId: string;
  startsAt: Dayjs;
  pool: string[];
  members?: number;
  declared?: string[];
}

interface ScheduleDrawerProps {
  exam: ExamView;
  onClose(): void;
  onScheduled(defenceId: string): void;
}

/** Schedules one candidate's defence; the server draws the panel and records the seed. */
export function ScheduleDrawer({ exam, onClose, onScheduled }: ScheduleDrawerProps) {
  const text = useText(reviewMessages);
  const me = useMe();
  const enrolments = useLoad<Page<EnrolmentView>>(`/api/exams/${exam.id}/enrolments?limit=200`);
  const people = useLoad<Page<AccountView>>('/api/accounts?role=panel-member&limit=200');
  const { busy, error, send } = useSend();
  const members = (people.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const schedule = async ({ startsAt, ...fields }: Fields): Promise<void> => {
    const body = { ...fields, startsAt: startsAt.valueOf() };
    const defence = await send(() => api.post<DefenceView>(`/api/exams/${exam.id}/defences`, body));
    if (defence !== undefined) onScheduled(defence.id);
  };
  return (
    <Drawer open onClose={onClose} title={text('schedule')} size={480}>
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={{ startsAt: dayjs(me.now).add(1, 'hour').startOf('minute') }}
        onFinish={(fields) => void schedule(fields)}
      >
        <Form.Item name="enrolmentId" label={text('candidate')} rules={[{ required: true }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            loading={enrolments.loading}
            options={(enrolments.data?.items ?? []).map((row) => ({
              value: row.id,
              label: `${row.admissionNumber} · ${row.name}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="startsAt" label={text('startsAt')} rules={[{ required: true }]}>
          <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" />
        </Form.Item>
        <Form.Item name="pool" label={text('pool')} rules={[{ required: true }]}>
          <Select mode="multiple" loading={people.loading} options={members} />
        </Form.Item>
        <Form.Item name="members" label={text('size')}>
          <InputNumber min={1} max={15} />
        </Form.Item>
        <Form.Item name="declared" label={text('declared')}>
          <Select mode="multiple" options={members} />
        </Form.Item>
        <Refusal error={error} />
        <Button type="primary" htmlType="submit" loading={busy}>
          {text('draw')}
        </Button>
      </Form>
    </Drawer>
  );
}
