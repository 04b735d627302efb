import { expect } from 'chai';
import supertest from 'supertest';
import type { ImportReport, ItemDetail } from '../../src/bank/bank.contract.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';
import { sampleBank, sampleItem } from '../support/items.ts';

describe('bank: imports and items', () => {
  let app: TestApp;
  let reviewer: Client;
  let author: Client;
  let officer: Client;
  before(async () => {
    app = await startTestApp();
    [reviewer, author, officer] = await Promise.all([
      app.signInAs('item-reviewer'),
      app.signInAs('item-author'),
      app.signInAs('exam-officer'),
    ]);
  });
  after(() => app.close());

  const bank = sampleBank([
    sampleItem('single', 1),
    sampleItem('numeric', 2),
    sampleItem('matching', 3, 'A1.2'),
  ]);
  const counts = ({ items, imported, updated, unchanged, refused }: ImportReport) => [
    items,
    imported,
    updated,
    unchanged,
    refused,
  ];
  const total = async (query = '') =>
    ((await officer.get(`/api/bank/items${query}`).expect(200)).body as { total: number }).total;

  it('judges without importing on a dry run', async () => {
    const { body } = await officer.post('/api/bank/imports?dryRun=true', bank).expect(200);
    expect(counts(body as ImportReport)).to.deep.equal([3, 3, 0, 0, 0]);
    expect(await total()).to.equal(0);
  });

  it('imports, leaves the same file alone, and makes a new version of a changed item', async () => {
    expect(
      counts((await officer.post('/api/bank/imports', bank).expect(200)).body as ImportReport),
    ).to.deep.equal([3, 3, 0, 0, 0]);
    expect(
      counts((await officer.post('/api/bank/imports', bank).expect(200)).body as ImportReport),
    ).to.deep.equal([3, 0, 0, 3, 0]);
    const changed = sampleBank([
      sampleItem('single', 1, 'A1.1', { key: 'C', whyNot: { A: '否', B: '否', D: '否' } }),
      sampleItem('numeric', 2),
    ]);
    expect(
      counts((await officer.post('/api/bank/imports', changed).expect(200)).body as ImportReport),
    ).to.deep.equal([2, 0, 1, 1, 0]);
    const detail = (await reviewer.get('/api/bank/items/A1.1-001').expect(200)).body as ItemDetail;
    expect(detail.version).to.equal(2);
    expect(detail.versions.map(({ version }) => version)).to.deep.equal([2, 1]);
    expect(detail.secret?.key).to.deep.equal({ type: 'single', key: 'C' });
  });

  it('imports nothing of a file with one bad item, and lists every fault with file, path and both languages', async () => {
    const before = await total();
    const broken = sampleBank([
      sampleItem('single', 8),
      sampleItem('single', 9, 'A1.1', { key: 'E', about: { kind: 'knowledge', index: 7 } }),
      sampleItem('single', 8),
    ]);
    const { body } = await officer.post('/api/bank/imports?file=broken.json', broken).expect(422);
    expect(body).to.include({ code: 'bank.import-refused' });
    expect(body.params).to.deep.equal({ file: 'broken.json', items: 3, refused: 2 });
    const issues = body.issues as { file: string; path: string; code: string; zh: string; en: string }[];
    expect(issues.map(({ path, code }) => `${path} ${code}`)).to.deep.equal([
      '/items/1/about/index bank.about-out-of-range',
      '/items/1/key bank.key-not-an-option',
      '/items/1/whyNot bank.why-not-mismatch',
      '/items/2/id bank.duplicate-id',
    ]);
    for (const issue of issues) {
      expect(issue.file).to.equal('broken.json');
      expect(issue.zh).to.match(/[\u4e00-\u9fff]/);
      expect(issue.en).to.match(/^[A-Z“]/);
    }
    expect(await total()).to.equal(before);
  });

  it('refuses an id that belongs to another function', async () => {
    const { ItemModel } = await import('../../src/bank/item.model.ts');
    await ItemModel.updateOne({ _id: 'A1.2-003' }, { $set: { function: 'A2' } });
    const { body } = await officer.post('/api/bank/imports', bank).expect(422);
    expect(body.issues[0]).to.include({ path: '/items/2/id', code: 'bank.id-taken', itemId: 'A1.2-003' });
    await ItemModel.updateOne({ _id: 'A1.2-003' }, { $set: { function: 'A1' } });
  });

  it('lets an author bring in drafts only', async () => {
    const { body } = await author
      .post('/api/bank/imports', sampleBank([sampleItem('single', 20)]))
      .expect(422);
    expect(body.issues[0]).to.include({ code: 'bank.approved-import', path: '/items/0/status' });
    await author
      .post('/api/bank/imports', sampleBank([sampleItem('single', 20, 'A1.1', { status: 'draft' })]))
      .expect(200);
  });

  it('moves an item through review, and nobody approves their own', async () => {
    const both = await app.signInAs('item-author', 'item-reviewer');
    await both
      .post('/api/bank/imports', sampleBank([sampleItem('single', 21, 'A1.1', { status: 'draft' })]))
      .expect(200);
    const command = (who: Client, name: string) =>
      who.post('/api/bank/items/A1.1-021/commands', { command: name });
    expect((await command(both, 'approve').expect(409)).body.code).to.equal('bank.wrong-state');
    await command(both, 'submit').expect(200);
    expect((await command(both, 'approve').expect(409)).body.code).to.equal('bank.own-item');
    expect((await command(author, 'approve').expect(403)).body.code).to.equal('bank.not-your-command');
    expect((await command(reviewer, 'approve').expect(200)).body.status).to.equal('approved');
    expect((await command(reviewer, 'retire').expect(200)).body.status).to.equal('retired');
    await reviewer.post('/api/bank/items/A9.9-001/commands', { command: 'submit' }).expect(404);
  });

  it('shows keys to authors and reviewers alone', async () => {
    const shown = await officer.get('/api/bank/items/A1.1-001').expect(200);
    expect(shown.body).not.to.have.property('secret');
    const listed = await reviewer.get('/api/bank/items').expect(200);
    for (const text of [shown.text, listed.text])
      expect(text).not.to.match(/rationale|whyNot|"key"|理由如下/);
    expect((await author.get('/api/bank/items/A1.1-001').expect(200)).body.secret.rationale.zh).to.equal(
      '理由如下',
    );
  });

  it('filters and pages the list', async () => {
    expect(await total('?type=numeric')).to.equal(1);
    expect(await total('?content=A1.2')).to.equal(1);
    expect(await total('?status=retired')).to.equal(1);
    expect(await total('?level=senior')).to.equal(0);
    expect(await total('?q=%E7%AC%AC2%E9%A2%98')).to.equal(1);
    expect(await total('?q=A1.1-0')).to.equal(4);
    expect(await total('?q=.*')).to.equal(0);
    const page = (await officer.get('/api/bank/items?offset=1&limit=2').expect(200)).body as {
      items: { id: string }[];
    };
    expect(page.items.map(({ id }) => id)).to.deep.equal(['A1.1-002', 'A1.1-020']);
    await officer.get('/api/bank/items?difficulty=impossible').expect(400);
  });

  it('counts the coverage by content, type and difficulty, and names the contents without an item', async () => {
    const { body } = await officer.get('/api/bank/coverage?level=junior').expect(200);
    expect(body.cells).to.deep.include({
      level: 'junior',
      function: 'A1',
      content: 'A1.1',
      type: 'single',
      difficulty: 'easy',
      items: 3,
      approved: 1,
    });
    expect(body.uncovered).to.include('A8.2').and.not.include('A1.2');
  });

  it('refuses operators, prototype names, a file of 9 MB, and whoever may not import', async () => {
    const send = (text: string) =>
      supertest(app.url)
        .post('/api/bank/imports')
        .set('cookie', officer.cookie)
        .set('content-type', 'application/json')
        .send(text);
    expect((await send('{"level":{"$gt":""}}')).body).to.include({
      code: 'platform.invalid-body',
      field: '/level/$gt',
    });
    expect((await send('{"__proto__":{"a":1}}')).status).to.equal(400);
    expect((await send(JSON.stringify({ ...bank, extra: 1 }))).body.field).to.equal('/extra');
    expect((await send(`{"level":"${'x'.repeat(9_000_000)}"}`)).body.code).to.equal(
      'platform.body-too-large',
    );
    const invigilator = await app.signInAs('invigilator');
    await invigilator.post('/api/bank/imports', bank).expect(403);
    await invigilator.get('/api/bank/syllabus').expect(200);
  });
});
