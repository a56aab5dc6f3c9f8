/** The floors of the house (CONTRIBUTING.md): an import only ever goes down. */
const rooms = (...names) => `^src/(${names.join('|')})/`;
const only = (from, ...to) => ({
  name: `${from}-reaches-down-only`,
  severity: 'error',
  from: { path: rooms(from) },
  to: { path: '^src/', pathNot: rooms(from, ...to) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-rounds',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('model'),
    only('insight', 'model'),
    only('text', 'model'),
    only('config', 'text', 'insight', 'model'),
    only('systems', 'config', 'text', 'insight', 'model'),
    only('watch', 'systems', 'config', 'text', 'insight', 'model'),
    only('actions', 'systems', 'config', 'text', 'insight', 'model'),
    only('cockpit', 'actions', 'watch', 'config', 'text', 'insight', 'model'),
    only('practice', 'model'),
    {
      name: 'practice-belongs-to-demo',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/practice/', '^src/commands/demo'] },
      to: { path: rooms('practice') },
    },
    {
      name: 'only-cockpit-and-demo-open-the-cockpit',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/cockpit/', '^src/commands/(cockpit|demo)'] },
      to: { path: rooms('cockpit') },
    },
    {
      name: 'ink-stays-in-the-cockpit',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cockpit/' },
      to: { path: 'node_modules/(ink|react)/' },
    },
    {
      name: 'vendors-stay-in-systems',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/systems/' },
      to: { path: 'node_modules/(@aws-sdk|@smithy|@pagerduty|splunk-sdk|dockerode)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
