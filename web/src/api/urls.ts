import type { paths } from "./schema";

/** The address of something that the browser itself fetches: a download, a stream of events. */
export function pathOf(
  template: keyof paths,
  parts: Record<string, string>,
  query: Record<string, string> = {},
): string {
  const path = template.replace(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(parts[name] ?? ""),
  );
  const search = new URLSearchParams(query).toString();
  return path + (search && `?${search}`);
}
