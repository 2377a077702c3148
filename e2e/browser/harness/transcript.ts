/** Transcripts as the client writes them, made for what no recording has: great length, hostile text. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export interface Call {
  name: string;
  input: Json;
  output: Json;
  /** The client's structured result. */
  result?: Json;
  isError?: boolean;
  /** The id of the call; made when it is not given. */
  useId?: string;
}

interface About {
  cwd?: string;
  branch?: string;
  model?: string;
  /** The first moment; every line is a second later than the one before. */
  startsAt?: Date;
}

/** A session that grows line by line. */
export class Transcript {
  readonly lines: { [name: string]: Json }[] = [];
  private promptId = "";
  /** What the model says between two lines of the user comes out of one request. */
  private requests = 0;
  private readonly about: Required<About>;

  constructor(
    readonly session: string,
    about: About = {},
  ) {
    this.about = {
      cwd: "/home/dev/project",
      branch: "main",
      model: "claude-opus-5-5",
      startsAt: new Date("2026-11-20T08:00:00Z"),
      ...about,
    };
  }

  prompt(text: string, id = `${this.session}-prompt-${this.lines.length}`): this {
    this.promptId = id;
    return this.user(text);
  }

  title(customTitle: string): this {
    this.lines.push({ type: "custom-title", customTitle, sessionId: this.session });
    return this;
  }

  thinking(thinking: string): this {
    return this.assistant({ type: "thinking", thinking, signature: "c2lnbmF0dXJl" });
  }

  text(text: string): this {
    return this.assistant({ type: "text", text }, "end_turn");
  }

  call({ name, input, output, result, isError = false, useId }: Call): this {
    const id = useId ?? `toolu_${this.session}_${this.lines.length}`;
    this.assistant({ type: "tool_use", id, name, input }, "tool_use");
    return this.user(
      [{ type: "tool_result", tool_use_id: id, content: output, is_error: isError }],
      result === undefined ? {} : { toolUseResult: result },
    );
  }

  /** As envelopes of a capture client. */
  get envelopes(): Json[] {
    return this.lines.map((body, number) => ({
      version: 1,
      source: "transcript",
      key: `${this.session}-line-${number}`,
      session_id: this.session,
      body,
    }));
  }

  private user(content: Json, more: { [name: string]: Json } = {}): this {
    this.requests += 1;
    return this.line({ type: "user", promptId: this.promptId, message: { role: "user", content }, ...more });
  }

  private assistant(block: Json, stop: string | null = null): this {
    return this.line({
      type: "assistant",
      requestId: `req_${this.session}_${this.requests}`,
      message: {
        id: `msg_${this.session}_${this.requests}`,
        type: "message",
        role: "assistant",
        model: this.about.model,
        content: [block],
        stop_reason: stop,
        usage: { input_tokens: 12, output_tokens: 34, cache_read_input_tokens: 5600 },
      },
    });
  }

  private line(own: { [name: string]: Json }): this {
    const { cwd, branch, startsAt } = this.about;
    const number = this.lines.length;
    this.lines.push({
      uuid: `${this.session}-line-${number}`,
      parentUuid: number === 0 ? null : `${this.session}-line-${number - 1}`,
      isSidechain: false,
      sessionId: this.session,
      timestamp: new Date(startsAt.getTime() + number * 1_000).toISOString(),
      version: "2.1.330",
      entrypoint: "cli",
      userType: "external",
      cwd,
      gitBranch: branch,
      ...own,
    });
    return this;
  }
}
