import { PracticeUsage, parseOptions } from './options.ts';
import { runPractice } from './process.ts';
import { ScenarioError } from './world/scenario.ts';

/** The practice world as a process of its own; `oncall demo` starts it. */
try {
  await runPractice(parseOptions(process.argv.slice(2)));
  process.exit(0);
} catch (error) {
  if (!(error instanceof PracticeUsage || error instanceof ScenarioError)) throw error;
  process.stderr.write(`oncall demo: ${error.message}\n`);
  process.exit(64);
}
