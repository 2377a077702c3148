//! The report as one HTML file, made for print: nothing is loaded, nothing runs.

use std::io::Write;
use std::sync::LazyLock;

use argus_session::time::{parse_rfc3339_us, rfc3339};

use super::data::{Counted, Report, ReportReviewed, ReportSample};
use crate::ExportError;
use crate::figures::{counted, money};
use crate::html::{Markup, policy_with, prose};

const STYLE: &str = include_str!("style.css");

/// What the page may do, as a content security policy.
#[must_use]
pub fn policy() -> &'static str {
    static POLICY: LazyLock<String> = LazyLock::new(|| policy_with(STYLE));
    &POLICY
}

/// Writes the report. With `base_url`, the address of an Argus server, sample turns link there.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    out: &mut dyn Write,
    report: &Report,
    base_url: Option<&str>,
) -> Result<(), ExportError> {
    let mut page = Markup::new(out, None);
    let page = &mut page;
    let of = report.project.as_deref().unwrap_or("all projects");
    page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"")?;
    page.escaped(policy())?;
    page.raw("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex, nofollow\">\n<title>Report on ")?;
    page.line(of, 120)?;
    page.raw("</title>\n<style>")?;
    page.raw(STYLE)?;
    page.raw("</style>\n</head>\n<body>\n<header>\n<p class=\"kicker\">Argus · ")?;
    page.line(&report.workspace, 120)?;
    page.raw("</p>\n<h1>Report on ")?;
    page.line(of, 120)?;
    page.raw("</h1>\n<p class=\"period\">")?;
    page.text(&period(report))?;
    page.raw("</p>\n<p class=\"made\">Made ")?;
    page.text(&day_and_time(&report.made_at))?;
    page.raw(" UTC. Sessions count that were going on at some time of the period; all times are UTC.</p>\n</header>\n<main>\n")?;
    used(page, report)?;
    reviewed(page, report)?;
    coverage(page, report)?;
    samples(page, report, base_url)?;
    ledger(page, report)?;
    page.raw("</main>\n</body>\n</html>\n")
}

/// Whole days by their first and last, anything else by its moments.
fn period(report: &Report) -> String {
    let (from, to) = (&report.period.from, &report.period.to);
    let is_midnight = |time: &str| time.ends_with("T00:00:00Z");
    let last = parse_rfc3339_us(to).map(|to_us| rfc3339(to_us - 1));
    match last.as_deref().and_then(|last| last.get(..10)) {
        Some(last) if is_midnight(from) && is_midnight(to) => {
            let first = from.get(..10).unwrap_or(from);
            if first == last {
                first.to_owned()
            } else {
                format!("{first} to {last}")
            }
        }
        _ => format!("{} to {}", day_and_time(from), day_and_time(to)),
    }
}

fn day_and_time(time: &str) -> String {
    time.get(..16).unwrap_or(time).replace('T', " ")
}

fn figure(
    page: &mut Markup<'_>,
    name: &'static str,
    value: &str,
    under: Option<&str>,
) -> Result<(), ExportError> {
    page.raw("<div><dt>")?;
    page.raw(name)?;
    page.raw("</dt><dd>")?;
    page.text(value)?;
    if let Some(under) = under {
        page.raw("<p class=\"under\">")?;
        page.text(under)?;
        page.raw("</p>")?;
    }
    page.raw("</dd></div>\n")
}

