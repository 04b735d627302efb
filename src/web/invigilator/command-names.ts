import type { SeatAction } from './actions.ts';
import type { Text } from '../../shared/text.ts';

/** The actions' names on buttons, in dialogs and in what is reported back. */
export const ACTION_NAMES: Readonly<Record<SeatAction, Text>> = {
  admit: { zh: '核验准入', en: 'Admit' },
  'refuse-identity': { zh: '不是本人', en: 'Not this person' },
  pause: { zh: '暂停', en: 'Pause' },
  resume: { zh: '恢复', en: 'Resume' },
  'add-time': { zh: '加时', en: 'Add time' },
  message: { zh: '发消息', en: 'Message' },
  'move-seat': { zh: '换座位', en: 'Move seat' },
  'hand-over': { zh: '换机移交', en: 'Hand over seat' },
  'refuse-sign-in': { zh: '拒绝另一台', en: 'Turn away' },
  'lower-hand': { zh: '放下举手', en: 'Lower hand' },
  incident: { zh: '记录异常', en: 'Incident' },
  terminate: { zh: '终止考试', en: 'End the test' },
};

/** Keys of the seat map that begin an action, while the map has the focus. */
export const ACTION_KEYS: Readonly<Partial<Record<SeatAction, string>>> = {
  admit: 'A',
  pause: 'P',
  resume: 'R',
  'add-time': 'T',
  message: 'M',
  'lower-hand': 'H',
  incident: 'I',
};

/** What a change of time is called. */
export const LEDGER_KIND_NAMES = {
  incident: { zh: '异常补时', en: 'Incident' },
  accommodation: { zh: '便利安排', en: 'Accommodation' },
  correction: { zh: '更正', en: 'Correction' },
  'pause-credit': { zh: '暂停补回', en: 'Pause given back' },
} as const satisfies Readonly<Record<string, Text>>;
