import { CAST, DEMO_PASSWORD } from './cast.ts';
import type { DemoSeat } from './load.ts';

/** What a new user is told: where to open the demo, and whom to sign in as. */
export function describeDemo(url: string, seats: readonly DemoSeat[]): string[] {
  const { port, protocol } = new URL(url);
  // Each name of this machine keeps cookies of its own, so that one browser can be several people at once. A certificate
  // does not have those names: over https each person takes a browser profile.
  const at = (name: string, path: string): string =>
    protocol === 'https:' ? `${url}${path}` : `http://${name}.localhost:${port}${path}`;
  const logins = (role: string): string =>
    CAST.filter((member) => member.roles.some((r) => r === role))
      .map((member) => member.login)
      .join(', ');
  return [
    '',
    `  Kaochang 考场 is open at  ${url}`,
    '',
    `  Everybody’s password: ${DEMO_PASSWORD}     密码都是 ${DEMO_PASSWORD}`,
    `  考务 office          ${at('office', '/office')}      admin, ${logins('exam-officer')}, ${logins('certificate-officer')}, author, reviewer`,
    `  监考 invigilators    ${at('room', '/room')}          chief, ${logins('invigilator')}  (a room of 30 needs 2 present)`,
    `  考评 examiners       ${at('score', '/score')}        ${logins('examiner')}`,
    `  评审 review panel    ${at('panel', '/score')}        ${logins('panel-member')}`,
    `  查验 verify          ${at('www', '/verify')}`,
    '',
    '  考生 candidates: 考场号/座位/准考证号/证件号后四位  (room, seat, admission number, last four of the ID)',
    ...seats.map(
      (seat, index) =>
        `    ${seat.name}  ${seat.roomCode} / ${seat.seat} / ${seat.admissionNumber} / ${seat.idTail}   ${at(`seat${index + 1}`, `/exam?room=${seat.roomCode}&seat=${seat.seat}`)}`,
    ),
    '',
    '  Signed in as admin, the office page can move the clock forward (demo only): 90 minutes in five.',
    '',
  ];
}
