import type { Cockpit } from './cockpit.ts';
import { takeInSignals } from './stores/signals.ts';

/** Carries what the monitoring systems say into the view, while somebody looks: none of them is asked for a hidden pane. */
export function followSignals(cockpit: Cockpit, environment: string): () => void {
  const sources = cockpit.watch.signals(environment);
  const read = () => {
    const readings = sources.map((source) => source.get());
    cockpit.view.update((view) =>
      view.environment === environment
        ? { ...view, signals: takeInSignals(view.signals, readings, view.focus === 'signals') }
        : view,
    );
  };
  const leave = sources.map((source) => source.subscribe(read));
  read();
  return () => {
    for (const stop of leave) stop();
  };
}
