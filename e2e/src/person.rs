//! Somebody who is signed in, by the API.

use std::io::Read;

use serde_json::{Value, json};

use crate::{Result, Server};

/// A browser's words for requests that the server's own page makes.
const OWN_PAGE: (&str, &str) = ("sec-fetch-site", "same-origin");
/// Longest answer that is read.
const ANSWER_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Somebody who signed in.
#[derive(Debug, Clone)]
pub struct Person {
    agent: ureq::Agent,
    url: String,
    cookie: String,
}

impl Person {
    /// The first owner, made by the link that the server printed.
    ///
    /// # Errors
    /// The server printed none, or refused.
    pub fn owner(server: &Server) -> Result<Self> {
        let link = server.set_up_link().ok_or("argus serve printed no link")?;
        let (_, token) = link.split_once('#').ok_or("the link has no token")?;
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let asked = json!({"token": token, "name": "Owner", "email": "owner@example.com", "password": "a long sentence will do"});
        let mut answer = agent
            .post(format!("{}/api/v1/links/accept", server.url()))
            .header(OWN_PAGE.0, OWN_PAGE.1)
            .header("content-type", "application/json")
            .send(asked.to_string())
            .map_err(|error| error.to_string())?;
        let cookie = answer
            .headers()
            .get("set-cookie")
            .and_then(|value| value.to_str().ok()?.split(';').next())
            .map(str::to_owned);
        match cookie {
            Some(cookie) => Ok(Self {
                agent,
                url: server.url().to_owned(),
                cookie,
            }),
            None => Err(format!(
                "the link was not accepted: {}",
                answer
                    .body_mut()
                    .read_to_string()
                    .map_err(|error| error.to_string())?
            )),
        }
    }

    /// Asks for a path and gives the status and the answer.
    ///
    /// # Errors
    /// No whole answer came.
    pub fn get(&self, path: &str) -> Result<(u16, Vec<u8>)> {
        let answer = self
            .agent
            .get(format!("{}{path}", self.url))
            .header("cookie", &self.cookie)
            .call();
        read(answer, path)
    }

    /// Sends JSON and gives the answer, which has to be JSON of status 200.
    ///
    /// # Errors
    /// No such answer came.
    pub fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let answer = self
            .agent
            .post(format!("{}{path}", self.url))
            .header("cookie", &self.cookie)
            .header(OWN_PAGE.0, OWN_PAGE.1)
            .header("content-type", "application/json")
            .send(body.to_string());
        let (status, answer) = read(answer, path)?;
        if status != 200 {
            let answer = String::from_utf8_lossy(&answer);
            return Err(format!("POST {path}: {status} {answer}"));
        }
        serde_json::from_slice(&answer).map_err(|error| format!("POST {path}: {error}"))
    }
}

fn read(
    answer: std::result::Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    path: &str,
) -> Result<(u16, Vec<u8>)> {
    let answer = answer.map_err(|error| format!("{path}: {error}"))?;
    let status = answer.status().as_u16();
    let mut bytes = Vec::new();
    answer
        .into_body()
        .into_reader()
        .take(ANSWER_BYTES_MAX)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("{path}: {error}"))?;
    Ok((status, bytes))
}
