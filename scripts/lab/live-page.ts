import { io, type Socket } from 'socket.io-client';
import type { LabHttp } from './http.ts';

/** How often the page asks for its state although nothing was announced, ms (src/web/candidate/use-attempt.ts). */
const POLL_MS = 10_000;
const HINTS = ['connect', 'attempt.changed', 'time.changed', 'room.changed'];

/**
 * The live half of a candidate's page: a socket that comes back by itself, and the page's asking for the attempt by HTTP
 * after each connect, at each hint and every ten seconds; one question at a time.
 */
export class LivePage {
  readonly #socket: Socket;
  readonly #http: LabHttp;
  readonly #path: string;
  #timer: ReturnType<typeof setTimeout>;
  #asking = false;

  private constructor(url: string, http: LabHttp, path: string) {
    this.#http = http;
    this.#path = path;
    this.#socket = io(url, {
      path: '/live',
      transports: ['websocket'],
      extraHeaders: { cookie: http.cookie },
      forceNew: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
      randomizationFactor: 0.5,
    });
    for (const hint of HINTS) this.#socket.on(hint, () => void this.#ask());
    // Pages are opened at different moments: their polls do not come as one wave.
    this.#timer = setTimeout(() => {
      this.#poll();
    }, Math.random() * POLL_MS);
  }

  /** Opens a page's socket; resolves when it is connected for the first time. */
  static async open(url: string, http: LabHttp, path: string): Promise<LivePage> {
    const page = new LivePage(url, http, path);
    await new Promise<void>((done) => page.#socket.once('connect', done));
    return page;
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#socket.disconnect();
  }

  #poll(): void {
    void this.#ask();
    this.#timer = setTimeout(() => {
      this.#poll();
    }, POLL_MS);
  }

  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    // A lost line is not news here: the next hint or poll asks again.
    await this.#http.send('GET', this.#path).catch(() => undefined);
    this.#asking = false;
  }
}
