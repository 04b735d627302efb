import { rotateTokenSecret } from '../../src/config.ts';
import { SESSION_MS } from '../../src/platform/auth/sessions.ts';
import { sideBySide } from '../lab/side-by-side.ts';
import { LabSitting } from './lab-sitting.ts';
import { type Findings, type Row, type RowOptions } from './row.ts';

const MINUTE = 60_000;
/** Time is moved on by so much at once; pages ask for their state in between, as they do every half minute. */
const STEP_MINUTES = 60;
/** Secrets from before that are honoured (src/config.ts). */
const ROTATIONS = 3;

/** Everybody asks for their state and saves an answer; a refusal of either is an interruption. */
async function everybodyGoesOn(sitting: LabSitting, findings: Findings, when: string): Promise<void> {
  const refused: string[] = [];
  await sideBySide(sitting.people, 32, async (person) => {
    try {
      await person.view();
      await person.send([sitting.nextAnswer(person)]);
    } catch (error) {
      refused.push(String(error));
    }
  });
  findings.must(refused.length === 0, `${when}: ${refused.length} were interrupted: ${refused[0] ?? ''}`);
}

/** Staff commands to every seat of every room. */
async function toAll({ exam }: LabSitting, command: 'pause' | 'resume'): Promise<void> {
  for (const room of exam.rooms)
    await (await exam.chief(room)).post(`/api/rooms/${room.id}/commands`, { command, attemptIds: 'all' });
}

/** A long incident: everybody is paused, with the pages open, for longer than any token lasts. */
async function outlastTokens(sitting: LabSitting, findings: Findings): Promise<number> {
  const cookies = new Set(sitting.people.map(({ http }) => http.cookie));
  const hours = SESSION_MS / (60 * MINUTE) + 2;
  await toAll(sitting, 'pause');
  for (let hour = 0; hour < hours; hour += STEP_MINUTES / 60) {
    await sitting.exam.advance(STEP_MINUTES);
    // The staff's consoles and the candidates' pages both go on asking.
    await sideBySide(sitting.exam.rooms, 8, async (room) =>
      (await sitting.exam.chief(room)).get(`/api/rooms/${room.id}/console`),
    );
    await sideBySide(sitting.people, 32, (person) => person.view());
  }
  await toAll(sitting, 'resume');
  await everybodyGoesOn(sitting, findings, 'after the tokens’ life');
  const renewed = sitting.people.filter(({ http }) => !cookies.has(http.cookie)).length;
  findings.must(renewed === sitting.people.length, `only ${renewed} tokens were renewed`);
  return hours;
}

async function rotate(sitting: LabSitting, findings: Findings, log: RowOptions['log']): Promise<void> {
  for (let n = 1; n <= ROTATIONS; n += 1) {
    rotateTokenSecret(sitting.server.dataDir);
    await sitting.server.restart();
    // In the first round everybody goes on at once; then some are silent over two rotations.
    const silent = n === 2;
    if (!silent) await everybodyGoesOn(sitting, findings, `after rotation ${n}`);
    log(`rotation ${n}`);
  }
}

export const row9: Row = {
  row: 9,
  fault: 'tokens expire during the exam; their secret is rotated',
  minutes: { full: 10, short: 4 },
  async run({ short, log }, findings) {
    const sitting = await LabSitting.open({
      candidates: short ? 12 : 300,
      roomSize: short ? 12 : 30,
      say: log,
    });
    try {
      await everybodyGoesOn(sitting, findings, 'at the start');
      const hours = await outlastTokens(sitting, findings);
      log(`${hours} hours have passed`);
      await rotate(sitting, findings, log);
      findings.note({ candidates: sitting.people.length, hours, rotations: ROTATIONS });
      await sitting.check(findings);
    } finally {
      await sitting.close();
    }
  },
};
