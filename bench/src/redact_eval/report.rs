//! What was measured, to be read by people or by programs.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::disguise::Disguises;
use super::noise::{Figures, Noise};
use super::recall::{Recall, Tallies, Tally};

/// All figures.
pub(super) struct Report {
    pub(super) cases: usize,
    pub(super) recall: Recall,
    pub(super) noise: Noise,
    /// Characters lost outside of labels in positive cases, and how many there are.
    pub(super) over_redaction: (usize, usize),
    /// Positive cases that a second pass leaves alone, and how many there are.
    pub(super) idempotent: (usize, usize),
    pub(super) disguises: Disguises,
    pub(super) clean_mb_per_s: Option<f64>,
    pub(super) dense_mb_per_s: Option<f64>,
}

impl Report {
    /// Tables.
    pub(super) fn text(&self) -> String {
        let mut out = format!("{} cases\n", self.cases);
        recall_table(&mut out, "RECALL by kind (headline)", &self.recall.by_kind);
        recall_table(&mut out, "RECALL by source", &self.recall.by_source);
        recall_table(&mut out, "RECALL by group", &self.recall.by_group);
        let missed: Tallies = self
            .recall
            .by_family
            .iter()
            .filter(|(_, tally)| tally.hidden < tally.cases)
            .map(|(name, tally)| (name.clone(), *tally))
            .collect();
        let title = format!(
            "RECALL by family: {} of {} families are hidden in every case; the others",
            self.recall.by_family.len() - missed.len(),
            self.recall.by_family.len()
        );
        recall_table(&mut out, &title, &missed);
        recall_table(&mut out, "by tag", &self.recall.by_tag);
        self.noise_table(&mut out);
        self.disguise_table(&mut out);
        let _ = write!(
            out,
            "\nIDEMPOTENT (a second pass changes nothing)  {}\n\
             OVER-REDACTION (characters lost outside the labelled spans of positives)  {}\n\
             SPEED of a CPU second, in one thread: {} MB clean text, {} MB secret-dense text\n",
            percent(self.idempotent.0, self.idempotent.1),
            percent(self.over_redaction.0, self.over_redaction.1),
            figure(self.clean_mb_per_s),
            figure(self.dense_mb_per_s),
        );
        out
    }

    fn noise_table(&self, out: &mut String) {
        let _ = write!(
            out,
            "\nNOISE on clean text\n  {:<38}{:>7}{:>9}{:>12}{:>12}{:>10}\n",
            "", "cases", "changed", "hits/100KB", "chars lost", "chars"
        );
        let mut row = |name: &str, of: &Figures| {
            let _ = writeln!(
                out,
                "  {name:<38}{:>7}{:>9}{:>12.2}{:>11.4}%{:>10}",
                of.cases,
                of.changed,
                of.hits_per_100_kb(),
                100.0 * ratio(of.chars_lost, of.chars),
                of.chars
            );
        };
        row("all but near misses", &self.noise.counted);
        for (name, of) in &self.noise.by_group {
            row(&format!("{name}/*"), of);
        }
        for (name, of) in &self.noise.by_family {
            row(&format!("  {name}"), of);
        }
    }

    fn disguise_table(&self, out: &mut String) {
        let cases = self
            .disguises
            .seen
            .first()
            .map_or(0, |(_, seen)| seen.cases);
        let _ = writeln!(
            out,
            "\nDISGUISES of {cases} positives ('kept': of those hidden when plain)"
        );
        for (name, seen) in &self.disguises.seen {
            let _ = writeln!(
                out,
                "  {name:<38}{:>9}   kept {}",
                percent(seen.hidden, seen.cases),
                percent(seen.kept, seen.hidden_plain)
            );
        }
        let (valid, all) = self.disguises.json;
        let _ = writeln!(out, "  JSON is JSON still: {}", percent(valid, all));
    }

    /// One object.
    pub(super) fn json(&self) -> Value {
        let recall = |tallies: &Tallies| -> Map<String, Value> {
            let one = |tally: &Tally| json!({"n": tally.cases, "recall": ratio(tally.hidden, tally.cases), "strict": ratio(tally.strict, tally.cases)});
            tallies
                .iter()
                .map(|(name, tally)| (name.clone(), one(tally)))
                .collect()
        };
        let noise = |of: &Figures| json!({"cases": of.cases, "changed": of.changed, "hits_per_100kb": of.hits_per_100_kb(), "chars_lost": ratio(of.chars_lost, of.chars), "chars": of.chars});
        let by_group: Map<String, Value> = self
            .noise
            .by_group
            .iter()
            .map(|(name, of)| (name.clone(), noise(of)))
            .collect();
        let disguises: Map<String, Value> = self
            .disguises
            .seen
            .iter()
            .map(|(name, seen)| {
                let figures = json!({"n": seen.cases, "recall": ratio(seen.hidden, seen.cases), "kept": ratio(seen.kept, seen.hidden_plain)});
                ((*name).to_owned(), figures)
            })
            .collect();
        json!({
            "cases": self.cases,
            "recall": recall(&self.recall.by_kind),
            "by_source": recall(&self.recall.by_source),
            "by_group": recall(&self.recall.by_group),
            "by_family": recall(&self.recall.by_family),
            "by_tag": recall(&self.recall.by_tag),
            "noise": {"all": noise(&self.noise.counted), "by_group": by_group},
            "over_redaction": ratio(self.over_redaction.0, self.over_redaction.1),
            "idempotent": ratio(self.idempotent.0, self.idempotent.1),
            "disguises": disguises,
            "json_valid": ratio(self.disguises.json.0, self.disguises.json.1),
            "clean_mb_per_cpu_s": self.clean_mb_per_s,
            "dense_mb_per_cpu_s": self.dense_mb_per_s,
        })
    }
}

/// Rows with most cases first.
fn recall_table(out: &mut String, title: &str, tallies: &Tallies) {
    let _ = write!(
        out,
        "\n{title}\n  {:<38}{:>7}{:>9}{:>9}\n",
        "", "cases", "hidden", "strict"
    );
    let mut rows: Vec<(&String, &Tally)> = tallies.iter().collect();
    rows.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.cases));
    for (name, tally) in rows {
        let _ = writeln!(
            out,
            "  {name:<38}{:>7}{:>9}{:>9}",
            tally.cases,
            percent(tally.hidden, tally.cases),
            percent(tally.strict, tally.cases)
        );
    }
}

fn ratio(part: usize, all: usize) -> f64 {
    part as f64 / all.max(1) as f64
}

fn percent(part: usize, all: usize) -> String {
    if all == 0 {
        "-".to_owned()
    } else {
        format!("{:.1} %", 100.0 * ratio(part, all))
    }
}

fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.1}"))
}
