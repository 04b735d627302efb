import type { Socket } from 'socket.io-client';
import { Caller } from '../../src/demo/caller.ts';
import { DEMO_PASSWORD } from '../../src/demo/cast.ts';

const RENEW_MS = 3_000;

/** Staff whose consoles are open: presence is renewed by their sockets, as their pages do. */
export class Consoles {
  readonly #url: string;
  readonly #callers = new Map<string, Caller>();
  readonly #open: { socket: Socket; timer: ReturnType<typeof setInterval> }[] = [];

  constructor(url: string) {
    this.#url = url;
  }

  /** A signed-in staff member, the same each time. */
  async as(login: string): Promise<Caller> {
    const known = this.#callers.get(login);
    if (known !== undefined) return known;
    const caller = await new Caller(this.#url).signIn(login, DEMO_PASSWORD);
    this.#callers.set(login, caller);
    return caller;
  }

  /** Makes a person present in a room until `leaveAll`. */
  async enter(login: string, roomId: string): Promise<Caller> {
    const caller = await this.as(login);
    const socket = await caller.socket();
    const ack = (await socket
      .timeout(5_000)
      .emitWithAck('proctoring.presence.renew', { roomId, enter: true })) as { ok: boolean };
    if (!ack.ok) throw new Error(`${login} could not enter the room: ${JSON.stringify(ack)}`);
    const timer = setInterval(() => socket.emit('proctoring.presence.renew', { roomId }), RENEW_MS);
    this.#open.push({ socket, timer });
    return caller;
  }

  /** Closes every console. */
  leaveAll(): void {
    for (const { socket, timer } of this.#open.splice(0)) {
      clearInterval(timer);
      socket.disconnect();
    }
  }
}
