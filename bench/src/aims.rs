//! What was aimed at, against what was measured.

use crate::report::Section;

/// An aim: the figures of some rows and columns of a table, none above a bound.
struct Aim {
    what: &'static str,
    table: &'static str,
    /// Rows whose first cell is this; all of them if empty.
    row: &'static str,
    /// Columns by the beginning of their names.
    column: &'static str,
    at_most: f64,
    /// What stands in the way where it is missed.
    bound_by: &'static str,
}

const AIMS: [Aim; 13] = [
    Aim {
        what: "CPU ms a telemetry record, acknowledged durable",
        table: "Durable ingest",
        row: "telemetry",
        column: "CPU ms/record",
        at_most: 0.06,
        bound_by: "every record is decoded, redacted, sealed under its session's key and hashed into the ledger; \
                   what the database adds falls as more batches share a commit",
    },
    Aim {
        what: "CPU ms a content record, acknowledged durable",
        table: "Durable ingest",
        row: "content",
        column: "CPU ms/record",
        at_most: 0.3,
        bound_by: "redaction and compression of 8 KB",
    },
    Aim {
        what: "ack p99 ms at the highest rate",
        table: "Durable ingest",
        row: "",
        column: "ack p99 ms",
        at_most: 1_000.0,
        bound_by: "the disk's sync",
    },
    Aim {
        what: "peak RSS MB",
        table: "Durable ingest",
        row: "",
        column: "peak RSS MB",
        at_most: 300.0,
        bound_by: "what is in flight: 64 requests of 100 records, decoded, and the folds at hand",
    },
    Aim {
        what: "list p99 ms at 100,000 sessions",
        table: "Pages of the session list",
        row: "",
        column: "p99 ms",
        at_most: 10.0,
        bound_by: "a filter that no index answers and that few sessions pass (not this tool, at least so many turns) looks at \
                   every session",
    },
    Aim {
        what: "first screen of a 10,000-step session, p99 ms",
        table: "Opening a session",
        row: "10000",
        column: "p99 ms",
        at_most: 20.0,
        bound_by: "opening and filling in 100 steps",
    },
    Aim {
        what: "start, ms",
        table: "Start",
        row: "",
        column: "ms",
        at_most: 200.0,
        bound_by: "opening SQLite; the store's size has no part in it",
    },
    Aim {
        what: "list, from an empty cache to first rows, ms",
        table: "In the browser",
        row: "list, first rows, ms",
        column: "figure",
        at_most: 200.0,
        bound_by: "loading and starting the script; the list's query is a millisecond",
    },
    Aim {
        what: "list from within the app, first rows, ms",
        table: "In the browser",
        row: "list from within the app, first rows, ms",
        column: "figure",
        at_most: 200.0,
        bound_by: "rendering the rows",
    },
    Aim {
        what: "10,000-step session, first screen, ms",
        table: "In the browser",
        row: "session, first screen, ms",
        column: "figure",
        at_most: 1_000.0,
        bound_by: "loading and starting the script, then the first page of steps",
    },
    Aim {
        what: "scrolling it, script, style and layout a frame, p95 ms",
        table: "In the browser",
        row: "scrolling the session, frame p95, ms",
        column: "figure",
        at_most: 8.0,
        bound_by: "rendering the rows that come into view",
    },
    Aim {
        what: "longest task while scrolling, ms",
        table: "In the browser",
        row: "longest task, ms",
        column: "figure",
        at_most: 50.0,
        bound_by: "the largest row that comes into view",
    },
    Aim {
        what: "first page's JavaScript, gzip, KB",
        table: "In the browser",
        row: "first page's JavaScript, gzip, KB",
        column: "figure",
        at_most: 250.0,
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
        let verdict = if highest <= aim.at_most {
            "met".to_owned()
        } else if lowest <= aim.at_most {
            format!("missed in part, by {:.1} × at worst", highest / aim.at_most)
        } else {
            format!(
                "missed by {:.1} to {:.1} ×",
                lowest / aim.at_most,
                highest / aim.at_most
            )
        };
        Some(vec![
            aim.what.to_owned(),
            aim.at_most.to_string(),
            lowest.to_string(),
            highest.to_string(),
            verdict,
            aim.bound_by.to_owned(),
        ])
    });
    Section {
        title: "Aims",
        note: "Lowest and highest figure of the tables below.".to_owned(),
        head: vec!["aim", "at most", "lowest", "highest", "", "what bounds it"],
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
