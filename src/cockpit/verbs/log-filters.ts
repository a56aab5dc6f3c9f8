import { type Cockpit, say } from '../cockpit.ts';
import { filterLabel, type LogFilter, sameFilter } from '../stores/log-filter.ts';
import { choose } from './dialogs.ts';

/** One more filter over those that there are; what is there already is not added again. */
export function addLogFilter(cockpit: Cockpit, filter: LogFilter): void {
  cockpit.view.update((view) => {
    const others = view.logs.filters.filter((other) => !sameFilter(other, filter));
    return { ...view, logs: { ...view.logs, filters: [...others, filter] } };
  });
}

export function dropLogFilter(cockpit: Cockpit, filter: LogFilter): void {
  cockpit.view.update((view) => ({
    ...view,
    logs: { ...view.logs, filters: view.logs.filters.filter((other) => !sameFilter(other, filter)) },
  }));
}

/** The filters of the logs, to take one of them away. */
export function removeLogFilter(cockpit: Cockpit): void {
  const { filters } = cockpit.view.get().logs;
  const [only, ...others] = filters;
  if (only === undefined) say(cockpit, 'No filter is set; / sets one');
  else if (others.length === 0) remove(cockpit, only);
  else chooseFilter(cockpit, filters);
}

function chooseFilter(cockpit: Cockpit, filters: readonly LogFilter[]): void {
  choose(
    cockpit,
    'Remove which filter?',
    'Esc in the logs removes the last one',
    filters.map((filter) => ({
      label: filterLabel(filter),
      note: '',
      pick: () => remove(cockpit, filter),
    })),
  );
}

function remove(cockpit: Cockpit, filter: LogFilter): void {
  dropLogFilter(cockpit, filter);
  say(cockpit, `Removed ${filterLabel(filter)}`);
}
