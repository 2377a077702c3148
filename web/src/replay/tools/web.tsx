import type { Json } from "@/api/types";
import { formatBytes, plural } from "@/format/count";
import { ExternalLink } from "../text/ExternalLink";
import { LongText } from "../text/LongText";
import { Visible } from "../text/Visible";
import { Output } from "./Output";
import { asText, listOf, numberOf, recordsOf, textOf } from "./shapes";
import type { ToolBodyProps, ToolView } from "./tool-view";

export const webFetch: ToolView = {
  names: ["WebFetch"],
  summary: ({ input }) => textOf(input, "url"),
  aside: ({ result }) => {
    const code = numberOf(result, "code");
    const bytes = numberOf(result, "bytes");
    return [
      code === undefined ? undefined : `${code} ${textOf(result, "codeText") ?? ""}`.trim(),
      bytes === undefined ? undefined : formatBytes(bytes),
    ]
      .filter(Boolean)
      .join(", ");
  },
  Body: WebFetchBody,
};

function WebFetchBody(props: ToolBodyProps) {
  const { input } = props.tool;
  const url = textOf(input, "url");
  const prompt = textOf(input, "prompt");
  return (
    <>
      {url !== undefined && (
        <p className="tool-remark">
          <ExternalLink target={url} />
        </p>
      )}
      {prompt !== undefined && (
        <div className="tool-asked">
          <LongText
            text={prompt}
            step={props.step.id}
            field="input"
            open={props.open}
            onOpen={props.onOpen}
          />
        </div>
      )}
      <Output {...props} />
    </>
  );
}

export const webSearch: ToolView = {
  names: ["WebSearch"],
  summary: ({ input }) => textOf(input, "query"),
  aside: ({ result }) => {
    const found = listOf(result, "results")?.flatMap((each) => recordsOf(each, "content") ?? []);
    return found === undefined ? undefined : plural(found.length, "result");
  },
  Body: WebSearchBody,
};

function WebSearchBody(props: ToolBodyProps) {
  const results = listOf(props.tool.result, "results");
  if (!results || props.tool.is_error) {
    return <Output {...props} />;
  }
  return (
    <div className="tool-output">
      {results.map((result, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: results do not move
        <SearchResult key={place} result={result} {...props} />
      ))}
    </div>
  );
}

const PAGES_MAX = 30;

function SearchResult({ result, step, open, onOpen }: ToolBodyProps & { result: Json }) {
  const text = asText(result);
  if (text !== undefined) {
    return <LongText text={text} step={step.id} field="output" open={open} onOpen={onOpen} />;
  }
  return (
    <ul className="web-results">
      {recordsOf(result, "content")
        ?.slice(0, PAGES_MAX)
        .map((page, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: results do not move
          <li key={place}>
            <ExternalLink target={textOf(page, "url") ?? ""}>
              <Visible text={(textOf(page, "title") ?? textOf(page, "url") ?? "").slice(0, 300)} />
            </ExternalLink>
          </li>
        ))}
    </ul>
  );
}
