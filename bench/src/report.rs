//! Tables in Markdown.

use std::fmt::Write;

/// What was measured, as a table with a note on how.
pub(crate) struct Section {
    pub(crate) title: &'static str,
    pub(crate) note: String,
    pub(crate) head: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Section {
    pub(crate) fn markdown(&self) -> String {
        let mut out = format!("## {}\n\n{}\n\n", self.title, self.note);
        let cells = |row: &[String]| format!("| {} |\n", row.join(" | "));
        out.push_str(&cells(
            &self
                .head
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>(),
        ));
        let rule: Vec<&str> = (0..self.head.len())
            .map(|place| if place == 0 { "---" } else { "---:" })
            .collect();
        let _ = writeln!(out, "| {} |", rule.join(" | "));
        for row in &self.rows {
            out.push_str(&cells(row));
        }
        out
    }
}

/// The whole document.
pub(crate) fn document(sections: &[Section], machine: &str) -> String {
    let mut out = format!(
        "# Benchmarks\n\nWritten by `cargo xtask bench`, release build, {machine}. Load generator and server share these \
         cores; the generator's own CPU time is not counted. One run, on a shared machine: the ratios mean more than the figures.\n"
    );
    for section in sections {
        out.push('\n');
        out.push_str(&section.markdown());
    }
    out
}
