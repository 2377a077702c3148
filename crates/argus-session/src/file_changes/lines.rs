//! Differences of two texts by lines, in bounded work: hostile texts differ everywhere.

/// More differences than this are told as: all of the middle removed, all of it added.
const DIFFERENCES_MAX: usize = 1_000;
/// Longer texts together than this are not compared.
const COMPARED_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Unchanged lines around a change.
const CONTEXT: usize = 3;

/// Lines added and removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Lines that are new.
    pub added: u64,
    /// Lines that are gone.
    pub removed: u64,
}

impl Count {
    pub(super) fn add(&mut self, more: Self) {
        self.added += more.added;
        self.removed += more.removed;
    }
}

/// A part of a difference, as a unified diff has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffHunk {
    /// The first line of the old text, from 1; 0 where it has none.
    pub old_start: u64,
    /// Lines of the old text.
    pub old_lines: u64,
    /// The first line of the new text.
    pub new_start: u64,
    /// Lines of the new text.
    pub new_lines: u64,
    /// The lines, each behind its sign: a space, `+` or `-`.
    pub lines: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Op {
    Same,
    Removed,
    Added,
}

/// How many lines two texts differ in; `None` when they are too long to compare.
pub(super) fn count_between(before: &str, after: &str) -> Option<Count> {
    let script = script(before, after)?;
    let of = |op: Op| script.iter().filter(|each| **each == op).count() as u64;
    Some(Count {
        added: of(Op::Added),
        removed: of(Op::Removed),
    })
}

/// The difference of two texts; `None` when they are too long to compare.
#[must_use]
pub fn hunks_between(before: &str, after: &str) -> Option<Vec<DiffHunk>> {
    let script = script(before, after)?;
    let (old, new) = (split(before), split(after));
    let changed: Vec<usize> = (0..script.len())
        .filter(|place| script[*place] != Op::Same)
        .collect();
    let mut hunks = Vec::new();
    let mut from = 0;
    while from < changed.len() {
        let mut to = from;
        while to + 1 < changed.len() && changed[to + 1] - changed[to] <= 2 * CONTEXT + 1 {
            to += 1;
        }
        let start = changed[from].saturating_sub(CONTEXT);
        let end = (changed[to] + CONTEXT + 1).min(script.len());
        hunks.push(hunk(&script, start, end, &old, &new));
        from = to + 1;
    }
    Some(hunks)
}

fn hunk(script: &[Op], start: usize, end: usize, old: &[&str], new: &[&str]) -> DiffHunk {
    let count = |ops: &[Op], not: Op| ops.iter().filter(|op| **op != not).count();
    let (mut x, mut y) = (
        count(&script[..start], Op::Added),
        count(&script[..start], Op::Removed),
    );
    let ops = &script[start..end];
    let (old_lines, new_lines) = (count(ops, Op::Added), count(ops, Op::Removed));
    let first = |before: usize, lines: usize| (before + usize::from(lines > 0)) as u64;
    let (old_start, new_start) = (first(x, old_lines), first(y, new_lines));
    let mut lines = Vec::with_capacity(ops.len());
    for op in ops {
        lines.push(match op {
            Op::Same => format!(" {}", new[y]),
            Op::Removed => format!("-{}", old[x]),
            Op::Added => format!("+{}", new[y]),
        });
        x += usize::from(*op != Op::Added);
        y += usize::from(*op != Op::Removed);
    }
    DiffHunk {
        old_start,
        old_lines: old_lines as u64,
        new_start,
        new_lines: new_lines as u64,
        lines,
    }
}

/// A text's lines; an end of line at the end begins none.
fn split(text: &str) -> Vec<&str> {
    text.lines().collect()
}

fn script(before: &str, after: &str) -> Option<Vec<Op>> {
    if before.len() + after.len() > COMPARED_BYTES_MAX {
        return None;
    }
    let (old, new) = (split(before), split(after));
    let shared =
        |a: &mut dyn Iterator<Item = (&&str, &&str)>| a.take_while(|(a, b)| a == b).count();
    let start = shared(&mut old.iter().zip(&new));
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let end = shared(&mut old_rest.iter().rev().zip(new_rest.iter().rev()));
    let mut script = vec![Op::Same; start];
    script.extend(middle(
        &old_rest[..old_rest.len() - end],
        &new_rest[..new_rest.len() - end],
    ));
    script.extend(std::iter::repeat_n(Op::Same, end));
    Some(script)
}

/// The shortest way by Myers.
fn middle(old: &[&str], new: &[&str]) -> Vec<Op> {
    let Some(trace) = furthest(old, new) else {
        let mut all = vec![Op::Removed; old.len()];
        all.extend(std::iter::repeat_n(Op::Added, new.len()));
        return all;
    };
    let mut ops = Vec::with_capacity(old.len() + new.len());
    let (mut x, mut y) = (old.len(), new.len());
    for differences in (0..trace.len()).rev() {
        let reach = &trace[differences];
        let k = signed(x) - signed(y);
        let down = goes_down(reach, k, differences);
        let (from_x, from_y) = if differences == 0 {
            (0, 0)
        } else {
            let from = if down { k + 1 } else { k - 1 };
            let from_x = at(reach, from, differences);
            (from_x, unsigned(signed(from_x) - from))
        };
        while x > from_x && y > from_y {
            x -= 1;
            y -= 1;
            ops.push(Op::Same);
        }
        if differences > 0 {
            if down {
                y = y.saturating_sub(1);
                ops.push(Op::Added);
            } else {
                x = x.saturating_sub(1);
                ops.push(Op::Removed);
            }
        }
    }
    ops.reverse();
    ops
}

