//! What was aimed at, against what was measured.

use std::fmt;

use crate::report::Section;

/// An aim: the figures of some rows and columns of a table, none beyond a bound.
struct Aim {
    what: &'static str,
    table: &'static str,
    /// Rows whose first cell is this; all of them if empty.
    row: &'static str,
    /// Columns by the beginning of their names.
    column: &'static str,
    bound: Bound,
    /// What stands in the way where it is missed.
    bound_by: &'static str,
}

/// What the figures may be.
#[derive(Clone, Copy)]
enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

impl Bound {
    /// How many times worse than the bound a figure is: up to 1 is as good or better.
    fn missed_by(self, figure: f64) -> f64 {
        match self {
            Self::AtMost(most) => figure / most,
            Self::AtLeast(least) => least / figure,
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(most) => write!(out, "≤ {most}"),
            Self::AtLeast(least) => write!(out, "≥ {least}"),
        }
    }
}

const AIMS: [Aim; 23] = [
    Aim {
        what: "ms that a hook of the capture plugin takes",
        table: "Capture beside the client",
        row: "a hook, ms",
        column: "with",
        bound: Bound::AtMost(45.0),
        bound_by: "the client starts a shell for it, the shell the program",
    },
    Aim {
        what: "ms that a session of one prompt takes longer with the plugin",
        table: "Capture beside the client",
        row: "one prompt, ms; more by in ms",
        column: "more by",
        bound: Bound::AtMost(150.0),
        bound_by: "three hooks, one after the other, and the follower on the same cores",
    },
    Aim {
        what: "% that a session of ten tools takes longer with the plugin",
        table: "Capture beside the client",
        row: "ten tools, ms; more by in %",
        column: "more by",
        bound: Bound::AtMost(3.0),
        bound_by: "three hooks, and the follower on the same cores",
    },
    Aim {
        what: "MB of the capture client's follower",
        table: "Capture beside the client",
        row: "the follower's memory, MB",
        column: "with",
        bound: Bound::AtMost(20.0),
        bound_by: "the rules of redaction, compiled, and a batch",
    },
    Aim {
        what: "ms from a step to its place in the API, captured",
        table: "Capture beside the client",
        row: "the last step visible after, ms",
        column: "with",
        bound: Bound::AtMost(2_000.0),
        bound_by: "the client writes its transcript late; the follower looks every 150 ms",
    },
    Aim {
        what: "CPU ms a telemetry record, acknowledged durable",
        table: "Durable ingest",
        row: "telemetry",
        column: "CPU ms/record",
        bound: Bound::AtMost(0.06),
        bound_by: "every record is decoded, redacted, sealed under its session's key and hashed into the ledger; \
                   what the database adds falls as more batches share a commit",
    },
    Aim {
        what: "CPU ms a content record, acknowledged durable",
        table: "Durable ingest",
        row: "content",
        column: "CPU ms/record",
        bound: Bound::AtMost(0.3),
        bound_by: "redaction and compression of 8 KB",
    },
    Aim {
        what: "ack p99 ms at the highest rate",
        table: "Durable ingest",
        row: "",
        column: "ack p99 ms",
        bound: Bound::AtMost(1_000.0),
        bound_by: "the disk's sync",
    },
    Aim {
        what: "peak RSS MB",
        table: "Durable ingest",
        row: "",
        column: "peak RSS MB",
        bound: Bound::AtMost(300.0),
        bound_by: "what is in flight: 64 requests of 100 records, decoded, and the folds at hand",
    },
    Aim {
        what: "list p99 ms at 200,000 sessions",
        table: "Pages of the session list",
        row: "",
        column: "p99 ms",
        bound: Bound::AtMost(10.0),
        bound_by: "filling in 50 rows; reviews are read into a set, row by row",
    },
    Aim {
        what: "search p95 ms at a million steps",
        table: "Full-text search",
        row: "",
        column: "p95 ms",
        bound: Bound::AtMost(50.0),
        bound_by: "the beginning of every word: all that a shard holds is merged before its first hit",
    },
    Aim {
        what: "first screen of a 10,000-step session, p99 ms",
        table: "Opening a session",
        row: "10000",
        column: "p99 ms",
        bound: Bound::AtMost(20.0),
        bound_by: "opening and filling in 100 steps",
    },
    Aim {
        what: "redaction of transcripts, MB a CPU second",
        table: "Redaction",
        row: "transcripts, a text a line",
        column: "redaction, MB/CPU s",
        bound: Bound::AtLeast(200.0),
        bound_by: "one search for all anchors at once, and what is looked at where one stands",
    },
    Aim {
        what: "redaction of sources, MB a CPU second",
        table: "Redaction",
        row: "repository sources, a text a file",
        column: "redaction, MB/CPU s",
        bound: Bound::AtLeast(200.0),
        bound_by: "as above; code has more names that may say secret",
    },
    Aim {
        what: "redaction of secret-dense text, MB a CPU second",
        table: "Redaction",
        row: "secret-dense",
        column: "redaction, MB/CPU s",
        bound: Bound::AtLeast(40.0),
        bound_by: "a fingerprint for every secret, and the search for each elsewhere in the text",
    },
    Aim {
        what: "start, ms",
        table: "Start",
        row: "",
        column: "ms",
        bound: Bound::AtMost(200.0),
        bound_by: "opening SQLite; the store's size has no part in it",
    },
    Aim {
        what: "list, from an empty cache to first rows, ms",
        table: "In the browser",
        row: "list, first rows, ms",
        column: "figure",
        bound: Bound::AtMost(200.0),
        bound_by: "loading and starting the script; the list's query is a millisecond",
    },
    Aim {
        what: "list from within the app, first rows, ms",
        table: "In the browser",
        row: "list from within the app, first rows, ms",
        column: "figure",
        bound: Bound::AtMost(200.0),
        bound_by: "rendering the rows",
    },
    Aim {
        what: "10,000-step session, first screen, ms",
        table: "In the browser",
        row: "session, first screen, ms",
        column: "figure",
        bound: Bound::AtMost(1_000.0),
        bound_by: "loading and starting the script, then the first page of steps",
    },
    Aim {
        what: "session of 200 MB, first screen, ms",
        table: "In the browser",
        row: "session of 200 MB, first screen, ms",
        column: "figure",
        bound: Bound::AtMost(1_000.0),
        bound_by: "loading and starting the script, then the first page of steps",
    },
    Aim {
        what: "scrolling it, script, style and layout a frame, p95 ms",
        table: "In the browser",
        row: "scrolling the session, frame p95, ms",
        column: "figure",
        bound: Bound::AtMost(8.0),
        bound_by: "rendering the rows that come into view",
    },
    Aim {
        what: "longest task while scrolling, ms",
        table: "In the browser",
        row: "longest task, ms",
        column: "figure",
        bound: Bound::AtMost(50.0),
        bound_by: "the largest row that comes into view",
    },
    Aim {
        what: "first page's JavaScript, gzip, KB",
        table: "In the browser",
        row: "first page's JavaScript, gzip, KB",
        column: "figure",
        bound: Bound::AtMost(250.0),
        bound_by: "React and TanStack",
    },
];

