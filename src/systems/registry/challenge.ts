/** How a registry wants to be asked, from `Www-Authenticate`. */
export type Challenge =
  | { readonly scheme: 'basic' }
  /** Where a token is to be got: https://distribution.github.io/distribution/spec/auth/token/ */
  | {
      readonly scheme: 'bearer';
      readonly realm: string;
      readonly service: string | null;
      readonly scope: string | null;
    };

const SCHEME = /(?:^|,)\s*([a-z]+)(?=\s|$)/gi;
const PARAMETER = /([a-z_]+)\s*=\s*(?:"([^"]*)"|([^\s",]+))/gi;

/** The one that is understood here, a token before Basic; null: none is. */
export function parseChallenge(header: string): Challenge | null {
  const found = split(header);
  const bearer = found.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.has('realm'));
  if (bearer !== undefined) {
    const { parameters } = bearer;
    return {
      scheme: 'bearer',
      realm: parameters.get('realm') ?? '',
      service: parameters.get('service') ?? null,
      scope: parameters.get('scope') ?? null,
    };
  }
  return found.some(({ scheme }) => scheme === 'basic') ? { scheme: 'basic' } : null;
}

interface Part {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Several challenges stand in one header, and commas inside their quotes: `Basic realm="a", Bearer realm="b",scope="c:pull,push"`. */
function split(header: string): readonly Part[] {
  const bare = header.replaceAll(/"[^"]*"/g, (quoted) => '"'.repeat(quoted.length));
  const starts = [...bare.matchAll(SCHEME)].map((match) => ({ scheme: match[1] ?? '', at: match.index }));
  return starts.map(({ scheme, at }, index) => {
    const own = header.slice(at, starts[index + 1]?.at ?? header.length);
    const parameters = [...own.matchAll(PARAMETER)].map(
      ([, name = '', quoted, plain]) => [name.toLowerCase(), quoted ?? plain ?? ''] as const,
    );
    return { scheme: scheme.toLowerCase(), parameters: new Map(parameters) };
  });
}
