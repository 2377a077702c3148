//! Redaction: megabytes of input in a second of CPU time, beside a plain search for the same forms of tokens.

mod dense;
mod hostile;
mod ordinary;

use std::path::Path;

use argus_e2e::Result;
use argus_redact::{Redactor, token_patterns};
use regex::{Regex, RegexSet, RegexSetBuilder};
use serde_json::Value;

use crate::report::Section;
use crate::speed::mb_per_cpu_s;

/// Memory that the set of all patterns may take when it is compiled, and the cache that it searches with.
const SET_BYTES_MAX: usize = 256 * 1024 * 1024;

/// `repository` is where the recordings and sources are.
pub(crate) fn redaction(repository: &Path) -> Result<Section> {
    let redactor = Redactor::without_workspace();
    let plain = Plain::new()?;
    let mut rows = Vec::new();
    let mut row = |what: &str, texts: &[String], four_times: Option<&[String]>| {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let redact = |text: &str| drop(redactor.redact_text(text));
        let own = mb_per_cpu_s(&texts, redact);
        let beside = mb_per_cpu_s(&texts, |text| plain.search(text));
        let longer = four_times.and_then(|texts| {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            mb_per_cpu_s(&texts, redact)
        });
        rows.push(vec![
            what.to_owned(),
            (texts.iter().map(|text| text.len()).sum::<usize>() / 1_000).to_string(),
            figure(own),
            figure(beside),
            own.zip(beside)
                .map_or_else(String::new, |(own, beside)| format!("{:.2}", own / beside)),
            longer.map_or_else(String::new, |longer| figure(Some(longer))),
        ]);
    };
    let transcripts = ordinary::transcripts(repository)?;
    row("transcripts, a text a line", &transcripts, None);
    row(
        "repository sources, a text a file",
        &ordinary::sources(repository)?,
        None,
    );
    row("secret-dense", &dense::texts(), None);
    for (what, once, four_times) in hostile::texts() {
        row(&format!("hostile: {what}"), &[once], Some(&[four_times]));
    }
    rows.insert(1, records(&redactor, &transcripts));
    Ok(Section {
        title: "Redaction",
        note: format!(
            "Megabytes of input in a second of CPU time, user and system, of one thread; every rule is on. Beside it what `RegexSet` and \
             `find_iter` do in the same run with the {} patterns of tokens alone, which are less than half of the rules. \"As records\": parsed, \
             and redacted string by string. Secret-dense: one made-up secret in about {} bytes of `.env`, YAML, JSON, logs and code. Hostile: one \
             text of {} KB that repeats what rules look for, and one of four times the length: work that grows with the square would show in it.",
            token_patterns().len(),
            dense::BYTES_A_SECRET,
            hostile::TEXT_BYTES / 1024,
        ),
        head: vec![
            "text",
            "KB",
            "redaction, MB/CPU s",
            "plain search, MB/CPU s",
            "ratio",
            "four times as long, MB/CPU s",
        ],
        rows,
    })
}

/// The same transcripts as the server sees them.
fn records(redactor: &Redactor, lines: &[String]) -> Vec<String> {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let speed = mb_per_cpu_s(&lines, |line| {
        if let Ok(value) = serde_json::from_str::<Value>(line) {
            drop(redactor.redact_json(value));
        }
    });
    vec![
        "transcripts, as records".to_owned(),
        (lines.iter().map(|line| line.len()).sum::<usize>() / 1_000).to_string(),
        figure(speed),
        String::new(),
        String::new(),
        String::new(),
    ]
}

fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "?".to_owned(), |value| format!("{value:.1}"))
}

/// What anybody would write first: a set that says which patterns match, then each of them.
struct Plain {
    set: RegexSet,
    patterns: Vec<Regex>,
}

impl Plain {
    fn new() -> Result<Self> {
        let patterns = token_patterns();
        let set = RegexSetBuilder::new(&patterns)
            .size_limit(SET_BYTES_MAX)
            .dfa_size_limit(SET_BYTES_MAX)
            .build()
            .map_err(|error| error.to_string())?;
        let patterns: std::result::Result<Vec<Regex>, _> =
            patterns.into_iter().map(Regex::new).collect();
        Ok(Self {
            set,
            patterns: patterns.map_err(|error| error.to_string())?,
        })
    }

    fn search(&self, text: &str) {
        for number in self.set.matches(text) {
            for found in self.patterns[number].find_iter(text) {
                std::hint::black_box(found);
            }
        }
    }
}
