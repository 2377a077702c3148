//! Which figures there are about judgements: pure.

use std::collections::{BTreeMap, BTreeSet};

use argus_insight::agreement::{Agreement, Level, agreement, of_pair};
use argus_insight::interval::{Interval, mean, wilson};
use argus_insight::leniency::{Leniency, leniency};
use argus_insight::rubric::{ItemKind, Rubric, Value};
use argus_insight::{Refused, UNITS_MIN};
use argus_store::{GoldJudgement, JudgedItem, Judgement};

/// What the resampling draws by: anybody who has the same judgements gets the same interval.
const SEED: u64 = 2_011;
/// Most reviewers whose pairs are looked at: those who judged most.
const PAIRED_MAX: usize = 12;
/// The number that stands for "does not apply", where that is an answer like others.
const NA: i64 = -1;

/// What reviewers are compared by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Criterion {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) level: Level,
    /// How many values there can be; `None` of numbers.
    pub(super) categories: Option<usize>,
    /// The versions of the rubric in which it is the same; `None` of verdicts.
    pub(super) versions: Option<BTreeSet<u32>>,
}

/// A rubric, as it is asked about, and the versions of it that something was judged by.
pub(super) struct Asked {
    pub(super) rubric: Rubric,
    pub(super) versions: BTreeMap<u32, Rubric>,
}

impl Asked {
    fn versions(&self, is_same: impl Fn(&Rubric) -> bool) -> Option<BTreeSet<u32>> {
        let same = self.versions.iter().filter(|(_, version)| is_same(version));
        Some(same.map(|(number, _)| *number).collect())
    }
}

/// Agreement in one respect.
#[derive(Debug)]
pub(super) struct Measured {
    pub(super) criterion: Criterion,
    /// Judgements by versions in which it is not the same: they are in none of the figures.
    pub(super) left_out: usize,
    pub(super) all: Figure,
    /// Reviewers by their places, and their figure.
    pub(super) pairs: Vec<(usize, usize, Figure)>,
}

/// Agreement over some units.
#[derive(Debug)]
pub(super) struct Figure {
    /// Units that two or more judged.
    pub(super) n: usize,
    pub(super) agreement: Result<Agreement, Refused>,
}

/// All there is to say about some judgements.
#[derive(Debug)]
pub(super) struct Figures {
    /// The accounts, in the order of their places.
    pub(super) reviewers: Vec<String>,
    /// How many items each judged.
    pub(super) judged: Vec<usize>,
    pub(super) measured: Vec<Measured>,
    /// By places.
    pub(super) leniency: BTreeMap<usize, Result<Leniency, Refused>>,
}

/// A reviewer against references.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Accuracy {
    /// References that they judged by a version that says the same.
    pub(super) n: usize,
    /// References that they judged by another.
    pub(super) left_out: usize,
    /// The share judged as the reference is, the same verdict, or a pass where it is one, and where that lies; `None` with none.
    pub(super) right: Option<(f64, Interval)>,
    /// The mean of their score less the reference's, in percent; `None` of verdicts.
    pub(super) difference: Option<f64>,
    /// Where that lies; `None` with fewer than two.
    pub(super) difference_interval: Option<Interval>,
}

/// What reviewers are compared by: by a rubric its items, whether it is a pass, and the score; else the verdict.
pub(super) fn criteria(asked: Option<&Asked>) -> Vec<Criterion> {
    let of = |id: &str, title: &str, level, categories, versions| Criterion {
        id: id.to_owned(),
        title: title.to_owned(),
        level,
        categories,
        versions,
    };
    let Some(asked) = asked else {
        return vec![of("verdict", "Verdict", Level::Nominal, Some(2), None)];
    };
    let alike = asked.versions(|version| version.scores_alike(&asked.rubric));
    let mut all = vec![
        of("passed", "Pass", Level::Nominal, Some(2), alike.clone()),
        of("score", "Score", Level::Interval, None, alike),
    ];
    for item in asked.rubric.items() {
        let level = match item.kind {
            ItemKind::YesNo => Level::Nominal,
            ItemKind::Scale => Level::Ordinal,
        };
        let with_na = usize::from(item.allow_na && item.kind == ItemKind::YesNo);
        let categories = Rubric::answers_of(item) + with_na;
        all.push(of(
            &format!("item:{}", item.id),
            &item.title,
            level,
            Some(categories),
            asked.versions(|version| {
                let then = version.item(&item.id);
                then.is_some_and(|then| then.is_same_question(item))
            }),
        ));
    }
    all
}

impl Criterion {
    /// Whether a judgement was asked the same.
    fn is_of(&self, judgement: &Judgement) -> bool {
        let is_same = |versions: &BTreeSet<u32>| {
            judgement
                .version
                .is_some_and(|version| versions.contains(&version))
        };
        self.versions.as_ref().is_none_or(is_same)
    }
}

/// What a judgement says in one respect. Of a scale "does not apply" is no value; of a yes or no it is one like others.
fn value(judgement: &Judgement, criterion: &Criterion) -> Option<i64> {
    if !criterion.is_of(judgement) {
        return None;
    }
    let said = &judgement.submission;
    match criterion.id.as_str() {
        "verdict" => said.verdict.as_ref().map(|word| i64::from(word == "good")),
        "passed" => said.passed.map(i64::from),
        "score" => said.basis_points,
        id => {
            let item = id.strip_prefix("item:")?;
            let answer = judgement
                .answers
                .iter()
                .find(|answer| answer.item == item)?;
            match (answer.value, criterion.level) {
                (Value::YesNo(yes), Level::Nominal) => Some(i64::from(yes)),
                (Value::Na, Level::Nominal) => Some(NA),
                (Value::Number(number), Level::Ordinal) => Some(number),
                _ => None,
            }
        }
    }
}

