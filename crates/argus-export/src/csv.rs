//! CSV (RFC 4180), safe to open in a spreadsheet: what a program would take for a formula is text.

use std::io::{self, Write};

use crate::clean;

/// A spreadsheet's cell holds 32,767 characters.
const CELL_CHARACTERS_MAX: usize = 32_000;

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing is known.
    Empty,
    /// Text that somebody else wrote, or a name: made harmless.
    Text(String),
    /// A whole number of ours.
    Whole(i64),
    /// A fraction of ours, written with so many decimals.
    Fraction(f64, usize),
}

impl Cell {
    /// A text, or nothing.
    #[must_use]
    pub fn text(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.to_owned()))
    }

    /// A count, or nothing.
    #[must_use]
    pub fn count(count: Option<u64>) -> Self {
        count.map_or(Self::Empty, |count| {
            Self::Whole(i64::try_from(count).unwrap_or(i64::MAX))
        })
    }

    /// A time as RFC 3339, or nothing.
    #[must_use]
    pub fn time(time_us: Option<i64>) -> Self {
        time_us.map_or(Self::Empty, |time_us| {
            Self::Text(argus_session::time::rfc3339(time_us))
        })
    }

    /// Microseconds as seconds, or nothing.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "three decimals of seconds")]
    pub fn seconds(duration_us: Option<i64>) -> Self {
        duration_us.map_or(Self::Empty, |us| Self::Fraction(us as f64 / 1e6, 3))
    }

    /// Nano-USD as US dollars, or nothing.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "six decimals of dollars")]
    pub fn dollars(nanousd: Option<i64>) -> Self {
        nanousd.map_or(Self::Empty, |nanousd| {
            Self::Fraction(nanousd as f64 / 1e9, 6)
        })
    }
}

/// Writes a row.
///
/// # Errors
/// When it cannot be written.
pub fn row(out: &mut dyn Write, cells: &[Cell]) -> io::Result<()> {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.write_all(b",")?;
        }
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => out.write_all(quoted(&harmless(text)).as_bytes())?,
            Cell::Whole(number) => write!(out, "{number}")?,
            Cell::Fraction(number, decimals) => write!(out, "{number:.decimals$}")?,
        }
    }
    out.write_all(b"\r\n")
}

/// The text as a cell that no spreadsheet calculates: an apostrophe stands before what would begin a formula.
fn harmless(text: &str) -> String {
    // The apostrophe goes by the text as it came: what a carriage return hides in front of a formula is a formula to some.
    let begins = |text: &str| {
        text.starts_with([
            '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
        ])
    };
    let shown = clean::cut(&clean::visible(text), CELL_CHARACTERS_MAX);
    if begins(text) || begins(&shown) || begins(shown.trim_start()) {
        format!("'{shown}")
    } else {
        shown
    }
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r', ';', '\t'])
        || text.starts_with(' ')
        || text.ends_with(' ')
    {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(cells: &[Cell]) -> String {
        let mut out = Vec::new();
        row(&mut out, cells).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// A reader of RFC 4180, as plain as the rule.
    fn read(line: &str) -> Vec<String> {
        let mut cells = vec![String::new()];
        let mut chars = line.strip_suffix("\r\n").unwrap().chars().peekable();
        let mut is_quoted = false;
        while let Some(c) = chars.next() {
            match c {
                '"' if is_quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    cells.last_mut().unwrap().push('"');
                }
                '"' => is_quoted = !is_quoted,
                ',' if !is_quoted => cells.push(String::new()),
                c => cells.last_mut().unwrap().push(c),
            }
        }
        cells
    }

    #[test]
    fn a_formula_is_text() {
        for formula in [
            "=1+1",
            "+1",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "＝1",
            "\u{1b}[0m=1",
        ] {
            let cell = &read(&written(&[Cell::Text(formula.to_owned())]))[0];
            assert!(cell.starts_with('\''), "{formula:?}: {cell:?}");
        }
        assert_eq!(
            written(&[Cell::Whole(-3), Cell::Fraction(-0.5, 2), Cell::Empty]),
            "-3,-0.50,\r\n"
        );
        assert_eq!(
            written(&[Cell::Text("a,\"b\"\nc".to_owned())]),
            "\"a,\"\"b\"\"\nc\"\r\n"
        );
    }

    proptest! {
        #[test]
        fn a_row_reads_back_as_its_cells(texts in proptest::collection::vec(any::<String>(), 1..5)) {
            let cells: Vec<Cell> = texts.iter().cloned().map(Cell::Text).collect();
            let back = read(&written(&cells));
            prop_assert_eq!(back.len(), texts.len());
            for (cell, text) in back.iter().zip(&texts) {
                prop_assert_eq!(cell, &harmless(text));
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
            }
        }
    }
}
