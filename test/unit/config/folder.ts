import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small tribe, as a person would write it. */
export const TRIBE = `tribe: Harbour
squads:
  - id: billing
    name: Billing
    escalation_policy: PPOLBIL
default_environment: prod
environments:
  prod:
    guarded: true
  test: {}
systems:
  pagerduty:
    token:
      env: HARBOUR_PD_TOKEN
services:
  charge-central:
    squad: billing
    pagerduty_service: PCHARGE
    environments:
      prod:
        stack: charge-central
`;

/** A home with a configuration in it, and the environment that points there. */
export class ConfigFolder {
  readonly home = mkdtempSync(join(tmpdir(), 'oncall-config-'));
  readonly folder = join(this.home, 'oncall');

  constructor(tribe: string | null = TRIBE) {
    mkdirSync(this.folder);
    if (tribe !== null) this.write('oncall.yaml', tribe);
  }

  get env(): NodeJS.ProcessEnv {
    return { XDG_CONFIG_HOME: this.home };
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string, mode = 0o600): string {
    const file = this.path(name);
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
