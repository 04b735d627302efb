import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { AssemblyReport, Conformance, Feasibility } from '../../src/assembly/assembly.contract.ts';
import { FormKeyModel, FormModel } from '../../src/assembly/form.model.ts';
import type { CandidateForm } from '../../src/assembly/form.contract.ts';
import { assembleForms } from '../../src/assembly/assemble.service.ts';
import { candidateForm, unsafeLoadKeyedForm } from '../../src/assembly/forms.service.ts';
import { AuditEntryModel } from '../../src/platform/audit/audit.model.ts';
import type { BankFile } from '../../src/bank/item.contract.ts';
import { LEVELS, type Level } from '../../src/shared/levels.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';
import { reviewTemplate, skillTemplate, theoryTemplate } from '../support/templates.ts';

const root = new URL('../../', import.meta.url);
const json = (path: string): object => JSON.parse(readFileSync(new URL(path, root), 'utf8')) as object;
const filesOf = (level: Level): BankFile[] =>
  readdirSync(new URL(`question-banks/${level}/`, root)).map(
    (name) => json(`question-banks/${level}/${name}`) as BankFile,
  );
const JUNIOR_ITEMS = filesOf('junior').flatMap(({ items }) => items).length;
const scenarioFiles = readdirSync(new URL('exam-templates/scenarios/', root));

