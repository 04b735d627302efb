import { PlusOutlined } from '@ant-design/icons';
import { Alert, App, Button, DatePicker, Form, InputNumber, Segmented, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import type { FormView, TemplateDetail } from '../../../assembly/assembly.contract.ts';
import { problemOf } from '../../../shared/errors/index.ts';
import type { Page } from '../../../shared/paging.ts';
import type { SittingBody, SittingView } from '../../../sitting/sitting.contract.ts';
import type { RoomPart } from '../../../sitting/staffing.rules.ts';
import { api } from '../../lib/api.ts';
import { useLanguage, useOf, useText } from '../../lib/language.tsx';
import { dateTimeText } from '../../lib/time.ts';
import { ExamSelect, useExamChoice } from '../lib/exam-select.tsx';
import { useLoad, useSend } from '../lib/load.ts';
import { useMe } from '../lib/me.ts';
import { PART_SHORT } from '../lib/names.ts';
import { Refusal } from '../lib/refusal.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { sittingMessages } from './messages.ts';
import { expectedByRoom, nextRoom, roomBody, type RoomPlan } from './plan.ts';
import { RoomFields } from './room-fields.tsx';
import { useStaff } from './use-staff.ts';

/** Plans a sitting: part, forms, start, rooms and staff, with the staffing verdict of each room while one types. */
export function Planner({
  open,
  onClose,
  onPlanned,
}: {
  open: boolean;
  onClose(): void;
  onPlanned(sitting: SittingView): void;
}) {
  const text = useText(sittingMessages);
  return (
    <SidePanel open={open} title={text('plan')} width={920} onClose={onClose}>
      <PlannerForm onPlanned={onPlanned} />
    </SidePanel>
  );
}

function PlannerForm({ onPlanned }: { onPlanned(sitting: SittingView): void }) {
  const text = useText(sittingMessages);
  const { lang } = useLanguage();
  const of = useOf();
  const me = useMe();
  const { message } = App.useApp();
  const { busy, error, send } = useSend();
  const choice = useExamChoice();
  const { exam } = choice;
  const [part, setPart] = useState<RoomPart>('theory');
  const [formIds, setFormIds] = useState<string[]>();
  const [startsAt, setStartsAt] = useState<Dayjs>(() => dayjs(me.now).add(1, 'day').startOf('hour'));
  const [typed, setTyped] = useState<number>();
  const [rooms, setRooms] = useState<RoomPlan[]>(() => [nextRoom([])]);
  const templateCode = exam?.templates[part];
  const template = useLoad<TemplateDetail>(
    templateCode === undefined ? undefined : `/api/assembly/templates/${encodeURIComponent(templateCode)}`,
  ).data?.template;
  const forms = useLoad<Page<FormView>>(
    templateCode === undefined
      ? undefined
      : `/api/assembly/forms?limit=200&templateCode=${encodeURIComponent(templateCode)}`,
  );
  const staff = useStaff();
  const newest = forms.data?.items[0]?.batchId;
  const chosen =
    formIds ??
    (forms.data?.items ?? [])
      .filter((form) => form.batchId === newest)
      .sort((a, b) => (a.label < b.label ? -1 : 1))
      .map((form) => form.formId);
  const expected = typed ?? exam?.enrolled ?? 0;
  const seating = expectedByRoom(rooms, expected);
  const terms = template === undefined || template.kind === 'review' ? undefined : template.staffing;
  const save = async (): Promise<void> => {
    if (exam === undefined) return;
    const body: SittingBody = {
      examId: exam.id,
      part,
      formIds: chosen,
      startsAt: startsAt.valueOf(),
      rooms: rooms.map(roomBody),
    };
    const made = await send(() => api.post<SittingView>('/api/sittings', body));
    if (made === undefined) return;
    message.success(text('planned'));
    onPlanned(made);
  };
  return (
    <Form layout="vertical" component="div" className="stack">
      <div className="planner-head">
        <Form.Item label={text('exam')}>
          <ExamSelect
            choice={{
              ...choice,
              choose: (id) => {
                setFormIds(undefined);
                choice.choose(id);
              },
            }}
          />
        </Form.Item>
        <Form.Item label={text('part')}>
          <Segmented<RoomPart>
            aria-label={text('part')}
            value={part}
            onChange={(next) => {
              setPart(next);
              setFormIds(undefined);
            }}
            options={(['theory', 'skill'] as const).map((value) => ({ value, label: of(PART_SHORT[value]) }))}
          />
        </Form.Item>
        <Form.Item label={text('startsAt')} htmlFor="starts-at">
          <DatePicker
            id="starts-at"
            showTime={{ format: 'HH:mm', minuteStep: 5 }}
            format="YYYY-MM-DD HH:mm"
            allowClear={false}
            value={startsAt}
            onChange={(value) => {
              setStartsAt((previous) => value ?? previous);
            }}
          />
        </Form.Item>
        <Form.Item label={text('expected')} htmlFor="expected">
          <InputNumber
            id="expected"
            min={0}
            max={5000}
            value={expected}
            onChange={(value) => {
              setTyped(value ?? undefined);
            }}
          />
        </Form.Item>
      </div>
      <Form.Item
        label={text('forms')}
        htmlFor="forms"
        extra={templateCode === undefined ? undefined : text('templateOfExam', { code: templateCode })}
        help={forms.data?.items.length === 0 ? text('noForms') : text('formsHelp')}
        validateStatus={forms.data?.items.length === 0 ? 'error' : ''}
      >
        <Select
          id="forms"
          mode="multiple"
          loading={forms.loading}
          value={chosen}
          onChange={(ids: string[]) => {
            setFormIds(ids);
          }}
          options={(forms.data?.items ?? []).map((form) => ({
            value: form.formId,
            label: text('labelN', { label: form.label, at: dateTimeText(form.at) }),
          }))}
        />
      </Form.Item>
      {!seating.ok && (
        <Alert
          type="error"
          showIcon
          title={
            problemOf('sitting.too-few-seats', {
              params: { needed: seating.needed, present: seating.present },
            })[lang]
          }
        />
      )}
      {rooms.map((room, index) => (
        <RoomFields
          key={room.key}
          number={index + 1}
          room={room}
          part={part}
          terms={terms}
          candidates={seating.ok ? (seating.counts.get(room.key) ?? 0) : room.seats}
          staff={staff}
          taken={
            new Set(
              rooms.filter((other) => other !== room).flatMap((other) => other.staff.map((s) => s.accountId)),
            )
          }
          onChange={(changed) => {
            setRooms((all) => all.map((each) => (each.key === room.key ? changed : each)));
          }}
          onRemove={
            rooms.length > 1
              ? () => {
                  setRooms((all) => all.filter((each) => each.key !== room.key));
                }
              : undefined
          }
        />
      ))}
      <Refusal error={error} />
      <div className="planner-foot">
        <Button
          icon={<PlusOutlined />}
          onClick={() => {
            setRooms((all) => [...all, nextRoom(all)]);
          }}
        >
          {text('addRoom')}
        </Button>
        <Button
          type="primary"
          loading={busy}
          disabled={exam === undefined || chosen.length === 0}
          onClick={() => void save()}
        >
          {text('save')}
        </Button>
      </div>
    </Form>
  );
}
