//! The only way into a page: markup is a constant of this program, everything else is escaped.

use std::fmt::Write as _;
use std::io::Write;

use crate::{ExportError, SessionReader, clean};

/// A page in the making.
pub(crate) struct Markup<'a> {
    out: &'a mut dyn Write,
    /// What masks a text that was put together from several; none for pages that are of no one session.
    reader: Option<&'a SessionReader<'a>>,
}

impl std::fmt::Debug for Markup<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Markup").finish_non_exhaustive()
    }
}

impl<'a> Markup<'a> {
    pub(crate) fn new(out: &'a mut dyn Write, reader: Option<&'a SessionReader<'a>>) -> Self {
        Self { out, reader }
    }

    /// Writes markup: never anything that was captured or typed.
    pub(crate) fn raw(&mut self, markup: &'static str) -> Result<(), ExportError> {
        Ok(self.out.write_all(markup.as_bytes())?)
    }

    /// Writes a text, made harmless, masked and escaped.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), ExportError> {
        let shown = self.shown(text);
        self.escaped(&shown)
    }

    /// Writes a text on one line, cut to so many characters.
    pub(crate) fn line(&mut self, text: &str, characters_max: usize) -> Result<(), ExportError> {
        let shown = self.shown(&clean::one_line(text));
        self.escaped(&clean::cut(&shown, characters_max))
    }

    /// A text as it is shown: made harmless and masked, not yet escaped.
    pub(crate) fn shown(&self, text: &str) -> String {
        let mut shown = clean::visible(text);
        if let Some(reader) = self.reader {
            reader.mask(&mut shown);
        }
        shown
    }

    /// Writes a text that [`Markup::shown`] made.
    pub(crate) fn escaped(&mut self, shown: &str) -> Result<(), ExportError> {
        if let Some(reader) = self.reader {
            reader.count_masked(shown);
        }
        Ok(self.out.write_all(escape(shown).as_bytes())?)
    }

    /// Writes a count.
    pub(crate) fn number(&mut self, number: u64) -> Result<(), ExportError> {
        Ok(write!(self.out, "{number}")?)
    }

    /// Writes what is longer than the view shows, cut, and says so.
    pub(crate) fn cut(&mut self, text: &str, bytes_max: usize) -> Result<(), ExportError> {
        let shown = self.shown(text);
        let end = shown.floor_char_boundary(bytes_max.min(shown.len()));
        self.escaped(&shown[..end])?;
        if end < shown.len() {
            let mut more = String::new();
            let _ = write!(
                more,
                "\n… {} more are left out of this page",
                crate::figures::bytes((shown.len() - end) as u64)
            );
            self.escaped(&more)?;
        }
        Ok(())
    }
}

/// A text as HTML, in an element or an attribute in double quotes.
#[must_use]
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
