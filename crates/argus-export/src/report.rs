//! A report for a client: what was used in a project in a period, what of it was reviewed, and what came of it.
//!
//! Figures carry the number that they rest on. Shares are given with Wilson's interval, and only from what was drawn at random:
//! what people chose to review says nothing of the rest, so that of it there are counts and no rates. What is not known is
//! said to be unknown.

mod data;
mod gather;
mod page;
mod sample;

pub use data::{
    Counted, CoverageGap, Report, ReportCost, ReportCoverage, ReportLedger, ReportPeriod,
    ReportRate, ReportReviewed, ReportSample, ReportScore, ReportUsed, ReportVersion,
};
pub use gather::{ReportQuery, gather};
pub use page::{policy as report_policy, write as write_report};

/// A day (its first moment in UTC) or an RFC 3339 time, in microseconds UTC.
#[must_use]
pub fn time_of(text: &str) -> Option<i64> {
    argus_session::time::parse_rfc3339_us(text)
        .or_else(|| argus_session::time::parse_rfc3339_us(&format!("{text}T00:00:00Z")))
}
