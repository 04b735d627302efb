import type { Socket } from 'socket.io-client';
import { machineNow } from '../../src/proctoring/machine-time.ts';
import { PresenceModel } from '../../src/proctoring/presence.model.ts';
import type { CommandView, ConsoleView } from '../../src/proctoring/proctoring.views.contract.ts';
import type { Client } from './app.ts';
import type { TestSitting } from './sitting.ts';

/** Staff enter the room by their consoles. */
export async function enter(
  sitting: Pick<TestSitting, 'roomId'>,
  ...staff: readonly Client[]
): Promise<void> {
  for (const client of staff) {
    await client.post(`/api/rooms/${sitting.roomId}/presence`, { enter: true }).expect(200);
  }
}

/** Consoles that go on renewing, however slow the machine: nobody's lease runs out during a test. */
export async function keepPresent(): Promise<void> {
  await PresenceModel.updateMany({ present: true }, { $set: { until: machineNow() + 3_600_000 } });
}

/** Consoles of these people fall silent: their leases lie in the past. */
export async function fallSilent(...staff: readonly Client[]): Promise<void> {
  const ids = staff.map(({ id }) => id);
  await PresenceModel.updateMany({ _id: { $in: ids } }, { $set: { until: machineNow() - 1 } });
}

/** The room's console as this person sees it. */
export async function consoleOf(
  client: Client,
  { roomId }: Pick<TestSitting, 'roomId'>,
): Promise<ConsoleView> {
  return (await client.get(`/api/rooms/${roomId}/console`).expect(200)).body as ConsoleView;
}

/** Gives a command that is expected to be taken. */
export async function command(
  client: Client,
  { roomId }: Pick<TestSitting, 'roomId'>,
  body: object,
): Promise<CommandView> {
  return (await client.post(`/api/rooms/${roomId}/commands`, body).expect(200)).body as CommandView;
}

/** A socket that hears what is published about the room. */
export async function listen(client: Client, { roomId }: Pick<TestSitting, 'roomId'>): Promise<Socket> {
  const socket = await client.socket();
  await socket.timeout(5000).emitWithAck('proctoring.console.join', { roomId });
  return socket;
}

/** The next message of this kind that fits. */
export function heard<T>(
  socket: Socket,
  event: string,
  fits: (payload: T) => boolean = () => true,
): Promise<T> {
  return new Promise((resolve) => {
    const take = (payload: T): void => {
      if (!fits(payload)) return;
      socket.off(event, take);
      resolve(payload);
    };
    socket.on(event, take);
  });
}
