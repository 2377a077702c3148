//! Talks to the server.

use argus_session::Clock;
use argus_session::time::rfc3339;
use serde_json::json;

use super::run::Follower;
use crate::hello::Hello;
use crate::http::ServerError;
use crate::privacy::{Outcome, Privacy};
use crate::{cursor, envelope, token};

/// How often the server is told of private sessions that it did not settle, microseconds.
const TELL_EVERY_US: i64 = 60 * 1_000_000;

impl Follower {
    /// Talks to the server, when it is time. True when there is more to send at once.
    pub(super) fn ship_round(&mut self) -> bool {
        let now_us = self.clock.now_us();
        let before = self.losses.clone();
        // What is old waits for one try at least: a machine that was off may reach the server now.
        if self.ship.has_failed()
            && let Err(error) = self.spool.enforce(now_us, &mut self.losses)
        {
            self.log(&format!("the spool cannot be bounded: {error}"));
        }
        if self.losses != before {
            let _ = self.losses.write(&self.folder);
        }
        if !self.ship.is_time(now_us) {
            return false;
        }
        if !self.is_obeyed {
            // Something private may wait in the spool still.
            return false;
        }
        let Some(key) = self.key() else {
            self.status.problem = Some("no key: sign in with `argus-capture login`".to_owned());
            self.ship.wait_long(now_us);
            return false;
        };
        let result = self.talk(&key, now_us);
        match result {
            Ok(has_more) => {
                self.ship.went_well();
                self.status.problem = None;
                has_more
            }
            Err(error) => {
                self.status.problem = Some(error.to_string());
                self.log(&error.to_string());
                self.ship.failed(now_us, &error, &self.random);
                false
            }
        }
    }

    pub(super) fn talk(&mut self, key: &str, now_us: i64) -> Result<bool, ServerError> {
        if self.ship.is_hello_due(now_us) {
            let sessions = self.known_sessions();
            let hello = Hello::ask(
                &self.ship.server,
                key,
                &self.folder,
                &self.device,
                &sessions,
                &self.clock,
            );
            match hello {
                Ok(hello) => self.heard(hello),
                // An older server: what the bundle says holds.
                Err(error) if error.status() == Some(404) => {}
                Err(error) => return Err(error),
            }
            self.ship.said_hello(now_us);
        }
        let waiting = self.privacy.waiting();
        let has_new = waiting.iter().any(|id| !self.told.contains(id));
        if has_new || !waiting.is_empty() && now_us >= self.tell_at_us {
            self.tell_private(key, &waiting, now_us)?;
        }
        // Another word may have been given while this one was told.
        self.obey();
        if !self.is_obeyed {
            return Ok(true);
        }
        if !self.losses.is_empty() {
            self.say_losses();
        }
        let Some(shipped) = self
            .ship
            .batch(key, &self.spool, &mut self.losses, now_us)?
        else {
            return Ok(false);
        };
        self.spool
            .acknowledge(&shipped.batch)
            .map_err(|error| ServerError::Odd(error.to_string()))?;
        if shipped.refused > 0 {
            let _ = self.losses.write(&self.folder);
        }
        self.status.acknowledged += shipped.acknowledged;
        self.status.acknowledged_at_us = Some(now_us);
        self.purge(&shipped.purge, now_us);
        Ok(true)
    }

    pub(super) fn key(&self) -> Option<String> {
        token::store(&self.folder)
            .get()
            .map(|token| token.token)
            .or_else(|| self.config.key.clone())
    }

    /// Sessions of which something is held here.
    pub(super) fn known_sessions(&self) -> Vec<String> {
        let mut sessions: Vec<String> = self.sessions.keys().cloned().collect();
        sessions.extend(
            cursor::all(&self.folder)
                .into_iter()
                .map(|stored| stored.session_id),
        );
        sessions.sort();
        sessions.dedup();
        sessions
    }

    pub(super) fn heard(&mut self, hello: Hello) {
        let is_new_rule = serde_json::to_value(&hello.redaction).ok()
            != serde_json::to_value(&self.hello.redaction).ok();
        if is_new_rule {
            self.redactor = envelope::redactor(hello.redaction.as_ref());
        }
        let purge = hello.purge.clone();
        self.hello = hello;
        self.purge(&purge, self.clock.now_us());
    }

    /// The server erased sessions: nothing of them is kept here, or sent again.
    pub(super) fn purge(&mut self, sessions: &[String], now_us: i64) {
        let new: Vec<&String> = sessions.iter().filter(|id| !self.is_silent(id)).collect();
        if new.is_empty() {
            return;
        }
        let changed = Privacy::change(&self.folder, |privacy| {
            for id in &new {
                privacy.settle(id, Outcome::Erased, now_us);
            }
        });
        match changed {
            Ok(_) => self.obey(),
            Err(error) => self.log(&format!("private.json cannot be written: {error}")),
        }
    }

    pub(super) fn tell_private(
        &mut self,
        key: &str,
        waiting: &[String],
        now_us: i64,
    ) -> Result<(), ServerError> {
        // A server that does not settle them is asked again, but not at once.
        self.tell_at_us = now_us + TELL_EVERY_US;
        self.told = waiting.iter().cloned().collect();
        let said_at_us = waiting
            .iter()
            .filter_map(|id| self.privacy.sessions.get(id))
            .map(|session| session.said_at_us)
            .max()
            .unwrap_or_default();
        let body = json!({
            "version": 1, "sessions": waiting.iter().take(100).collect::<Vec<_>>(), "said_at": rfc3339(said_at_us),
            "device": {"id": self.device.id(), "secret": self.device.secret()},
        });
        let answer = match self
            .ship
            .server
            .post("/v1/capture/private", Some(key), &body)
        {
            // An older server cannot erase: what this client can do, it did.
            Err(error) if error.status() == Some(404) => return Ok(()),
            answer => answer?,
        };
        let now_us = self.clock.now_us();
        let outcomes: Vec<(String, Outcome)> = answer["sessions"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let outcome = match entry["outcome"].as_str()? {
                    "private" => Outcome::Private,
                    "content_off" => Outcome::ContentOff,
                    "forbidden" => Outcome::Forbidden,
                    "refused" => Outcome::Refused,
                    _ => return None,
                };
                Some((entry["session_id"].as_str()?.to_owned(), outcome))
            })
            .collect();
        let changed = Privacy::change(&self.folder, |privacy| {
            for (id, outcome) in &outcomes {
                privacy.settle(id, *outcome, now_us);
            }
        });
        if let Err(error) = changed {
            self.log(&format!("private.json cannot be written: {error}"));
        }
        let told: Vec<&String> = outcomes.iter().map(|(id, _)| id).collect();
        self.unwritten.retain(|id| !told.contains(&id));
        self.log(&format!(
            "the server was told of {} private sessions",
            outcomes.len()
        ));
        Ok(())
    }
}
