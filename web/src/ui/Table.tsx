import type { ReactNode } from "react";
import "./Table.css";

export interface Head {
  /** Empty for a column of buttons. */
  name: string;
  /** Left out where the page is narrow; its cells have the class `table-wide`, what stands in for them `table-narrow`. */
  wide?: boolean;
}

/** A plain table for lists that fit on a page. */
export function Table({
  caption,
  heads,
  children,
}: {
  caption: string;
  heads: readonly Head[];
  children: ReactNode;
}) {
  return (
    <div className="table-frame">
      <table className="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {heads.map(({ name, wide }) => (
              <th key={name} scope="col" className={wide ? "table-wide" : undefined}>
                {name || <span className="visually-hidden">Actions</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
