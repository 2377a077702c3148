//! What statistics about judgements rest on: items that everybody has judged, of sessions that nobody is blind for any more.

use argus_insight::rubric::Answer;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use std::collections::BTreeMap;

use super::gold;
use super::item::{self, COLUMNS, DecisionText, ItemRow};
use super::set_up::{Held, held};
use super::state::{ItemState, Part, Submission};
use crate::key_ring::KeyRing;
use crate::limits::TRUST_ITEMS_MAX;
use crate::reviews::body_of;
use crate::scores::ScoreBody;
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{Gold, ReadScope, StoreError};

/// Which judgements to look at.
#[derive(Debug, Clone, Default)]
pub struct TrustQuery {
    /// Those by this rubric; `None`: verdicts.
    pub rubric: Option<String>,
    /// Those of this queue.
    pub queue: Option<String>,
    /// Given at or after this time (of samples: of weeks that end after it), microseconds UTC.
    pub from_us: Option<i64>,
    /// Given before this time (of samples: of weeks that begin before it), microseconds UTC.
    pub to_us: Option<i64>,
    /// Samples of this project only.
    pub project: Option<String>,
    /// Those of sessions that the reader may read.
    pub scope: ReadScope,
}

/// What somebody said of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The account.
    pub account: String,
    /// What they said.
    pub submission: Submission,
    /// Their answers to the rubric.
    pub answers: Vec<Answer>,
}

/// An item that everybody has judged.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedItem {
    /// Its id.
    pub item: String,
    /// What was said of it, in the asked time.
    pub judgements: Vec<Judgement>,
}

/// What somebody said of an item that there is a reference for.
#[derive(Debug, Clone, PartialEq)]
pub struct GoldJudgement {
    /// What they said.
    pub judgement: Judgement,
    /// What it is compared with.
    pub gold: Gold,
}

/// What was found in a random sample of the sessions of one project in one week.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SampledStratum {
    /// The project.
    pub project: String,
    /// The first moment of the week, microseconds UTC.
    pub from_us: i64,
    /// How many sessions there were.
    pub population: u64,
    /// How many were drawn.
    pub drawn: u64,
    /// What was found in each that is settled: the decision, else what each reviewer said.
    pub found: Vec<Vec<Submission>>,
}

impl Workspace {
    /// The items that everybody has judged, the newest first, up to a bound.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn judged_items(&self, query: &TrustQuery) -> Result<Vec<JudgedItem>, StoreError> {
        let keys = &self.inner().keys;
        self.read(|connection| {
            let mut queues = Queues::new(keys);
            let mut items = Vec::new();
            for row in rows(connection, query, "i.is_gold = 0")? {
                if !queues.fits(connection, &row, query)? {
                    continue;
                }
                let judgements = judgements(connection, keys, &row, query)?;
                if !judgements.is_empty() {
                    items.push(JudgedItem {
                        item: row.id.to_string(),
                        judgements,
                    });
                }
            }
            Ok(items)
        })
    }

    /// What was said of items that there is a reference for. For who manages queues only: it tells which they are.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn gold_judgements(&self, query: &TrustQuery) -> Result<Vec<GoldJudgement>, StoreError> {
        let keys = &self.inner().keys;
        self.read(|connection| {
            let rubric = query.rubric.clone().unwrap_or_default();
            let references: BTreeMap<(i64, String), Gold> =
                gold::rows(connection, keys, Some(&rubric))?
                    .into_iter()
                    .flatten()
                    .map(|(session, gold)| ((session, gold.turn.clone().unwrap_or_default()), gold))
                    .collect();
            let mut found = Vec::new();
            for row in rows(connection, query, "i.is_gold = 1")? {
                let Some(gold) = references.get(&(row.session, row.turn.clone())) else {
                    continue;
                };
                for judgement in judgements(connection, keys, &row, query)? {
                    found.push(GoldJudgement {
                        judgement,
                        gold: gold.clone(),
                    });
                }
            }
            Ok(found)
        })
    }

    /// The random samples, one for each project and week. Who is bound to projects gets those of theirs.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sampled(&self, query: &TrustQuery) -> Result<Vec<SampledStratum>, StoreError> {
        let keys = &self.inner().keys;
        self.read(|connection| {
            let mut queues = Queues::new(keys);
            let mut strata: BTreeMap<(i64, String), SampledStratum> = BTreeMap::new();
            for sample in samples(connection, query)? {
                if !queues.is_by(connection, &sample.queue, query)? {
                    continue;
                }
                let stratum = strata
                    .entry((sample.from_us, sample.project.clone()))
                    .or_insert_with(|| SampledStratum {
                        project: sample.project.clone(),
                        from_us: sample.from_us,
                        ..SampledStratum::default()
                    });
                // Several samples of the same sessions: each was drawn at random, and so were all together.
                stratum.population = stratum.population.max(sample.population);
                stratum.drawn += sample.drawn;
                for row in rows(
                    connection,
                    query,
                    &format!("i.is_gold = 0 AND i.sample = {}", sample.n),
                )? {
                    let decision: Option<DecisionText> =
                        item::opened(connection, keys, row.session, row.decision.as_deref())?;
                    let decided = decision.map(|decision| Submission {
                        verdict: decision.verdict,
                        score_review: decision.score_review,
                        basis_points: decision.basis_points,
                        passed: decision.passed,
                        ..Submission::default()
                    });
                    let is_whole = decided.as_ref().is_some_and(|one| match query.rubric {
                        Some(_) => one.score_review.is_some(),
                        None => one.verdict.is_some(),
                    });
                    stratum.found.push(match decided {
                        Some(decided) if is_whole => vec![decided],
                        _ => item::parts(connection, row.id)?
                            .into_iter()
                            .filter_map(|part| part.of.submission)
                            .collect(),
                    });
                }
            }
            Ok(strata.into_values().collect())
        })
    }
}

