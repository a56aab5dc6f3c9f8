import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { rfc3339 } from '../model/instant.ts';
import { eventSchema, happen, UnknownThing } from './events.ts';
import { faultSchema } from './faults.ts';
import type { Host } from './host.ts';
import type { RunningServer } from './servers/server.ts';
import { IncidentRefusal } from './world/incidents.ts';
import { StackRefusal } from './world/stacks.ts';
import type { World } from './world/world.ts';
import { worldReport } from './world-report.ts';

const MAX_ADVANCE_S = 30 * 86_400;
const clockSchema = z.strictObject({ advance_s: z.number().nonnegative().max(MAX_ADVANCE_S) });

class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

/** The endpoint through which tests and people steer the world; plain HTTP and JSON, whatever the others speak. */
export async function serveControl(world: World, host: Host): Promise<RunningServer> {
  const routes: Record<string, (body: unknown) => unknown> = {
    'GET /requests': () => ({ requests: host.log.all() }),
    'GET /world': () => worldReport(world),
    'GET /faults': () => ({ faults: host.faults.waiting() }),
    'POST /faults': (body) => ({ id: host.faults.order(checked(faultSchema, body)) }),
    'DELETE /faults': () => {
      host.faults.clear();
      return {};
    },
    'POST /clock': (body) => {
      world.advance(checked(clockSchema, body).advance_s);
      return { now: rfc3339(world.now()) };
    },
    'POST /events': (body) => happen(world, checked(eventSchema, body)),
  };

  const server = createServer((request, response) => {
    const answer = (status: number, value: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    };
    const path = request.url?.split('?')[0] ?? '/';
    const route = routes[`${request.method} ${path}`];
    if (route === undefined) {
      answer(404, {
        error: { message: `No ${request.method} ${path}; there is ${Object.keys(routes).join(', ')}` },
      });
      return;
    }
    readJson(request)
      .then(async (body) => {
        world.advance(0);
        const value = route(body);
        await host.beforeAnswer();
        answer(200, value);
      })
      .catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        answer(isTheirs(error) ? 400 : 500, { error: { message } });
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isTheirs(error: unknown): boolean {
  return [BadRequest, UnknownThing, IncidentRefusal, StackRefusal].some((kind) => error instanceof kind);
}

function checked<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new BadRequest(z.prettifyError(result.error));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest('The body is not JSON');
  }
}
