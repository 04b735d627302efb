import type { Ctx } from './context.ts';
import type { Route } from './http/route.ts';
import type { Sweep } from './leases.ts';
import type { LiveEvent, LiveHooks } from './live/event.ts';

/** What one stage of the exam adds to the application. `app.ts` mounts the stages in exam order. */
export interface Stage {
  name: string;
  routes: readonly Route[];
  events?: readonly LiveEvent[];
  hooks?: readonly LiveHooks[];
  /** Starts the stage's repeating tasks. */
  sweeps?(ctx: Ctx): readonly Sweep[];
}