/// Queues by their ids, each opened once.
struct Queues<'a> {
    keys: &'a KeyRing,
    held: BTreeMap<String, Option<Held>>,
}

impl<'a> Queues<'a> {
    fn new(keys: &'a KeyRing) -> Self {
        Self {
            keys,
            held: BTreeMap::new(),
        }
    }

    /// Whether a queue's items are judged by what is asked for.
    fn is_by(
        &mut self,
        connection: &Connection,
        queue: &str,
        query: &TrustQuery,
    ) -> Result<bool, StoreError> {
        if !self.held.contains_key(queue) {
            let found = held(connection, self.keys, queue)?;
            self.held.insert(queue.to_owned(), found);
        }
        let rubric = self
            .held
            .get(queue)
            .and_then(Option::as_ref)
            .and_then(|held| held.settings.rubric.as_deref());
        Ok(query.rubric.is_none() || rubric == query.rubric.as_deref())
    }

    fn fits(
        &mut self,
        connection: &Connection,
        row: &ItemRow,
        query: &TrustQuery,
    ) -> Result<bool, StoreError> {
        let is_queue = query.queue.as_ref().is_none_or(|queue| *queue == row.queue);
        Ok(is_queue && self.is_by(connection, &row.queue, query)?)
    }
}

/// Rows of items whose judgements may be counted; `also` is a condition without a value of anybody's.
fn rows(
    connection: &Connection,
    query: &TrustQuery,
    also: &str,
) -> Result<Vec<ItemRow>, StoreError> {
    let mut values: Vec<Sql> = Vec::new();
    let mut value = |of: Sql| {
        values.push(of);
        format!("?{}", values.len())
    };
    let mut conditions = vec![also.to_owned()];
    // References stay open, and are told of to who manages only.
    if !also.starts_with("i.is_gold = 1") {
        let settled = value(Sql::Integer(ItemState::Disputed.number()));
        conditions.push(format!("i.state >= {settled} AND i.is_blind = 0"));
        conditions.push(
            "NOT EXISTS (SELECT 1 FROM blind_sessions b WHERE b.session = i.session)".to_owned(),
        );
    }
    if let Some(queue) = &query.queue {
        conditions.push(format!("i.queue = {}", value(Sql::Text(queue.clone()))));
    }
    conditions.extend(query.scope.conditions("i.session", &mut value));
    let limit = value(Sql::Integer(TRUST_ITEMS_MAX));
    let sql = format!(
        "SELECT {COLUMNS} FROM queue_items i JOIN sessions s ON s.n = i.session WHERE {} ORDER BY i.id DESC LIMIT {limit}",
        conditions.join(" AND ")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&values), item::row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn judgements(
    connection: &Connection,
    keys: &KeyRing,
    row: &ItemRow,
    query: &TrustQuery,
) -> Result<Vec<Judgement>, StoreError> {
    let Some((_, hash)) = records::session_of(connection, row.session)? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for part in item::parts(connection, row.id)? {
        let is_then = query.from_us.is_none_or(|from| part.at_us >= from)
            && query.to_us.is_none_or(|to| part.at_us < to);
        let (Part::Done, Some(submission), true) = (part.of.part, part.of.submission, is_then)
        else {
            continue;
        };
        let review = submission.score_review.filter(|_| query.rubric.is_some());
        let body: Option<ScoreBody> = match review {
            Some(review) => body_of(connection, keys, hash, review)?,
            None => None,
        };
        found.push(Judgement {
            account: part.of.account,
            submission,
            answers: body.map(|body| body.answers).unwrap_or_default(),
        });
    }
    Ok(found)
}

struct Sample {
    n: i64,
    queue: String,
    project: String,
    from_us: i64,
    population: u64,
    drawn: u64,
}

fn samples(connection: &Connection, query: &TrustQuery) -> Result<Vec<Sample>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT n, queue, project, from_us, population, drawn FROM queue_samples
         WHERE (?1 IS NULL OR from_us + ?4 > ?1) AND (?2 IS NULL OR from_us < ?2) AND (?3 IS NULL OR project = ?3)
           AND (?5 IS NULL OR queue = ?5) ORDER BY from_us, project, n",
    )?;
    let week_us = super::fill::WEEK_US;
    let rows = statement.query_map(
        rusqlite::params![
            query.from_us,
            query.to_us,
            query.project,
            week_us,
            query.queue
        ],
        |row| {
            Ok(Sample {
                n: row.get(0)?,
                queue: row.get(1)?,
                project: row.get(2)?,
                from_us: row.get(3)?,
                population: row.get(4)?,
                drawn: row.get(5)?,
            })
        },
    )?;
    let mut found: Vec<Sample> = rows.collect::<Result<_, _>>()?;
    if let Some(projects) = &query.scope.projects {
        found.retain(|sample| projects.contains(&sample.project));
    }
    Ok(found)
}
