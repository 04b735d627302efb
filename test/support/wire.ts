import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Something the server has sent: to whom (by the label that was set), in answer to what, and the bytes as text. */
export interface Sent {
  to: string;
  what: string;
  text: string;
}

/** Listens at the server's door: the body of every answer and every byte of every socket, as it leaves. */
export class Wire {
  /** Whose turn it is; a socket keeps the label it was opened under. */
  to = '';
  readonly sent: Sent[] = [];

  constructor(server: Server) {
    server.prependListener('request', (request, response) => {
      this.#answers(request, response);
    });
    server.prependListener('upgrade', (request, socket) => {
      this.#frames(request, socket);
    });
  }

  /** Adds what a person can make of what was sent, such as an opened paper. */
  add(what: string, text: string): void {
    this.sent.push({ to: this.to, what, text });
  }

  #answers(request: IncomingMessage, response: ServerResponse): void {
    const entry: Sent = { to: this.to, what: `${request.method ?? ''} ${request.url ?? ''}`, text: '' };
    this.sent.push(entry);
    for (const method of ['write', 'end'] as const) {
      const original = response[method].bind(response) as (...args: unknown[]) => never;
      response[method] = (...args: unknown[]) => {
        entry.text += textOf(args[0]);
        return original(...args);
      };
    }
  }

  #frames(request: IncomingMessage, socket: Duplex): void {
    const entry: Sent = { to: this.to, what: `socket ${request.url ?? ''}`, text: '' };
    this.sent.push(entry);
    const original = socket.write.bind(socket) as (...args: unknown[]) => boolean;
    socket.write = (...args: unknown[]) => {
      entry.text += textOf(args[0]);
      return original(...args);
    };
  }
}

function textOf(chunk: unknown): string {
  if (typeof chunk === 'string') return chunk;
  return chunk instanceof Uint8Array ? Buffer.from(chunk).toString('utf8') : '';
}
