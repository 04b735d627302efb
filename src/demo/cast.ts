import type { Role } from '../shared/roles.ts';

/** The password of everybody in the demo. */
export const DEMO_PASSWORD = 'kaochang-demo';

/** A staff member of the demo. `institution` is a code of `INSTITUTIONS`. */
export interface CastMember {
  login: string;
  name: string;
  roles: Role[];
  institution: 'KCDEMO' | 'KCGUEST';
}

const numbered = (
  login: string,
  names: readonly string[],
  role: Role,
  institution: CastMember['institution'],
): CastMember[] =>
  names.map((name, index) => ({ login: `${login}${index + 1}`, name, roles: [role], institution }));

/** Who works at the demo institution. Panel members come from elsewhere: they may not judge their own candidates. */
export const CAST: readonly CastMember[] = [
  { login: 'officer1', name: '周敏', roles: ['exam-officer'], institution: 'KCDEMO' },
  { login: 'officer2', name: '吴涛', roles: ['exam-officer'], institution: 'KCDEMO' },
  { login: 'chief', name: '郑海燕', roles: ['chief-invigilator'], institution: 'KCDEMO' },
  { login: 'author', name: '何静', roles: ['item-author'], institution: 'KCDEMO' },
  { login: 'reviewer', name: '罗勇', roles: ['item-reviewer'], institution: 'KCDEMO' },
  { login: 'certificate1', name: '林芳', roles: ['certificate-officer'], institution: 'KCDEMO' },
  { login: 'certificate2', name: '谢军', roles: ['certificate-officer'], institution: 'KCDEMO' },
  { login: 'auditor', name: '唐洁', roles: ['auditor'], institution: 'KCDEMO' },
  ...numbered('invigilator', ['孙丽', '马超', '朱明'], 'invigilator', 'KCDEMO'),
  ...numbered('examiner', ['胡斌', '郭静', '高强', '梁雪', '宋伟'], 'examiner', 'KCDEMO'),
  ...numbered('panel', ['韩冰', '冯磊', '董娟', '程刚', '曹颖', '袁志'], 'panel-member', 'KCGUEST'),
];

/** The bodies of the demo. */
export const INSTITUTIONS = [
  {
    code: 'KCDEMO',
    name: { zh: '考场示范培训中心', en: 'Kaochang Demonstration Centre' },
    kind: 'professional-body',
    areaSquareMetres: 420,
    legalPerson: true,
    goodCredit: true,
  },
  {
    code: 'KCGUEST',
    name: { zh: '示范评审专家库', en: 'Demonstration Review Pool' },
    kind: 'college',
    areaSquareMetres: 900,
    legalPerson: true,
    goodCredit: true,
  },
] as const;

const FAMILY = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const GIVEN = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '军',
  '洋',
  '勇',
  '艳',
  '杰',
  '娟',
  '涛',
  '明',
  '超',
  '秀英',
  '霞',
  '平',
  '刚',
  '桂英',
  '文博',
  '雨晴',
  '子涵',
  '思远',
  '佳怡',
  '浩然',
  '欣妍',
  '俊熙',
  '梓萱',
];

/** The candidate of a place, from 0: a name and an identity number, made up and the same each time. */
export function candidateOf(level: string, index: number): { name: string; idNumber: string } {
  const family = FAMILY[(index * 7 + level.length) % FAMILY.length] ?? '王';
  const given = GIVEN[(index * 11 + level.length * 3) % GIVEN.length] ?? '伟';
  const levelDigit = level === 'junior' ? 1 : level === 'intermediate' ? 2 : 3;
  return {
    name: `${family}${given}`,
    idNumber: `32030019${90 + levelDigit}0101${String(1000 + index * 13).slice(-4)}`,
  };
}
