import type { Messages } from '../../lib/language.tsx';

export const peopleMessages = {
  title: { zh: '人员', en: 'People' },
  lead: {
    zh: '工作人员账号、考生和机构。考生的证件号只显示后四位。',
    en: 'Staff accounts, candidates and institutions. Only the last four of an ID number are ever shown.',
  },
  accounts: { zh: '工作人员', en: 'Staff' },
  candidates: { zh: '考生', en: 'Candidates' },
  institutions: { zh: '机构', en: 'Institutions' },
  name: { zh: '姓名', en: 'Name' },
  institution: { zh: '所属机构', en: 'Institution' },
} satisfies Messages;

export const accountMessages = {
  login: { zh: '用户名', en: 'Sign-in name' },
  name: { zh: '姓名', en: 'Name' },
  roles: { zh: '角色', en: 'Roles' },
  password: { zh: '初始密码', en: 'First password' },
  institution: { zh: '所属机构', en: 'Institution' },
  state: { zh: '状态', en: 'State' },
  active: { zh: '在用', en: 'Active' },
  closed: { zh: '停用', en: 'Closed' },
  none: { zh: '没有符合条件的账号。', en: 'No accounts match.' },
  search: { zh: '用户名开头', en: 'Find by sign-in name' },
  create: { zh: '新建账号', en: 'New account' },
  created: { zh: '已为 {name} 建立账号 {login}', en: 'Account {login} was created for {name}' },
  loginHint: {
    zh: '2–40 个小写字母、数字或 . _ -',
    en: '2–40 lower-case letters, digits or . _ -',
  },
  loginWrong: { zh: '用户名格式不对', en: 'Not a sign-in name' },
  passwordHint: {
    zh: '至少 {n} 个字符；请当面交给本人。',
    en: 'At least {n} characters; hand it to the person directly.',
  },
  institutionHint: {
    zh: '评审抽签时，同单位的考生由此回避。',
    en: 'The draw of a review panel keeps people away from candidates of their own institution.',
  },
  changeRoles: { zh: '更改角色', en: 'Change the roles' },
  rolesLead: {
    zh: '保存后立即生效：{name} 已登录的页面也随之改变，并记入审计。',
    en: 'Takes effect at once, on pages where {name} is signed in too, and is written to the audit.',
  },
  rolesSaved: { zh: '{name} 的角色已更改', en: 'The roles of {name} were changed' },
  ownRole: {
    zh: '您正在移除自己的“系统管理员”角色：保存后您不能再管理账号，只能由另一位管理员恢复。',
    en: 'You are taking the administrator role from yourself: only another administrator can give it back.',
  },
} satisfies Messages;

