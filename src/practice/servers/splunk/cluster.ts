import type { Row } from './event.ts';
import type { ClusterCommand } from './spl/grouping.ts';

interface Cluster {
  readonly label: string;
  readonly terms: readonly string[];
}

/**
 * Numbers the groups of rows whose field has the same terms in the same places (`match=termlist`), but for the share
 * of them that the threshold leaves. A row joins the first group that it is like enough to.
 */
export function labelled({ threshold, label, field }: Omit<ClusterCommand, 'name'>): (row: Row) => Row {
  const byLength = new Map<number, Cluster[]>();
  let groups = 0;
  return (row) => {
    const terms = (row[field] ?? '').match(/\w+/g) ?? [];
    const [least, most] = [Math.ceil(terms.length * threshold), Math.floor(terms.length / threshold)];
    for (let length = least; length <= most; length += 1) {
      const like = byLength.get(length)?.find((cluster) => alike(cluster.terms, terms) >= threshold);
      if (like !== undefined) return { ...row, [label]: like.label };
    }
    groups += 1;
    const made = { label: String(groups), terms };
    const known = byLength.get(terms.length);
    if (known === undefined) byLength.set(terms.length, [made]);
    else known.push(made);
    return { ...row, [label]: made.label };
  };
}

function alike(one: readonly string[], other: readonly string[]): number {
  const longer = Math.max(one.length, other.length);
  return longer === 0 ? 1 : one.filter((term, index) => term === other[index]).length / longer;
}
