import { DAY, SECOND } from '../../model/instant.ts';
import { launching, terminating } from './activities.ts';
import { alarms } from './alarms.ts';
import { serviceCommits } from './commits.ts';
import { complaints } from './complaints.ts';
import { addCandidate, serviceHistory } from './history.ts';
import {
  type EnvironmentName,
  makeContainers,
  makeGroup,
  makeInstance,
  makeLaunchTemplate,
  type Release,
} from './machines.ts';
import { pastEvents } from './past-events.ts';
import { pastRuns } from './past-runs.ts';
import { people, roles, squads } from './people.ts';
import { createRandom } from './random.ts';
import type { Scenario } from './scenario.ts';
import { services } from './services.ts';
import type { Generation } from './stack-events.ts';
import type {
  Instant,
  PracticeDeploy,
  PracticeInstance,
  PracticeService,
  PracticeStack,
  WorldState,
} from './state.ts';
import { stackTemplate } from './template.ts';
import type { Random } from './world.ts';

const ACCOUNT = '210987654321';
const REGION = 'eu-west-1';
/** How long an instance takes to come into service; before a deploy's end the old ones begin to go, and are gone. */
const LAUNCH = 30 * SECOND;
const ENDING = 80 * SECOND;
const ENDED = 75 * SECOND;
const STACKS_EXIST_FOR = 900 * DAY;

/** The tribe as it stands when the world starts, with its months of history; the same for the same seed and scenario. */
export function createTribe(scenario: Scenario, seed: number, epoch: Instant): WorldState {
  const state: WorldState = {
    seed,
    scenario: scenario.name,
    account: ACCOUNT,
    region: REGION,
    people: people(),
    squads: squads(),
    roles: roles(),
    services: services(createRandom(seed, 'services')),
    incidents: [],
    images: [],
    stacks: [],
    changeSets: [],
    launchTemplates: [],
    groups: [],
    instances: [],
    activities: [],
    containers: [],
    deploys: [],
    alarms: [],
    troubles: [],
    outages: [],
    complaints: complaints(scenario),
    liveTails: [],
    commits: [],
    pipelineRuns: [],
  };
  state.alarms.push(...alarms(scenario, state.services));
  for (const service of state.services) {
    const random = createRandom(seed, `service ${service.name}`);
    const history = serviceHistory(service, scenario, state.people, epoch, random);
    addCandidate(service, state.people, history, epoch, createRandom(seed, `candidate ${service.name}`));
    state.images.push(...history.images);
    state.deploys.push(...history.deploys);
    state.commits.push(
      ...serviceCommits(
        service,
        scenario,
        state.people,
        history,
        createRandom(seed, `commits ${service.name}`),
      ),
    );
    state.pipelineRuns.push(
      ...pastRuns(service, history, state.commits, createRandom(seed, `pipeline ${service.name}`)),
    );
    for (const environment of ['prod', 'test'] as const) {
      const deploys = history.deploys.filter((deploy) => deploy.environment === environment);
      putUp(state, service, environment, deploys, epoch, random);
    }
  }
  state.deploys.sort((one, other) => one.startedAt - other.startedAt);
  return state;
}

/** The stack of one service in one environment, with what its last good deploy left running. */
function putUp(
  state: WorldState,
  service: PracticeService,
  environment: EnvironmentName,
  deploys: readonly PracticeDeploy[],
  epoch: Instant,
  random: Random,
): void {
  const current = deploys.findLast((deploy) => deploy.status === 'succeeded');
  if (current === undefined) throw new Error(`${service.name} was never deployed to ${environment}`);
  const stack = makeStack(state, service, environment, current, epoch, random);
  state.stacks.push(stack);

  let serving: Generation | null = null;
  let inService: readonly PracticeInstance[] = [];
  for (const deploy of deploys) {
    const size = service.instancesPerEnvironment[environment];
    const release: Release = {
      service,
      environment,
      version: deploy.version,
      who: deploy.who,
      build: deploy.build,
    };
    const launchTemplate = makeLaunchTemplate(state, random, release, deploy.startedAt + 6 * SECOND);
    const group = makeGroup(random, release, launchTemplate, size, deploy.startedAt + 11 * SECOND);
    const instances = Array.from({ length: size }, (_, index) =>
      makeInstance(random, group, index, deploy.startedAt + (14 + 3 * index) * SECOND, 'InService'),
    );
    const made = { launchTemplate, group };
    const ids = instances.map((instance) => instance.id);
    stack.events.push(...pastEvents({ deploy, stack, made, replaced: serving, instances: ids }, random));
    if (deploy.finishedAt !== null) {
      const gone = deploy.status === 'succeeded' ? inService : instances;
      const told = deploy.finishedAt - ENDING;
      state.activities.push(
        ...instances.map((instance) =>
          launching(instance, instance.launchedAt, instance.launchedAt + LAUNCH),
        ),
        ...gone.map((instance) => terminating(instance, told, told + ENDED)),
      );
    }
    if (deploy.status === 'succeeded') {
      serving = made;
      inService = instances;
    }
    if (deploy !== current) continue;
    state.launchTemplates.push(launchTemplate);
    state.groups.push(group);
    state.instances.push(...instances);
    for (const instance of instances) {
      state.containers.push(
        ...makeContainers(state, random, release, instance, instance.launchedAt + 40 * SECOND),
      );
    }
  }
}

function makeStack(
  state: WorldState,
  service: PracticeService,
  environment: EnvironmentName,
  current: PracticeDeploy,
  epoch: Instant,
  random: Random,
): PracticeStack {
  const name = service.stacks[environment];
  const uuid = `${random.hex(8)}-${random.hex(4)}-11f0-${random.hex(4)}-0${random.hex(11)}`;
  return {
    name,
    id: `arn:aws:cloudformation:${state.region}:${state.account}:stack/${name}/${uuid}`,
    service: service.name,
    environment,
    status: 'UPDATE_COMPLETE',
    statusReason: null,
    createdAt: epoch - STACKS_EXIST_FOR - random.integer(0, 60 * 86_400) * SECOND,
    updatedAt: current.startedAt,
    parameters: {
      ImageTag: current.version,
      DesiredCapacity: String(service.instancesPerEnvironment[environment]),
      DeployedBy: current.who,
      BuildNumber: String(current.build),
      DbPassword: random.hex(24),
    },
    noEcho: ['DbPassword'],
    tags: { service: service.name, environment, squad: service.squad },
    capabilities: ['CAPABILITY_IAM'],
    roleArn: `arn:aws:iam::${state.account}:role/deploy-${environment}`,
    template: stackTemplate(service),
    events: [],
    update: null,
  };
}
