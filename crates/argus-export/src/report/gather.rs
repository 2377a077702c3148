//! Gathering: every session of the period, once.

use std::collections::{BTreeMap, BTreeSet};

use argus_insight::interval;
use argus_session::Session;
use argus_session::document::Grade;
use argus_session::filter::{Filter, Key, Operator, Term, Value};
use argus_session::time::rfc3339;
use argus_store::{ReadScope, ReviewReader, SessionQuery, Sort, TrustQuery, Workspace};

use super::data::{
    Counted, CoverageGap, Report, ReportLedger, ReportPeriod, ReportRate, ReportScore,
    ReportVersion,
};
use super::sample::Samples;
use crate::html::notes::NoteKind;
use crate::{AccountName, ExportError, Said, read_said};

/// Sessions that are read at a time.
const SESSIONS_AT_A_TIME: usize = 200;
/// Names of each kind that a report lists, the most used first.
const NAMES_MAX: usize = 40;

/// Fewest sessions whose scores' mean has an interval: below, it would be wider than all that there is.
const INTERVAL_SESSIONS_MIN: usize = 3;
/// Said where nothing can be estimated.
const CHOSEN: &str = "What people choose to review says nothing of what they did not look at.";

/// What a report is asked for.
#[derive(Debug, Clone)]
pub struct ReportQuery {
    /// The project; `None`: all that the scope lets be read.
    pub project: Option<String>,
    /// The first moment, microseconds UTC.
    pub from_us: i64,
    /// The first moment that is no part of it.
    pub to_us: i64,
    /// What its reader may read.
    pub scope: ReadScope,
    /// Who its reader is: of what is reviewed blind, they see their own word only.
    pub reader: ReviewReader,
}

/// Gathers a report. `noted` is told once of all its sessions, before there is a report that could be taken out.
///
/// # Errors
/// When the store cannot be read or is damaged; those of `noted`.
pub fn gather(
    workspace: &Workspace,
    query: &ReportQuery,
    made_at_us: i64,
    names: AccountName<'_>,
    noted: &mut dyn FnMut(&[String]) -> Result<(), ExportError>,
) -> Result<Report, ExportError> {
    let scope = scope(query);
    let (size, root) = workspace.ledger_head()?;
    let mut report = Report {
        workspace: workspace.name().to_owned(),
        project: query.project.clone(),
        period: ReportPeriod {
            from: rfc3339(query.from_us),
            to: rfc3339(query.to_us),
        },
        made_at: rfc3339(made_at_us),
        ledger: ReportLedger { size, root },
        ..Report::default()
    };
    let mut sums = Sums::default();
    let mut ids = Vec::new();
    each_session(workspace, query, &scope, &mut |session| {
        sums.session(&mut report, session);
        let said = read_said(workspace, &session.id, &scope, &query.reader, None, names)?;
        sums.said(&mut report, &session.id, &said);
        ids.push(session.id.clone());
        Ok(())
    })?;
    sums.finish(&mut report);
    if query.project.is_some() {
        let taken: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
        let left_out = &mut report.used.sessions_of_several_projects;
        each_session(workspace, query, &query.scope, &mut |session| {
            // One that came meanwhile is not one that was left out.
            let is_left_out = session.projects.len() > 1 && !taken.contains(session.id.as_str());
            *left_out += u64::from(is_left_out);
            Ok(())
        })?;
    }
    rates(workspace, query, &scope, &mut report)?;
    report.samples = sums.samples.quoted(workspace)?;
    noted(&ids)?;
    Ok(report)
}

/// What a report may be made of: one on a project has nothing of sessions that are other projects' too, whoever reads it.
fn scope(query: &ReportQuery) -> ReadScope {
    let mut scope = query.scope.clone();
    if let Some(project) = &query.project {
        let may = scope
            .projects
            .as_ref()
            .is_none_or(|projects| projects.contains(project));
        scope.projects = Some(may.then(|| project.clone()).into_iter().collect());
    }
    scope
}

/// Hands the sessions of the period that `scope` lets be read to `each`, a page of them in memory at a time.
fn each_session(
    workspace: &Workspace,
    query: &ReportQuery,
    scope: &ReadScope,
    each: &mut dyn FnMut(&Session) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut sessions = SessionQuery {
        filter: filter(query),
        sort: Sort::Started,
        limit: SESSIONS_AT_A_TIME,
        scope: scope.clone(),
        reader: query.reader.clone(),
        ..SessionQuery::default()
    };
    loop {
        let page = workspace.sessions(&sessions)?;
        page.items.iter().try_for_each(&mut *each)?;
        sessions.cursor = page.next;
        if sessions.cursor.is_none() {
            return Ok(());
        }
    }
}

