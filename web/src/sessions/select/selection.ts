/** Which sessions of the list are selected, and from where a range goes on. Pure. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** The row that was selected last. */
  anchor: string | undefined;
}

/** As many as one term of the filter language takes: more at once are not looked through. */
export const SELECTED_MAX = 100;

export const NOTHING: Selection = { ids: new Set(), anchor: undefined };

export function toggle({ ids }: Selection, id: string): Selection {
  const changed = new Set(ids);
  if (!changed.delete(id)) {
    changed.add(id);
  }
  return { ids: changed, anchor: id };
}

/** Everything from the anchor to this row, in the order of the list. */
export function extendTo(selection: Selection, id: string, order: readonly string[]): Selection {
  const from = selection.anchor === undefined ? -1 : order.indexOf(selection.anchor);
  const to = order.indexOf(id);
  if (to < 0) {
    return selection;
  }
  const [start, end] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
  return {
    ids: new Set([...selection.ids, ...order.slice(start, end + 1)]),
    anchor: from < 0 ? id : selection.anchor,
  };
}

/** The first of them, as many as may be selected: what was selected before stays. */
export function bounded(selection: Selection): Selection {
  return selection.ids.size > SELECTED_MAX
    ? { ...selection, ids: new Set([...selection.ids].slice(0, SELECTED_MAX)) }
    : selection;
}
