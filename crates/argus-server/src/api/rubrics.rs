//! Rubrics: what is asked of sessions and turns when they are scored.

pub(crate) mod change;
pub(crate) mod compute;
pub(crate) mod create;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod precedents;
pub(crate) mod retire;

use argus_insight::rubric::{Problem, Rubric, Scope, Section};
use argus_store::{ActorKind, Precedent, ReadScope, StoredRubric};
use serde::Serialize;
use utoipa::ToSchema;

use super::reviewer::ReviewerView;
use super::time::Time;
use crate::app::App;
use crate::auth::permission::Permission;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Longest body: a rubric with all the text that it may have is far below.
pub(crate) const BODY_BYTES_MAX: usize = 1024 * 1024;

/// A version of a rubric.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rubric)]
pub(crate) struct RubricView {
    id: String,
    /// Which version this is.
    version: u32,
    /// The newest that there is.
    newest_version: u32,
    name: String,
    description: String,
    scope: Scope,
    /// From how many percent on a score is a pass.
    pass_percent: u8,
    sections: Vec<Section>,
    /// Decisions that guide its use, of all versions, the oldest first: those whose sessions the reader may read
    /// and nobody reviews blind. Those that came of no session are for who reads all of the workspace or judges.
    precedents: Vec<PrecedentView>,
    /// Whether nothing new is scored by it any more.
    retired: bool,
    /// Whether it came with this program.
    starter: bool,
    /// When this version was made; null of one that came with the program and was not used or changed yet.
    #[schema(required = true)]
    at: Option<Time>,
    /// Who made this version; null of one that came with the program.
    #[schema(required = true)]
    by: Option<ReviewerView>,
}

/// A decision that guides the use of a rubric.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Precedent)]
pub(crate) struct PrecedentView {
    text: String,
    /// The session that it came of: it goes with the session when that is erased.
    #[schema(required = true)]
    session: Option<String>,
    #[schema(required = true)]
    turn: Option<String>,
    by: ReviewerView,
    at: Time,
}

impl RubricView {
    fn of(app: &App, access: &Access, rubric: StoredRubric) -> Result<Self, Refusal> {
        // One that names no session may come of any: it is for who works here, and not for guests of a project.
        let may_read_words = access.scope == ReadScope::all()
            || access.permissions.contains(&Permission::ReviewsWrite);
        let precedents = rubric
            .precedents
            .into_iter()
            .filter(|precedent| precedent.session.is_some() || may_read_words)
            .map(|precedent| PrecedentView::of(app, access, precedent))
            .collect::<Result<_, _>>()?;
        let by = rubric.by.filter(|by| by.kind == ActorKind::Account);
        let definition = rubric.definition;
        Ok(Self {
            id: rubric.id,
            version: rubric.version,
            newest_version: rubric.newest_version,
            name: definition.name,
            description: definition.description,
            scope: definition.scope,
            pass_percent: definition.pass_percent,
            sections: definition.sections,
            precedents,
            retired: rubric.is_retired,
            starter: rubric.is_starter,
            at: rubric.at_us.map(Time),
            by: by
                .map(|by| ReviewerView::of_account(app, access, &by.id))
                .transpose()?,
        })
    }
}

impl PrecedentView {
    fn of(app: &App, access: &Access, precedent: Precedent) -> Result<Self, Refusal> {
        Ok(Self {
            by: ReviewerView::of_author(app, access, &precedent.author)?,
            text: precedent.text,
            session: precedent.session,
            turn: precedent.turn,
            at: Time(precedent.at_us),
        })
    }
}

/// # Errors
/// Invalid when the rubric cannot be used: the first part of it that is wrong, with its place in the body.
fn check(definition: &Rubric) -> Result<(), Refusal> {
    match definition.problems().into_iter().next() {
        None => Ok(()),
        Some(problem) => Err(refused(problem)),
    }
}

/// What is wrong with a rubric or with answers, with its place in the body.
pub(crate) fn refused(problem: Problem) -> Refusal {
    Refusal::new(ErrorCode::InvalidRequest, problem.text).at(format!("/{}", problem.at))
}

fn no_rubric() -> Refusal {
    Refusal::new(ErrorCode::NotFound, "there is no such version of a rubric")
}
