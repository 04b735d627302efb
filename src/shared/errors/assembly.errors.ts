import type { ErrorTable } from './error-table.ts';

export const assemblyErrors = {
  'assembly.template-refused': {
    status: 422,
    zh: '模板“{code}”不合格，未导入（{count} 个问题）。请按问题清单改正。',
    en: 'The template “{code}” is not valid and was not imported ({count} problems). Correct what the list names.',
  },
  'assembly.schema': {
    status: 422,
    zh: '格式不符：{detailZh}。',
    en: 'The format is not met: {detail}.',
  },
  'assembly.unknown-kind': {
    status: 422,
    zh: '模板类型“{kind}”不存在，应为 theory、skill 或 review。',
    en: 'There is no kind of template “{kind}”: it is theory, skill or review.',
  },
  'assembly.too-short': {
    status: 422,
    clause: '11.3',
    zh: '理论知识考核和技能考核时间不少于 {floor} 分钟（11.3），模板为 {minutes} 分钟。请延长。',
    en: 'A theory or skill test lasts {floor} minutes or more (11.3); the template says {minutes}. Make it longer.',
  },
  'assembly.review-too-short': {
    status: 422,
    clause: '11.3',
    zh: '综合评审时间不少于 {floor} 分钟（11.3），模板为 {minutes} 分钟。请延长。',
    en: 'A review lasts {floor} minutes or more (11.3); the template says {minutes}. Make it longer.',
  },
  'assembly.staffing-too-loose': {
    status: 422,
    clause: '11.2',
    zh: '每名监考员（考评员）对应的考生不得超过 {limit} 人（11.2），模板为 {value} 人。只可更严，不可放宽。',
    en: 'One invigilator or examiner may watch at most {limit} candidates (11.2); the template says {value}. A template may be stricter, never looser.',
  },
  'assembly.staffing-too-few': {
    status: 422,
    clause: '11.2',
    zh: '每个考场至少应有 {limit} 名监考员（考评员）（11.2），模板为 {value} 名。只可更严，不可放宽。',
    en: 'A room needs {limit} invigilators or examiners at least (11.2); the template says {value}. A template may be stricter, never looser.',
  },
  'assembly.too-few-judges': {
    status: 422,
    clause: '11.2',
    zh: '考评员（评审委员）应为3人以上单数（11.2），模板为 {members} 人。请增加。',
    en: 'Examiners and panel members must be an odd number of three or more (11.2); the template says {members}. Add members.',
  },
  'assembly.even-judges': {
    status: 422,
    clause: '11.2',
    zh: '考评员（评审委员）应为单数（11.2），模板为 {members} 人。请增加或减少一人。',
    en: 'Examiners and panel members must be an odd number (11.2); the template says {members}. Add or drop one.',
  },
  'assembly.points-not-100': {
    status: 422,
    zh: '各部分分值之和应为 100 分，现为 {sum} 分。',
    en: 'The points of all parts must sum to 100; they sum to {sum}.',
  },
  'assembly.criteria-points': {
    status: 422,
    zh: '评分项分值之和应为 {points} 分，现为 {sum} 分。',
    en: 'The points of the criteria must sum to {points}; they sum to {sum}.',
  },
  'assembly.descriptors-broken': {
    status: 422,
    zh: '评分项“{criterion}”的等级描述应从 {points} 分到 0 分相接，由高到低，不重不漏。',
    en: 'The descriptors of “{criterion}” must run from {points} points down to 0 without gap or overlap, highest first.',
  },
  'assembly.twice': {
    status: 422,
    zh: '“{id}”出现了两次。',
    en: '“{id}” is named twice.',
  },
  'assembly.range-turned': {
    status: 422,
    zh: '“{quota}”的下限 {min} 大于上限 {max}。',
    en: 'The least of “{quota}”, {min}, is more than its most, {max}.',
  },
  'assembly.quotas-over': {
    status: 422,
    zh: '{group}的下限之和为 {sum}，超过试卷的 {items} 题。请降低下限。',
    en: 'The least numbers by {group} sum to {sum}, more than the {items} items of a form. Lower them.',
  },
  'assembly.quotas-under': {
    status: 422,
    zh: '{group}的上限之和为 {sum}，不足试卷的 {items} 题。请提高上限。',
    en: 'The most numbers by {group} sum to {sum}, fewer than the {items} items of a form. Raise them.',
  },
  'assembly.unknown-code': {
    status: 422,
    zh: '大纲的 {level} 级没有“{code}”。请核对代码。',
    en: 'The syllabus has no “{code}” at the level {level}. Check the code.',
  },
  'assembly.warnings-broken': {
    status: 422,
    zh: '提醒时间应由大到小，并小于考试时间。',
    en: 'Warnings must fall, and be shorter than the test.',
  },
  'assembly.hand-in-before-late-entry': {
    status: 422,
    zh: '最早交卷时间（{earliest} 分钟）不能早于迟到截止时间（{late} 分钟），也不能超过考试时间。',
    en: 'The earliest hand-in (minute {earliest}) may not come before the end of late entry (minute {late}) nor after the end of the test.',
  },
  'assembly.window-too-short': {
    status: 422,
    zh: '最长时间（{longest} 分钟）不能短于考试时间（{minutes} 分钟）。',
    en: 'The longest time ({longest} minutes) may not be shorter than the test ({minutes} minutes).',
  },
  'assembly.minutes-do-not-fit': {
    status: 422,
    zh: '各环节共需 {needed} 分钟，超过总时间 {minutes} 分钟。',
    en: 'The steps take {needed} minutes together, more than the {minutes} of the whole.',
  },
  'assembly.template-version-taken': {
    status: 409,
    zh: '模板“{code}”的版本 {version} 已存在且内容不同。已有版本不能更改，请提高版本号。',
    en: 'Version {version} of the template “{code}” exists with other content. Versions never change: raise the number.',
  },
  'assembly.unknown-template': {
    status: 404,
    zh: '没有找到模板“{code}”。请先导入。',
    en: 'There is no template “{code}”. Import it first.',
  },
  'assembly.unknown-form': {
    status: 404,
    zh: '没有找到该试卷。',
    en: 'There is no such form.',
  },
  'assembly.no-forms-of-review': {
    status: 409,
    zh: '综合评审模板没有试卷。',
    en: 'A review template has no forms.',
  },
  'assembly.unknown-scenario': {
    status: 409,
    zh: '情境任务“{scenario}”不在题库中，或不属于 {level} 级。请先导入。',
    en: 'The scenario “{scenario}” is not in the bank, or not of the level {level}. Import it first.',
  },
  'assembly.scenario-points': {
    status: 409,
    zh: '情境任务分值之和为 {sum}，与该部分的 {points} 分不符。',
    en: 'The scenarios earn {sum} points together, and the part is worth {points}.',
  },
  'assembly.infeasible': {
    status: 409,
    zh: '题库（{pool} 道已审定试题）无法按模板“{code}”组成 {forms} 份试卷：{count} 项要求不能满足。请按清单补充试题或放宽要求。',
    en: 'The bank ({pool} approved items) cannot fill the template “{code}” in {forms} forms: {count} demands cannot be met. Write the items that the list names, or relax the template.',
  },
  'assembly.quota-short': {
    status: 409,
    zh: '{nameZh}：每份试卷至少需要 {need} 题，最多只能有 {have} 题，请至少再编写 {lack} 题。',
    en: '{name}: a form needs {need} or more and can have {have}; write at least {lack} more or lower the demand.',
  },
  'assembly.quota-over': {
    status: 409,
    zh: '{nameZh}：每份试卷最多 {need} 题，但其他要求迫使其达到 {have} 题，请放宽上限或补充其他试题。',
    en: '{name}: a form may have {need} at most, and the other demands force {have}; raise the limit or write other items.',
  },
  'assembly.overlap-short': {
    status: 409,
    zh: '{nameZh}：最多允许 {need} 题相同，但题库只够做到 {have} 题相同，请补充试题或放宽重复上限。',
    en: '{name}: {need} items at most may be shared, and the bank forces {have}; write more items or raise the limit.',
  },
  'assembly.out-of-time': {
    status: 503,
    zh: '组卷在 {seconds} 秒内没有找到试卷。请放宽要求，或稍后再试。',
    en: 'No form was found within {seconds} seconds. Relax the template or try again later.',
  },
  'assembly.cancelled': {
    status: 409,
    zh: '组卷已取消。',
    en: 'The assembly was cancelled.',
  },
  'assembly.form-altered': {
    status: 500,
    zh: '试卷“{formId}”与其冻结时的摘要不符，已停用。请联系系统管理员。',
    en: 'The form “{formId}” does not fit the digest it was frozen with and is out of use. Tell an administrator.',
  },
} as const satisfies ErrorTable;