/// For each number of differences, how far each diagonal had got before it; `None` when there are too many.
fn furthest(old: &[&str], new: &[&str]) -> Option<Vec<Vec<usize>>> {
    let most = DIFFERENCES_MAX.min(old.len() + new.len());
    let mut trace: Vec<Vec<usize>> = Vec::new();
    // Diagonals -d..=d of the round before, at d + k.
    let mut reach: Vec<usize> = Vec::new();
    for differences in 0..=most {
        let mut next = vec![0; 2 * differences + 1];
        for k in (-signed(differences)..=signed(differences)).step_by(2) {
            let mut x = match differences {
                0 => 0,
                _ if goes_down(&reach, k, differences) => at(&reach, k + 1, differences),
                _ => at(&reach, k - 1, differences) + 1,
            };
            let mut y = unsigned(signed(x) - k);
            while x < old.len() && y < new.len() && old[x] == new[y] {
                x += 1;
                y += 1;
            }
            next[unsigned(signed(differences) + k)] = x;
            if x >= old.len() && y >= new.len() {
                trace.push(reach);
                return Some(trace);
            }
        }
        trace.push(std::mem::replace(&mut reach, next));
    }
    None
}

/// How far diagonal `k` had got in the round before `differences`.
fn at(reach: &[usize], k: isize, differences: usize) -> usize {
    usize::try_from(signed(differences) - 1 + k)
        .ok()
        .and_then(|place| reach.get(place).copied())
        .unwrap_or(0)
}

fn goes_down(reach: &[usize], k: isize, differences: usize) -> bool {
    let d = signed(differences);
    k == -d || (k != d && at(reach, k - 1, differences) < at(reach, k + 1, differences))
}

fn signed(value: usize) -> isize {
    isize::try_from(value).unwrap_or(isize::MAX)
}

fn unsigned(value: isize) -> usize {
    usize::try_from(value).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(before: &str, after: &str) -> Vec<String> {
        let hunks = hunks_between(before, after).unwrap();
        hunks.into_iter().flat_map(|hunk| hunk.lines).collect()
    }

    #[test]
    fn the_difference_leads_from_one_text_to_the_other() {
        for (before, after) in [
            ("a\nb\nc\na\nb\nb\na", "c\nb\na\nb\na\nc"),
            ("", "a\nb"),
            ("a\nb", ""),
            ("a\nb\n", "a\nb"),
            ("a", "x\ny\nz"),
            ("x\na\nx\nb\nx\nc", "a\nb\nc"),
            (
                "a\nb\nc\nd\ne\nf\ng\nh\ni\nj",
                "a\nB\nc\nd\ne\nf\ng\nh\ni\nJ",
            ),
        ] {
            let script = script(before, after).unwrap();
            let (old, new) = (split(before), split(after));
            let (mut x, mut y) = (0, 0);
            for op in &script {
                if *op == Op::Same {
                    assert_eq!(old[x], new[y]);
                }
                x += usize::from(*op != Op::Added);
                y += usize::from(*op != Op::Removed);
            }
            assert_eq!((x, y), (old.len(), new.len()), "{before:?} {after:?}");
        }
        let count = count_between("a\nb\nc\na\nb\nb\na", "c\nb\na\nb\na\nc").unwrap();
        assert_eq!(count.added + count.removed, 5, "the shortest");
    }

    #[test]
    fn hunks_have_their_places() {
        let before: String = (1..=30).map(|n| format!("{n}\n")).collect();
        let after = before.replace("\n5\n", "\nfive\n").replace("\n25\n", "\n");
        let hunks = hunks_between(&before, &after).unwrap();
        assert_eq!(hunks.len(), 2);
        assert_eq!((hunks[0].old_start, hunks[0].new_start), (2, 2));
        assert_eq!((hunks[1].old_start, hunks[1].old_lines), (22, 7));
        assert_eq!((hunks[1].new_start, hunks[1].new_lines), (22, 6));
        assert_eq!(spelt("", "x"), ["+x"]);
        assert_eq!(hunks_between("", "x").unwrap()[0].old_start, 0);
        assert!(spelt("a\nb", "a\nb").is_empty());
    }

    #[test]
    fn texts_that_differ_everywhere_are_given_up_on() {
        let text = |word: &str| {
            (0..20_000)
                .map(|n| format!("{word}{n}\n"))
                .collect::<String>()
        };
        let count = count_between(&text("a"), &text("b")).unwrap();
        assert_eq!((count.added, count.removed), (20_000, 20_000));
        let long = "x".repeat(COMPARED_BYTES_MAX);
        assert_eq!(count_between(&long, "y"), None);
    }
}