/// The figures about `items` in the respects of `criteria`.
pub(super) fn figures(items: &[JudgedItem], criteria: Vec<Criterion>) -> Figures {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for judgement in items.iter().flat_map(|item| &item.judgements) {
        *counts.entry(&judgement.account).or_default() += 1;
    }
    let mut reviewers: Vec<(&str, usize)> = counts.into_iter().collect();
    reviewers.sort_by(|one, other| (other.1, one.0).cmp(&(one.1, other.0)));
    let places: BTreeMap<&str, usize> = reviewers
        .iter()
        .enumerate()
        .map(|(place, (account, _))| (*account, place))
        .collect();
    let units = |criterion: &Criterion| -> Vec<Vec<(usize, i64)>> {
        let of = |item: &JudgedItem| {
            let values = item.judgements.iter();
            values
                .filter_map(|one| {
                    Some((*places.get(one.account.as_str())?, value(one, criterion)?))
                })
                .collect()
        };
        items.iter().map(of).collect()
    };
    // The unit of leniency is a percent: of a score its own, of verdicts the share of good ones.
    let by = criteria
        .iter()
        .find(|one| one.id == "score")
        .or_else(|| criteria.first());
    let leniency = by
        .map(|criterion| leniency(&units(criterion)))
        .unwrap_or_default();
    let measured = criteria
        .into_iter()
        .map(|criterion| {
            let units = units(&criterion);
            let plain: Vec<Vec<i64>> = units
                .iter()
                .map(|unit| unit.iter().map(|(_, value)| *value).collect())
                .collect();
            let pairs = pairs(&units)
                .into_iter()
                .map(|(one, other)| (one, other, figure(&of_pair(&units, one, other), &criterion)))
                .collect();
            let judgements = items.iter().flat_map(|item| &item.judgements);
            Measured {
                left_out: judgements.filter(|one| !criterion.is_of(one)).count(),
                all: figure(&plain, &criterion),
                criterion,
                pairs,
            }
        })
        .collect();
    Figures {
        judged: reviewers.iter().map(|(_, count)| *count).collect(),
        reviewers: reviewers
            .into_iter()
            .map(|(account, _)| account.to_owned())
            .collect(),
        measured,
        leniency,
    }
}

fn figure(units: &[Vec<i64>], criterion: &Criterion) -> Figure {
    let categories = criterion.categories.unwrap_or(2);
    Figure {
        n: units.iter().filter(|unit| unit.len() > 1).count(),
        agreement: agreement(units, criterion.level, categories, SEED),
    }
}

/// The pairs that judged a unit together.
fn pairs(units: &[Vec<(usize, i64)>]) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    for unit in units {
        for (place, (one, _)) in unit.iter().enumerate() {
            for (other, _) in &unit[place + 1..] {
                let (low, high) = (*one.min(other), *one.max(other));
                if high < PAIRED_MAX {
                    pairs.insert((low, high));
                }
            }
        }
    }
    pairs
}

/// Each reviewer against the references, by account: those by a version of the rubric by which the reference's score says the same.
pub(super) fn accuracy(
    judged: &[GoldJudgement],
    asked: Option<&Asked>,
) -> BTreeMap<String, Accuracy> {
    let mut by: BTreeMap<&str, Vec<&GoldJudgement>> = BTreeMap::new();
    for one in judged {
        by.entry(&one.judgement.account).or_default().push(one);
    }
    by.into_iter()
        .map(|(account, all)| (account.to_owned(), accuracy_of(all, asked)))
        .collect()
}

fn accuracy_of(mut all: Vec<&GoldJudgement>, asked: Option<&Asked>) -> Accuracy {
    // By which version's bar a reference passes; `None` where a score by it says something else.
    let compared = |one: &GoldJudgement| {
        let versions = &asked?.versions;
        let then = versions.get(&one.judgement.version?)?;
        let of_gold = versions.get(&one.gold.version)?;
        then.scores_alike(of_gold).then_some(then.pass_percent)
    };
    let judged = all.len();
    all.retain(|one| asked.is_none() || compared(one).is_some());
    let is_right = |one: &&&GoldJudgement| match compared(one) {
        None => one.judgement.submission.verdict == one.gold.verdict,
        Some(percent) => {
            let passes = one
                .gold
                .basis_points
                .map(|points| points >= i64::from(percent) * 100);
            one.judgement.submission.passed == passes
        }
    };
    let n = all.len() as f64;
    let right = all.iter().filter(is_right).count() as f64 / n;
    let differences: Vec<f64> = all
        .iter()
        .filter_map(|one| {
            let points = one.judgement.submission.basis_points?;
            Some((points - one.gold.basis_points?) as f64 / 100.0)
        })
        .collect();
    let measured = mean(&differences);
    Accuracy {
        n: all.len(),
        left_out: judged - all.len(),
        right: wilson(right, n).map(|interval| (right, interval)),
        difference: measured
            .map(|(mean, _)| mean)
            .or_else(|| differences.first().copied()),
        difference_interval: measured.map(|(_, interval)| interval),
    }
}

/// Why nothing can be said of a reviewer who judged nothing together with others.
pub(super) const ALONE: Refused = Refused::TooFew {
    n: 0,
    needed: UNITS_MIN,
};