/// The aims as a table, as far as their figures were measured.
pub(crate) fn aims(sections: &[Section]) -> Section {
    let rows = AIMS.iter().filter_map(|aim| {
        let table = sections.iter().find(|section| section.title == aim.table)?;
        let figures = figures(aim, table);
        let lowest = figures.iter().copied().reduce(f64::min)?;
        let highest = figures.iter().copied().reduce(f64::max)?;
        let missed: Vec<f64> = figures
            .iter()
            .map(|figure| aim.bound.missed_by(*figure))
            .collect();
        let best = missed.iter().copied().reduce(f64::min)?;
        let worst = missed.iter().copied().reduce(f64::max)?;
        let verdict = if worst <= 1.0 {
            "met".to_owned()
        } else if best <= 1.0 {
            format!("missed in part, by {worst:.1} × at worst")
        } else {
            format!("missed by {best:.1} to {worst:.1} ×")
        };
        Some(vec![
            aim.what.to_owned(),
            aim.bound.to_string(),
            lowest.to_string(),
            highest.to_string(),
            verdict,
            aim.bound_by.to_owned(),
        ])
    });
    Section {
        title: "Aims",
        note: "Lowest and highest figure of the tables below.".to_owned(),
        head: vec!["aim", "bound", "lowest", "highest", "", "what bounds it"],
        rows: rows.collect(),
    }
}

fn figures(aim: &Aim, table: &Section) -> Vec<f64> {
    let columns: Vec<usize> = table
        .head
        .iter()
        .enumerate()
        .filter(|(_, name)| name.ends_with(aim.column) && !name.starts_with("RSS"))
        .map(|(place, _)| place)
        .collect();
    table
        .rows
        .iter()
        .filter(|row| aim.row.is_empty() || row[0] == aim.row)
        .flat_map(|row| columns.iter().filter_map(|place| row[*place].parse().ok()))
        .collect()
}
