//! The views that come with the program.

use argus_session::filter::Filter;

use super::ViewView;

/// A view that comes with the program.
pub(crate) struct Preset {
    pub(crate) id: &'static str,
    name: &'static str,
    filter: &'static str,
    fold: &'static [&'static str],
}

/// All of them, in the order in which they are shown.
pub(crate) const PRESETS: &[Preset] = &[
    Preset {
        id: "awaiting_review",
        name: "Awaiting review",
        filter: "verdict:none",
        fold: &["automated", "single_turn"],
    },
    Preset {
        id: "wrong_this_week",
        name: "Wrong this week",
        filter: "verdict:wrong judged:7d",
        fold: &[],
    },
    Preset {
        id: "first_turn_not_accepted",
        name: "First turn not accepted",
        filter: "first_turn:not_accepted",
        fold: &[],
    },
    Preset {
        id: "new_skill_version",
        name: "New skill version",
        filter: "new_skill:14d",
        fold: &[],
    },
    Preset {
        id: "capture_gaps",
        name: "Capture gaps",
        filter: "coverage:partial",
        fold: &[],
    },
];

/// The presets as answers have them.
pub(crate) fn views() -> impl Iterator<Item = ViewView> {
    PRESETS
        .iter()
        .filter(|preset| Filter::parse(preset.filter).is_ok())
        .map(|preset| ViewView {
            id: preset.id.to_owned(),
            name: preset.name.to_owned(),
            filter: preset.filter.to_owned(),
            sort: "started".to_owned(),
            fold: preset.fold.iter().map(|&kind| kind.to_owned()).collect(),
            shared: true,
            preset: true,
            mine: false,
            may_change: false,
        })
}
