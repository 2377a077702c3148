//! What a report says, as JSON has it.

use serde::Serialize;

/// A report.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Report {
    /// The workspace.
    pub workspace: String,
    /// The project; null: all that its reader may read.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub project: Option<String>,
    /// The time that it speaks of.
    pub period: ReportPeriod,
    /// When it was made, RFC 3339.
    pub made_at: String,
    /// What was used.
    pub used: ReportUsed,
    /// What of it was reviewed.
    pub reviewed: ReportReviewed,
    /// How much of it was seen.
    pub coverage: ReportCoverage,
    /// Turns that were judged, quoted.
    pub samples: Vec<ReportSample>,
    /// The state of the ledger that the report rests on.
    pub ledger: ReportLedger,
}

/// Sessions that were going on at some time from `from` on and before `to`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReportPeriod {
    /// The first moment, RFC 3339.
    pub from: String,
    /// The first moment that is no part of it, RFC 3339.
    pub to: String,
}

/// What was used.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReportUsed {
    /// Sessions.
    pub sessions: u64,
    /// Of a report on a project: sessions of the period that its reader may read and that were seen in other projects too.
    /// They are left out of everything in the report.
    pub sessions_of_several_projects: u64,
    /// Turns.
    pub turns: u64,
    /// Tool calls.
    pub tool_calls: u64,
    /// Steps that failed.
    pub errors: u64,
    /// People who are known.
    pub people: u64,
    /// Sessions of which it is not known whose they are.
    pub sessions_of_nobody_known: u64,
    /// Models that answered, with the sessions that they answered in.
    pub models: Vec<Counted>,
    /// Skills that ran, by version.
    pub skills: Vec<ReportVersion>,
    /// MCP servers, with the calls.
    pub mcp_servers: Vec<Counted>,
    /// What it cost.
    pub cost: ReportCost,
}

/// So many of something with a name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Counted {
    /// Its name.
    pub name: String,
    /// Sessions that it was seen in.
    pub sessions: u64,
    /// Calls, of what is called.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub calls: Option<u64>,
}

/// A version of a skill.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReportVersion {
    /// The skill's name.
    pub name: String,
    /// Its declared version.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub label: Option<String>,
    /// The hash of what ran, hex; null where it is not known which version it was.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub hash: Option<String>,
    /// Sessions that it ran in.
    pub sessions: u64,
}

/// What it cost, as the clients' own telemetry says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReportCost {
    /// Nano-USD of the requests whose cost is known; null where none is.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub known_nanousd: Option<i64>,
    /// Requests whose cost is not known.
    pub requests_unknown: u64,
    /// Sessions of which no cost is known.
    pub sessions_unknown: u64,
}

/// What was reviewed. Judgements are counted once a person: two who judged one turn are two.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReportReviewed {
    /// Sessions with a verdict or a score, of the session or of one of its turns.
    pub sessions: u64,
    /// Sessions that are reviewed blind now: what was said of them counts where its reader said it, and is not told otherwise.
    pub sessions_blind: u64,
    /// Turns with a verdict or a score of their own.
    pub turns: u64,
    /// People who reviewed.
    pub reviewers: u64,
    /// Verdicts `good` that stand.
    pub good: u64,
    /// Verdicts `wrong` that stand.
    pub wrong: u64,
    /// Comments that stand.
    pub comments: u64,
    /// Corrected answers that stand.
    pub corrected: u64,
    /// Scores that stand, by rubric and version.
    pub scores: Vec<ReportScore>,
    /// Shares, estimated from what was drawn at random.
    pub rates: Vec<ReportRate>,
    /// Why there are no rates.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub no_rates: Option<String>,
}

/// Scores by a version of a rubric.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReportScore {
    /// The rubric's name.
    pub rubric: String,
    /// The version that the answers are of.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub version: Option<u64>,
    /// Scores with a percentage.
    pub n: u64,
    /// Sessions that those scores are of.
    pub sessions: u64,
    /// The mean over those sessions, in percent: of a session with several scores, their mean counts.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub mean_percent: Option<f64>,
    /// Lower end of the mean's 95 % interval (Student's, over sessions); null below three sessions, which are too few for one.
    /// It is of sessions such as those that people chose to score, not of all.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub mean_low_percent: Option<f64>,
    /// Upper end.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub mean_high_percent: Option<f64>,
    /// The lowest.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub lowest_percent: Option<f64>,
    /// The highest.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub highest_percent: Option<f64>,
    /// Those that passed.
    pub passed: u64,
    /// Those of which it is said whether they passed.
    pub passed_of: u64,
}

/// A share, or a mean of shares, that was estimated from random samples: as `GET …/rates` does.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReportRate {
    /// Of what.
    pub what: String,
    /// The share, 0 to 1.
    pub share: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Sessions that were drawn and judged.
    pub n: u64,
    /// Sessions of the projects and weeks that it speaks of: whole weeks that overlap the period.
    pub population: u64,
    /// Projects' weeks that it speaks of.
    pub strata: u64,
    /// Projects' weeks of which nothing that was drawn is judged yet: it does not speak of them.
    pub strata_without: u64,
}

/// How much was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReportCoverage {
    /// Two witnesses or more agree, and nothing is known to be missing.
    pub complete: u64,
    /// Something is known to be missing.
    pub partial: u64,
    /// One witness only.
    pub single_witness: u64,
    /// There is nothing to tell it by.
    pub unknown: u64,
    /// What is known to be missing, with the sessions, the most frequent first.
    pub gaps: Vec<CoverageGap>,
}

/// Something that is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CoverageGap {
    /// Which, by its code.
    pub code: String,
    /// Sessions.
    pub sessions: u64,
    /// How many of it in all of them, where that is counted.
    pub count: u64,
}

/// A turn that was judged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReportSample {
    /// The session's id.
    pub session: String,
    /// The turn's id.
    pub turn: String,
    /// Its number in the session.
    pub number: u32,
    /// `good` or `wrong`.
    pub verdict: String,
    /// Why.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub reason: Option<String>,
    /// What was asked, cut; null where it was not captured.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub prompt: Option<String>,
    /// What was answered, cut.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub answer: Option<String>,
    /// Who judged.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
}

/// The state of the ledger: a later tree that is consistent with it holds everything that the report was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReportLedger {
    /// Leaves.
    pub size: u64,
    /// The root of the tree, hex.
    pub root: String,
}
