import type { ConsoleView } from '../../../proctoring/proctoring.views.contract.ts';
import { judgeStaffing } from '../../../sitting/staffing.rules.ts';
import { useOf, useText, type Messages } from '../../lib/language.tsx';
import { missingWords } from '../staffing-words.ts';
import { Dialog } from './dialog.tsx';

const messages = {
  title: { zh: '交接离岗', en: 'Hand over and leave' },
  leave: { zh: '离岗', en: 'Leave' },
  handOver: {
    zh: '离岗前请确认接替的人已在本考场登录并点“我在岗”。',
    en: 'Before you leave, see that whoever takes over has signed in at this room and pressed “I am here”.',
  },
  after: { zh: '您离岗后：{missing}。', en: 'After you have left: {missing}.' },
  fine: { zh: '您离岗后人员仍然足够。', en: 'Staffing holds without you.' },
} satisfies Messages;

/** Leaving tells beforehand what it does to the staffing, by the same rule as the server's. */
export function LeaveDialog({
  view,
  onLeave,
  onClose,
}: {
  view: ConsoleView;
  onLeave: () => void;
  onClose: () => void;
}) {
  const text = useText(messages);
  const of = useOf();
  const { part, verdict } = view.staffing;
  const counts = part === 'skill' ? view.me.duty === 'examiner' : view.me.duty !== 'examiner';
  const present = verdict.present - (counts ? 1 : 0);
  const after = judgeStaffing({
    part,
    candidates: verdict.candidates,
    staff: present,
    // What is needed now already holds the template's own terms.
    terms: { minimum: verdict.needed },
  });
  return (
    <Dialog
      title={text('title')}
      action={text('leave')}
      danger={!after.ok}
      refusal={undefined}
      busy={false}
      onClose={onClose}
      onDo={() => {
        onLeave();
        onClose();
      }}
    >
      <p>{text('handOver')}</p>
      <p className={`notice ${after.ok ? 'ok' : 'trouble'}`}>
        {after.ok ? text('fine') : text('after', { missing: of(missingWords(part, after)) })}
      </p>
    </Dialog>
  );
}
