import type { Messages } from '../lib/language.tsx';

export const shellMessages = {
  product: { zh: '考场', en: 'Kaochang' },
  office: { zh: '考务办公', en: 'Exam office' },
  menu: { zh: '办公菜单', en: 'Office menu' },
  skip: { zh: '跳到正文', en: 'Skip to content' },
  signOut: { zh: '退出', en: 'Sign out' },
  loading: { zh: '正在打开……', en: 'Opening …' },
  bank: { zh: '题库', en: 'Bank' },
  assembly: { zh: '组卷', en: 'Assembly' },
  sittings: { zh: '场次', en: 'Sittings' },
  rooms: { zh: '考务', en: 'Rooms on duty' },
  marking: { zh: '阅卷', en: 'Marking' },
  review: { zh: '评审', en: 'Review' },
  results: { zh: '成绩', en: 'Results' },
  certificates: { zh: '证书', en: 'Certificates' },
  people: { zh: '人员', en: 'People' },
  noPages: {
    zh: '您的角色（{roles}）没有考务办公页面。监考请到监考页，评分请到考评页。',
    en: 'Your roles ({roles}) have no pages here. Invigilators and examiners have pages of their own.',
  },
  toRoom: { zh: '监考页', en: 'Room page' },
  toScore: { zh: '考评页', en: 'Scoring page' },
  crashed: {
    zh: '此页面出现错误。数据没有丢失，请重新打开。',
    en: 'This page had an error. No data is lost; open it again.',
  },
  reopen: { zh: '重新打开', en: 'Open again' },
} satisfies Messages;

export const clockMessages = {
  serverTime: { zh: '考试时间', en: 'Exam time' },
  demo: { zh: '演示', en: 'Demo' },
  move: { zh: '拨快时钟', en: 'Move the clock' },
  minutes: { zh: '+{n} 分钟', en: '+{n} min' },
  moved: { zh: '时钟已拨快 {n} 分钟', en: 'The clock was moved {n} minutes forward' },
  warning: {
    zh: '只在演示配置中可用。所有考场和倒计时一起前进，不能拨回。',
    en: 'In the demo only. All rooms and countdowns move with it, and it cannot be moved back.',
  },
} satisfies Messages;