export const candidateMessages = {
  name: { zh: '姓名', en: 'Name' },
  idTail: { zh: '证件号后四位', en: 'Last four of ID' },
  institution: { zh: '报名机构', en: 'Institution' },
  photo: { zh: '照片', en: 'Portrait' },
  hasPhoto: { zh: '有', en: 'Kept' },
  noPhoto: { zh: '无', en: 'None' },
  portraitOf: { zh: '{name} 的照片', en: 'Portrait of {name}' },
  none: { zh: '没有符合条件的考生。', en: 'No candidates match.' },
  noneYet: {
    zh: '还没有考生。请用“导入考生”粘贴名单。',
    en: 'No candidates yet. Paste a list with “Import candidates”.',
  },
  search: { zh: '姓名开头', en: 'Find by name' },
  import: { zh: '导入考生', en: 'Import candidates' },
  importLead: {
    zh: '从表格复制两列“姓名、证件号”粘贴到下面，每行一人；也可用逗号分隔。证件号已在库中的考生会被更新，不会重复。',
    en: 'Copy two columns, name and ID number, from a spreadsheet and paste them below, one person a line; commas work as well. A known ID number is brought up to date, never doubled.',
  },
  rows: { zh: '名单', en: 'List' },
  placeholder: {
    zh: '王小明\t320300199001011234\n李芳\t320300199202025678',
    en: 'Wang Xiaoming\t320300199001011234\nLi Fang\t320300199202025678',
  },
  ready: { zh: '{n} 行可导入', en: 'Can be imported: {n}' },
  faulty: { zh: '{n} 行有问题', en: 'With faults: {n}' },
  faultyHint: { zh: '请改正后再导入。', en: 'Correct them first.' },
  line: { zh: '第 {n} 行', en: 'Line {n}' },
  'no-name': { zh: '缺少姓名', en: 'The name is missing' },
  'name-too-long': { zh: '姓名超过 60 个字符', en: 'The name is longer than 60 characters' },
  'no-id': { zh: '缺少证件号', en: 'The ID number is missing' },
  'wrong-id': {
    zh: '证件号“{id}”应为 6–30 位字母或数字',
    en: '{id} is no ID number: 6–30 letters or digits',
  },
  'too-many-cells': { zh: '多于两列', en: 'More than two columns' },
  repeated: { zh: '证件号与第 {first} 行相同', en: 'The same ID number as line {first}' },
  importN: { zh: '导入 {n} 名', en: 'Import {n}' },
  progress: { zh: '{done} / {all}', en: '{done} of {all}' },
  imported: { zh: '已导入 {n} 名考生', en: '{n} candidates were imported' },
  partly: {
    zh: '已导入 {done} 名，其余未导入。重新导入不会重复。',
    en: '{done} were imported, the others not. Importing again doubles nobody.',
  },
  noInstitutions: {
    zh: '还没有机构。请先在“机构”页登记。',
    en: 'No institutions yet. Record one on the Institutions tab first.',
  },
} satisfies Messages;

export const institutionMessages = {
  code: { zh: '代码', en: 'Code' },
  name: { zh: '名称', en: 'Name' },
  nameZh: { zh: '中文名称', en: 'Chinese name' },
  nameEn: { zh: '英文名称', en: 'English name' },
  kind: { zh: '类别', en: 'Kind' },
  area: { zh: '场地面积（m²）', en: 'Floor area (m²)' },
  areaHint: { zh: '此类别应大于 {needed} m²（5.2.1）', en: 'This kind needs more than {needed} m² (5.2.1)' },
  state: { zh: '状态', en: 'State' },
  approved: { zh: '已核准', en: 'Approved' },
  approvedAt: { zh: '核准时间', en: 'Approved at' },
  waits: { zh: '待核准', en: 'To be approved' },
  unmet: { zh: '条件不足 {clauses}', en: 'Not met: {clauses}' },
  conditions: { zh: '核准条件', en: 'Conditions of approval' },
  legalPerson: { zh: '具有独立法人资格（5.1.2）', en: 'Is a legal person (5.1.2)' },
  goodCredit: { zh: '信用良好（5.1.3）', en: 'Has good credit (5.1.3)' },
  areaMet: {
    zh: '场地 {area} m²，应大于 {needed} m²（5.2.1）',
    en: 'Venue of {area} m², more than {needed} m² needed (5.2.1)',
  },
  none: { zh: '还没有机构。', en: 'No institutions yet.' },
  create: { zh: '登记机构', en: 'Record an institution' },
  change: { zh: '更改资料', en: 'Change the facts' },
  changeLead: {
    zh: '保存后原核准失效，须重新核准。',
    en: 'Saving ends the approval; it has to be approved again.',
  },
  saved: { zh: '机构 {code} 已保存，待核准', en: '{code} was saved and waits for approval' },
  approve: { zh: '核准', en: 'Approve' },
  approveDone: { zh: '机构 {code} 已核准，可以安排考试', en: '{code} is approved and can hold examinations' },
  codeHint: { zh: '2–12 个大写字母或数字', en: '2–12 capital letters or digits' },
  codeWrong: { zh: '代码格式不对', en: 'Not a code' },
  known: {
    zh: '代码已登记：保存会更改“{name}”的资料。',
    en: 'This code is recorded: saving changes “{name}”.',
  },
  'professional-body': { zh: '专业机构', en: 'Professional body' },
  enterprise: { zh: '企业', en: 'Enterprise' },
  college: { zh: '院校', en: 'College' },
  'recognised-base': { zh: '认定基地', en: 'Recognised base' },
} satisfies Messages;
