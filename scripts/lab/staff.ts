import type { Socket } from 'socket.io-client';
import { Caller } from '../../src/demo/caller.ts';
import { INSTITUTIONS } from '../../src/demo/cast.ts';
import type { Site } from '../../src/demo/prepare.ts';
import type { Institution } from '../../src/people/institution.model.ts';
import type { AccountView } from '../../src/people/people.contract.ts';
import type { Role } from '../../src/shared/roles.ts';
import { staffNeeded } from '../../src/sitting/staffing.rules.ts';
import { sideBySide } from './side-by-side.ts';

/** Everybody's password in the laboratory. */
export const LAB_PASSWORD = 'kaochang-lab';
/** Accounts made and signed in at a time: scrypt takes the machine's cores. */
const WIDTH = 4;
const RENEW_MS = 3_000;

/** Sign-in names of the staff of a room, its chief first; as many as the guide asks (11.2). */
export const staffOfRoom = (code: string, seats: number): string[] =>
  Array.from({ length: staffNeeded('theory', seats) }, (_, i) =>
    (i === 0 ? `chief-${code}` : `invigilator${i}-${code}`).toLowerCase(),
  );

/** Records an approved institution, two officers and the staff of every room. */
export async function appointStaff(
  administrator: Caller,
  rooms: readonly { code: string; seats: number }[],
): Promise<Site> {
  const [body] = INSTITUTIONS;
  const { _id: institutionId } = await administrator.post<Institution>('/api/institutions', body);
  await administrator.post(`/api/institutions/${institutionId}/approval`);
  const wanted: { login: string; role: Role }[] = [
    { login: 'officer1', role: 'exam-officer' },
    { login: 'officer2', role: 'exam-officer' },
    ...rooms.flatMap(({ code, seats }) =>
      staffOfRoom(code, seats).map((login, i) => ({
        login,
        role: i === 0 ? ('chief-invigilator' as const) : ('invigilator' as const),
      })),
    ),
  ];
  const ids = await sideBySide(wanted, WIDTH, async ({ login, role }) => {
    const account = { login, name: `监考 ${login}`, roles: [role], password: LAB_PASSWORD, institutionId };
    return [login, (await administrator.post<AccountView>('/api/accounts', account)).id] as const;
  });
  return { institutionId, accountIds: new Map(ids) };
}

/** Staff at their consoles: present in their rooms by socket, as their pages are, over restarts of the server. */
export class LabStaff {
  readonly #url: string;
  readonly #callers = new Map<string, Caller>();
  readonly #open: { socket: Socket; timer: ReturnType<typeof setInterval> }[] = [];

  constructor(url: string) {
    this.#url = url;
  }

  /** A signed-in person, the same each time. */
  async as(login: string): Promise<Caller> {
    const known = this.#callers.get(login);
    if (known !== undefined) return known;
    const caller = await new Caller(this.#url).signIn(login, LAB_PASSWORD);
    this.#callers.set(login, caller);
    return caller;
  }

  /** Makes people present in their rooms until `leave`. */
  async enter(where: readonly { login: string; roomId: string }[]): Promise<void> {
    await sideBySide(where, WIDTH, async ({ login, roomId }) => {
      const socket = await (await this.as(login)).socket();
      const ack = (await socket
        .timeout(10_000)
        .emitWithAck('proctoring.presence.renew', { roomId, enter: true })) as {
        ok: boolean;
      };
      if (!ack.ok) throw new Error(`${login} could not enter the room: ${JSON.stringify(ack)}`);
      const renew = (): void => {
        socket.volatile.emit('proctoring.presence.renew', { roomId });
      };
      socket.on('connect', renew);
      this.#open.push({ socket, timer: setInterval(renew, RENEW_MS) });
    });
  }

  /** Closes every console. */
  leave(): void {
    for (const { socket, timer } of this.#open.splice(0)) {
      clearInterval(timer);
      socket.disconnect();
    }
  }
}