describe('assembly: from the banks of the product to frozen forms', () => {
  let app: TestApp;
  let officer: Client;
  before(async () => {
    app = await startTestApp();
    officer = await app.signInAs('exam-officer');
    for (const level of LEVELS)
      for (const file of filesOf(level)) await officer.post('/api/bank/imports', file).expect(200);
  });
  after(() => app.close());

  const make = async (code: string, body: object = {}) =>
    (await officer.post(`/api/assembly/templates/${code}/forms`, body).expect(201)).body as AssemblyReport;

  describe('templates', () => {
    it('imports the templates of the product, and leaves the same alone', async () => {
      for (const level of LEVELS) {
        expect(
          (await officer.post('/api/assembly/templates', theoryTemplate(level)).expect(201)).body.outcome,
        ).to.equal('imported');
        expect(
          (await officer.post('/api/assembly/templates', skillTemplate(level)).expect(201)).body.outcome,
        ).to.equal('imported');
      }
      await officer.post('/api/assembly/templates', reviewTemplate()).expect(201);
      expect(
        (await officer.post('/api/assembly/templates', reviewTemplate()).expect(201)).body.outcome,
      ).to.equal('unchanged');
      const { body } = await officer.get('/api/assembly/templates?kind=theory').expect(200);
      expect(body.items.map(({ code }: { code: string }) => code)).to.deep.equal([
        'theory-intermediate',
        'theory-junior',
        'theory-senior',
      ]);
    });

    it('refuses 89 minutes naming clause 11.3, and stores nothing', async () => {
      const { body } = await officer
        .post('/api/assembly/templates', { ...theoryTemplate('junior'), code: 'short', minutes: 89 })
        .expect(422);
      expect(body).to.include({ code: 'assembly.template-refused', field: '/minutes' });
      expect(body.issues[0]).to.include({ code: 'assembly.too-short', clause: '11.3', path: '/minutes' });
      expect((await officer.get('/api/assembly/templates/short').expect(404)).body.code).to.equal(
        'assembly.unknown-template',
      );
    });

    it('keeps versions as they are: other content needs another number', async () => {
      const changed = { ...theoryTemplate('junior'), code: 'versions' };
      await officer.post('/api/assembly/templates', changed).expect(201);
      const { body } = await officer.post('/api/assembly/templates', { ...changed, minutes: 95 }).expect(409);
      expect(body).to.include({ code: 'assembly.template-version-taken', field: '/version' });
      await officer
        .post('/api/assembly/templates?dryRun=true', { ...changed, minutes: 95, version: 2 })
        .expect(201);
      expect((await officer.get('/api/assembly/templates/versions')).body.versions).to.deep.equal([1]);
      await officer.post('/api/assembly/templates', { ...changed, minutes: 95, version: 2 }).expect(201);
      const shown = (await officer.get('/api/assembly/templates/versions').expect(200)).body;
      expect(shown.versions).to.deep.equal([2, 1]);
      expect(shown.template.minutes).to.equal(95);
    });

    it('lets only an exam officer import', async () => {
      const reviewer = await app.signInAs('item-reviewer');
      await reviewer.post('/api/assembly/templates', reviewTemplate()).expect(403);
    });
  });

  describe('theory forms', () => {
    for (const level of LEVELS) {
      it(`${level}: two parallel forms that conform cell by cell`, async () => {
        const report = await make(`theory-${level}`, { seed: 'spring' });
        expect(report.forms.map(({ label, items }) => [label, items])).to.deep.equal([
          ['A', 40],
          ['B', 40],
        ]);
        expect(report.conformance.ok).to.equal(true);
        expect(report.proved).to.equal(true);
        expect(report.conformance.parallel.difficulty).to.be.at.most(1);
        expect(report.conformance.parallel.function).to.be.at.most(2);
        const again = (
          await officer.get(`/api/assembly/forms/${report.forms[0]?.formId}/conformance`).expect(200)
        ).body as Conformance;
        expect(again).to.deep.equal(report.conformance);
      });
    }

    it('gives the same papers for the same seed, and others for another', async () => {
      const papers = async (seed: string) => {
        const { forms } = await make('theory-junior', { seed });
        return Promise.all(
          forms.map(async ({ formId }) =>
            (await candidateForm(formId)).parts.flatMap((part) => part.items.map((item) => item.itemId)),
          ),
        );
      };
      const first = await papers('summer');
      expect(await papers('summer')).to.deep.equal(first);
      expect(await papers('autumn')).not.to.deep.equal(first);
    });

    it('draws and records a seed when none is given', async () => {
      const { seed, forms } = await make('theory-junior', { forms: 1 });
      expect(seed).to.match(/^[0-9a-f]{24}$/);
      expect(forms).to.have.length(1);
      const listed = (await officer.get('/api/assembly/forms?templateCode=theory-junior&limit=1').expect(200))
        .body;
      expect(listed.items[0].seed).to.equal(seed);
    });

    it('says which quota cannot be met and by how much, when forms are made and when one asks before', async () => {
      const { quotas } = theoryTemplate('junior');
      const greedy = {
        ...theoryTemplate('junior'),
        code: 'greedy',
        quotas: {
          byDifficulty: {
            ...quotas.byDifficulty,
            easy: { min: 0, max: 40 },
            medium: { min: 0, max: 40 },
            hard: { min: 40, max: 40 },
          },
        },
      };
      await officer.post('/api/assembly/templates', greedy).expect(201);
      const { body } = await officer
        .post('/api/assembly/templates/greedy/forms', { forms: 1, seed: 'x' })
        .expect(409);
      expect(body).to.include({ code: 'assembly.infeasible' });
      const [issue] = body.issues;
      expect(issue).to.include({
        path: '/quotas/byDifficulty/hard',
        code: 'assembly.quota-short',
        quota: 'hard',
        need: 40,
      });
      expect(issue.have).to.be.within(1, 39);
      expect(issue.zh).to.contain(`${40 - issue.have} 题`);
      const feasibility = (
        await officer.get('/api/assembly/templates/greedy/feasibility?forms=1').expect(200)
      ).body as Feasibility;
      expect(feasibility).to.include({ feasible: false, forms: 1, pool: JUNIOR_ITEMS });
      expect(feasibility.issues).to.deep.equal(body.issues);
      const fine = (await officer.get('/api/assembly/templates/theory-junior/feasibility').expect(200))
        .body as Feasibility;
      expect(fine).to.deep.equal({ feasible: true, forms: 2, pool: JUNIOR_ITEMS, issues: [] });
    });

    it('takes no item that is not approved', async () => {
      const reviewer = await app.signInAs('item-reviewer');
      await reviewer.post('/api/bank/items/A1.1-001/commands', { command: 'retire' }).expect(200);
      expect((await officer.get('/api/assembly/templates/theory-junior/feasibility')).body.pool).to.equal(
        JUNIOR_ITEMS - 1,
      );
      for (const seed of ['1', '2']) {
        const { forms } = await make('theory-junior', { seed });
        for (const { formId } of forms)
          expect(JSON.stringify(await candidateForm(formId))).not.to.contain('A1.1-001');
      }
    });

    it('stops when nobody wants the forms any more', async () => {
      const aborted = new AbortController();
      aborted.abort();
      const given = assembleForms(app.ctx, { kind: 'anonymous', roles: [] }, 'theory-junior', {
        signal: aborted.signal,
      });
      expect(
        await given.then(
          () => 'made',
          (error: { code?: string }) => error.code,
        ),
      ).to.equal('assembly.cancelled');
    });
  });

  describe('frozen papers', () => {
    let formId: string;
    before(async () => {
      formId = (await make('theory-senior', { forms: 1, seed: 'frozen' })).forms[0]?.formId ?? '';
    });

    it('have no key, rationale or reason of the bank in them', async () => {
      const { body, text } = await officer.get(`/api/assembly/forms/${formId}`).expect(200);
      const paper = body.form as CandidateForm;
      expect(paper.parts.reduce((sum, part) => sum + part.items.length, 0)).to.equal(40);
      expect(text).not.to.match(/"(key|keys|rationale|whyNot|tests|tolerance)"/);
      const chosen = new Set(paper.parts.flatMap((part) => part.items.map((item) => item.itemId)));
      for (const item of filesOf('senior').flatMap((file) => file.items)) {
        if (!chosen.has(item.id)) continue;
        expect(text)
          .not.to.contain(JSON.stringify(item.rationale.zh).slice(1, -1))
          .and.not.to.contain(JSON.stringify(item.tests).slice(1, -1));
        if ('whyNot' in item)
          for (const reason of Object.values(item.whyNot))
            expect(text).not.to.contain(JSON.stringify(reason).slice(1, -1));
      }
    });

    it('have a key for every item, read by exam officers alone and recorded', async () => {
      const { body } = await officer.get(`/api/assembly/forms/${formId}/keys`).expect(200);
      const bank = new Map(
        filesOf('senior')
          .flatMap((file) => file.items)
          .map((item) => [item.id, item]),
      );
      expect(body.keys).to.have.length(40);
      for (const { itemId, key } of body.keys)
        expect(key, itemId).to.deep.equal({ type: bank.get(itemId)?.type, key: bank.get(itemId)?.key });
      for (const role of ['auditor', 'item-reviewer', 'invigilator', 'chief-invigilator'] as const) {
        await (await app.signInAs(role)).get(`/api/assembly/forms/${formId}/keys`).expect(403);
      }
      const entries = await AuditEntryModel.find({
        action: 'assembly.form.read-keys',
        subject: `form:${formId}`,
      }).lean();
      expect(entries.map(({ actor }) => actor)).to.deep.equal([`account:${officer.id}`]);
    });

    it('stay as they were when the bank changes', async () => {
      const before = await unsafeLoadKeyedForm(formId);
      const itemId = before.form.parts[0]?.items[0]?.itemId ?? '';
      const file = filesOf('senior').find(({ items }) =>
        items.some((item) => item.id === itemId),
      ) as BankFile;
      const changed = {
        ...file,
        items: file.items.map((item) =>
          item.id === itemId ? { ...item, stem: { zh: '改过的题干', en: 'A changed stem' } } : item,
        ),
      };
      expect((await officer.post('/api/bank/imports', changed).expect(200)).body.updated).to.equal(1);
      expect(await unsafeLoadKeyedForm(formId)).to.deep.equal(before);
    });

    it('are out of use once somebody has touched paper or keys', async () => {
      const altered = async (work: () => Promise<unknown>, undo: () => Promise<unknown>) => {
        await work();
        const response = await officer.get(`/api/assembly/forms/${formId}/keys`).expect(500);
        expect(response.body.code).to.equal('assembly.form-altered');
        await undo();
        await officer.get(`/api/assembly/forms/${formId}/keys`).expect(200);
      };
      const record = (await FormKeyModel.findById(formId).lean())?.keys ?? [];
      const other = record.find(({ key }) => JSON.stringify(key) !== JSON.stringify(record[0]?.key));
      const swapped = record.map((entry, i) => (i === 0 ? { ...entry, key: other?.key } : entry));
      await altered(
        () => FormKeyModel.updateOne({ _id: formId }, { $set: { keys: swapped } }),
        () => FormKeyModel.updateOne({ _id: formId }, { $set: { keys: record } }),
      );
      await altered(
        () => FormModel.updateOne({ _id: formId }, { $set: { 'paper.minutes': 10 } }),
        () =>
          FormModel.updateOne(
            { _id: formId },
            { $set: { 'paper.minutes': theoryTemplate('senior').minutes } },
          ),
      );
    });

    it('are not found under another name', async () => {
      expect((await officer.get('/api/assembly/forms/form_none').expect(404)).body.code).to.equal(
        'assembly.unknown-form',
      );
      expect((await officer.get('/api/assembly/forms/form_none/keys').expect(404)).body.code).to.equal(
        'assembly.unknown-form',
      );
    });
  });

  describe('skill forms', () => {
    it('want their scenarios in the bank first', async () => {
      const { body } = await officer.post('/api/assembly/templates/skill-junior/forms', {}).expect(409);
      expect(body).to.include({ code: 'assembly.unknown-scenario' });
      expect(body.params.scenario).to.equal('junior-first-listing');
      for (const name of scenarioFiles)
        await officer.post('/api/bank/scenarios', json(`exam-templates/scenarios/${name}`)).expect(200);
      const again = (
        await officer
          .post('/api/bank/scenarios', json(`exam-templates/scenarios/${scenarioFiles[0]}`))
          .expect(200)
      ).body;
      expect(again.unchanged).to.equal(1);
      const changed = { ...json(`exam-templates/scenarios/${scenarioFiles[0]}`), minutes: 41 };
      expect((await officer.post('/api/bank/scenarios', changed).expect(409)).body.code).to.equal(
        'bank.scenario-version-taken',
      );
      expect(
        (await officer.post('/api/bank/scenarios', { ...changed, checks: [] }).expect(422)).body.issues[0]
          .path,
      ).to.equal('/checks');
    });

    for (const level of LEVELS) {
      it(`${level}: computer tasks without checks and an on-site task with public criteria, 100 points`, async () => {
        const report = await make(`skill-${level}`, { forms: 3 });
        expect(report.forms).to.have.length(1);
        expect(report.conformance.ok).to.equal(true);
        const formId = report.forms[0]?.formId ?? '';
        const { form, keys } = await unsafeLoadKeyedForm(formId);
        expect(form.parts.map(({ kind, points }) => [kind, points])).to.deep.equal([
          ['computer', 60],
          ['on-site', 40],
        ]);
        const ids = form.parts[0]?.items.map((item) => item.itemId) ?? [];
        expect([...keys.keys()]).to.deep.equal(ids);
        const text = JSON.stringify(form);
        expect(text).not.to.match(/"(checks|expect|tells)"/);
        for (const id of ids) {
          const { checks } = json(`exam-templates/scenarios/${id}.json`) as {
            checks: { tells: { zh: string } }[];
          };
          expect(keys.get(id)).to.deep.equal({ type: 'scenario', checks });
          for (const { tells } of checks) expect(text).not.to.contain(tells.zh);
        }
      });
    }

    it('show a scenario with its checks to authors and reviewers alone', async () => {
      const [examiner, reviewer] = await Promise.all([
        app.signInAs('examiner'),
        app.signInAs('item-reviewer'),
      ]);
      expect(
        (await examiner.get('/api/bank/scenarios/junior-first-listing').expect(200)).body,
      ).not.to.have.property('checks');
      expect(
        (await reviewer.get('/api/bank/scenarios/junior-first-listing').expect(200)).body.checks,
      ).to.have.length(9);
      expect((await examiner.get('/api/bank/scenarios?level=junior').expect(200)).body.total).to.equal(2);
    });

    it('are not made of a review, which has none', async () => {
      expect(
        (await officer.post('/api/assembly/templates/review-senior/forms', {}).expect(409)).body.code,
      ).to.equal('assembly.no-forms-of-review');
    });
  });
});
