//! Rubrics: what is asked of a session or a turn, and how answers become a score.

mod alike;
mod check;
mod score;
mod starters;

pub use check::{ITEMS_MAX, Problem, SCALE_STEPS_MAX, SECTIONS_MAX, TEXT_BYTES_MAX, WEIGHT_MAX};
pub use score::{Arithmetic, Part};
pub use starters::starters;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What one score is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = RubricScope))]
pub enum Scope {
    /// One turn.
    Turn,
    /// A whole session.
    Session,
}

/// What an item is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = RubricItemKind))]
pub enum ItemKind {
    /// Yes (all points) or no (none).
    YesNo,
    /// A whole number from the scale's lowest (no points) to its highest (all).
    Scale,
}

/// The numbers of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = RubricScale))]
pub struct Scale {
    /// The lowest: it earns nothing.
    pub min: i64,
    /// The highest: it earns all points.
    pub max: i64,
    /// What each number means, from the lowest on; none, or one for each.
    #[serde(default)]
    pub labels: Vec<String>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = RubricItem))]
pub struct Item {
    /// Names it in answers; stays the same from version to version as long as the question does.
    pub id: String,
    /// The question, in a few words.
    pub title: String,
    /// How to answer it.
    #[serde(default)]
    pub guidance: String,
    /// What a pass looks like.
    #[serde(default)]
    pub pass_example: String,
    /// What a fail looks like.
    #[serde(default)]
    pub fail_example: String,
    /// Its weight within the section.
    pub weight: u32,
    /// What it is answered with.
    pub kind: ItemKind,
    /// The scale, where it is answered with one.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub scale: Option<Scale>,
    /// Whether it may be answered "does not apply": its weight is left out then.
    #[serde(default)]
    pub allow_na: bool,
    /// Whether no, or the scale's lowest, makes the whole score zero and not passed.
    #[serde(default)]
    pub auto_fail: bool,
    /// Whether whoever takes points off must name the turn that shows why.
    #[serde(default)]
    pub evidence_required: bool,
}

/// Questions that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = RubricSection))]
pub struct Section {
    /// Names it.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Its weight within the score.
    pub weight: u32,
    /// The questions.
    pub items: Vec<Item>,
}

/// One version of a rubric, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = RubricDefinition))]
pub struct Rubric {
    /// Its name.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// What one score is about.
    pub scope: Scope,
    /// From how many percent on a score is a pass.
    pub pass_percent: u8,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// What an item was answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Value {
    /// Does not apply.
    Na,
    /// Yes or no.
    YesNo(bool),
    /// A number of the scale.
    Number(i64),
}

/// The word for [`Value::Na`].
const NA: &str = "na";

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Na => to.serialize_str(NA),
            Self::YesNo(yes) => to.serialize_bool(*yes),
            Self::Number(number) => to.serialize_i64(*number),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(from)?;
        let number = || value.as_i64().map(Self::Number);
        let word = || (value.as_str() == Some(NA)).then_some(Self::Na);
        (value.as_bool().map(Self::YesNo))
            .or_else(number)
            .or_else(word)
            .ok_or_else(|| {
                serde::de::Error::custom("an answer is true, false, a whole number or \"na\"")
            })
    }
}

#[cfg(feature = "schema")]
impl utoipa::PartialSchema for Value {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Type};
        OneOfBuilder::new()
            .description(Some(
                "Yes or no, a number of the scale, or \"na\": does not apply.",
            ))
            .item(ObjectBuilder::new().schema_type(Type::Boolean))
            .item(ObjectBuilder::new().schema_type(Type::Integer))
            .item(
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .enum_values(Some([NA])),
            )
            .into()
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for Value {
    fn name() -> std::borrow::Cow<'static, str> {
        "AnswerValue".into()
    }
}

/// The answer to one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = RubricAnswer))]
pub struct Answer {
    /// The item's id.
    pub item: String,
    /// The answer.
    pub value: Value,
    /// The turn that shows why.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub evidence_turn: Option<String>,
    /// What the reviewer says about it.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub note: Option<String>,
}

impl Rubric {
    /// Every item, in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    /// The item by this id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items().find(|item| item.id == id)
    }

    /// How many different answers the item takes, without "does not apply".
    #[must_use]
    pub fn answers_of(item: &Item) -> usize {
        item.scale.as_ref().map_or(2, |scale| {
            usize::try_from(scale.max.saturating_sub(scale.min).saturating_add(1)).unwrap_or(2)
        })
    }
}
