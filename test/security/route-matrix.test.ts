import { expect } from 'chai';
import { STAGES } from '../../src/app.ts';
import type { Route } from '../../src/platform/http/route.ts';
import { ROLES, type Role } from '../../src/shared/roles.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';

const routes = STAGES.flatMap((stage) => stage.routes);
const events = STAGES.flatMap((stage) => stage.events ?? []);

/** The path with something in each place. */
const concrete = (route: Route): string => route.path.replace(/[:*]\w+/g, 'nothing-there');

function call(client: Client, route: Route) {
  const path = concrete(route);
  switch (route.method) {
    case 'GET':
      return client.get(path);
    case 'POST':
      return client.post(path);
    case 'PUT':
      return client.put(path);
    case 'PATCH':
      return client.patch(path);
    case 'DELETE':
      return client.delete(path);
  }
}

describe('security: every route and event × every role', () => {
  let app: TestApp;
  const clients = new Map<Role | 'anonymous', Client>();

  const signedIn = (role: Role): Promise<Client> =>
    role === 'candidate'
      ? app.candidateOf({ attemptId: 'att_none', candidateId: 'cand_none' })
      : app.signInAs(role);

  before(async () => {
    app = await startTestApp();
    clients.set('anonymous', app.anonymous);
    for (const role of ROLES) clients.set(role, await signedIn(role));
  });
  after(() => app.close());

  it('declares each id, and each method with its path, once', () => {
    const ids = [...routes.map((r) => r.id), ...events.map((e) => e.id)];
    expect(new Set(ids).size).to.equal(ids.length);
    const addresses = routes.map((r) => `${r.method} ${r.path.replace(/:\w+/g, ':')}`);
    expect(new Set(addresses).size).to.equal(addresses.length);
    for (const route of routes) expect(route.path, route.id).to.match(/^\/api\//);
  });

  it('gives a reason wherever a scope covers everything, and a name elsewhere', () => {
    for (const { id, scope } of [...routes, ...events]) {
      expect(scope.kind === 'everything' ? scope.why : scope.name, id).to.have.length.above(8);
    }
  });

  it('lets candidates reach only what is scoped to them or shows nothing of others', () => {
    const open = routes.filter(
      (r) => r.access !== 'public' && r.access.includes('candidate') && r.scope.kind === 'everything',
    );
    expect(open.map((r) => r.id)).to.deep.equal([]);
  });

  it('has closed bodies on every route that takes one', () => {
    for (const { id, body } of routes) {
      if (body === undefined) continue;
      const closed = (body as { additionalProperties?: unknown }).additionalProperties === false;
      expect(closed || 'anyOf' in body, `${id}: additionalProperties must be false`).to.equal(true);
    }
  });

  it('knows no other way in: an unlisted address is 404 for everyone', async () => {
    for (const client of clients.values()) await client.get('/api/not-declared').expect(404);
  });

  for (const route of routes) {
    it(`${route.method} ${route.path}: ${route.access === 'public' ? 'public' : route.access.join(', ')}`, async () => {
      for (const [role, client] of clients) {
        // Signing out would end the session that the other routes are walked with.
        const caller = route.id === 'people.sign-out' && role !== 'anonymous' ? await signedIn(role) : client;
        const { status, body } = await call(caller, route);
        const code = (body as { code?: string }).code;
        const allowed = route.access === 'public' || (role !== 'anonymous' && route.access.includes(role));
        if (allowed) {
          expect(code, `${role} is let in`).not.to.be.oneOf(['platform.not-signed-in', 'platform.forbidden']);
          expect(status, `${role}: ${JSON.stringify(body)}`).to.be.below(500);
        } else {
          expect(code, `${role} is kept out`).to.equal(
            role === 'anonymous' ? 'platform.not-signed-in' : 'platform.forbidden',
          );
        }
      }
    });
  }

  for (const event of events) {
    it(`event ${event.id}: ${event.access.join(', ')}`, async () => {
      for (const role of ROLES) {
        const socket = await (clients.get(role) as Client).socket();
        const ack = (await socket.timeout(5000).emitWithAck(event.id, {})) as {
          ok: boolean;
          problem?: { code: string };
        };
        const code = ack.problem?.code;
        if (event.access.includes(role)) expect(code, role).not.to.equal('platform.forbidden');
        else expect(code, role).to.equal('platform.forbidden');
        socket.disconnect();
      }
    });
  }

  it('refuses a socket without a session, and one from another site', async () => {
    const refused = await app.anonymous.socket().then(
      () => 'connected',
      (error: unknown) => String(error),
    );
    expect(refused).to.match(/not-signed-in/);
  });
});