/// Shares that are estimated from what was drawn at random in the period: of verdicts, and of each rubric.
fn rates(
    workspace: &Workspace,
    query: &ReportQuery,
    scope: &ReadScope,
    report: &mut Report,
) -> Result<(), ExportError> {
    let of = |rubric: Option<String>| {
        workspace.rates(&TrustQuery {
            rubric,
            queue: None,
            from_us: Some(query.from_us),
            to_us: Some(query.to_us),
            project: query.project.clone(),
            scope: scope.clone(),
            reader: query.reader.clone(),
        })
    };
    let verdicts = of(None)?;
    let estimated = &mut report.reviewed.rates;
    let mut add = |what: String, found: Option<interval::Estimate>| {
        estimated.extend(found.map(|found| ReportRate {
            what,
            share: found.value,
            low: found.interval.low,
            high: found.interval.high,
            n: found.n as u64,
            population: found.population,
            strata: found.strata as u64,
            strata_without: found.strata_without as u64,
        }));
    };
    add("Sessions whose verdict is good".to_owned(), verdicts.rate);
    // Without a sample there is none of a rubric either.
    if !verdicts.strata.is_empty() {
        for rubric in workspace.rubrics(scope)? {
            let name = rubric.definition.name;
            let found = of(Some(rubric.id))?;
            add(format!("Sessions that pass “{name}”"), found.rate);
            add(format!("Mean score by “{name}”"), found.mean);
        }
    }
    if estimated.is_empty() {
        let why = match (&scope.own_of, verdicts.strata.is_empty()) {
            (Some(_), _) => {
                "a sample speaks of whole projects, and this report is of one person’s own sessions"
            }
            (None, true) => "nothing of the period was drawn at random",
            (None, false) => {
                "of what was drawn at random nothing is judged by all who are to judge it"
            }
        };
        report.reviewed.no_rates = Some(format!(
            "No share is estimated for the rest: {why}. {CHOSEN}"
        ));
    }
    Ok(())
}

/// The sessions of the period: going on in it, of the project.
fn filter(query: &ReportQuery) -> Filter {
    let term = |key, value| Term {
        key,
        operator: Operator::Is,
        values: vec![value],
        negated: false,
    };
    let mut terms = vec![
        term(Key::From, Value::Time(query.from_us)),
        term(Key::To, Value::Time(query.to_us)),
    ];
    terms.extend(
        query
            .project
            .as_ref()
            .map(|project| term(Key::Project, Value::Text(project.clone()))),
    );
    Filter {
        terms,
        ..Filter::default()
    }
}

/// A score.
#[derive(Debug)]
struct Given {
    session: String,
    percent: Option<f64>,
    passed: Option<bool>,
}

/// What is being summed up.
#[derive(Debug, Default)]
struct Sums {
    people: BTreeSet<String>,
    models: BTreeMap<String, u64>,
    skills: BTreeMap<(String, Option<String>, Option<String>), u64>,
    servers: BTreeMap<String, (u64, u64)>,
    gaps: BTreeMap<String, (u64, u64)>,
    reviewers: BTreeSet<String>,
    scores: BTreeMap<(String, Option<u64>), Vec<Given>>,
    samples: Samples,
}

impl Sums {
    fn session(&mut self, report: &mut Report, session: &Session) {
        let used = &mut report.used;
        let totals = &session.totals;
        used.sessions += 1;
        used.turns += totals.turns;
        used.tool_calls += totals.tool_calls;
        used.errors += totals.errors;
        match session.user.email.as_ref().or(session.user.id.as_ref()) {
            Some(person) => {
                self.people.insert(person.clone());
            }
            None => used.sessions_of_nobody_known += 1,
        }
        for model in &session.models {
            *self.models.entry(model.clone()).or_default() += 1;
        }
        let versions: BTreeSet<_> = session
            .skills
            .iter()
            .map(|skill| {
                let hash = skill.tree_hash().map(str::to_owned);
                (skill.name.clone(), skill.label.clone(), hash)
            })
            .collect();
        for version in versions {
            *self.skills.entry(version).or_default() += 1;
        }
        for server in &session.mcp_servers {
            // What was only connected was not used.
            if server.calls == 0 {
                continue;
            }
            let (sessions, calls) = self.servers.entry(server.name.clone()).or_default();
            *sessions += 1;
            *calls += server.calls;
        }
        let cost = &mut used.cost;
        cost.requests_unknown += totals.cost.unpriced_requests;
        match totals.cost.cost_nanousd {
            Some(known) => {
                cost.known_nanousd = Some(cost.known_nanousd.unwrap_or(0).saturating_add(known));
            }
            None => cost.sessions_unknown += 1,
        }
        self.coverage(report, session);
    }

    fn coverage(&mut self, report: &mut Report, session: &Session) {
        let coverage = &mut report.coverage;
        match session.coverage.grade {
            Grade::Complete => coverage.complete += 1,
            Grade::Partial => coverage.partial += 1,
            Grade::SingleWitness => coverage.single_witness += 1,
            Grade::Unknown => coverage.unknown += 1,
        }
        let gaps = session
            .coverage
            .reasons
            .iter()
            .filter(|reason| reason.code.is_gap());
        for reason in gaps {
            let code = serde_json::to_value(reason.code).unwrap_or_default();
            let (sessions, count) = self
                .gaps
                .entry(code.as_str().unwrap_or("unknown").to_owned())
                .or_default();
            *sessions += 1;
            *count += reason.count;
        }
    }