fn used(page: &mut Markup<'_>, report: &Report) -> Result<(), ExportError> {
    let used = &report.used;
    page.raw("<section>\n<h2>What was used</h2>\n<dl class=\"figures\">\n")?;
    let several = (used.sessions_of_several_projects > 0).then(|| {
        format!(
            "{} more left out: seen in other projects too",
            used.sessions_of_several_projects
        )
    });
    figure(
        page,
        "Sessions",
        &used.sessions.to_string(),
        several.as_deref(),
    )?;
    figure(
        page,
        "Turns",
        &used.turns.to_string(),
        Some("a prompt and all that it caused"),
    )?;
    let nobody = (used.sessions_of_nobody_known > 0).then(|| {
        format!(
            "unknown for {}",
            counted(used.sessions_of_nobody_known, "session")
        )
    });
    figure(page, "People", &used.people.to_string(), nobody.as_deref())?;
    figure(page, "Tool calls", &used.tool_calls.to_string(), None)?;
    figure(page, "Failed steps", &used.errors.to_string(), None)?;
    let (cost, under) = cost(report);
    figure(page, "Cost", &cost, Some(&under))?;
    page.raw("</dl>\n")?;
    if !used.skills.is_empty() {
        page.raw("<table>\n<caption>Skills</caption>\n<thead><tr><th>Skill</th><th>Version</th><th class=\"n\">Sessions</th></tr></thead>\n<tbody>\n")?;
        for version in &used.skills {
            page.raw("<tr><td>")?;
            page.line(&version.name, 120)?;
            page.raw("</td><td>")?;
            match (&version.label, &version.hash) {
                (Some(label), Some(hash)) => page.line(&format!("{label}, {}", short(hash)), 80)?,
                (Some(one), None) => page.line(one, 80)?,
                (None, Some(hash)) => {
                    page.raw("<code>")?;
                    page.line(short(hash), 80)?;
                    page.raw("</code>")?;
                }
                (None, None) => page.raw("unknown")?,
            }
            page.raw("</td><td class=\"n\">")?;
            page.number(version.sessions)?;
            page.raw("</td></tr>\n")?;
        }
        page.raw("</tbody></table>\n")?;
    }
    names(
        page,
        "<caption>MCP servers</caption>\n<thead><tr><th>Server</th><th class=\"n\">Calls</th><th class=\"n\">Sessions</th></tr></thead>\n",
        &used.mcp_servers,
    )?;
    names(
        page,
        "<caption>Models</caption>\n<thead><tr><th>Model</th><th class=\"n\">Sessions</th></tr></thead>\n",
        &used.models,
    )?;
    page.raw("</section>\n")
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

fn cost(report: &Report) -> (String, String) {
    let cost = &report.used.cost;
    let value = cost
        .known_nanousd
        .map_or_else(|| "unknown".to_owned(), money);
    let mut under = vec!["as the clients’ telemetry says".to_owned()];
    if cost.known_nanousd.is_none() {
        under = vec!["no client told what anything cost".to_owned()];
    } else {
        if cost.requests_unknown > 0 {
            under.push(format!(
                "unknown for {}",
                counted(cost.requests_unknown, "request")
            ));
        }
        if cost.sessions_unknown > 0 {
            under.push(format!(
                "unknown for {}",
                counted(cost.sessions_unknown, "session")
            ));
        }
    }
    (value, under.join("; "))
}

fn names(page: &mut Markup<'_>, head: &'static str, names: &[Counted]) -> Result<(), ExportError> {
    if names.is_empty() {
        return Ok(());
    }
    page.raw("<table>\n")?;
    page.raw(head)?;
    page.raw("<tbody>\n")?;
    for of in names {
        page.raw("<tr><td>")?;
        page.line(&of.name, 120)?;
        page.raw("</td>")?;
        if let Some(calls) = of.calls {
            page.raw("<td class=\"n\">")?;
            page.number(calls)?;
            page.raw("</td>")?;
        }
        page.raw("<td class=\"n\">")?;
        page.number(of.sessions)?;
        page.raw("</td></tr>\n")?;
    }
    page.raw("</tbody></table>\n")
}

/// How much is not told: of what is reviewed blind, nobody's word but the reader's own counts here.
fn blind(page: &mut Markup<'_>, reviewed: &ReportReviewed) -> Result<(), ExportError> {
    if reviewed.sessions_blind > 0 {
        page.raw("<p class=\"note\">")?;
        page.text(&format!(
            "{} reviewed blind now: until that is done, what others said of them is in no figure here.",
            if reviewed.sessions_blind == 1 {
                "1 session is".to_owned()
            } else {
                format!("{} sessions are", reviewed.sessions_blind)
            }
        ))?;
        page.raw("</p>\n")?;
    }
    Ok(())
}

fn reviewed(page: &mut Markup<'_>, report: &Report) -> Result<(), ExportError> {
    let (used, reviewed) = (&report.used, &report.reviewed);
    page.raw("<section>\n<h2>What was reviewed</h2>\n<p class=\"said\">")?;
    if reviewed.sessions == 0 {
        page.raw(if reviewed.sessions_blind == 0 {
            "Nothing of it was reviewed.</p>\n"
        } else {
            "Of what was reviewed nothing can be told yet.</p>\n"
        })?;
        blind(page, reviewed)?;
        rates(page, report)?;
        return page.raw("</section>\n");
    }
    page.text(&format!(
        "{} of {} and {} of {} were judged, by {}.",
        reviewed.sessions,
        counted(used.sessions, "session"),
        reviewed.turns,
        counted(used.turns, "turn"),
        if reviewed.reviewers == 1 {
            "1 person".to_owned()
        } else {
            format!("{} people", reviewed.reviewers)
        },
    ))?;
    page.raw("</p>\n")?;
    blind(page, reviewed)?;
    page.raw("<dl class=\"figures\">\n")?;
    let verdicts = reviewed.good + reviewed.wrong;
    figure(
        page,
        "Good",
        &format!("{} of {verdicts}", reviewed.good),
        Some("verdicts, each person’s counted"),
    )?;
    figure(
        page,
        "Wrong",
        &format!("{} of {verdicts}", reviewed.wrong),
        Some("verdicts, each person’s counted"),
    )?;
    figure(
        page,
        "Corrected answers",
        &reviewed.corrected.to_string(),
        None,
    )?;
    page.raw("</dl>\n")?;
    if !reviewed.scores.is_empty() {
        page.raw("<table>\n<caption>Scores</caption>\n<thead><tr><th>Rubric</th><th class=\"n\">Scores</th><th class=\"n\">Sessions</th><th class=\"n\">Mean</th><th class=\"n\">95 % interval</th><th class=\"n\">Lowest to highest</th><th class=\"n\">Passed</th></tr></thead>\n<tbody>\n")?;
        for score in &reviewed.scores {
            page.raw("<tr><td>")?;
            page.line(&score.rubric, 120)?;
            if let Some(version) = score.version {
                page.text(&format!(", version {version}"))?;
            }
            page.raw("</td><td class=\"n\">")?;
            page.number(score.n)?;
            page.raw("</td><td class=\"n\">")?;
            page.number(score.sessions)?;
            page.raw("</td><td class=\"n\">")?;
            page.text(
                &score
                    .mean_percent
                    .map_or_else(|| "–".to_owned(), |mean| format!("{mean:.1} %")),
            )?;
            page.raw("</td><td class=\"n\">")?;
            page.text(&match (score.mean_low_percent, score.mean_high_percent) {
                (Some(low), Some(high)) => format!("{low:.1} to {high:.1} %"),
                _ => "too few sessions".to_owned(),
            })?;
            page.raw("</td><td class=\"n\">")?;
            page.text(&match (score.lowest_percent, score.highest_percent) {
                (Some(low), Some(high)) => format!("{low:.0} to {high:.0} %"),
                _ => "–".to_owned(),
            })?;
            page.raw("</td><td class=\"n\">")?;
            page.text(&format!("{} of {}", score.passed, score.passed_of))?;
            page.raw("</td></tr>\n")?;
        }
        page.raw("</tbody></table>\n<p class=\"note\">The mean is over sessions: of one with several scores, their mean counts. The interval (Student’s, over sessions) is of sessions such as those that people chose to score; it says nothing of the rest.</p>\n")?;
    }
    rates(page, report)?;
    page.raw("</section>\n")
}

fn rates(page: &mut Markup<'_>, report: &Report) -> Result<(), ExportError> {
    let reviewed = &report.reviewed;
    if !reviewed.rates.is_empty() {
        page.raw("<table>\n<caption>Estimated from random samples</caption>\n<thead><tr><th>What</th><th class=\"n\">Estimate</th><th class=\"n\">95 % interval</th><th class=\"n\">Sessions judged</th><th class=\"n\">Drawn from</th></tr></thead>\n<tbody>\n")?;
        for rate in &reviewed.rates {
            page.raw("<tr><td>")?;
            page.line(&rate.what, 160)?;
            page.raw("</td><td class=\"n\">")?;
            page.text(&format!("{:.1} %", rate.share * 100.0))?;
            page.raw("</td><td class=\"n\">")?;
            page.text(&format!(
                "{:.1} to {:.1} %",
                rate.low * 100.0,
                rate.high * 100.0
            ))?;
            page.raw("</td><td class=\"n\">")?;
            page.number(rate.n)?;
            page.raw("</td><td class=\"n\">")?;
            page.number(rate.population)?;
            page.raw("</td></tr>\n")?;
        }
        page.raw("</tbody></table>\n<p class=\"note\">From sessions that were drawn at random only, each weighted by how many it stands for; Wilson’s interval at the effective number of draws. Samples are of a project’s weeks: one that overlaps the period counts in full.")?;
        let without = reviewed.rates.iter().map(|rate| rate.strata_without).max();
        if let Some(without) = without.filter(|without| *without > 0) {
            page.text(&format!(
                " Of {} nothing that was drawn is judged yet: not every estimate speaks of them.",
                counted(without, "week")
            ))?;
        }
        page.raw("</p>\n")?;
    }
    if let Some(why) = &reviewed.no_rates {
        page.raw("<p class=\"note\">")?;
        page.text(why)?;
        page.raw("</p>\n")?;
    }
    Ok(())
}

fn coverage(page: &mut Markup<'_>, report: &Report) -> Result<(), ExportError> {
    let coverage = &report.coverage;
    page.raw("<section>\n<h2>How much was seen</h2>\n<table>\n<caption>Sessions by what vouches for them</caption>\n<tbody>\n")?;
    for (what, sessions) in [
        (
            "Complete: two witnesses or more agree, and nothing is known to be missing",
            coverage.complete,
        ),
        (
            "Partial: something is known to be missing",
            coverage.partial,
        ),
        (
            "One witness only: nothing is known to be missing, and nobody else could say so",
            coverage.single_witness,
        ),
        ("Unknown: there is nothing to tell it by", coverage.unknown),
    ] {
        page.raw("<tr><td>")?;
        page.raw(what)?;
        page.raw("</td><td class=\"n\">")?;
        page.number(sessions)?;
        page.raw("</td></tr>\n")?;
    }
    page.raw("</tbody></table>\n")?;
    if !coverage.gaps.is_empty() {
        page.raw("<table>\n<caption>Gaps</caption>\n<thead><tr><th>What is missing</th><th class=\"n\">How many</th><th class=\"n\">Sessions</th></tr></thead>\n<tbody>\n")?;
        for gap in &coverage.gaps {
            page.raw("<tr><td>")?;
            page.line(&gap.code.replace('_', " "), 80)?;
            page.raw("</td><td class=\"n\">")?;
            if gap.count > 0 {
                page.number(gap.count)?;
            } else {
                page.raw("–")?;
            }
            page.raw("</td><td class=\"n\">")?;
            page.number(gap.sessions)?;
            page.raw("</td></tr>\n")?;
        }
        page.raw("</tbody></table>\n")?;
    }
    page.raw("</section>\n")
}

fn samples(
    page: &mut Markup<'_>,
    report: &Report,
    base_url: Option<&str>,
) -> Result<(), ExportError> {
    if report.samples.is_empty() {
        return Ok(());
    }
    page.raw("<section class=\"page\">\n<h2>Sample turns</h2>\n<p class=\"note\">The newest verdicts on turns, wrong and good: chosen, not drawn. What looks like <code>[redacted:…]</code> was replaced before it was stored.</p>\n")?;
    for sample in &report.samples {
        quoted(page, report, sample, base_url)?;
    }
    page.raw("</section>\n")
}

fn quoted(
    page: &mut Markup<'_>,
    report: &Report,
    sample: &ReportSample,
    base_url: Option<&str>,
) -> Result<(), ExportError> {
    let is_wrong = sample.verdict == "wrong";
    page.raw(if is_wrong {
        "<article class=\"sample wrong\">\n<div class=\"head\"><span class=\"verdict wrong\">Wrong"
    } else {
        "<article class=\"sample good\">\n<div class=\"head\"><span class=\"verdict good\">Good"
    })?;
    page.raw("</span><span>")?;
    let place = format!("turn {} of session {}", sample.number, sample.session);
    match base_url.filter(|url| url.starts_with("https://") || url.starts_with("http://")) {
        Some(base) => {
            page.raw("<a rel=\"noopener noreferrer\" target=\"_blank\" href=\"")?;
            page.escaped(&format!(
                "{base}/w/{}/sessions/{}/turns/{}",
                in_path(&report.workspace),
                in_path(&sample.session),
                in_path(&sample.turn)
            ))?;
            page.raw("\">")?;
            page.line(&place, 160)?;
            page.raw("</a>")?;
        }
        None => page.line(&place, 160)?,
    }
    page.raw("</span></div>\n")?;
    for (label, text) in [
        ("Asked", sample.prompt.as_deref()),
        ("Answered", sample.answer.as_deref()),
        ("Why", sample.reason.as_deref()),
    ] {
        if label == "Why" && text.is_none() {
            continue;
        }
        page.raw("<p class=\"label\">")?;
        page.raw(label)?;
        page.raw("</p>")?;
        match text {
            // An answer is Markdown; what people wrote stands as they wrote it.
            Some(answer) if label == "Answered" => {
                page.raw("<blockquote class=\"prose\">\n")?;
                let shown = page.shown(answer);
                prose(page, &shown)?;
            }
            _ => {
                page.raw("<blockquote>")?;
                page.text(text.unwrap_or("(not captured)"))?;
            }
        }
        page.raw("</blockquote>\n")?;
    }
    page.raw("<p class=\"label\">")?;
    page.line(
        &format!("{}, {} UTC", sample.by, day_and_time(&sample.at)),
        160,
    )?;
    page.raw("</p>\n</article>\n")
}

/// A value as a segment of a path.
fn in_path(value: &str) -> String {
    value
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn ledger(page: &mut Markup<'_>, report: &Report) -> Result<(), ExportError> {
    page.raw("<section>\n<h2>What it rests on</h2>\n<p class=\"said\">Every record and every judgement has a leaf in the workspace’s tamper-evident ledger. When this report was made, the ledger had ")?;
    page.text(&counted(report.ledger.size, "leaf").replace("leafs", "leaves"))?;
    page.raw(" and this root; a later state of the ledger can be shown to go on from it.</p>\n<code class=\"root\">")?;
    page.text(&report.ledger.root)?;
    page.raw("</code>\n</section>\n")
}
