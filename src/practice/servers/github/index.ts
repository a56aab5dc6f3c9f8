import { SECRETS } from '../../secrets.ts';
import { shortName } from '../../world/history.ts';
import { YOU } from '../../world/people.ts';
import type { PracticeCommit } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import type { Operation, PracticeAnswer, PracticeRequest, PracticeServer } from '../server.ts';
import { CATALOG_FILE, showCatalog } from './catalog.ts';
import { compare, find } from './comparison.ts';
import { deploymentStatuses, deployments } from './deployments.ts';
import { unlessSame } from './etag.ts';
import { cut } from './page.ts';
import { RateLimit } from './rate.ts';
import { GithubRefusal, json, refusalAnswer } from './reply.ts';
import { githubSetup } from './setup.ts';
import { account, ORGANISATION, showCommit, showPull, webOf } from './show.ts';

/** What GitHub takes where `per_page` is not given. */
const A_PAGE = 30;

interface Call {
  readonly world: World;
  readonly request: PracticeRequest;
  /** Of the repository that is asked for, oldest first. */
  readonly commits: readonly PracticeCommit[];
  readonly service: string;
  /** The last part in braces, where there is one behind the repository. */
  readonly id: string;
}

const REPOSITORIES = '/orgs/{org}/repos';
const REPOSITORY = '/repos/{owner}/{repo}';
const ROUTES: readonly { readonly path: string; answer(call: Call): PracticeAnswer }[] = [
  { path: REPOSITORY, answer: ({ service }) => json(repository(service)) },
  {
    path: `${REPOSITORY}/compare/{basehead}`,
    answer: ({ world, request, commits, service, id }) => compare(world.state, request, commits, service, id),
  },
  {
    path: `${REPOSITORY}/commits/{ref}`,
    answer: ({ world, commits, id }) => json(showCommit(world.state, commitOf(commits, id))),
  },
  {
    path: `${REPOSITORY}/commits/{sha}/pulls`,
    answer: ({ request, commits, service, id }) => {
      const { pullRequest, at } = commitOf(commits, id);
      const page = cut(request, pullRequest === null ? [] : [pullRequest], A_PAGE);
      return json(
        page.items.map((pull) => showPull(service, pull, at)),
        200,
        page.headers,
      );
    },
  },
  {
    path: `${REPOSITORY}/deployments`,
    answer: ({ world, request, service }) => deployments(world.state, request, service),
  },
  {
    path: `${REPOSITORY}/deployments/{deployment_id}/statuses`,
    answer: ({ world, request, service, id }) => deploymentStatuses(world.state, request, service, id),
  },
  {
    path: `${REPOSITORY}/contents/{path}`,
    answer: ({ world, service, id }) => {
      const found = world.state.services.find(({ name }) => name === service);
      if (found === undefined || id !== CATALOG_FILE) throw new GithubRefusal(404, 'Not Found');
      return showCatalog(found);
    },
  },
];

/** The REST API of a GitHub Enterprise Server: reading, of one organisation with a repository for each service. */
export function githubServer(): PracticeServer {
  const rate = new RateLimit();

  function answer(request: PracticeRequest, world: World): PracticeAnswer {
    if (request.headers.authorization !== `token ${SECRETS.github.token}`) {
      throw new GithubRefusal(401, 'Bad credentials');
    }
    const { ok, headers } = rate.use(world.now());
    const answered = ok
      ? unlessSame(
          request,
          refusing(() => routed(request, world)),
        )
      : refusalAnswer(new GithubRefusal(403, 'API rate limit exceeded'));
    if (answered.status === 304) rate.giveBack();
    return { ...answered, headers: { ...answered.headers, ...headers, 'x-oauth-scopes': 'repo, read:org' } };
  }

  function routed(request: PracticeRequest, world: World): PracticeAnswer {
    const path = pathOf(request);
    const you = world.state.people.find(({ id }) => id === YOU);
    if (path === '/user' && you !== undefined) {
      return json({ ...account(shortName(you.email)), name: you.name, email: you.email });
    }
    if (path === REPOSITORIES.replace('{org}', ORGANISATION)) return repositories(request, world);
    const found = match(path);
    const [owner, service = '', id = ''] = found?.ids ?? [];
    const known = world.state.services.some(({ name }) => name === service);
    if (found === null || owner !== ORGANISATION || !known) throw new GithubRefusal(404, 'Not Found');
    const commits = world.state.commits.filter((one) => one.service === service);
    return found.route.answer({ world, request, commits, service, id });
  }

  return {
    system: 'github',
    setup: githubSetup,
    identify(request): Operation {
      const path = pathOf(request);
      const { method } = request;
      return {
        name: `${method} ${match(path)?.route.path ?? path.replace(/^\/orgs\/[^/]+\/repos$/, REPOSITORIES)}`,
        mutation: method !== 'GET' && method !== 'HEAD',
      };
    },
    handle: (request, world) => refusing(() => answer(request, world)),
  };
}

function pathOf({ path }: PracticeRequest): string {
  return path.replace(/^\/api\/v3(?=\/)/, '');
}

function match(path: string) {
  const parts = path.split('/');
  for (const route of ROUTES) {
    const pattern = route.path.split('/');
    const fits = (part: string, at: number) =>
      part === parts[at] || (part.startsWith('{') && parts[at] !== '');
    if (pattern.length !== parts.length || !pattern.every(fits)) continue;
    return { route, ids: parts.filter((_, at) => pattern[at]?.startsWith('{')).map(decodeURIComponent) };
  }
  return null;
}

function commitOf(commits: readonly PracticeCommit[], ref: string): PracticeCommit {
  const commit = commits[find(commits, ref)];
  if (commit === undefined) throw new GithubRefusal(422, `No commit found for SHA: ${ref}`);
  return commit;
}

function repositories(request: PracticeRequest, { state }: World): PracticeAnswer {
  const page = cut(request, state.services, A_PAGE);
  return json(
    page.items.map(({ name }) => repository(name)),
    200,
    page.headers,
  );
}

function repository(service: string): object {
  return {
    name: service,
    full_name: `${ORGANISATION}/${service}`,
    private: true,
    default_branch: 'main',
    html_url: webOf(service),
  };
}

function refusing(what: () => PracticeAnswer): PracticeAnswer {
  try {
    return what();
  } catch (error) {
    if (error instanceof GithubRefusal) return refusalAnswer(error);
    throw error;
  }
}
