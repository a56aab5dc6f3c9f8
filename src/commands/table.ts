import { actRows } from './act-rows.ts';
import type { CommandRow, OptionRow } from './row.ts';

const json: OptionRow = { flags: '--json', help: 'print JSON for programs (docs/contracts.md)' };
const service = { name: '<service>', help: 'a service, as the configuration names it' };
const env: OptionRow = { flags: '--env <name>', help: 'environment (default: default_environment)' };

/** Options of every command. */
export const globalOptions: readonly OptionRow[] = [
  { flags: '--config <file>', help: 'use this oncall.yaml' },
  { flags: '--read-only', help: 'look, but change nothing' },
  { flags: '--no-color', help: 'plain text' },
];

/** Every command, in the order that help prints them. A row is added once its module is there. */
export const table: readonly CommandRow[] = [
  {
    name: 'status',
    group: 'Look',
    help: 'What is burning, who is on call; the exit code says how bad',
    arguments: [],
    options: [
      json,
      { flags: '--short', help: 'one line for a prompt, from the last snapshot only' },
      { flags: '--all', help: 'ask every system, not PagerDuty alone' },
      { flags: '--watch', help: 'print it again whenever it changes' },
      { flags: '--squad <name>', help: 'only the incidents of one squad' },
      { flags: '--mine', help: 'only the incidents assigned to you' },
      env,
    ],
    examples: [
      ['oncall status', '0 nothing open, 1 acknowledged or low, 2 triggered and high, 3 not known'],
      ['oncall status --short', 'for a prompt or a tmux bar'],
    ],
    load: () => import('./status.ts'),
  },
  {
    name: 'incidents',
    group: 'Look',
    help: 'Every open incident, worst and newest first',
    arguments: [],
    options: [
      json,
      { flags: '--squad <name>', help: 'only the incidents of one squad' },
      { flags: '--mine', help: 'only the incidents assigned to you' },
      env,
    ],
    load: () => import('./incidents.ts'),
  },
  {
    name: 'who',
    group: 'Look',
    help: 'Who is on call now for the tribe and every squad, until when, and who is next',
    arguments: [{ name: '[squad]', help: 'only this squad, beside the tribe’s duty' }],
    options: [json],
    examples: [['oncall who billing', 'whom a re-route to Billing would page']],
    load: () => import('./who.ts'),
  },
  {
    name: 'deploys',
    group: 'Look',
    help: 'Deploys of a service, the one that an incident blames marked',
    arguments: [service],
    options: [json, env],
    load: () => import('./deploys.ts'),
  },
  {
    name: 'coming',
    group: 'Look',
    help: 'What is about to go out, of all services, as the planning board has it',
    arguments: [],
    options: [json],
    load: () => import('./coming.ts'),
  },
  {
    name: 'changes',
    group: 'Look',
    help: 'Commits, pull requests and files between two versions of a service',
    arguments: [
      service,
      { name: '[from]', help: 'the older version (default: the one before)' },
      { name: '[to]', help: 'the newer one (default: what an incident blames, else what runs)' },
    ],
    options: [json, env],
    examples: [['oncall changes charge-central', 'what the suspect deploy brought']],
    load: () => import('./changes.ts'),
  },
  {
    name: 'fleet',
    group: 'Look',
    help: 'Groups, instances and containers of a service',
    arguments: [service],
    options: [json, env],
    load: () => import('./fleet.ts'),
  },
  {
    name: 'logs',
    group: 'Look',
    help: 'Log lines of a service, or of any program through a pipe',
    arguments: [
      {
        name: '[service...]',
        help: 'a service, as the configuration names it; several with -f; -: standard input',
      },
    ],
    options: [
      { flags: '-f, --follow', help: 'go on with every new line' },
      { flags: '--squad <name>', help: 'with -f: all services of a squad, each line with its service' },
      { flags: '--since <time>', help: 'how far back: 30s, 15m, 2h (default: 15m)' },
      {
        flags: '--grep <text>',
        help: 'only lines that contain this text, in any case (in CloudWatch: as it is written)',
      },
      {
        flags: '--patterns',
        help: 'what kinds of lines there are: what is new since the deploy first, then what there is more of',
      },
      { ...json, help: 'one JSON object a line, or one of all patterns (docs/contracts.md)' },
      env,
    ],
    examples: [
      ['oncall logs charge-central -f --grep NoMethodError', 'follow one error'],
      ['oncall logs --squad billing -f', 'follow all services of a squad at once'],
      ['oncall logs - --patterns < app.log', 'the patterns of any log file'],
    ],
    load: () => import('./logs.ts'),
  },
  {
    name: 'signals',
    group: 'Look',
    help: 'What monitoring and tickets say is wrong, worst and newest first',
    arguments: [],
    options: [json, { flags: '--squad <name>', help: 'only the signals of one squad' }, env],
    load: () => import('./signals.ts'),
  },
  {
    name: 'timeline',
    group: 'Look',
    help: 'What happened around an incident, from every system, in order',
    arguments: [{ name: '<incident>', help: 'incident, as oncall incidents prints it' }],
    options: [json, { flags: '--md', help: 'Markdown, to open a post-mortem with' }, env],
    load: () => import('./timeline.ts'),
  },
  ...actRows,
  {
    name: 'init',
    group: 'Set up',
    help: 'Ask where your systems are, find the services in them, and write oncall.yaml',
    note: 'Only reads from the systems, and keeps no token. Exit code 0: written; 5: not, nobody said yes.',
    arguments: [],
    options: [
      {
        flags: '--file <file>',
        help: 'where to write it (default: oncall/oncall.yaml in your config folder)',
      },
      { flags: '--from <answers>', help: 'the head of an oncall.yaml, instead of asking (docs/init.md)' },
      { flags: '--force', help: 'replace a file that is there' },
    ],
    examples: [['oncall init', 'on a terminal: it asks, and can be broken off and gone on with']],
    load: () => import('./init.ts'),
  },
  {
    name: 'config',
    group: 'Set up',
    help: 'The configuration in force, and where each value came from',
    arguments: [],
    options: [
      {
        flags: '--schema [file]',
        help: 'print the JSON Schema of oncall.yaml (or of user.yaml)',
        choices: ['oncall', 'user'],
      },
    ],
    load: () => import('./config.ts'),
  },
  {
    name: 'doctor',
    group: 'Set up',
    help: 'Ask each configured system: reachable, who am I, what lacks, and what to do',
    note: 'Only reads. Exit code 0: all is well; 1: something has to be mended.',
    arguments: [],
    options: [json],
    load: () => import('./doctor.ts'),
  },
  {
    name: 'completion',
    group: 'Set up',
    help: 'Completion for your shell: commands, services, squads, versions, incidents',
    arguments: [{ name: '<shell>', help: 'bash, zsh or fish' }],
    options: [],
    examples: [
      ['source <(oncall completion bash)', 'in ~/.bashrc'],
      ['source <(oncall completion zsh)', 'in ~/.zshrc, after compinit'],
      ['oncall completion fish > ~/.config/fish/completions/oncall.fish', 'once'],
    ],
    load: () => import('./completion.ts'),
  },
  {
    name: 'complete',
    group: 'Set up',
    help: 'What may stand at the cursor, for the scripts of oncall completion',
    arguments: [],
    options: [],
    hidden: true,
    load: async () => (await import('./complete.ts')).completing(table, globalOptions),
  },
  {
    name: 'demo',
    group: 'Set up',
    help: 'A practice world on this machine, and the cockpit on it',
    arguments: [],
    options: [
      { flags: '--scenario <name>', help: 'what happens there: a name, or a YAML file' },
      { flags: '--speed <n>', help: 'world seconds for each real second' },
      { flags: '--seed <n>', help: 'the same seed gives the same world' },
      { flags: '--tls', help: 'serve everything over TLS' },
      { flags: '--headless', help: 'no cockpit: print one line of JSON and serve until SIGTERM' },
    ],
    examples: [
      ['oncall demo', 'bad-deploy: a deploy breaks payments; roll it back'],
      ['oncall demo --scenario queue-stuck', "a queue fills because of another squad's deploy; re-route it"],
      ['oncall demo --scenario az-outage', 'an availability zone is flooded; no rollback helps'],
      [
        'oncall demo --scenario broken-image',
        'bad-deploy, but the version before it does not start any more',
      ],
      ['oncall demo --scenario stuck-rollback', 'as broken-image, but that rollback gets stuck'],
      ['oncall demo --scenario quiet', 'nothing burns'],
    ],
    load: () => import('./demo.ts'),
  },
];
