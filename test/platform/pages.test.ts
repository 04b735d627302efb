import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import express from 'express';
import supertest from 'supertest';
import { servePages } from '../../src/platform/http/pages.ts';

const SCRIPT = 'console.log("a script of the page");';

describe('platform: serving the pages', () => {
  const webDir = mkdtempSync(join(tmpdir(), 'kaochang-pages-'));
  const app = express();
  before(() => {
    mkdirSync(join(webDir, 'assets'));
    writeFileSync(join(webDir, 'candidate.html'), '<p>page</p>');
    writeFileSync(join(webDir, 'assets', 'page-1.js'), SCRIPT);
    writeFileSync(join(webDir, 'assets', 'page-1.js.gz'), gzipSync(SCRIPT));
    writeFileSync(join(webDir, 'assets', 'plain-2.css'), 'p {}');
    servePages(app, webDir);
  });
  after(() => {
    rmSync(webDir, { recursive: true, force: true });
  });

  it('sends the gzipped copy of a script to a browser that understands it, for a year', async () => {
    const { headers, text } = await supertest(app).get('/assets/page-1.js').set('accept-encoding', 'gzip');
    expect(headers['content-encoding']).to.equal('gzip');
    expect(headers['content-type']).to.match(/^text\/javascript/);
    expect(headers['vary']).to.match(/accept-encoding/i);
    expect(headers['cache-control']).to.include('immutable');
    expect(text).to.equal(SCRIPT);
  });

  it('sends it plain to one that does not, and where there is no copy', async () => {
    const plain = await supertest(app).get('/assets/page-1.js').set('accept-encoding', 'identity');
    expect(plain.headers['content-encoding']).to.equal(undefined);
    expect(plain.text).to.equal(SCRIPT);
    const style = await supertest(app).get('/assets/plain-2.css').set('accept-encoding', 'gzip');
    expect(style.headers['content-encoding']).to.equal(undefined);
    expect(style.text).to.equal('p {}');
  });

  it('keeps pages out of caches and answers nothing outside its folder', async () => {
    const page = await supertest(app).get('/exam').expect(200);
    expect(page.headers['cache-control']).to.equal('no-cache');
    await supertest(app).get('/assets/..%2Fcandidate.html').expect(404);
    await supertest(app).get('/assets/no-such.js').expect(404);
  });
});
