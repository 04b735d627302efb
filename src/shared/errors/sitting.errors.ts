import type { ErrorTable } from './error-table.ts';

/** Planning: examinations, enrolments, sittings, seating, publication. */
const planning = {
  'sitting.code-taken': {
    status: 409,
    zh: '代码“{code}”已被使用。请换一个。',
    en: 'The code “{code}” is taken. Choose another.',
  },
  'sitting.unknown-candidate': {
    status: 404,
    zh: '没有找到考生 {candidate}。请先导入考生。',
    en: 'There is no candidate {candidate}. Import the candidates first.',
  },
  'sitting.already-enrolled': {
    status: 409,
    zh: '考生 {candidate} 已报名本次考试。请从名单中去掉后再提交。',
    en: 'Candidate {candidate} is already enrolled in this examination. Leave them out and send the list again.',
  },
  'sitting.admission-number-taken': {
    status: 409,
    zh: '准考证号“{number}”已被使用。请换一个，或留空由系统编号。',
    en: 'The admission number “{number}” is taken. Give another, or none to have one made.',
  },
  'sitting.template-mismatch': {
    status: 409,
    zh: '模板 {template} 不适用：需要 {needed}。请选择对应级别和科目的模板。',
    en: 'Template {template} does not fit: {needed} is needed. Choose a template of that level and part.',
  },
  'sitting.too-short': {
    status: 409,
    clause: '11.3',
    zh: '考试时间 {minutes} 分钟不足，理论和技能考核均不得少于 {needed} 分钟（11.3）。',
    en: '{minutes} minutes are too short: theory and skill tests take {needed} minutes or more (11.3).',
  },
  'sitting.form-mismatch': {
    status: 409,
    zh: '试卷 {form} 不存在，或不是按模板 {template} 组成的。请重新选择试卷。',
    en: 'Form {form} does not exist or was not assembled from template {template}. Choose the forms again.',
  },
  'sitting.unknown-staff': {
    status: 404,
    zh: '没有找到工作人员 {account}。请检查名单。',
    en: 'There is no staff member {account}. Check the roster.',
  },
  'sitting.staff-wrong-role': {
    status: 409,
    zh: '{name} 没有“{duty}”角色，不能担任此职责。请换人，或由管理员授予角色。',
    en: '{name} does not hold the role “{duty}” and cannot take this duty. Choose somebody else, or have an administrator grant it.',
  },
  'sitting.staff-twice': {
    status: 409,
    zh: '{name} 被重复安排。每人在一个场次只能在一个考场担任一项职责。',
    en: '{name} is on the roster twice. A person has one duty in one room of a sitting.',
  },
  'sitting.staff-is-candidate': {
    status: 409,
    zh: '{name} 既是考场 {room} 的工作人员又是考生（同名同机构）。请调整排班或考场。',
    en: '{name} is both staff and candidate of room {room} (same name, same institution). Change the roster or the room.',
  },
  'sitting.room-code-twice': {
    status: 409,
    zh: '考场代码“{code}”重复。每个考场需要不同的代码。',
    en: 'The room code “{code}” is there twice. Give each room its own.',
  },
  'sitting.roster-closed': {
    status: 409,
    zh: '考场已开放，不能再更改排班表。请由主考在考场页面处理人员变动。',
    en: 'The room is open and its roster can no longer be changed. The chief invigilator handles changes at the room.',
  },
  'sitting.too-few-seats': {
    status: 409,
    clause: '5.2.2',
    zh: '座位不足：需要 {needed} 个，只有 {present} 个可用座位（5.2.2）。请增加考场或减少考生。',
    en: 'Too few seats: {needed} are needed and {present} can be used (5.2.2). Add a room or seat fewer candidates.',
  },
  'sitting.room-not-equipped': {
    status: 409,
    clause: '5.2.2',
    zh: '考场 {room} 设备不全：缺 {missing}（5.2.2）。请补齐后再发布。',
    en: 'Room {room} is not fully equipped: {missing} missing (5.2.2). Complete it before publishing.',
  },
  'sitting.nobody-seated': {
    status: 409,
    zh: '本场次还没有安排考生座位。请先排座。',
    en: 'Nobody has a seat in this sitting yet. Seat the candidates first.',
  },
  'sitting.window-too-short': {
    status: 409,
    zh: '模板规定最长 {window} 分钟，而 {name} 连同加时需要 {needed} 分钟。请延长模板时间窗或调整加时后再发布。',
    en: 'The template allows {window} minutes at the longest, and {name} needs {needed} with the extra time. Widen the template’s window, or change the extra time, before publishing.',
  },
  'sitting.starts-in-the-past': {
    status: 409,
    zh: '开考时间已过。请设定将来的时间。',
    en: 'The start is in the past. Set a time to come.',
  },
  'sitting.not-published': {
    status: 409,
    zh: '场次尚未发布，或已进入后续阶段。请先发布场次。',
    en: 'The sitting is not waiting for admission. Publish it first.',
  },
  'sitting.already-published': {
    status: 409,
    zh: '场次已发布，不能再更改。',
    en: 'The sitting is published and can no longer be changed.',
  },
  'sitting.not-admitting': {
    status: 409,
    zh: '场次不在入场阶段。请先开放考场。',
    en: 'The sitting is not admitting. Open its rooms first.',
  },
  'sitting.not-running': {
    status: 409,
    zh: '场次不在考试中。',
    en: 'The sitting is not running.',
  },
  'sitting.not-collected': {
    status: 409,
    zh: '场次尚未收卷。请等所有考场收卷后再试。',
    en: 'The sitting has not been collected. Wait until all its rooms are.',
  },
  'sitting.not-released': {
    status: 409,
    zh: '成绩尚未发布，不能归档。',
    en: 'The results have not been released, so the sitting cannot be archived.',
  },
  'sitting.archived': {
    status: 409,
    zh: '场次已归档，不能再更改。',
    en: 'The sitting is archived and can no longer be changed.',
  },
} as const satisfies ErrorTable;

