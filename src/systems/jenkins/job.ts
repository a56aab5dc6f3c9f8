import type * as z from 'zod';
import type { jenkinsJob } from '../../config/systems/jenkins.ts';
import type { LoadedConfig } from '../../config/types.ts';

/** One job as it deploys a service in one environment. */
export interface Job {
  /** With its folders: `deploys/charge-central`. */
  readonly name: string;
  /** `/job/deploys/job/charge-central` */
  readonly path: string;
  /** It deploys that environment alone. */
  readonly isOwn: boolean;
  /** The environment's name in Jenkins. */
  readonly environment: string;
  /** Those of the other environments, and ours of them. */
  readonly otherEnvironments: readonly string[];
  /** Name of the stage that deploys, in lower case. */
  readonly stage: string;
  readonly parameters: z.output<typeof jenkinsJob>['parameters'];
}

/** null: Jenkins does not deploy that service. */
export function jobOf({ config }: LoadedConfig, service: string, environment: string): Job | null {
  const settings = config.services[service]?.jenkins;
  if (settings === undefined) return null;
  const { environments } = settings;
  const named = environments[environment] ?? environment;
  const others = Object.keys(config.environments).filter((name) => name !== environment);
  const name = settings.job.replaceAll('{environment}', () => named);
  return {
    name,
    path: jobPath(name),
    isOwn: name !== settings.job,
    environment: named,
    otherEnvironments: others.map((other) => environments[other] ?? other),
    stage: settings.stage.replaceAll('{environment}', () => named).toLowerCase(),
    parameters: settings.parameters,
  };
}

/** Folders are jobs too: https://www.jenkins.io/doc/book/using/remote-access-api/ */
export function jobPath(name: string): string {
  return name
    .split('/')
    .map((part) => `/job/${encodeURIComponent(part)}`)
    .join('');
}
