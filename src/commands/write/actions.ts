import type { Actions } from '../../actions/types.ts';
import type { Context } from '../row.ts';

/** The actions as this call may take them. */
export async function actionsOf(context: Context): Promise<Actions> {
  const loaded = await context.config();
  const [{ openActions }, { stateFolderOf }, systems] = await Promise.all([
    import('../../actions/index.ts'),
    import('../../config/state.ts'),
    context.systems(),
  ]);
  return openActions({
    systems,
    catalog: loaded.catalog,
    email: loaded.user.email ?? null,
    stateFolder: stateFolderOf(loaded.file, context.env),
    readOnly: context.readOnly || loaded.config.read_only,
    reread: async () => {},
  });
}