/** Rooms. */
const rooms = {
  'sitting.room-not-open': {
    status: 409,
    zh: '考场尚未开放入场。请在门外等候，听从监考员安排。',
    en: 'The room is not open yet. Wait outside and follow the invigilator.',
  },
  'sitting.room-already-open': {
    status: 409,
    zh: '考场已经开放。',
    en: 'The room is already open.',
  },
  'sitting.room-not-running': {
    status: 409,
    zh: '考试尚未开始。请等待开考。',
    en: 'The room has not started. Wait for the start.',
  },
  'sitting.room-already-running': {
    status: 409,
    zh: '考场已经开考。',
    en: 'The room has already started.',
  },
  'sitting.room-held': {
    status: 409,
    clause: '11.2',
    zh: '考场因监考人员不足暂停（11.2）。请在座位上等候，恢复后可继续。',
    en: 'The room is held until its staffing is complete again (11.2). Stay seated; it goes on after that.',
  },
  'sitting.room-not-held': {
    status: 409,
    zh: '考场没有暂停。',
    en: 'The room is not held.',
  },
  'sitting.room-collected': {
    status: 409,
    zh: '考场已收卷。',
    en: 'The room has been collected.',
  },
} as const satisfies ErrorTable;

/** Sign-in and the way of an attempt. */
const attempts = {
  'sitting.wrong-admission': {
    status: 401,
    zh: '准考证号或证件号后四位不正确。请对照准考证和身份证检查后重新输入；仍有问题请举手。',
    en: 'The admission number or the last four characters of the ID is not right. Check them against your ticket and ID; if it stays, call the invigilator.',
  },
  'sitting.wrong-seat': {
    status: 409,
    zh: '您的座位不在这里。请到考场 {room} 的 {seat} 号座位登录。',
    en: 'Your seat is not here. Go to room {room}, seat {seat}, and sign in there.',
  },
  'sitting.no-sitting-now': {
    status: 409,
    zh: '您目前没有可以进入的场次。请核对准考证上的时间和考场。',
    en: 'You have no sitting to enter now. Check the time and the room on your ticket.',
  },
  'sitting.too-late': {
    status: 409,
    zh: '开考 {minutes} 分钟后不能再入场。请联系监考员。',
    en: 'Nobody can enter later than {minutes} minutes after the start. Speak to the invigilator.',
  },
  'sitting.not-arrived': {
    status: 409,
    zh: '考生尚未在座位上登录，不能准入。',
    en: 'The candidate has not signed in at the seat and cannot be admitted.',
  },
  'sitting.identity-not-confirmed': {
    status: 409,
    zh: '考生尚未确认身份，不能准入。请让考生在屏幕上确认，并核对本人。',
    en: 'The candidate has not confirmed the identity and cannot be admitted. Have it confirmed on screen and check the person.',
  },
  'sitting.not-admitted': {
    status: 409,
    zh: '监考员尚未准入。请在座位上等候核对身份。',
    en: 'The invigilator has not admitted you yet. Wait at your seat.',
  },
  'sitting.already-admitted': {
    status: 409,
    zh: '考生已准入。',
    en: 'The candidate has already been admitted.',
  },
  'sitting.paper-not-received': {
    status: 409,
    zh: '试卷尚未送达这台电脑。请稍候，系统会自动重试。',
    en: 'The paper has not reached this computer. Wait a moment; it will be tried again.',
  },
  'sitting.paper-sealed': {
    status: 409,
    zh: '试卷在开考前保持密封。请等待开考。',
    en: 'The paper stays sealed until the start. Wait for the start.',
  },
  'sitting.not-started': {
    status: 409,
    zh: '这份答卷尚未开始作答。',
    en: 'This attempt has not been started.',
  },
  'sitting.already-started': {
    status: 409,
    zh: '这份答卷已经开始作答。',
    en: 'This attempt has already been started.',
  },
  'sitting.paused': {
    status: 409,
    zh: '您的考试已暂停，计时也已停止。请等监考员恢复。',
    en: 'Your test is paused, and so is its clock. Wait until the invigilator resumes it.',
  },
  'sitting.not-paused': {
    status: 409,
    zh: '这份答卷没有暂停。',
    en: 'This attempt is not paused.',
  },
  'sitting.attempt-ended': {
    status: 409,
    zh: '答卷已交或已收，不能再更改。',
    en: 'The paper has been handed in or collected and can no longer be changed.',
  },
  'sitting.attempt-not-ended': {
    status: 409,
    zh: '答卷尚未交卷。',
    en: 'The paper has not been handed in.',
  },
  'sitting.not-marked': {
    status: 409,
    zh: '尚未评分。',
    en: 'It has not been marked.',
  },
  'sitting.seat-taken': {
    status: 409,
    zh: '座位 {seat} 已有人。请另选座位。',
    en: 'Seat {seat} is taken. Choose another.',
  },
  'sitting.no-such-seat': {
    status: 409,
    zh: '考场没有 {seat} 号座位（共 {seats} 个）。',
    en: 'The room has no seat {seat} (it has {seats}).',
  },
} as const satisfies ErrorTable;

