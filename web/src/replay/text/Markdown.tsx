import { Fragment, memo } from "react";
import { ExternalLink } from "./ExternalLink";
import { chunksOf } from "./fold";
import { type Align, type Block, type Inline, parseMarkdown } from "./markdown";
import { Visible } from "./Visible";
import "./markdown.css";

/** Longer texts are shown as they are: nobody reads them for their headings. */
const MARKDOWN_MAX = 200_000;

/** What a model wrote, as headings, lists and code. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  if (text.length > MARKDOWN_MAX) {
    return (
      <div className="markdown markdown-plain">
        {chunksOf(text).map((chunk, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the chunks of a text do not move
          <Visible key={place} text={chunk} />
        ))}
      </div>
    );
  }
  return (
    <div className="markdown" dir="auto">
      <Blocks blocks={parseMarkdown(text)} />
    </div>
  );
});

function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a text do not move
    <BlockElement key={place} block={block} />
  ));
}

function BlockElement({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading":
      // Headings of a captured text are no headings of the page.
      return (
        <p className={`markdown-heading markdown-heading-${Math.min(block.level, 4)}`}>
          <Inlines inlines={block.inlines} />
        </p>
      );
    case "paragraph":
      return (
        <p>
          <Inlines inlines={block.inlines} />
        </p>
      );
    case "code":
      return (
        <pre className="markdown-code">
          {block.info !== "" && (
            <span className="markdown-language">
              <Visible text={block.info} />
            </span>
          )}
          <code>
            <Visible text={block.text} />
          </code>
        </pre>
      );
    case "quote":
      return (
        <blockquote>
          <Blocks blocks={block.blocks} />
        </blockquote>
      );
    case "list": {
      const items = block.items.map((item, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the items of a list do not move
        <li key={place}>
          <Blocks blocks={item} />
        </li>
      ));
      return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
    }
    case "table":
      return <Table head={block.head} rows={block.rows} aligns={block.aligns} />;
    case "rule":
      return <hr />;
  }
}

function Table({ head, rows, aligns }: { head: Inline[][]; rows: Inline[][][]; aligns: Align[] }) {
  return (
    <div className="markdown-table">
      <table>
        <thead>
          <tr>
            {head.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
              <th key={column} className={`align-${aligns[column]}`}>
                <Inlines inlines={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows do not move
            <tr key={place}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
                <td key={column} className={`align-${aligns[column]}`}>
                  <Inlines inlines={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Inlines({ inlines }: { inlines: readonly Inline[] }) {
  return inlines.map((inline, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line do not move
    <Fragment key={place}>
      <InlineElement inline={inline} />
    </Fragment>
  ));
}

function InlineElement({ inline }: { inline: Inline }) {
  switch (inline.kind) {
    case "text":
      return <Visible text={inline.text} />;
    case "code":
      return (
        <code>
          <Visible text={inline.text} />
        </code>
      );
    case "strong":
      return (
        <strong>
          <Inlines inlines={inline.inlines} />
        </strong>
      );
    case "emphasis":
      return (
        <em>
          <Inlines inlines={inline.inlines} />
        </em>
      );
    case "strike":
      return (
        <s>
          <Inlines inlines={inline.inlines} />
        </s>
      );
    case "link":
      return (
        <>
          {isItsOwnTarget(inline) ? (
            <ExternalLink target={inline.href} />
          ) : (
            <ExternalLink target={inline.href}>
              {inline.image && "image "}
              <Inlines inlines={inline.inlines} />
            </ExternalLink>
          )}
          {inline.title !== undefined && (
            <span className="external-target">
              {" "}
              <Visible text={inline.title} />
            </span>
          )}
        </>
      );
  }
}

function isItsOwnTarget({ href, inlines, image }: Extract<Inline, { kind: "link" }>): boolean {
  const [only] = inlines;
  return (
    !image &&
    inlines.length === 1 &&
    only?.kind === "text" &&
    (only.text === href || `${only.text}/` === href)
  );
}
