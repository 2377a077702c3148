import { useState } from "react";
import { plural } from "@/format/count";
import { Visible } from "../text/Visible";
import type { DataTable } from "./table";
import "./json.css";

const ROWS_FOLDED = 8;
const ROWS_AT_ONCE = 100;
const CELL_MAX = 300;

export function DataTableView({
  table,
  open,
  onOpen,
}: {
  table: DataTable;
  open: boolean;
  onOpen: (open: boolean) => void;
}) {
  const [most, setMost] = useState(ROWS_AT_ONCE);
  const shown = open ? most : ROWS_FOLDED;
  const left = table.rows.length - shown;
  return (
    <div className="data-table-frame">
      <table className="data-table">
        <thead>
          <tr>
            {table.columns.map((column, place) => (
              <th key={column} className={table.numeric[place] ? "align-right" : undefined}>
                <Visible text={column.slice(0, CELL_MAX)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, shown).map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows do not move
            <tr key={place}>
              {row.map((cell, column) => (
                <td
                  key={table.columns[column]}
                  className={table.numeric[column] ? "align-right mono" : undefined}
                >
                  {cell === undefined ? "" : <Visible text={cell.slice(0, CELL_MAX)} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && (
        <button
          type="button"
          className="long-text-more"
          onClick={() => (open ? setMost(most + ROWS_AT_ONCE) : onOpen(true))}
        >
          {plural(left, "more row")}
        </button>
      )}
    </div>
  );
}
