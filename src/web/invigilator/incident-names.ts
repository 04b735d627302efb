import type { IncidentCategory } from '../../proctoring/proctoring.contract.ts';
import type { Text } from '../../shared/text.ts';

export const CATEGORY_NAMES: Readonly<Record<IncidentCategory, Text>> = {
  environment: { zh: '环境', en: 'Environment' },
  candidate: { zh: '考生', en: 'Candidate' },
  staff: { zh: '工作人员', en: 'Staff' },
  technical: { zh: '技术', en: 'Technical' },
};

/** The usual kinds, by category; stored as codes so that the record reads in both languages. */
export const INCIDENT_KINDS = {
  environment: ['noise', 'power-failure', 'evacuation', 'room-condition', 'other'],
  candidate: ['suspected-cheating', 'forbidden-object', 'left-seat', 'unwell', 'late', 'other'],
  staff: ['staff-absent', 'staff-conduct', 'procedure-error', 'other'],
  technical: ['device-failure', 'network-failure', 'display-error', 'paper-error', 'other'],
} as const satisfies Readonly<Record<IncidentCategory, readonly [string, ...string[]]>>;

const KIND_NAMES: Readonly<Record<string, Text>> = {
  noise: { zh: '噪声干扰', en: 'Noise' },
  'power-failure': { zh: '停电', en: 'Power failure' },
  evacuation: { zh: '疏散', en: 'Evacuation' },
  'room-condition': { zh: '场地条件', en: 'Condition of the room' },
  'suspected-cheating': { zh: '疑似作弊', en: 'Suspected cheating' },
  'forbidden-object': { zh: '携带违禁物品', en: 'Forbidden object' },
  'left-seat': { zh: '擅自离座', en: 'Left the seat' },
  unwell: { zh: '身体不适', en: 'Unwell' },
  late: { zh: '迟到', en: 'Late' },
  'identity-refused': { zh: '身份不符', en: 'Identity refused' },
  'staff-absent': { zh: '人员缺岗', en: 'Staff absent' },
  'staff-conduct': { zh: '人员行为', en: 'Conduct of staff' },
  'procedure-error': { zh: '程序差错', en: 'Error of procedure' },
  'device-failure': { zh: '设备故障', en: 'Computer failure' },
  'network-failure': { zh: '网络中断', en: 'Network failure' },
  'display-error': { zh: '显示异常', en: 'Wrong display' },
  'paper-error': { zh: '试题疑问', en: 'Doubt about an item' },
  other: { zh: '其他', en: 'Other' },
};

/** The name of a kind; one that is not among the usual is its own name. */
export const kindName = (code: string): Text => KIND_NAMES[code] ?? { zh: code, en: code };
