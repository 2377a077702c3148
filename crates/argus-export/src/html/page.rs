//! The page: head, outline, turns, foot.

use std::io::Write;

use argus_session::document::{Branch, Grade, Outcome, Surface};
use argus_session::{Session, Turn};

use super::notes::{self, Note};
use super::{Markup, STYLE, policy, step};
use crate::figures::{counted, duration, money, time};
use crate::said::BLIND_SENTENCE;
use crate::{ExportError, Said, SessionReader, clean, task_notification};

/// Longest title.
const TITLE_CHARACTERS_MAX: usize = 300;
/// Words of a prompt in the outline.
const WORDS_CHARACTERS_MAX: usize = 140;

/// What the page says of itself.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// When it was written, microseconds UTC.
    pub made_at_us: i64,
    /// What reviewers said.
    pub said: &'a Said,
    /// True of a page behind a share link.
    pub is_share: bool,
}

/// Writes a session as a page.
///
/// # Errors
/// When the store cannot be read, or the page cannot be written.
pub fn write(
    out: &mut dyn Write,
    reader: &SessionReader<'_>,
    about: &About<'_>,
) -> Result<(), ExportError> {
    let mut page = Markup::new(out, Some(reader));
    begin(&mut page, &title(reader))?;
    head(&mut page, reader, about.said)?;
    notes::of_session(&mut page, &about.said.notes, reader.is_part())?;
    page.raw("<div class=\"panes\">\n")?;
    outline(&mut page, reader)?;
    page.raw("<main>\n")?;
    if reader.turns.is_empty() {
        page.raw("<p class=\"remark\">Nothing was asked in this session, or nothing of it was captured.</p>\n")?;
    }
    for place in 0..reader.turns.len() {
        turn(&mut page, reader, place, &about.said.notes)?;
    }
    page.raw("</main>\n</div>\n")?;
    foot(&mut page, reader, about)?;
    page.raw("</body>\n</html>\n")
}

fn begin(page: &mut Markup<'_>, title: &str) -> Result<(), ExportError> {
    page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"")?;
    page.escaped(policy())?;
    page.raw("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex, nofollow\">\n<title>")?;
    page.line(title, TITLE_CHARACTERS_MAX)?;
    page.raw("</title>\n<style>")?;
    page.raw(STYLE)?;
    page.raw("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#turns\">To the turns</a>\n")
}

/// A page that says one thing.
#[must_use]
pub fn message(title: &'static str, text: &'static str) -> String {
    let mut out = Vec::new();
    let written = (|| {
        let mut page = Markup::new(&mut out, None);
        begin(&mut page, title)?;
        page.raw("<header class=\"head\" id=\"turns\">\n<h1>")?;
        page.raw(title)?;
        page.raw("</h1>\n<p class=\"remark\">")?;
        page.raw(text)?;
        page.raw("</p>\n</header>\n</body>\n</html>\n")
    })();
    // Memory can be written.
    debug_assert!(written.is_ok());
    String::from_utf8(out).unwrap_or_default()
}

/// The session's title; of a part, which turns it is.
pub(crate) fn title(reader: &SessionReader<'_>) -> String {
    if reader.is_part() {
        return match reader.turns.as_slice() {
            [] => "No turns of a session".to_owned(),
            [one] => format!("Turn {} of a session", one.index + 1),
            [first, .., last] => format!(
                "Turns {} to {} of a session",
                first.index + 1,
                last.index + 1
            ),
        };
    }
    let title = reader
        .head
        .title
        .as_ref()
        .and_then(|title| title.text.clone());
    title
        .filter(|title| !title.trim().is_empty())
        .unwrap_or_else(|| "Untitled session".to_owned())
}

fn head(page: &mut Markup<'_>, reader: &SessionReader<'_>, said: &Said) -> Result<(), ExportError> {
    page.raw("<header class=\"head\">\n<h1>")?;
    page.line(&title(reader), TITLE_CHARACTERS_MAX)?;
    page.raw("</h1>\n<div class=\"facts\">\n")?;
    for fact in facts(&reader.head, reader.view().people) {
        page.raw("<p>")?;
        page.line(&fact.text, 200)?;
        page.raw("</p>\n")?;
    }
    page.raw("</div>\n")?;
    if let Some(seen) = seen(reader) {
        page.raw("<p class=\"remark\">How much was seen: ")?;
        page.text(&seen)?;
        page.raw("</p>\n")?;
    }
    if said.is_blind {
        page.raw("<p class=\"remark\">")?;
        page.raw(BLIND_SENTENCE)?;
        page.raw("</p>\n")?;
    }
    page.raw("</header>\n")
}

