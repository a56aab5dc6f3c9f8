import packageJson from '../../package.json' with { type: 'json' };

/** Which build wrote a line of the journal. */
export const TOOL_VERSION: string = packageJson.version;
