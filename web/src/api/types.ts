/** The documents that the API serves, by short names. Meanings: `docs/session-document.md`. */

import type { components } from "./schema";

export type { Json } from "./json";

type Schemas = components["schemas"];

export type Source = Schemas["Source"];
export type Surface = Schemas["Surface"];
export type Outcome = Schemas["Outcome"];
export type PromptKind = Schemas["PromptKind"];
export type StepKind = Schemas["StepKind"];

export type User = Schemas["User"];
export type SkillUse = Schemas["SkillUse"];
export type AgentRun = Schemas["AgentRun"];
export type Session = Schemas["Session"];
export type SessionHead = Schemas["SessionHead"];

export type TurnRow = Schemas["TurnRow"];

export type Tool = Schemas["Tool"];
export type Skill = Schemas["Skill"];
export type ModelRequest = Schemas["ModelRequest"];
export type Step = Schemas["Step"];
export type StepRow = Schemas["StepRow"];
export type FoundPlaces = Schemas["FoundPlaces"];
export type FoundHit = Schemas["FoundHit"];
export type StepKindsView = Schemas["StepKindsView"];

export type ContentField = Schemas["ContentFieldName"];
export type ContentPiece = Schemas["ContentPiece"];
export type Conversation = Schemas["ConversationView"];
export type NameCount = Schemas["NameView"];
export type SessionList = Schemas["SessionPage"];
export type ListedSession = Schemas["SessionRow"];
export type ReviewSummary = Schemas["ReviewSummary"];
export type Folded = Schemas["FoldedView"];
export type View = Schemas["View"];
export type NewView = Schemas["ViewInput"];
export type SearchResults = Schemas["SearchResults"];
export type SessionHits = Schemas["SessionHits"];
export type StepHit = Schemas["StepHit"];
export type SessionSort = Schemas["SortName"];

export type Role = Schemas["Role"];
export type Permission = Schemas["Permission"];
export type WorkspaceGrant = Schemas["WorkspaceGrant"];
export type Self = Schemas["Self"];
export type SignIn = Schemas["SignInView"];
export type AccountLink = Schemas["LinkView"];
export type AcceptLink = Schemas["AcceptLink"];

export type Member = Schemas["Member"];
export type MemberChange = Schemas["MemberChange"];
export type Invitation = Schemas["Invitation"];
export type NewInvitation = Schemas["NewInvitation"];
export type RedactionSettings = Schemas["RedactionSettings"];
export type RedactionSpan = Schemas["Redaction"];
export type PayloadRedaction = Schemas["PayloadRedaction"];
export type RedactionRule = Schemas["RedactionRule"];
export type RedactionFamily = Schemas["RedactionFamily"];
export type RedactionLimits = Schemas["RedactionLimits"];
export type RedactionCounts = Schemas["CountsView"];
export type NewRedactionPolicy = Schemas["NewRedactionPolicy"];
export type RedactionTrial = Schemas["RedactionTrial"];
export type TrialFound = Schemas["TrialView"];
export type TrialSample = Schemas["TrialSample"];

export type OptOut = Schemas["OptOut"];
export type CaptureSettings = Schemas["CaptureSettings"];
export type NewCapturePolicy = Schemas["NewCapturePolicy"];
export type Tombstone = Schemas["Tombstone"];
export type Device = Schemas["Device"];
export type DeviceRequest = Schemas["DeviceRequest"];
export type MadePrivate = Schemas["MadePrivateView"];
export type Grade = Schemas["Grade"];
export type Coverage = Schemas["Coverage"];
export type CoverageDetails = Schemas["CoverageDetails"];
export type LossSeen = Schemas["LossSeen"];
export type WorkspaceCoverage = Schemas["WorkspaceCoverage"];
export type CoverageSums = Schemas["CoverageSums"];
export type CoverageMachine = Schemas["CoverageMachine"];
export type SkillState = Schemas["SkillState"];
export type SkillVersion = Schemas["SkillVersion"];
export type SkillVersionDetail = Schemas["SkillVersionDetail"];
export type SkillFile = Schemas["SkillFile"];
export type SkillText = Schemas["SkillText"];
export type McpServerSeen = Schemas["McpServerView"];

export type TimelineView = Schemas["TimelineView"];
export type TimelineSegment = Schemas["SegmentView"];
export type TimelineLane = Schemas["LaneView"];
export type TimelineSpan = Schemas["SpanView"];
export type TimelineMark = Schemas["MarkView"];
export type SessionUses = Schemas["UsesView"];
export type SessionFiles = Schemas["FilesView"];
export type ChangedFile = Schemas["FileView"];
export type FileDiff = Schemas["FileDiff"];
export type RecordView = Schemas["RecordView"];
export type RecordList = Schemas["RecordList"];
export type ListedRecord = Schemas["ListedRecord"];
export type StepRecords = Schemas["StepRecords"];

export type ApiKey = Schemas["Key"];
export type NewKey = Schemas["NewKey"];
export type Plugin = Schemas["Plugin"];

export type ShareRequest = Schemas["ShareRequest"];
export type SharePreview = Schemas["SharePreview"];
export type MadeShare = Schemas["MadeShare"];
export type Share = Schemas["Share"];
export type ShareOpening = Schemas["ShareOpening"];

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
