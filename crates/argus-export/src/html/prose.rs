//! An answer's Markdown as HTML: paragraphs, headings, lists, tables, code. Links and pictures stay the text that they are, so
//! that an address is seen and nothing is loaded.

use super::markup::Markup;
use crate::ExportError;

/// Deepest list that is shown as one.
const DEPTH_MAX: usize = 4;

/// Writes a text that [`Markup::shown`] made.
pub(crate) fn prose(page: &mut Markup<'_>, shown: &str) -> Result<(), ExportError> {
    let mut lines = shown.lines().peekable();
    while let Some(line) = lines.next() {
        let bare = line.trim();
        if bare.is_empty() {
            continue;
        }
        if let Some(fence) = fence_of(line) {
            page.raw("<pre class=\"code\"><code>")?;
            for inner in lines.by_ref() {
                if closes(inner, fence) {
                    break;
                }
                page.escaped(inner)?;
                page.raw("\n")?;
            }
            page.raw("</code></pre>\n")?;
        } else if let Some(heading) = heading_of(bare) {
            page.raw("<p class=\"heading\">")?;
            inline(page, heading)?;
            page.raw("</p>\n")?;
        } else if bare.len() >= 3 && bare.chars().all(|c| matches!(c, '-' | '*' | '_')) {
            page.raw("<hr>\n")?;
        } else if item_of(line).is_some() {
            page.raw("<ul>\n")?;
            item(page, line)?;
            while let Some(next) = lines.next_if(|next| item_of(next).is_some()) {
                item(page, next)?;
            }
            page.raw("</ul>\n")?;
        } else if bare.starts_with('|') && lines.peek().is_some_and(|next| is_rule(next)) {
            lines.next();
            page.raw("<table>\n<thead>")?;
            row(page, bare, true)?;
            page.raw("</thead>\n<tbody>\n")?;
            while let Some(next) = lines.next_if(|next| next.trim().starts_with('|')) {
                row(page, next.trim(), false)?;
            }
            page.raw("</tbody></table>\n")?;
        } else if let Some(quoted) = bare.strip_prefix('>') {
            page.raw("<blockquote><p>")?;
            inline(page, quoted.trim_start())?;
            while let Some(next) = lines.next_if(|next| next.trim().starts_with('>')) {
                page.raw("\n")?;
                inline(page, next.trim().trim_start_matches('>').trim_start())?;
            }
            page.raw("</p></blockquote>\n")?;
        } else {
            page.raw("<p>")?;
            inline(page, line)?;
            while let Some(next) = lines.next_if(|next| is_plain(next)) {
                page.raw("\n")?;
                inline(page, next)?;
            }
            page.raw("</p>\n")?;
        }
    }
    Ok(())
}

/// True of a line that goes on with a paragraph.
fn is_plain(line: &str) -> bool {
    let bare = line.trim();
    !bare.is_empty()
        && fence_of(line).is_none()
        && heading_of(bare).is_none()
        && item_of(line).is_none()
        && !bare.starts_with(['|', '>'])
}

/// The character and length of a code fence.
fn fence_of(line: &str) -> Option<(char, usize)> {
    let bare = line.trim_start();
    let mark = bare.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = bare.chars().take_while(|c| *c == mark).count();
    let has_more = mark == '`' && bare[length..].contains('`');
    (length >= 3 && !has_more).then_some((mark, length))
}

fn closes(line: &str, (mark, length): (char, usize)) -> bool {
    let bare = line.trim();
    bare.chars().count() >= length && bare.chars().all(|c| c == mark)
}

fn heading_of(bare: &str) -> Option<&str> {
    let level = bare.chars().take_while(|c| *c == '#').count();
    (1..=6)
        .contains(&level)
        .then(|| bare[level..].strip_prefix(' '))
        .flatten()
}

/// How deep an item of a list stands, its number or mark, and its text.
fn item_of(line: &str) -> Option<(usize, Option<&str>, &str)> {
    let bare = line.trim_start_matches([' ', '\t']);
    let depth = ((line.len() - bare.len()) / 2).min(DEPTH_MAX);
    if let Some(text) = ["- ", "* ", "+ "]
        .iter()
        .find_map(|mark| bare.strip_prefix(mark))
    {
        return Some((depth, None, text));
    }
    let digits = bare.chars().take_while(char::is_ascii_digit).count();
    let text = bare[digits..]
        .strip_prefix(". ")
        .or_else(|| bare[digits..].strip_prefix(") "))?;
    (1..=4)
        .contains(&digits)
        .then(|| (depth, Some(&bare[..=digits]), text))
}

fn item(page: &mut Markup<'_>, line: &str) -> Result<(), ExportError> {
    const BEGIN: [&str; DEPTH_MAX + 1] = [
        "<li>",
        "<li class=\"d1\">",
        "<li class=\"d2\">",
        "<li class=\"d3\">",
        "<li class=\"d4\">",
    ];
    let Some((depth, number, text)) = item_of(line) else {
        return Ok(());
    };
    page.raw(BEGIN[depth])?;
    if let Some(number) = number {
        page.raw("<span class=\"number\">")?;
        page.escaped(number)?;
        page.raw("</span> ")?;
    } else {
        page.raw("<span class=\"number\">•</span> ")?;
    }
    inline(page, text)?;
    page.raw("</li>\n")
}

/// The line between a table's head and its rows.
fn is_rule(line: &str) -> bool {
    let bare = line.trim();
    bare.starts_with('|')
        && bare.contains('-')
        && bare.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

fn row(page: &mut Markup<'_>, line: &str, is_head: bool) -> Result<(), ExportError> {
    let (begin, end) = if is_head {
        ("<th>", "</th>")
    } else {
        ("<td>", "</td>")
    };
    page.raw("<tr>")?;
    for cell in line.trim_matches('|').split('|') {
        page.raw(begin)?;
        inline(page, cell.trim())?;
        page.raw(end)?;
    }
    page.raw("</tr>\n")
}

/// Code and strong words within a line.
fn inline(page: &mut Markup<'_>, line: &str) -> Result<(), ExportError> {
    let mut rest = line;
    while let Some(at) = rest.find(['`', '*']) {
        let (before, from) = rest.split_at(at);
        page.escaped(before)?;
        let marks = from
            .chars()
            .take_while(|c| *c == from.as_bytes()[0].into())
            .count();
        let (mark, inner) = from.split_at(marks);
        let is_code = mark.starts_with('`');
        let end = inner
            .find(mark)
            .filter(|end| *end > 0 && (is_code || marks == 2));
        let Some(end) = end else {
            page.escaped(mark)?;
            rest = inner;
            continue;
        };
        page.raw(if is_code { "<code>" } else { "<strong>" })?;
        page.escaped(&inner[..end])?;
        page.raw(if is_code { "</code>" } else { "</strong>" })?;
        rest = &inner[end + marks..];
    }
    page.escaped(rest)
}
