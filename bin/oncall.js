#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(
    `oncall needs Node 22.12 or newer; this is ${process.version}. Install a current one: https://nodejs.org\n`,
  );
  process.exit(64);
}
const { enableCompileCache } = process.getBuiltinModule('module');
enableCompileCache?.();
await import('../dist/main.js');
