import type { ErrorTable } from './error-table.ts';

export const bankErrors = {
  'bank.import-refused': {
    status: 422,
    zh: '文件“{file}”中有 {refused} 道题（共 {items} 道）不合格，未导入任何试题。请按问题清单改正后重新导入。',
    en: 'In “{file}” {refused} of {items} items are not valid, so nothing was imported. Correct what the list names and import it again.',
  },
  'bank.schema': {
    status: 422,
    zh: '格式不符：{detailZh}。',
    en: 'The format is not met: {detail}.',
  },
  'bank.unknown-type': {
    status: 422,
    zh: '题型“{type}”不存在。可用题型：{known}。',
    en: 'There is no item type “{type}”. Types: {known}.',
  },
  'bank.duplicate-id': {
    status: 422,
    zh: '试题编号“{id}”在本文件中重复（另见第 {other} 题）。编号须唯一。',
    en: 'The item id “{id}” is used twice in this file (see also item {other}). Ids must be unique.',
  },
  'bank.id-taken': {
    status: 422,
    zh: '试题编号“{id}”已属于 {level} 级“{function}”的试题。请换一个编号。',
    en: 'The item id “{id}” belongs to an item of {function}, {level}. Choose another id.',
  },
  'bank.unknown-function': {
    status: 422,
    zh: '大纲的 {level} 级没有职业功能“{function}”。请核对代码。',
    en: 'The syllabus has no function “{function}” at the level {level}. Check the code.',
  },
  'bank.unknown-content': {
    status: 422,
    zh: '大纲中没有培训内容“{content}”。请核对内容代码。',
    en: 'The syllabus has no content “{content}”. Check the code.',
  },
  'bank.wrong-content': {
    status: 422,
    zh: '培训内容“{content}”不属于职业功能“{function}”。请放入对应的文件。',
    en: 'The content “{content}” is not of the function “{function}”. Put the item into the file of its own function.',
  },
  'bank.id-not-of-content': {
    status: 422,
    zh: '试题编号“{id}”应以内容代码“{content}-”开头。',
    en: 'The item id “{id}” must begin with its content code, “{content}-”.',
  },
  'bank.about-out-of-range': {
    status: 422,
    zh: '培训内容“{content}”只有 {count} 条{kindZh}，序号 {index} 超出范围（从 0 起）。',
    en: 'The content “{content}” has {count} points of {kind}; index {index} is out of range (counted from 0).',
  },
  'bank.option-twice': {
    status: 422,
    zh: '选项或题干编号“{option}”重复。',
    en: 'The option or prompt id “{option}” is used twice.',
  },
  'bank.options-alike': {
    status: 422,
    zh: '选项“{option}”与“{other}”的文字相同。',
    en: 'The options “{option}” and “{other}” have the same text.',
  },
  'bank.key-not-an-option': {
    status: 422,
    zh: '答案“{option}”不是本题的选项。',
    en: 'The key names “{option}”, which is not an option of the item.',
  },
  'bank.key-all-options': {
    status: 422,
    zh: '多项选择题的答案不能是全部选项。',
    en: 'The key of a multiple choice item may not be all of its options.',
  },
  'bank.key-not-sorted': {
    status: 422,
    zh: '多项选择题的答案须按选项编号排序。',
    en: 'The key of a multiple choice item must be in the order of the option ids.',
  },
  'bank.key-incomplete': {
    status: 422,
    zh: '答案须包含{what}，每个一次：缺少或多出“{option}”。',
    en: 'The key must name every one of the {whatEn} once: “{option}” is missing or too many.',
  },
  'bank.key-trivial-order': {
    status: 422,
    zh: '排序题的选项已按正确顺序给出。请打乱选项。',
    en: 'The options of the ordering item are already in the right order. Scramble them.',
  },
  'bank.too-few-options': {
    status: 422,
    zh: '匹配题的选项（{options} 个）不能少于题干（{prompts} 个），也不能多出 2 个以上。',
    en: 'A matching item needs as many options as prompts and at most two more: it has {options} options and {prompts} prompts.',
  },
  'bank.tolerance-negative': {
    status: 422,
    zh: '计算题的允许误差不能为负数。',
    en: 'The tolerance of a calculation cannot be negative.',
  },
  'bank.why-not-mismatch': {
    status: 422,
    zh: '“whyNot”须说明每个干扰项，且只说明干扰项：请检查“{option}”。',
    en: '“whyNot” must explain every distractor and nothing else: check “{option}”.',
  },
  'bank.all-of-the-above': {
    status: 422,
    zh: '选项“{option}”为“以上都对”一类的表述，不得使用。',
    en: 'The option “{option}” says “all (or none) of the above”, which may not be used.',
  },
  'bank.approved-import': {
    status: 403,
    zh: '只有审题员或考务员可以导入“已审定”的试题。请将状态改为“draft”或“in-review”，或请其导入。',
    en: 'Only an item reviewer or an exam officer may import approved items. Set the status to draft or in-review, or ask one of them to import.',
  },
  'bank.wrong-state': {
    status: 409,
    zh: '试题现处于“{state}”状态，不能进行“{command}”。',
    en: 'The item is “{state}”, so “{command}” cannot be done to it.',
  },
  'bank.own-item': {
    status: 409,
    zh: '不能审定自己编写的试题。请由另一位审题员审定。',
    en: 'Authors may not approve their own items. Ask another reviewer.',
  },
  'bank.not-your-command': {
    status: 403,
    zh: '您的角色不能对试题进行“{command}”。',
    en: 'Your role may not do “{command}” to an item.',
  },
  'bank.scenario-refused': {
    status: 422,
    zh: '情境任务“{file}”不合格，未导入。请按问题清单改正。',
    en: 'The scenario “{file}” is not valid and was not imported. Correct what the list names.',
  },
  'bank.scenario-unknown-path': {
    status: 422,
    zh: '路径“{path}”不存在，或不是可填写的项目。',
    en: 'There is no field at “{path}”, or it cannot be changed.',
  },
  'bank.scenario-wrong-type': {
    status: 422,
    zh: '“{path}”的值类型不符，应为 {type}。',
    en: 'The value at “{path}” has the wrong type; it should be {type}.',
  },
  'bank.scenario-out-of-range': {
    status: 422,
    zh: '“{path}”的值超出允许的范围。',
    en: 'The value at “{path}” is outside what is allowed.',
  },
  'bank.scenario-field-broken': {
    status: 422,
    zh: '可填写项目“{path}”的定义有误：{detailZh}。',
    en: 'The field “{path}” is not defined well: {detail}.',
  },
  'bank.scenario-check-free': {
    status: 422,
    zh: '检查项“{check}”在初始状态下就已满足，会白送分。请修改初始状态或检查项。',
    en: 'The check “{check}” is met by the starting state and would give points away. Change the state or the check.',
  },
  'bank.scenario-check-twice': {
    status: 422,
    zh: '检查项编号“{check}”重复。',
    en: 'The check id “{check}” is used twice.',
  },
  'bank.scenario-version-taken': {
    status: 409,
    zh: '情境任务“{id}”的版本 {version} 已存在且内容不同。请提高版本号。',
    en: 'Version {version} of the scenario “{id}” exists with other content. Raise the version.',
  },
} as const satisfies ErrorTable;
