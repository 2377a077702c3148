//! Whether a rubric can be used, and whether answers fit it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Answer, Item, ItemKind, Rubric, Value};

/// Most sections of a rubric.
pub const SECTIONS_MAX: usize = 20;
/// Most items of a rubric, over all sections.
pub const ITEMS_MAX: usize = 100;
/// Most steps between a scale's ends.
pub const SCALE_STEPS_MAX: i64 = 10;
/// Highest weight.
pub const WEIGHT_MAX: u32 = 1_000;
/// Longest text of a rubric or an answer, in bytes.
pub const TEXT_BYTES_MAX: usize = 4_000;
/// Longest name, title or label, in bytes.
const TITLE_BYTES_MAX: usize = 200;
/// Longest id, in bytes.
const ID_BYTES_MAX: usize = 64;

/// What is wrong with a rubric or with answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = RubricProblem))]
pub struct Problem {
    /// Where, such as `sections/0/items/2/weight` or `answers/tests-pass`.
    pub at: String,
    /// What, and what to do.
    pub text: String,
}

impl Problem {
    fn new(at: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            at: at.into(),
            text: text.into(),
        }
    }
}

impl Rubric {
    /// Everything that is wrong with it; nothing when it can be used.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        title(&mut problems, "name", &self.name);
        text(&mut problems, "description", &self.description);
        if self.pass_percent > 100 {
            problems.push(Problem::new(
                "pass_percent",
                "a pass is at most at 100 percent",
            ));
        }
        let many = |what: &str, max: usize| format!("a rubric has one to {max} {what}");
        if self.sections.is_empty() || self.sections.len() > SECTIONS_MAX {
            problems.push(Problem::new("sections", many("sections", SECTIONS_MAX)));
        }
        if self.items().count() > ITEMS_MAX {
            problems.push(Problem::new("sections", many("items", ITEMS_MAX)));
        }
        let (mut sections, mut items) = (BTreeSet::new(), BTreeSet::new());
        for (place, section) in self.sections.iter().enumerate() {
            let at = format!("sections/{place}");
            id(&mut problems, &at, &section.id, &mut sections);
            title(&mut problems, &format!("{at}/title"), &section.title);
            weight(&mut problems, &at, section.weight);
            if section.items.is_empty() {
                problems.push(Problem::new(
                    format!("{at}/items"),
                    "a section has at least one item",
                ));
            }
            for (place, item) in section.items.iter().enumerate() {
                let at = format!("{at}/items/{place}");
                id(&mut problems, &at, &item.id, &mut items);
                self::item(&mut problems, &at, item);
            }
        }
        problems
    }

    /// Everything that is wrong with answers to it, but items that are not answered (see [`super::Arithmetic::unanswered`]).
    /// `has_turn`: the score is of a turn, which is then evidence enough.
    #[must_use]
    pub fn problems_of(&self, answers: &[Answer], has_turn: bool) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut seen = BTreeSet::new();
        for answer in answers {
            let at = format!("answers/{}", answer.item);
            let Some(item) = self.item(&answer.item) else {
                problems.push(Problem::new(
                    at,
                    "this version of the rubric has no such item",
                ));
                continue;
            };
            if !seen.insert(&answer.item) {
                problems.push(Problem::new(at, "this item is answered twice"));
                continue;
            }
            if let Some(note) = &answer.note {
                text(&mut problems, &at, note);
            }
            match (answer.value, item.kind, &item.scale) {
                (Value::Na, ..) if item.allow_na => {}
                (Value::Na, ..) => problems.push(Problem::new(
                    at,
                    "this item must be answered: \"does not apply\" is not allowed for it",
                )),
                (Value::YesNo(_), ItemKind::YesNo, _) => {}
                (Value::Number(number), ItemKind::Scale, Some(scale))
                    if (scale.min..=scale.max).contains(&number) => {}
                (_, ItemKind::YesNo, _) => {
                    problems.push(Problem::new(at, "this item is answered with yes or no"));
                    continue;
                }
                (_, ItemKind::Scale, scale) => {
                    let (min, max) = scale
                        .as_ref()
                        .map_or((0, 0), |scale| (scale.min, scale.max));
                    let asked =
                        format!("this item is answered with a whole number from {min} to {max}");
                    problems.push(Problem::new(at, asked));
                    continue;
                }
            }
            let deducts = item.deducts(answer.value);
            if item.evidence_required && deducts && answer.evidence_turn.is_none() && !has_turn {
                let at = format!("answers/{}/evidence_turn", answer.item);
                problems.push(Problem::new(
                    at,
                    "points are taken off here: name the turn that shows why",
                ));
            }
        }
        problems
    }
}

fn item(problems: &mut Vec<Problem>, at: &str, item: &Item) {
    title(problems, &format!("{at}/title"), &item.title);
    for (name, value) in [
        ("guidance", &item.guidance),
        ("pass_example", &item.pass_example),
        ("fail_example", &item.fail_example),
    ] {
        text(problems, &format!("{at}/{name}"), value);
    }
    weight(problems, at, item.weight);
    let mut wrong = |text: String| problems.push(Problem::new(format!("{at}/scale"), text));
    match (item.kind, &item.scale) {
        (ItemKind::YesNo, None) => {}
        (ItemKind::YesNo, Some(_)) => wrong("a yes or no has no scale".to_owned()),
        (ItemKind::Scale, None) => wrong("a scale says its lowest and highest number".to_owned()),
        (ItemKind::Scale, Some(scale)) => {
            let steps = scale.max.saturating_sub(scale.min);
            if !(1..=SCALE_STEPS_MAX).contains(&steps) {
                wrong(format!(
                    "a scale has one to {SCALE_STEPS_MAX} steps from its lowest to its highest number"
                ));
            } else if !scale.labels.is_empty()
                && i64::try_from(scale.labels.len()).ok() != Some(steps + 1)
            {
                wrong("a scale has no labels, or one for each number".to_owned());
            }
            if scale
                .labels
                .iter()
                .any(|label| label.len() > TITLE_BYTES_MAX)
            {
                wrong(format!("a label has at most {TITLE_BYTES_MAX} bytes"));
            }
        }
    }
}

fn id<'a>(problems: &mut Vec<Problem>, at: &str, id: &'a str, seen: &mut BTreeSet<&'a str>) {
    let is_id = !id.is_empty()
        && id.len() <= ID_BYTES_MAX
        && id.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte)
        });
    let at = format!("{at}/id");
    if !is_id {
        let form = format!("an id has 1 to {ID_BYTES_MAX} characters of a-z, 0-9, - and _");
        problems.push(Problem::new(at, form));
    } else if !seen.insert(id) {
        problems.push(Problem::new(at, format!("the id {id} stands twice")));
    }
}

fn title(problems: &mut Vec<Problem>, at: &str, title: &str) {
    if title.trim().is_empty() || title.len() > TITLE_BYTES_MAX {
        let length = format!("has 1 to {TITLE_BYTES_MAX} bytes");
        problems.push(Problem::new(at, length));
    }
}

fn text(problems: &mut Vec<Problem>, at: &str, text: &str) {
    if text.len() > TEXT_BYTES_MAX {
        problems.push(Problem::new(
            at,
            format!("has at most {TEXT_BYTES_MAX} bytes"),
        ));
    }
}

fn weight(problems: &mut Vec<Problem>, at: &str, weight: u32) {
    if !(1..=WEIGHT_MAX).contains(&weight) {
        let bounds = format!("a weight is a whole number from 1 to {WEIGHT_MAX}");
        problems.push(Problem::new(format!("{at}/weight"), bounds));
    }
}
