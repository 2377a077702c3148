//! `cargo xtask redact-eval FOLDER`: how well redaction does on a folder of labelled cases. How each case is judged is said
//! in the modules; the format of the cases is that of `corpus.rs`.

mod corpus;
mod disguise;
mod noise;
mod recall;
mod report;
mod speed;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use argus_e2e::Result;
use argus_redact::{RedactedText, Redactor};
use serde_json::json;

use corpus::{Case, Kind};
use noise::{Changed, Noise};
use recall::{Recall, Verdict};
use report::Report;

/// Longest positive case whose over-redaction counts: longer ones would outweigh all others.
const OVER_CHARS_MAX: usize = 4_000;

/// What is asked for.
struct Options {
    folder: PathBuf,
    misses: Option<PathBuf>,
    with_text: bool,
    json: bool,
}

impl Options {
    fn read(words: impl Iterator<Item = String>) -> Result<Self> {
        let mut words = words;
        let (mut folder, mut misses) = (None, None);
        let (mut with_text, mut json) = (false, false);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--misses" => misses = Some(words.next().ok_or("--misses takes a file")?.into()),
                "--with-text" => with_text = true,
                "--json" => json = true,
                option if option.starts_with('-') => {
                    return Err(format!("\"{option}\" is no option"));
                }
                _ if folder.is_none() => folder = Some(word.into()),
                other => return Err(format!("one folder of cases, not \"{other}\" as well")),
            }
        }
        Ok(Self {
            folder: folder
                .ok_or("usage: redact-eval FOLDER [--misses FILE [--with-text]] [--json]")?,
            misses,
            with_text,
            json,
        })
    }
}

/// A case and what redaction made of it.
struct Judged<'a> {
    case: &'a Case,
    output: RedactedText,
    changed: Vec<Changed>,
    /// Of cases in which something must go.
    verdict: Option<Verdict>,
}

impl Judged<'_> {
    /// What is wrong with it, if anything is.
    fn wrong(&self) -> Option<&'static str> {
        match self.verdict {
            Some(verdict) if !verdict.is_hidden => Some("miss"),
            None if self.case.kind == Kind::Clean
                && !self.case.is_near_miss()
                && !self.changed.is_empty() =>
            {
                Some("false positive")
            }
            _ => None,
        }
    }
}

pub(crate) fn run(words: impl Iterator<Item = String>) -> Result<()> {
    let options = Options::read(words)?;
    let cases = corpus::load(&options.folder)?;
    let redactor = Redactor::without_workspace();
    let judged: Vec<Judged<'_>> = cases.iter().map(|case| judge(&redactor, case)).collect();
    let report = report(&redactor, &judged);
    if options.json {
        crate::print(&report.json().to_string());
    } else {
        crate::print(&report.text());
    }
    match &options.misses {
        Some(file) => write_misses(file, &judged, options.with_text),
        None => Ok(()),
    }
}

fn judge<'a>(redactor: &Redactor, case: &'a Case) -> Judged<'a> {
    let output = redactor.redact_text(&case.text);
    let changed = noise::changed(&case.text, &output);
    let verdict = case
        .is_positive()
        .then(|| recall::verdict(case, &output.text));
    Judged {
        case,
        output,
        changed,
        verdict,
    }
}

fn report(redactor: &Redactor, judged: &[Judged<'_>]) -> Report {
    let mut recall = Recall::default();
    let mut noise = Noise::default();
    let (mut over_lost, mut over_chars) = (0, 0);
    let (mut same_again, mut positives) = (0, 0);
    for one in judged {
        match one.verdict {
            Some(verdict) => {
                recall.add(one.case, verdict);
                positives += 1;
                let again = redactor.redact_text(&one.output.text);
                same_again += usize::from(again.text == one.output.text);
                if one.case.text.chars().count() < OVER_CHARS_MAX {
                    let (lost, chars) = noise::outside_of_labels(one.case, &one.changed);
                    over_lost += lost;
                    over_chars += chars;
                }
            }
            None if one.case.kind == Kind::Clean => noise.add(one.case, &one.changed),
            None => {}
        }
    }
    let cases: Vec<&Case> = judged.iter().map(|one| one.case).collect();
    Report {
        cases: judged.len(),
        recall,
        noise,
        over_redaction: (over_lost, over_chars),
        idempotent: (same_again, positives),
        disguises: disguise::measure(redactor, &cases),
        clean_mb_per_s: speed::of_clean(redactor, &cases),
        dense_mb_per_s: speed::of_dense(redactor, &cases),
    }
}

/// One JSON object for each miss and each false positive; texts only when they are asked for, since a corpus may be kept
/// aside.
fn write_misses(file: &Path, judged: &[Judged<'_>], with_text: bool) -> Result<()> {
    let mut lines = String::new();
    for one in judged {
        let Some(why) = one.wrong() else {
            continue;
        };
        let case = one.case;
        let mut line = json!({"id": case.id, "why": why, "family": case.family, "tags": case.tags});
        if with_text {
            line["text"] = case.text.clone().into();
            line["must_hide"] = case.must_hide.clone().into();
            line["output"] = one.output.text.clone().into();
        }
        writeln!(lines, "{line}").map_err(|error| error.to_string())?;
    }
    std::fs::write(file, lines).map_err(|error| format!("{}: {error}", file.display()))
}
