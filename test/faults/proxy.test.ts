import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { Server as LiveServer } from 'socket.io';
import { io } from 'socket.io-client';
import { FaultProxy, NO_FAULTS } from '../../scripts/faults/proxy.ts';
import { until } from '../support/sitting.ts';

describe('faults: the line that fails', () => {
  let server: Server;
  let live: LiveServer;
  let proxy: FaultProxy;
  let url: string;
  let heard: string[];
  const say = (word: string): Promise<string> =>
    fetch(`${url}/`, { method: 'POST', body: word, signal: AbortSignal.timeout(1_000) }).then(
      (answer) => answer.text(),
      (error: unknown) => (error instanceof DOMException ? 'silence' : 'broken'),
    );

  beforeEach(async () => {
    heard = [];
    server = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
      request.on('end', () => response.end('heard'));
    });
    live = new LiveServer(server, { path: '/live', pingInterval: 200, pingTimeout: 200 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    proxy = new FaultProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'seed');
    url = await proxy.open();
  });
  afterEach(async () => {
    await proxy.close();
    await live.close();
  });

  it('lets everything through while it is up', async () => {
    expect(await say('one')).to.equal('heard');
    expect(heard).to.deep.equal(['one']);
  });

  it('refuses while it is cut, and works again', async () => {
    proxy.set('cut');
    expect(await say('one')).to.equal('broken');
    proxy.set('up');
    expect(await say('two')).to.equal('heard');
    expect(heard).to.deep.equal(['two']);
  });

  it('takes connections and never answers while it is half open', async () => {
    proxy.set('half-open');
    expect(await say('one')).to.equal('silence');
    expect(heard).to.deep.equal([]);
    proxy.set('up');
    expect(await say('two')).to.equal('heard');
  });

  it('loses acknowledgements but not requests, requests, and doubles them, as told', async () => {
    proxy.faults = { ...NO_FAULTS, dropAck: 1 };
    expect(await say('one')).to.equal('broken');
    expect(heard).to.deep.equal(['one']);
    proxy.faults = { ...NO_FAULTS, dropRequest: 1 };
    expect(await say('two')).to.equal('broken');
    expect(heard).to.deep.equal(['one']);
    proxy.faults = { ...NO_FAULTS, double: 1 };
    expect(await say('three')).to.equal('heard');
    expect(heard).to.deep.equal(['one', 'three', 'three']);
    expect(proxy.counts).to.include({ droppedAcks: 1, droppedRequests: 1, doubled: 1 });
  });

  it('lets requests overtake each other', async () => {
    proxy.faults = { ...NO_FAULTS, delayMs: 200 };
    const words = Array.from({ length: 12 }, (_, i) => `word${i}`);
    await Promise.all(words.map(say));
    expect(heard).to.have.members(words).and.not.to.deep.equal(words);
  });

  it('carries sockets, and lets both ends find out that a half-open line is dead', async () => {
    const socket = io(url, { path: '/live', transports: ['websocket'], reconnection: false });
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    let gone = false;
    live.sockets.sockets.forEach((one) => one.once('disconnect', () => (gone = true)));
    proxy.set('half-open');
    await until(() => Promise.resolve(gone && socket.disconnected));
  });
});
