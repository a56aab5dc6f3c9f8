import type { Instant } from '../../../model/instant.ts';
import type { Random } from '../world.ts';
import type { Saying } from './sayings.ts';

/** How a program writes its lines. */
export type Voice = 'json' | 'logfmt' | 'rails' | 'java';

const VOICES: readonly Voice[] = ['json', 'logfmt', 'json', 'rails', 'java'];
/** These are in stories: their lines are easy to read. */
const TOLD: Readonly<Record<string, Voice>> = {
  'charge-central': 'json',
  'ledger-api': 'logfmt',
  mailer: 'java',
};

export function voiceOf(service: string): Voice {
  let sum = 0;
  for (const character of service) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return TOLD[service] ?? VOICES[sum % VOICES.length] ?? 'json';
}

export interface Speaker {
  readonly at: Instant;
  readonly service: string;
  readonly environment: string;
  readonly version: string;
  readonly instance: string;
  readonly random: Random;
}

/** The raw event. An error's stack trace makes it several lines long, except in JSON, where most are escaped. */
export function speak(saying: Saying, speaker: Speaker): string {
  switch (voiceOf(speaker.service)) {
    case 'json':
      return json(saying, speaker);
    case 'logfmt':
      return logfmt(saying, speaker);
    case 'rails':
      return rails(saying, speaker);
    case 'java':
      return java(saying, speaker);
  }
}

function json(saying: Saying, speaker: Speaker): string {
  // What reaches standard error past the logger is plain text.
  if (saying.trace !== undefined && speaker.random.next() < 0.25) {
    return [saying.message, ...saying.trace.map((frame) => `\tfrom ${frame}`)].join('\n');
  }
  return JSON.stringify({
    ts: new Date(speaker.at).toISOString(),
    level: saying.level,
    logger: saying.logger,
    message: saying.message,
    service: speaker.service,
    version: speaker.version,
    ...saying.fields,
    ...(saying.trace === undefined ? {} : { stack: saying.trace.slice(0, 2).join('\n') }),
  });
}

function logfmt(saying: Saying, speaker: Speaker): string {
  const fields = Object.entries(saying.fields).map(([key, value]) => ` ${key}=${value}`);
  const message = saying.message.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return `ts=${new Date(speaker.at).toISOString()} level=${saying.level} logger=${saying.logger} version=${speaker.version} msg="${message}"${fields.join('')}`;
}

function rails(saying: Saying, speaker: Speaker): string {
  const level = saying.level.toUpperCase();
  const time = new Date(speaker.at).toISOString().replace('Z', '000');
  const head = `${level.charAt(0)}, [${time} #7] ${level.padStart(5)} -- : [${speaker.random.hex(8)}] ${saying.message}`;
  return [head, ...(saying.trace ?? [])].join('\n');
}

function java(saying: Saying, speaker: Speaker): string {
  const time = new Date(speaker.at).toISOString().replace('T', ' ').replace('Z', '');
  const thread = `http-nio-8080-exec-${speaker.random.integer(1, 16)}`;
  const head = `${time} ${saying.level.toUpperCase().padEnd(5)} [${thread}] c.h.${speaker.service.replaceAll('-', '.')}.${saying.logger} - ${saying.message}`;
  if (saying.trace === undefined) return head;
  return [head, `java.lang.IllegalStateException: ${saying.message}`, ...saying.trace.map(javaFrame)].join(
    '\n',
  );
}

function javaFrame(frame: string): string {
  const [file = 'App', line = '1'] = frame.split(':');
  const name = file.slice(file.lastIndexOf('/') + 1).replace('.rb', '');
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  return `\tat com.harbour.${name}.${type}.run(${type}.java:${line})`;
}
