import type { Service } from '../../model/catalog.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';

/** Longer texts name nothing behind this. */
const READ = 500;
/** A digit somewhere tells `1.0.284` and `build-12` from the next word of a sentence. */
const VERSION = '((?=[\\w.+-]*\\d)[\\dA-Za-z](?:[\\w.+-]*\\w)?)';

export interface Named {
  readonly service: string | null;
  readonly version: SafeText | null;
}

const NOTHING: Named = { service: null, version: null };

/** Tells which service and version a card is about, from its texts, the first of them first. */
export function namesIn(
  services: readonly Pick<Service, 'name'>[],
  pattern: string,
): (texts: readonly string[]) => Named {
  // `charge-central-api` before `charge-central`.
  const known = services
    .map(({ name }) => ({ name, alone: whole(escaped(name)), full: whole(filled(pattern, name)) }))
    .toSorted((one, other) => other.name.length - one.name.length);
  return (texts) => {
    const read = texts.map((text) => text.slice(0, READ));
    for (const text of read) {
      for (const { name, full } of known) {
        const version = full.exec(text)?.[1];
        if (version !== undefined) return { service: name, version: safeText(version) };
      }
    }
    const service = read.flatMap((text) => known.find(({ alone }) => alone.test(text))?.name ?? [])[0];
    return service === undefined ? NOTHING : { service, version: null };
  };
}

function filled(pattern: string, service: string): string {
  return escaped(pattern)
    .replace(escaped('{service}'), () => escaped(service))
    .replace(escaped('{version}'), () => VERSION);
}

/** Not a part of a longer name or number. */
function whole(source: string): RegExp {
  return new RegExp(`(?<![\\w.-])${source}(?![\\w-])`, 'i');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