    fn said(&mut self, report: &mut Report, session: &str, said: &Said) {
        let reviewed = &mut report.reviewed;
        let mut turns = BTreeSet::new();
        let mut is_reviewed = false;
        for note in &said.notes {
            self.reviewers.insert(note.author.clone());
            match note.kind {
                NoteKind::Good => reviewed.good += 1,
                NoteKind::Wrong => reviewed.wrong += 1,
                NoteKind::Comment => reviewed.comments += 1,
                NoteKind::Answer => reviewed.corrected += 1,
                NoteKind::Tag | NoteKind::Score => {}
            }
            if matches!(
                note.kind,
                NoteKind::Good | NoteKind::Wrong | NoteKind::Score
            ) {
                is_reviewed = true;
                turns.extend(note.turn.as_deref());
            }
        }
        reviewed.sessions += u64::from(is_reviewed);
        reviewed.sessions_blind += u64::from(said.is_blind);
        reviewed.turns += turns.len() as u64;
        for score in said.scores.iter().filter(|score| score.current) {
            self.scores
                .entry((score.rubric.clone(), score.version))
                .or_default()
                .push(Given {
                    session: session.to_owned(),
                    percent: score.percent,
                    passed: score.passed,
                });
        }
        self.samples.see(session, said);
    }

    fn finish(&mut self, report: &mut Report) {
        let used = &mut report.used;
        used.people = self.people.len() as u64;
        used.models = counted(
            self.models
                .iter()
                .map(|(name, sessions)| (name, *sessions, None)),
        );
        used.mcp_servers = counted(
            self.servers
                .iter()
                .map(|(name, (sessions, calls))| (name, *sessions, Some(*calls))),
        );
        used.skills = self
            .skills
            .iter()
            .map(|((name, label, hash), sessions)| ReportVersion {
                name: name.clone(),
                label: label.clone(),
                hash: hash.clone(),
                sessions: *sessions,
            })
            .collect();
        used.skills
            .sort_by_key(|version| std::cmp::Reverse(version.sessions));
        used.skills.truncate(NAMES_MAX);
        report.coverage.gaps = self
            .gaps
            .iter()
            .map(|(code, (sessions, count))| CoverageGap {
                code: code.clone(),
                sessions: *sessions,
                count: *count,
            })
            .collect();
        report
            .coverage
            .gaps
            .sort_by_key(|gap| std::cmp::Reverse(gap.sessions));
        let reviewed = &mut report.reviewed;
        reviewed.reviewers = self.reviewers.len() as u64;
        reviewed.scores = self
            .scores
            .iter()
            .map(|(of, given)| score(of, given))
            .collect();
    }
}

/// Names with counts, the most sessions first.
fn counted<'a>(names: impl Iterator<Item = (&'a String, u64, Option<u64>)>) -> Vec<Counted> {
    let mut counted: Vec<Counted> = names
        .map(|(name, sessions, calls)| Counted {
            name: name.clone(),
            sessions,
            calls,
        })
        .collect();
    counted.sort_by_key(|of| std::cmp::Reverse(of.sessions));
    counted.truncate(NAMES_MAX);
    counted
}

fn score((rubric, version): &(String, Option<u64>), given: &[Given]) -> ReportScore {
    let percents: Vec<f64> = given.iter().filter_map(|score| score.percent).collect();
    let said: Vec<bool> = given.iter().filter_map(|score| score.passed).collect();
    // What several people say of one session is not several draws: a session counts once.
    let mut of_sessions: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for score in given {
        if let Some(percent) = score.percent {
            of_sessions.entry(&score.session).or_default().push(percent);
        }
    }
    let means: Vec<f64> = of_sessions.values().filter_map(|of| mean(of)).collect();
    let interval = interval::mean(&means)
        .filter(|_| means.len() >= INTERVAL_SESSIONS_MIN)
        .map(|(_, interval)| interval);
    ReportScore {
        rubric: rubric.clone(),
        version: *version,
        n: percents.len() as u64,
        sessions: means.len() as u64,
        mean_percent: mean(&means),
        mean_low_percent: interval.map(|of| of.low.clamp(0.0, 100.0)),
        mean_high_percent: interval.map(|of| of.high.clamp(0.0, 100.0)),
        lowest_percent: percents.iter().copied().reduce(f64::min),
        highest_percent: percents.iter().copied().reduce(f64::max),
        passed: said.iter().filter(|passed| **passed).count() as u64,
        passed_of: said.len() as u64,
    }
}

#[expect(clippy::cast_precision_loss, reason = "as many scores as people give")]
fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}
