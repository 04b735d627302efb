import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { seeded } from '../../src/shared/seeded.ts';

/** How the line stands. `half-open`: connections are taken and nothing ever comes back; `cut`: they are refused. */
export type LineState = 'up' | 'cut' | 'half-open';

/** What happens to requests while the line is up; chances from 0 to 1. */
export interface Faults {
  /** The server gets the request, the client never hears of it: its connection breaks. */
  dropAck: number;
  /** The request is lost on its way, and the connection breaks. */
  dropRequest: number;
  /** The server gets the request twice; the client hears the first answer. */
  double: number;
  /** Each request waits up to so long before it goes on, ms; requests overtake each other. */
  delayMs: number;
}

export const NO_FAULTS: Faults = { dropAck: 0, dropRequest: 0, double: 0, delayMs: 0 };

/** How often each fault was done. */
export interface FaultCounts {
  forwarded: number;
  droppedAcks: number;
  droppedRequests: number;
  doubled: number;
  delayed: number;
  refusedConnections: number;
}

/**
 * A line between clients and a server on this machine, which fails as told and by seed. HTTP requests are understood, so that
 * one of them can be lost or doubled; sockets (upgrades) pass as bytes and share the fate of the line.
 */
export class FaultProxy {
  readonly counts: FaultCounts = {
    forwarded: 0,
    droppedAcks: 0,
    droppedRequests: 0,
    doubled: 0,
    delayed: 0,
    refusedConnections: 0,
  };
  faults: Faults = NO_FAULTS;
  #state: LineState = 'up';
  readonly #target: URL;
  readonly #chance: () => number;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #http = createServer((incoming, response) => void this.#pass(incoming, response));
  readonly #tcp = createTcpServer((socket) => {
    this.#accept(socket);
  });
  readonly #sockets = new Set<Duplex>();

  constructor(target: string, seed: string) {
    this.#target = new URL(target);
    this.#chance = seeded(seed);
    this.#http.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#tunnel(incoming, socket, head);
    });
  }

  /** Starts listening on a free port of this machine. Resolves with the address for clients. */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#tcp.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#tcp.address() as AddressInfo).port}`;
  }

  get state(): LineState {
    return this.#state;
  }

  /** Changes the line. Connections that lived through a cut or a half-open time break when it changes again. */
  set(state: LineState): void {
    const before = this.#state;
    this.#state = state;
    if (state === 'cut' || before === 'half-open') this.#breakAll();
  }

  async close(): Promise<void> {
    this.#breakAll();
    this.#agent.destroy();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#tcp.close(resolve));
  }

  #breakAll(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  #accept(socket: Socket): void {
    if (this.#state === 'cut') {
      this.counts.refusedConnections += 1;
      socket.destroy();
      return;
    }
    this.#track(socket);
    if (this.#state === 'up') this.#http.emit('connection', socket);
  }

  #track(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
  }

  /** One HTTP request on its way through. */
  async #pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming).catch(() => undefined);
    if (body === undefined) return;
    const { dropRequest, dropAck, double, delayMs } = this.faults;
    if (delayMs > 0) {
      this.counts.delayed += 1;
      await new Promise((resolve) => setTimeout(resolve, this.#chance() * delayMs));
    }
    if (this.#state !== 'up') return;
    if (this.#chance() < dropRequest) {
      this.counts.droppedRequests += 1;
      incoming.socket.destroy();
      return;
    }
    const again = this.#chance() < double;
    const silent = this.#chance() < dropAck;
    try {
      const answer = await this.#forward(incoming, body);
      if (again) {
        this.counts.doubled += 1;
        await this.#forward(incoming, body);
      }
      // A line that failed meanwhile brings no answer back.
      if (this.#state !== 'up') return;
      if (silent) {
        this.counts.droppedAcks += 1;
        incoming.socket.destroy();
      } else response.writeHead(answer.status, answer.headers).end(answer.body);
    } catch {
      incoming.socket.destroy();
    }
  }

  #forward(
    incoming: IncomingMessage,
    body: Buffer,
  ): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
    this.counts.forwarded += 1;
    const { hostname, port } = this.#target;
    const { method, url: path, headers } = incoming;
    return new Promise((resolve, reject) => {
      const outgoing = request({ hostname, port, method, path, headers, agent: this.#agent }, (answer) => {
        bodyOf(answer).then((content) => {
          const { 'transfer-encoding': _, ...kept } = answer.headers;
          resolve({ status: answer.statusCode ?? 502, headers: kept, body: content });
        }, reject);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  /** A socket's bytes, both ways, while the line is up; a half-open line keeps it open and swallows them. */
  #tunnel(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { hostname, port } = this.#target;
    const server = connect(Number(port), hostname, () => {
      const lines = incoming.rawHeaders.flatMap((name, i) =>
        i % 2 === 0 ? [`${name}: ${incoming.rawHeaders[i + 1] ?? ''}`] : [],
      );
      server.write(
        `${incoming.method ?? 'GET'} ${incoming.url ?? '/'} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`,
      );
      server.write(head);
    });
    this.#track(server);
    this.#track(socket);
    const pass = (from: Duplex, to: Duplex): void => {
      from.on('data', (chunk: Buffer) => {
        if (this.#state === 'up') to.write(chunk);
      });
      from.on('close', () => {
        if (this.#state !== 'half-open') to.destroy();
      });
    };
    pass(server, socket);
    pass(socket, server);
  }
}

async function bodyOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
