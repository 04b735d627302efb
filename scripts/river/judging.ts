import type { RoomSheets } from '../../src/marking/marking.contract.ts';
import type { Caller } from '../../src/demo/caller.ts';
import { minimalPdf } from '../../src/demo/minimal-pdf.ts';
import type { Criterion } from '../../src/assembly/template.contract.ts';
import type { DefenceView } from '../../src/review/review.contract.ts';
import { seeded } from '../../src/shared/seeded.ts';
import type { Refusals } from './refusals.ts';
import { advance, type River } from './sitting.ts';

/** A judge's scores: good work, a little apart from the other judges'. */
function scoresOf(criteria: readonly Criterion[], seed: string): Record<string, string> {
  const next = seeded(seed);
  return Object.fromEntries(
    criteria.map(({ id, points }) => [id, (Math.round(points * (0.72 + next() * 0.16) * 2) / 2).toString()]),
  );
}

/** Every examiner of the room scores and seals a sheet for every candidate. */
export async function scoreOnSite(river: River, roomId: string, examiners: readonly string[]): Promise<void> {
  for (const login of examiners) {
    const examiner = await river.consoles.as(login);
    const { criteria, sheets } = await examiner.get<RoomSheets>(`/api/rooms/${roomId}/sheets`);
    await Promise.all(
      sheets.map(async ({ attemptId }) => {
        await examiner.put(`/api/attempts/${attemptId}/sheet`, {
          scores: scoresOf(criteria, `${attemptId}${login}`),
        });
        await examiner.post(`/api/attempts/${attemptId}/sheet/seal`);
      }),
    );
  }
  river.say(`${examiners.length} examiners have sealed their sheets`);
}

interface Panel {
  id: string;
  /** Callers of the members, chair first. */
  members: Caller[];
}

/** Logins of panel members by account id. */
const loginsOf = (river: River): ReadonlyMap<string, string> =>
  new Map([...river.site.accountIds].map(([login, id]) => [id, login]));

/** Schedules the defence of every candidate, with materials; provokes the refusals of an even panel and an early end. */
export async function runReviews(river: River, refusals: Refusals): Promise<void> {
  const { officer, prepared, site, administrator } = river;
  const pool = [...site.accountIds].filter(([login]) => login.startsWith('panel')).map(([, id]) => id);
  const { now } = await officer.get<{ now: number }>('/api/me');
  const panels: Panel[] = [];
  for (const { id: enrolmentId, admissionNumber } of prepared.enrolments) {
    const body = { enrolmentId, startsAt: now + 60_000, pool };
    const { id } = await officer.post<DefenceView>(`/api/exams/${prepared.exam.id}/defences`, body);
    await officer.upload(
      `/api/defences/${id}/materials?name=materials.pdf`,
      minimalPdf([`Materials of ${admissionNumber}`]),
      'application/pdf',
    );
    panels.push({ id, members: [] });
  }
  const [first] = panels;
  if (first !== undefined) await breakPanel(river, refusals, first.id);
  const logins = loginsOf(river);
  for (const panel of panels) {
    const { panel: members } = await officer.get<DefenceView>(`/api/defences/${panel.id}`);
    for (const { accountId } of members)
      panel.members.push(await river.consoles.as(logins.get(accountId) ?? ''));
    await chairOf(panel).post(`/api/defences/${panel.id}/start`);
  }
  await advance(administrator, 14);
  if (first !== undefined) {
    await refusals.provoke('a review closed at 14 minutes', 'review.too-early', () =>
      chairOf(first).post(`/api/defences/${first.id}/close`),
    );
  }
  await advance(
    administrator,
    (await officer.get<DefenceView>(`/api/defences/${first?.id ?? ''}`)).minutes - 13,
  );
  await Promise.all(panels.map((panel) => voteAndClose(panel)));
  river.say(`${panels.length} reviews are final`);
}

function chairOf(panel: Panel): Caller {
  const [chair] = panel.members;
  if (chair === undefined) throw new Error('a panel without members');
  return chair;
}

/** A member steps down: the panel is even and cannot act, until the next of the drawn reserve comes in. */
async function breakPanel(river: River, refusals: Refusals, defenceId: string): Promise<void> {
  const logins = loginsOf(river);
  const before = await river.officer.get<DefenceView>(`/api/defences/${defenceId}`);
  const [chair, , leaving] = before.panel.map(({ accountId }) => logins.get(accountId) ?? '');
  const chairing = await river.consoles.as(chair ?? '');
  // A panel of five that loses one is four: enough in number, and even.
  await (
    await river.consoles.as(leaving ?? '')
  ).post(`/api/defences/${defenceId}/recusal`, { reason: 'A relative of the candidate' });
  await refusals.provoke('a panel made even by a recusal', 'review.panel-even', () =>
    chairing.post(`/api/defences/${defenceId}/start`),
  );
  await river.officer.post(`/api/defences/${defenceId}/replacement`);
}

async function voteAndClose(panel: Panel): Promise<void> {
  const path = `/api/defences/${panel.id}`;
  await chairOf(panel).post(`${path}/close`);
  const { criteria } = await chairOf(panel).get<DefenceView>(path);
  for (const [index, member] of panel.members.entries()) {
    await member.put(`${path}/ballot`, { scores: scoresOf(criteria, `${panel.id}${index}`) });
    await member.post(`${path}/ballot/seal`);
  }
  await chairOf(panel).post(`${path}/result`, { note: 'The members agree on the aggregate.' });
}