/// How much was seen of a session that is shown whole, where that is not all.
pub(crate) fn seen(reader: &SessionReader<'_>) -> Option<String> {
    let coverage = &reader.head.coverage;
    if !reader.is_whole() || coverage.grade == Grade::Complete {
        return None;
    }
    let reasons: Vec<&str> = coverage
        .reasons
        .iter()
        .map(|reason| reason.text.as_str())
        .collect();
    let mut seen = coverage.grade.as_str().replace('_', " ");
    if !reasons.is_empty() {
        seen.push_str(": ");
        seen.push_str(&reasons.join("; "));
    }
    Some(seen)
}

/// Something that is known of a session.
pub(crate) struct Fact {
    /// What it is; nothing where the text says so itself.
    pub(crate) label: &'static str,
    pub(crate) text: String,
}

/// What is known of a session, in a line each.
pub(crate) fn facts(head: &Session, people: bool) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |label: &'static str, text: Option<String>| {
        facts.extend(text.map(|text| Fact { label, text }));
    };
    let join = |names: &[String]| (!names.is_empty()).then(|| names.join(", "));
    if people {
        add("Project", join(&head.projects));
        let person = head.user.email.clone();
        add(
            "Person",
            person.or_else(|| head.user.id.as_ref().map(|id| clean::cut(id, 40))),
        );
        add("Folder", head.cwd.clone());
    }
    let client: Vec<String> = [&head.client.name, &head.client.version]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    add(
        "Client",
        join(&client).map(|client| match surface(head.client.surface) {
            "" => client.replace(", ", " "),
            place => format!("{} {place}", client.replace(", ", " ")),
        }),
    );
    add(
        "Began",
        head.started_at.map(|at| format!("{} UTC", time(at))),
    );
    add(
        "Lasted",
        head.started_at
            .zip(head.ended_at)
            .map(|(from, to)| duration(to.saturating_sub(from))),
    );
    add("Model", join(&head.models));
    let totals = &head.totals;
    add("", Some(counted(totals.turns, "turn")));
    add("", Some(counted(totals.tool_calls, "tool call")));
    add(
        "",
        (totals.errors > 0).then(|| counted(totals.errors, "error")),
    );
    match totals.cost.cost_nanousd {
        Some(cost) if totals.cost.unpriced_requests > 0 => add(
            "Cost",
            Some(format!(
                "{} and {} of unknown cost",
                money(cost),
                counted(totals.cost.unpriced_requests, "request")
            )),
        ),
        Some(cost) => add("Cost", Some(money(cost))),
        None => add("", Some("cost unknown".to_owned())),
    }
    let skills: Vec<String> = head.skills.iter().map(skill).collect();
    add("", join(&skills).map(|skills| format!("skills {skills}")));
    let servers: Vec<String> = head
        .mcp_servers
        .iter()
        .map(|server| server.name.clone())
        .collect();
    add(
        "",
        join(&servers).map(|servers| format!("MCP servers {servers}")),
    );
    facts
}

fn skill(skill: &argus_session::document::SkillUse) -> String {
    match (&skill.label, skill.tree_hash()) {
        (Some(label), _) => format!("{} {label}", skill.name),
        (None, Some(hash)) => format!(
            "{} {}",
            skill.name,
            hash.chars().take(8).collect::<String>()
        ),
        (None, None) => skill.name.clone(),
    }
}

const fn surface(surface: Surface) -> &'static str {
    match surface {
        Surface::Terminal => "in the terminal",
        Surface::Headless => "headless",
        Surface::Ide => "in an IDE",
        Surface::Desktop => "on the desktop",
        Surface::Cowork => "in Cowork",
        Surface::CoworkRemote => "in Cowork in the cloud",
        Surface::Web => "on the web",
        Surface::ClaudeCode => "in Claude Code",
        Surface::ClaudeAi => "in claude.ai",
        Surface::Unknown => "",
    }
}

fn outline(page: &mut Markup<'_>, reader: &SessionReader<'_>) -> Result<(), ExportError> {
    page.raw("<nav class=\"turns\" id=\"turns\" aria-label=\"Turns\" tabindex=\"-1\">\n<ol>\n")?;
    for place in 0..reader.turns.len() {
        let turn = reader.turn(place);
        page.raw("<li><a href=\"#turn-")?;
        page.number(u64::from(turn.index) + 1)?;
        page.raw("\"><span class=\"n\">")?;
        page.number(u64::from(turn.index) + 1)?;
        page.raw("</span><span class=\"w\">")?;
        match turn
            .prompt
            .text
            .as_ref()
            .and_then(|text| text.text.as_deref())
        {
            Some(words) if !words.trim().is_empty() => {
                let told = task_notification::words(words);
                page.line(told.as_deref().unwrap_or(words), WORDS_CHARACTERS_MAX)?;
            }
            Some(_) => page.raw("<span class=\"quiet\">(empty prompt)</span>")?,
            None => page.raw("<span class=\"quiet\">prompt not captured</span>")?,
        }
        page.raw("</span><span class=\"f\">")?;
        for fact in short_facts(&turn) {
            page.raw("<span>")?;
            page.text(&fact)?;
            page.raw("</span>")?;
        }
        page.raw("</span></a></li>\n")?;
    }
    page.raw("</ol>\n</nav>\n")
}

