/** Log records as the client sends them over OTLP. */
import type { Json } from "./transcript.ts";

export interface LogRecord {
  name: string;
  at: Date;
  attributes: { [name: string]: string | number | boolean };
}

/** A request to `/v1/logs`. */
export function logsRequest(records: LogRecord[]): Json {
  return {
    resourceLogs: [
      {
        resource: {
          attributes: attributesOf({ "service.name": "claude-code", "service.version": "2.1.330" }),
        },
        scopeLogs: [
          {
            scope: { name: "com.anthropic.claude_code.events", version: "2.1.330" },
            logRecords: records.map(({ name, at, attributes }) => ({
              timeUnixNano: `${at.getTime()}000000`,
              body: { stringValue: `claude_code.${name}` },
              attributes: attributesOf({ "event.name": name, ...attributes }),
            })),
          },
        ],
      },
    ],
  };
}

function attributesOf(attributes: LogRecord["attributes"]): Json {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value:
      typeof value === "string"
        ? { stringValue: value }
        : typeof value === "boolean"
          ? { boolValue: value }
          : { doubleValue: value },
  }));
}
