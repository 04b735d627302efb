import { expect } from 'chai';
import { LabCandidate } from '../../scripts/lab/candidate.ts';
import { LabExam } from '../../scripts/lab/exam.ts';
import type { HistoryEntry } from '../../scripts/lab/history.ts';
import { Refused } from '../../scripts/lab/http.ts';
import { LabServer } from '../../scripts/lab/server.ts';
import { sideBySide } from '../../scripts/lab/side-by-side.ts';
import { answerTo } from '../../scripts/lab/values.ts';

const CANDIDATES = 6;

describe('laboratory: six candidates over a kill', function () {
  this.timeout(120_000);
  const log: HistoryEntry[] = [];
  let server: LabServer;
  let exam: LabExam;
  let people: LabCandidate[] = [];

  before(async () => {
    server = await LabServer.start();
    exam = await LabExam.prepare(server, { candidates: CANDIDATES, roomSize: 3, accommodations: [15] });
    await exam.openRooms();
    people = exam.tickets.map(
      (ticket) => new LabCandidate(server.url, ticket, { log: (entry) => log.push(entry) }),
    );
    await sideBySide(people, CANDIDATES, (one) => one.arrive());
    await exam.admitAll();
    await sideBySide(people, CANDIDATES, (one) => one.receivePaper());
    await sideBySide(people, CANDIDATES, (one) => one.connect());
    await exam.start();
    await sideBySide(people, CANDIDATES, (one) => one.start());
  });
  after(async () => {
    exam.close();
    for (const one of people) await one.close();
    await server.dispose();
  });

  it('seats everyone in rooms of their own staff, with the accommodation in the deadline', async () => {
    expect(exam.rooms).to.have.length(2);
    expect(new Set(exam.rooms.flatMap(({ staff }) => staff)).size).to.equal(4);
    const views = await Promise.all(people.map((one) => one.view()));
    const longer = views.filter(({ ledger }) => ledger.some(({ minutes }) => minutes === 15));
    expect(longer).to.have.length(1);
    expect(people.every(({ connected }) => connected)).to.equal(true);
  });

  it('has every acknowledged answer after kill -9 and a restart; clients and sockets come back by themselves', async () => {
    let killed = false;
    const working = sideBySide(people, CANDIDATES, async (one) => {
      // Everybody goes on saving until after the kill, so that some saves meet it.
      for (let n = 0; n < 20 || !killed; n += 1) {
        const item = one.items[n % 5];
        if (item !== undefined) await one.saveSurely(item.itemId, answerTo(item, n));
      }
      const [item] = one.items;
      if (item !== undefined) await one.saveSurely(item.itemId, answerTo(item, 1));
    });
    await server.kill();
    killed = true;
    await server.restart();
    await working;
    for (const one of people) {
      const { items } = await one.stored();
      const acknowledged = new Map<string, number>();
      for (const entry of log)
        if (entry.type === 'ok' && entry.attemptId === one.ticket.attemptId)
          acknowledged.set(entry.itemId, Math.max(entry.seq, acknowledged.get(entry.itemId) ?? 0));
      expect(new Map(items.map(({ itemId, seq }) => [itemId, seq]))).to.deep.equal(acknowledged);
    }
  });

  it('logs a refusal as such, and tells CPU, memory, lag and the store of the server', async () => {
    const [one] = people;
    const [item] = one?.items ?? [];
    const refused = await one
      ?.save(item?.itemId ?? '', { no: 'such answer' })
      .catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(Refused);
    expect(log.at(-1)).to.include({ type: 'fail', status: 400, code: 'sitting.wrong-answer' });
    const { lag, store } = await server.diagnostics();
    expect(lag.max).to.be.at.least(lag.p50);
    expect(store?.writes).to.be.above(0);
    expect(server.usage().cpuMicros).to.be.above(0);
    expect(server.usage().rssMb).to.be.above(0);
  });

  it('hands in after the earliest time, with a receipt for each', async () => {
    await exam.advance(exam.minutes / 2);
    const receipts = await sideBySide(people, CANDIDATES, (one) => one.handIn());
    expect(receipts.map(({ state }) => state)).to.deep.equal(Array(CANDIDATES).fill('handed-in'));
    expect(receipts.every(({ answered, digest }) => answered > 0 && digest.length === 64)).to.equal(true);
  });
});
