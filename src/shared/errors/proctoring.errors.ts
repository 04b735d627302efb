import type { ErrorTable } from './error-table.ts';

/** Staffing and presence (11.2). */
const staffing = {
  'proctoring.too-few-invigilators': {
    status: 409,
    clause: '11.2',
    zh: '在岗监考员不足：{candidates} 名考生需要 {needed} 名，现有 {present} 名（11.2：1:15，且每场不少于 2 人）。请监考员在本考场登录到岗。',
    en: 'Too few invigilators are present: {candidates} candidates need {needed}, and {present} are here (11.2: 1 to 15, and no fewer than 2). Have them sign in at this room.',
  },
  'proctoring.too-few-examiners': {
    status: 409,
    clause: '11.2',
    zh: '在岗考评员不足：{candidates} 名考生需要 {needed} 名，现有 {present} 名（11.2：1:15，不少于 3 人且为单数）。请考评员在本考场登录到岗。',
    en: 'Too few examiners are present: {candidates} candidates need {needed}, and {present} are here (11.2: 1 to 15, at least 3 and an odd number). Have them sign in at this room.',
  },
  'proctoring.even-examiners': {
    status: 409,
    clause: '11.2',
    zh: '在岗考评员为双数（{present} 名），应为单数（11.2）。请增加或减少 1 名，{candidates} 名考生至少需要 {needed} 名。',
    en: 'The number of examiners present is even ({present}); it must be odd (11.2). Add one or let one go; {candidates} candidates need at least {needed}.',
  },
  'proctoring.left-the-room': {
    status: 409,
    zh: '您已离岗，不会自动恢复。回到考场后请点“我在岗”。',
    en: 'You have left the room, and do not come back by yourself. Press “I am here” when you are back.',
  },
  'proctoring.present-elsewhere': {
    status: 409,
    zh: '您正在另一考场（{room}）在岗，一个人只能在一处。若您已在本考场，请点“我在岗”。',
    en: 'You are present in another room ({room}), and a person is in one place. If you are here now, press “I am here”.',
  },
  'proctoring.too-early-to-open': {
    status: 409,
    zh: '考场在开考前 {minutes} 分钟才能开放。请在 {wait} 分钟后再试。',
    en: 'A room opens no earlier than {minutes} minutes before the start. Try again in {wait} minutes.',
  },
  'proctoring.admission-over': {
    status: 409,
    zh: '本场考试时间已过，不能再开放考场。请考务员另行安排场次。',
    en: 'The time of this sitting is over and the room can no longer open. Have the exam officer plan another sitting.',
  },
} as const satisfies ErrorTable;

/** Commands. */
const commands = {
  'proctoring.reason-needed': {
    status: 400,
    zh: '请写明原因（至少 2 个字）。原因会写入考场记录。',
    en: 'Give a reason of 2 characters or more. It goes into the room record.',
  },
  'proctoring.minutes-out-of-range': {
    status: 400,
    zh: '加时应为 {min} 到 {max} 的整数分钟。请改正后再提交。',
    en: 'The time to add is a whole number of minutes from {min} to {max}. Correct it and send it again.',
  },
  'proctoring.text-needed': {
    status: 400,
    zh: '请填写内容。',
    en: 'Write something first.',
  },
  'proctoring.seat-needed': {
    status: 400,
    zh: '请填写新的座位号。',
    en: 'Give the number of the new seat.',
  },
  'proctoring.one-seat-only': {
    status: 400,
    zh: '此操作每次只能针对一个座位。请只选择一名考生。',
    en: 'This can be done to one seat at a time. Choose one candidate.',
  },
  'proctoring.seats-not-confirmed': {
    status: 400,
    zh: '再次输入的座位号与所选考生不一致。请核对后重新输入，以确认终止考试。',
    en: 'The seat numbers typed again are not those of the chosen candidates. Check them and type them again to confirm the end.',
  },
  'proctoring.no-hand': {
    status: 409,
    zh: '该座位没有举手。',
    en: 'No hand is raised at this seat.',
  },
  'proctoring.same-person': {
    status: 409,
    zh: '需要另一名工作人员确认，申请人不能自己确认。请同场其他工作人员或主考处理。',
    en: 'Somebody else has to confirm this, not the person who asked. Ask another member of the room’s staff or the chief.',
  },
  'proctoring.chief-needed': {
    status: 409,
    zh: '此操作须由主考决定。请联系主考。',
    en: 'The chief invigilator decides about this. Call the chief.',
  },
  'proctoring.request-settled': {
    status: 409,
    zh: '此申请已处理。请刷新查看结果。',
    en: 'This request has been settled. Refresh to see what came of it.',
  },
  'proctoring.request-expired': {
    status: 409,
    zh: '此申请已过期，没有执行。如仍需要，请重新提出。',
    en: 'This request has expired and nothing was done. Ask again if it is still needed.',
  },
  'proctoring.command-under-way': {
    status: 409,
    zh: '同一操作正在执行。请稍候刷新，不要重复提交。',
    en: 'The same command is under way. Refresh in a moment; do not send it again.',
  },
  'proctoring.nobody-there': {
    status: 409,
    zh: '本考场没有可以接受此操作的考生。',
    en: 'There is no candidate in this room to do this to.',
  },
} as const satisfies ErrorTable;

/** Incidents and the close. */
const record = {
  'proctoring.incident-decided': {
    status: 409,
    zh: '此异常已有处理意见，不能更改。如有新情况，请另记一条。',
    en: 'This incident has its decision, which cannot be changed. Report another if there is more to say.',
  },
  'proctoring.incident-in-future': {
    status: 400,
    zh: '发生时间不能晚于现在。请改正。',
    en: 'An incident cannot have happened later than now. Correct the time.',
  },
  'proctoring.late-entry-open': {
    status: 409,
    zh: '还有考生未到，开考后 {minutes} 分钟内仍可入场，暂不能结束考场。请在截止入场后再试。',
    en: 'Some candidates have not come and may enter until {minutes} minutes after the start. Close the room after that.',
  },
  'proctoring.still-working': {
    status: 409,
    zh: '还有 {count} 名考生没有交卷，不能结束考场。请等待交卷或到时收卷。',
    en: '{count} candidates have not finished, so the room cannot close. Wait until they hand in or are collected.',
  },
} as const satisfies ErrorTable;

export const proctoringErrors = { ...staffing, ...commands, ...record } as const satisfies ErrorTable;
