/** The documents that the API serves. Meanings: `docs/session-document.md`. */

export type Source =
  | "hook"
  | "transcript"
  | "otel_log"
  | "otel_metric"
  | "otel_span"
  | "cowork_audit"
  | "compliance_api"
  | "inference_hook"
  | "capture";
export type Surface = "terminal" | "headless" | "ide" | "desktop" | "cowork" | "web" | "unknown";
export type Outcome = "answered" | "interrupted" | "withdrawn" | "refused" | "failed" | "open" | "unknown";
export type PromptKind =
  | "typed"
  | "queued"
  | "slash_command"
  | "skill"
  | "mcp_prompt"
  | "bash"
  | "task_notification"
  | "builtin_command"
  | "unknown";
export type StepKind =
  | "prompt"
  | "thinking"
  | "text"
  | "tool_call"
  | "skill"
  | "permission"
  | "compaction"
  | "model_request"
  | "notice"
  | "error";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface TextRef {
  record: number;
  pointer: string;
  form?: string;
}

/** A text field with its size and place beside it. */
export interface TextFields {
  text: string | null;
  text_bytes?: number;
  text_ref?: TextRef[];
  text_shortened?: boolean;
}

export interface TokenTotals {
  input_tokens: number | null;
  output_tokens: number | null;
  cache_read_tokens: number | null;
  cache_creation_tokens: number | null;
}

export interface Cost {
  cost_nanousd: number | null;
  unpriced_requests: number;
}

export interface Totals extends TokenTotals, Cost {
  turns: number;
  steps: number;
  tool_calls: number;
  errors: number;
  unattributed_nanousd: number | null;
}

export interface Link {
  kind: string;
  session_id?: string;
  evidence: string;
}

export interface User {
  id: string | null;
  email: string | null;
  from: "credential" | "claim" | null;
}

export interface SkillUse {
  name: string;
  label: string | null;
  hash: string | null;
  hash_of: string | null;
}

export interface McpServer {
  name: string;
  scope: string | null;
  transport: string | null;
  calls: number;
}

export interface AgentRun {
  id: string;
  type: string | null;
  parent_use_id: string | null;
  totals: Totals;
}

export interface Session {
  id: string;
  title: string | null;
  title_bytes?: number;
  title_ref?: TextRef[];
  conversation: string;
  links: Link[];
  projects: string[];
  user: User;
  client: { name: string | null; version: string | null; surface: Surface };
  started_at: string | null;
  ended_at: string | null;
  end_reason: string | null;
  cwd: string | null;
  git_branch: string | null;
  models: string[];
  sources: Source[];
  totals: Totals;
  skills: SkillUse[];
  mcp_servers: McpServer[];
  agents: AgentRun[];
  counts?: Record<string, number>;
  notices?: string[];
  phantom?: boolean;
}

export interface SessionHead extends Session {
  version: string;
  live: boolean;
}

export interface Prompt extends TextFields {
  kind: PromptKind;
  command?: string;
}

export interface Turn extends Cost, TokenTotals {
  id: string;
  index: number;
  prompt: Prompt;
  started_at: string | null;
  duration_us: number | null;
  outcome: Outcome;
  answer?: TextFields;
  step_count: number;
  tool_calls: number;
  errors: number;
  branch: "main" | "abandoned";
  parent?: string;
  copied?: boolean;
  steps: Step[];
}

export interface TurnRow extends Turn {
  first_step: number;
}

export interface Tool {
  use_id: string | null;
  name: string | null;
  input: Json;
  input_bytes?: number;
  input_ref?: TextRef;
  input_shortened?: boolean;
  output: Json;
  output_bytes?: number;
  output_ref?: TextRef;
  output_shortened?: boolean;
  result: Json;
  result_bytes?: number;
  result_ref?: TextRef;
  result_shortened?: boolean;
  is_error: boolean | null;
  error: string | null;
  error_bytes?: number;
  error_ref?: TextRef[];
  error_shortened?: boolean;
  decision: "accept" | "reject" | null;
  decision_source: string | null;
  mcp: { server: string | null; tool: string | null } | null;
}

export interface Skill extends SkillUse {
  trigger: string | null;
}

export interface ModelRequest extends TokenTotals {
  model: string | null;
  request_id: string | null;
  cost_nanousd: number | null;
  cost_from: string | null;
  ttft_us: number | null;
  query_source: string | null;
  stop_reason: string | null;
  attempts: number | null;
}

export interface Step extends TextFields {
  id: string;
  aliases: string[];
  kind: StepKind;
  agent_id: string | null;
  at: string | null;
  duration_us: number | null;
  name?: string;
  tool?: Tool;
  skill?: Skill;
  model_request?: ModelRequest;
  started_agent_id?: string;
  request_id?: string;
  is_error?: boolean;
  witnesses: Source[];
  records: number[];
}

/** A step with its place in the session's flat order. */
export interface StepRow {
  index: number;
  turn_id: string;
  turn_index: number;
  step: Step;
}

export type ContentField = "text" | "input" | "output" | "result" | "error";

export interface ContentPiece {
  field: ContentField;
  offset: number;
  /** Where the next piece begins; null at the end. */
  next_offset: number | null;
  bytes_total: number;
  text: string;
}

export interface ConversationItem {
  id: string;
  title: string | null;
  started_at: string | null;
  ended_at: string | null;
  turns: number;
  links: Link[];
}

export interface Conversation {
  id: string;
  items: ConversationItem[];
}

/** A page of a list; `next` is the cursor of the page after it. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** A window of a list whose length is known. */
export interface Slice<T> {
  items: T[];
  total: number;
  version: string;
}

export type Role = "owner" | "admin" | "reviewer" | "viewer" | "auditor" | "member";

export type Permission =
  | "workspace.read"
  | "sessions.read"
  | "members.read"
  | "members.write"
  | "keys.read"
  | "keys.write";

export interface WorkspaceGrant {
  name: string;
  mode: "privacy" | "retention-locked";
  /** Null for a read key. */
  role: Role | null;
  /** Null: every project. */
  projects: string[] | null;
  permissions: Permission[];
}

export interface Self {
  kind: "account" | "key";
  id: string;
  name: string;
  email?: string;
  workspaces: WorkspaceGrant[];
  sign_in?: { id: string; expires_at: string };
  server: { version: string };
}

export interface SignIn {
  id: string;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
  user_agent: string;
  address: string;
  current: boolean;
}

export interface AccountLink {
  kind: "set_up" | "invitation" | "sign_in" | "reset";
  workspace?: string;
  role?: Role;
  email?: string;
  /** An invitation for an address that has an account asks for that account's password. */
  has_account: boolean;
  expires_at: string;
}

export interface NameCount {
  name: string;
  sessions: number;
}

export interface Member {
  account: string;
  name: string;
  email: string;
  role: Role;
  projects: string[] | null;
  added_at: string;
}

export interface Invitation {
  id: string;
  email: string;
  role: Role;
  projects: string[] | null;
  invited_by: string;
  created_at: string;
  expires_at: string;
}

export interface ApiKey {
  id: string;
  prefix: string;
  scope: "ingest" | "read";
  /** None, of a read key: all of them. */
  projects: string[];
  /** The person whose own it is. */
  user: string | null;
  created_at: string;
  revoked_at: string | null;
}
