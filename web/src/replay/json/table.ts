/** A list of flat objects reads better as a table. */
import type { Json } from "@/api/types";
import { asArray, asRecord } from "../tools/shapes";

export interface DataTable {
  columns: string[];
  rows: (string | undefined)[][];
  /** Columns of numbers, set to the right. */
  numeric: boolean[];
}

const COLUMNS_MAX = 12;
const ROWS_LOOKED_AT = 200;

/** Undefined when the value is no list of flat objects with much the same members. */
export function tableOf(value: Json): DataTable | undefined {
  const list = asArray(value);
  if (!list || list.length < 2) {
    return undefined;
  }
  const columns: string[] = [];
  for (const each of list.slice(0, ROWS_LOOKED_AT)) {
    const record = asRecord(each);
    if (!record || !Object.values(record).every(isPlain)) {
      return undefined;
    }
    for (const name of Object.keys(record)) {
      if (!columns.includes(name)) {
        columns.push(name);
      }
    }
    if (columns.length > COLUMNS_MAX) {
      return undefined;
    }
  }
  if (columns.length === 0) {
    return undefined;
  }
  const rows = list.map((each) => columns.map((column) => cellOf(each, column)));
  return {
    columns,
    rows,
    numeric: columns.map((column) =>
      list.slice(0, ROWS_LOOKED_AT).every((each) => {
        const cell = asRecord(each)?.[column];
        return cell === undefined || cell === null || typeof cell === "number";
      }),
    ),
  };
}

const isPlain = (value: Json) => value === null || typeof value !== "object";

function cellOf(value: Json, column: string): string | undefined {
  const record = asRecord(value);
  if (!record || !Object.hasOwn(record, column)) {
    return undefined;
  }
  const cell = record[column];
  return typeof cell === "string" ? cell : JSON.stringify(cell);
}
