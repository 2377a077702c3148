//! From answers to a score, step by step, so that the steps can be shown.

use serde::{Deserialize, Serialize};

use super::{Answer, Item, ItemKind, Rubric, Value};

/// Shares are whole numbers of this many parts: sums of them depend on no order, and a score is the same on every machine.
const WHOLE: u128 = 1_000_000_000_000;
/// All of a score, in basis points.
const BASIS_POINTS: u128 = 10_000;

/// What a section earned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = ScorePart))]
pub struct Part {
    /// The section's id.
    pub section: String,
    /// Its title.
    pub title: String,
    /// Its weight within the score.
    pub weight: u32,
    /// Points earned: of each answered item its weight, times the share that the answer earns.
    pub earned: f64,
    /// Points that could be earned: the weights of the items that were answered and apply.
    pub possible: u32,
    /// Earned of possible, in percent; null when nothing could be earned: the section's weight is left out then.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub percent: Option<f64>,
}

/// A score with its arithmetic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Arithmetic {
    /// The score in basis points, 0 to 10,000; `None` when no answered item applies. Zero after an auto-fail.
    pub basis_points: Option<u32>,
    /// What it would be without the auto-fail.
    pub basis_points_before_auto_fail: Option<u32>,
    /// Whether it is a pass; `None` when there is no score.
    pub passed: Option<bool>,
    /// The items whose answers made it fail whatever else was answered.
    pub auto_failed: Vec<String>,
    /// What each section earned.
    pub sections: Vec<Part>,
    /// Items without an answer: a score is given only when there are none.
    pub unanswered: Vec<String>,
}

impl Item {
    /// The share of the item's points that an answer earns, as numerator and denominator; `None` when the item does not apply or
    /// the answer is none of its own.
    fn share(&self, value: Value) -> Option<(u128, u128)> {
        match (value, &self.scale) {
            (Value::YesNo(yes), _) if self.kind == ItemKind::YesNo => Some((u128::from(yes), 1)),
            (Value::Number(number), Some(scale)) if self.kind == ItemKind::Scale => {
                let steps = u128::try_from(scale.max.checked_sub(scale.min)?).ok()?;
                let earned = u128::try_from(number.checked_sub(scale.min)?).ok()?;
                (steps > 0 && earned <= steps).then_some((earned, steps))
            }
            _ => None,
        }
    }

    /// Whether an answer takes points off.
    pub(super) fn deducts(&self, value: Value) -> bool {
        self.share(value)
            .is_some_and(|(earned, possible)| earned < possible)
    }

    fn fails_all(&self, value: Value) -> bool {
        self.auto_fail && self.share(value).is_some_and(|(earned, _)| earned == 0)
    }
}

impl Rubric {
    /// The score of `answers`. Answers that do not fit the rubric ([`Rubric::problems_of`]) count as none.
    ///
    /// 1. An item earns its weight times the share of its answer: yes 1, no 0, a number of a scale (number − lowest) / (highest −
    ///    lowest). "Does not apply" takes its weight out of what can be earned.
    /// 2. A section's share is earned / possible. A section of which nothing applies takes its weight out of the score.
    /// 3. The score is the mean of the sections' shares, weighted, rounded to a hundredth of a percent, half up.
    /// 4. An item that fails all, answered with no or the lowest number, makes the score zero and not passed.
    #[must_use]
    pub fn score(&self, answers: &[Answer]) -> Arithmetic {
        let value_of = |item: &Item| {
            let answer = answers.iter().find(|answer| answer.item == item.id)?;
            let fits = match answer.value {
                Value::Na => item.allow_na,
                value => item.share(value).is_some(),
            };
            fits.then_some(answer.value)
        };
        let mut sections = Vec::with_capacity(self.sections.len());
        let (mut weighted, mut weights) = (0_u128, 0_u128);
        for section in &self.sections {
            let (mut earned, mut possible) = (0_u128, 0_u32);
            for item in &section.items {
                if let Some((part, of)) = value_of(item).and_then(|value| item.share(value)) {
                    possible = possible.saturating_add(item.weight);
                    earned += divided(WHOLE * u128::from(item.weight) * part, of);
                }
            }
            let share = (possible > 0).then(|| divided(earned, u128::from(possible)));
            if let Some(share) = share {
                weighted += u128::from(section.weight) * share;
                weights += u128::from(section.weight);
            }
            sections.push(Part {
                section: section.id.clone(),
                title: section.title.clone(),
                weight: section.weight,
                earned: hundredths(earned),
                possible,
                percent: share.map(|share| hundredths(share * 100)),
            });
        }
        let computed = (weights > 0).then(|| {
            u32::try_from(divided(weighted * BASIS_POINTS, weights * WHOLE)).unwrap_or_default()
        });
        let auto_failed: Vec<String> = self
            .items()
            .filter(|item| value_of(item).is_some_and(|value| item.fails_all(value)))
            .map(|item| item.id.clone())
            .collect();
        let basis_points = computed.map(|points| if auto_failed.is_empty() { points } else { 0 });
        Arithmetic {
            passed: basis_points.map(|points| {
                auto_failed.is_empty() && points >= u32::from(self.pass_percent) * 100
            }),
            basis_points,
            basis_points_before_auto_fail: computed,
            auto_failed,
            sections,
            unanswered: self
                .items()
                .filter(|item| value_of(item).is_none())
                .map(|item| item.id.clone())
                .collect(),
        }
    }
}

/// Divided, rounded half up.
const fn divided(number: u128, by: u128) -> u128 {
    (number + by / 2) / by
}

/// Parts of a whole as a number with two decimals.
fn hundredths(parts: u128) -> f64 {
    divided(parts, WHOLE / 100) as f64 / 100.0
}
