import type { Text } from './text.ts';

/** Everyone who can sign in. A staff member may hold several; a candidate holds only `candidate`. */
export const ROLES = [
  'candidate',
  'invigilator',
  'chief-invigilator',
  'examiner',
  'panel-member',
  'item-author',
  'item-reviewer',
  'exam-officer',
  'certificate-officer',
  'auditor',
  'administrator',
] as const;

export type Role = (typeof ROLES)[number];

/** Every role but the candidate's. */
export const STAFF_ROLES = ROLES.filter((role): role is Exclude<Role, 'candidate'> => role !== 'candidate');

/** The roles' names on screen. */
export const ROLE_NAMES: Record<Role, Text> = {
  candidate: { zh: '考生', en: 'Candidate' },
  invigilator: { zh: '监考员', en: 'Invigilator' },
  'chief-invigilator': { zh: '主考', en: 'Chief invigilator' },
  examiner: { zh: '考评员', en: 'Examiner' },
  'panel-member': { zh: '评审委员', en: 'Panel member' },
  'item-author': { zh: '命题员', en: 'Item author' },
  'item-reviewer': { zh: '审题员', en: 'Item reviewer' },
  'exam-officer': { zh: '考务员', en: 'Exam officer' },
  'certificate-officer': { zh: '证书管理员', en: 'Certificate officer' },
  auditor: { zh: '审计员', en: 'Auditor' },
  administrator: { zh: '系统管理员', en: 'Administrator' },
};