fn short_facts(turn: &Turn) -> Vec<String> {
    let mut facts = Vec::new();
    if turn.outcome != Outcome::Answered {
        facts.push(outcome(turn.outcome).to_owned());
    }
    if turn.errors > 0 {
        facts.push(counted(turn.errors, "error"));
    }
    facts.extend(turn.duration_us.map(duration));
    facts.extend(turn.cost.cost_nanousd.map(money));
    facts
}

/// How a turn ended, in words.
pub(crate) const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Answered => "answered",
        Outcome::Interrupted => "interrupted",
        Outcome::Withdrawn => "withdrawn",
        Outcome::Refused => "refused",
        Outcome::Failed => "failed",
        Outcome::Open => "still open",
        Outcome::Unknown => "outcome unknown",
    }
}

/// What is known of a turn, in a line each.
pub(crate) fn turn_facts(turn: &Turn) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(turn.started_at.map(|at| format!("{} UTC", time(at))));
    facts.extend(turn.duration_us.map(duration));
    facts.extend(turn.cost.cost_nanousd.map(money));
    if turn.tool_calls > 0 {
        facts.push(counted(turn.tool_calls, "tool call"));
    }
    if turn.errors > 0 {
        facts.push(counted(turn.errors, "error"));
    }
    facts.push(outcome(turn.outcome).to_owned());
    if turn.branch == Branch::Abandoned {
        facts.push("left behind by a rewind".to_owned());
    }
    if turn.copied {
        facts.push("copied from an older session".to_owned());
    }
    facts
}

fn turn(
    page: &mut Markup<'_>,
    reader: &SessionReader<'_>,
    place: usize,
    all: &[Note],
) -> Result<(), ExportError> {
    let turn = reader.turn(place);
    let said: Vec<&Note> = all
        .iter()
        .filter(|note| note.turn.as_ref() == Some(&turn.id))
        .collect();
    page.raw("<article class=\"turn")?;
    if !said.is_empty() {
        page.raw(" has-notes")?;
    }
    page.raw("\" id=\"turn-")?;
    page.number(u64::from(turn.index) + 1)?;
    page.raw("\">\n<div class=\"turn-head\"><h2>Turn ")?;
    page.number(u64::from(turn.index) + 1)?;
    page.raw("</h2>")?;
    for fact in turn_facts(&turn) {
        page.raw("<span>")?;
        page.text(&fact)?;
        page.raw("</span>")?;
    }
    page.raw("</div>\n<div class=\"turn-body\">\n<div class=\"steps\">\n")?;
    let mut has_prompt = false;
    reader.steps(place, &mut |found| {
        has_prompt |= found.kind == argus_session::document::StepKind::Prompt;
        step::step(page, reader, &found)
    })?;
    if !has_prompt && turn.step_count == 0 {
        step::prompt(page, reader, turn.prompt.text.as_ref())?;
    }
    if reader.turn_went_on(place) {
        page.raw("<p class=\"remark\">More came of this turn later: it is not shown.</p>\n")?;
    }
    page.raw("</div>\n")?;
    notes::beside(page, &said)?;
    page.raw("</div>\n</article>\n")
}

fn foot(
    page: &mut Markup<'_>,
    reader: &SessionReader<'_>,
    about: &About<'_>,
) -> Result<(), ExportError> {
    let shown = reader.shown();
    page.raw("<footer class=\"foot\">\n<p>")?;
    page.raw(if about.is_share {
        "Shown by Argus at "
    } else {
        "Exported by Argus at "
    })?;
    page.text(&time(about.made_at_us))?;
    page.raw(" UTC. Times are UTC. What looks like <code>[redacted:…]</code> was replaced before it was stored.</p>\n")?;
    if !reader.view().masks.is_empty() {
        page.raw("<p>What looks like <code>[masked]</code> was masked by who shares this; pictures are left out, since nothing in them can be.</p>\n")?;
    }
    if reader.went_on() {
        page.raw("<p>Shown as far as the session had come when this link was made.</p>\n")?;
    }
    for (count, thing) in [
        (shown.outputs_left_out, "tool output"),
        (shown.thinking_left_out, "thought"),
        (shown.summaries_left_out, "summary of what was compacted"),
        (
            shown.later_left_out,
            "step that came later, or of which more did",
        ),
    ] {
        if count > 0 {
            page.raw("<p>Left out: ")?;
            page.text(&counted(count, thing))?;
            page.raw(".</p>\n")?;
        }
    }
    page.raw("</footer>\n")
}