/** Answers, time and hand-in. */
const answers = {
  'sitting.not-the-writer': {
    status: 409,
    zh: '您正在另一台电脑或另一个窗口作答，此处只能查看。如需在此作答，请选择“在此作答”，或举手由监考员处理。',
    en: 'You are answering on another computer or in another window; this one can only show. To go on here choose “Answer here”, or call the invigilator.',
  },
  'sitting.second-sign-in': {
    status: 409,
    zh: '这份答卷正在另一台电脑上作答。已通知监考员，由监考员移交后即可在此继续；已保存的答案都在。',
    en: 'This attempt is being answered at another computer. The invigilator has been told and can hand it over to this one; every saved answer is there.',
  },
  'sitting.no-second-sign-in': {
    status: 409,
    zh: '该座位没有等待移交的另一次登录。',
    en: 'No second sign-in waits at this seat.',
  },
  'sitting.page-outdated': {
    status: 409,
    zh: '考试系统已更新，此页面是旧版本。请刷新页面（F5）后继续；答案已保存在这台电脑上，刷新后自动上传。',
    en: 'The exam system has been updated and this page is the old one. Reload it (F5) and go on; your answers are kept on this computer and are sent after that.',
  },
  'sitting.wrong-tail': {
    status: 409,
    zh: '证件号后四位不正确。请重新输入；仍有问题请举手。',
    en: 'The last four characters of the ID are not right. Enter them again; if it stays, raise your hand.',
  },
  'sitting.wrong-answer-file': {
    status: 400,
    zh: '不能接收此文件：{why}。请在考生的电脑上重新保存答案文件后再试。',
    en: 'This file cannot be taken: {detail}. Save the answer file anew at the candidate’s computer and try again.',
  },
  'sitting.no-late-answers': {
    status: 409,
    zh: '这份答卷没有待处理的迟到答案。',
    en: 'This attempt has no late answers that wait for a decision.',
  },
  'sitting.already-marked': {
    status: 409,
    zh: '这份答卷已评分，不能再采用迟到的答案。请通过成绩复核处理。',
    en: 'This attempt has been marked, and late answers can no longer be taken. Use the appeal of its result.',
  },
  'sitting.wrong-answer': {
    status: 400,
    zh: '答案的格式与试题不符（{detail}）。本次提交未保存，请去掉此项后重新提交。',
    en: 'The answer does not fit its item ({detail}). Nothing of this request was saved; send it again without this entry.',
  },
  'sitting.time-over': {
    status: 409,
    zh: '考试时间已到。此答案已留作记录，是否采用由主考决定。请不要离开，等待监考员。',
    en: 'The time is over. This answer is kept as evidence and the chief invigilator decides about it. Stay until the invigilator comes.',
  },
  'sitting.too-early-to-hand-in': {
    status: 409,
    zh: '开考 {minutes} 分钟后才能交卷。请再检查一遍答案。',
    en: 'A paper can be handed in from {minutes} minutes after the start. Check your answers once more.',
  },
  'sitting.time-below-minimum': {
    status: 409,
    clause: '11.3',
    zh: '更正后的时间会少于试卷规定的时间（11.3）。最多可扣回 {minutes} 分钟。',
    en: 'The correction would leave less than the paper’s own time (11.3). At most {minutes} minutes can be taken back.',
  },
} as const satisfies ErrorTable;

export const sittingErrors = { ...planning, ...rooms, ...attempts, ...answers } as const satisfies ErrorTable;
