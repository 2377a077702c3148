/** Readings of captured JSON, which may be of any shape: each gives undefined for what it does not find. */
import type { Json } from "@/api/types";

export type JsonRecord = { [key: string]: Json };
type Maybe = Json | undefined;

export function asRecord(value: Maybe): JsonRecord | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
}

export function asArray(value: Maybe): Json[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

export function asText(value: Maybe): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function asNumber(value: Maybe): number | undefined {
  return typeof value === "number" ? value : undefined;
}

export function asBoolean(value: Maybe): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** A member of an object, never one that the object inherits: captured keys may be `constructor`. */
export function member(value: Maybe, key: string): Maybe {
  const record = asRecord(value);
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

export const textOf = (value: Maybe, key: string) => asText(member(value, key));
export const numberOf = (value: Maybe, key: string) => asNumber(member(value, key));
export const listOf = (value: Maybe, key: string) => asArray(member(value, key));
export const flagOf = (value: Maybe, key: string) => asBoolean(member(value, key));

/** A list's members that are objects. */
export function recordsOf(value: Maybe, key: string): JsonRecord[] | undefined {
  return listOf(value, key)
    ?.map(asRecord)
    .filter((each) => each !== undefined);
}

/** A list's members that are texts. */
export function textsOf(value: Maybe, key: string): string[] | undefined {
  return listOf(value, key)?.filter((each) => typeof each === "string");
}
