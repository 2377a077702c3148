//! A running server, and a connection to it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Argus, Result};

/// How long the projection may take.
const PROJECTED_WITHIN: Duration = Duration::from_secs(60);

#[expect(
    clippy::disallowed_methods,
    reason = "between two questions, before a deadline"
)]
fn pause() {
    std::thread::sleep(Duration::from_millis(5));
}

/// `argus serve` on a port of its own. It is killed when this is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    url: String,
    set_up_link: Option<String>,
}

impl Server {
    /// Starts it and waits until it says where it listens.
    ///
    /// # Errors
    /// It ended before that.
    pub fn start(argus: &Argus) -> Result<Self> {
        Self::start_logging(argus, "error", Stdio::inherit())
    }

    /// As [`Self::start`], at an address: that of a server that was there before.
    ///
    /// # Errors
    /// It ended before it said where it listens.
    pub fn start_at(argus: &Argus, address: &str) -> Result<Self> {
        Self::started(argus, address, &["--log", "error"], Stdio::inherit())
    }

    /// As [`Self::start`], with a log of this level written to `log`.
    ///
    /// # Errors
    /// It ended before it said where it listens.
    pub fn start_logging(argus: &Argus, level: &str, log: Stdio) -> Result<Self> {
        Self::started(argus, "127.0.0.1:0", &["--log", level], log)
    }

    /// As [`Self::start`], with these flags.
    ///
    /// # Errors
    /// It ended before it said where it listens.
    pub fn start_with(argus: &Argus, flags: &[&str]) -> Result<Self> {
        let flags = [&["--log", "error"], flags].concat();
        Self::started(argus, "127.0.0.1:0", &flags, Stdio::inherit())
    }

    fn started(argus: &Argus, address: &str, flags: &[&str], log: Stdio) -> Result<Self> {
        let mut child = argus
            .command(&["serve", "--listen", address])
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .map_err(|error| format!("argus serve: {error}"))?;
        let stdout = child.stdout.take().ok_or("argus serve has no stdout")?;
        let mut line = String::new();
        let mut stdout = BufReader::new(stdout);
        let read = stdout.read_line(&mut line);
        let url = line.trim().strip_prefix("listening on ").map(str::to_owned);
        // The link comes in the same write, if there is one.
        let rest = String::from_utf8_lossy(stdout.buffer()).into_owned();
        let set_up_link = rest
            .lines()
            .map(str::trim)
            .find(|line| line.contains("/link#"))
            .map(str::to_owned);
        let server = Self {
            child,
            url: url.clone().unwrap_or_default(),
            set_up_link,
        };
        match (read, url) {
            (Ok(_), Some(_)) => Ok(server),
            _ => Err(format!(
                "argus serve did not say where it listens: \"{line}\""
            )),
        }
    }

    /// The link by which the first owner is made, while there is none.
    #[must_use]
    pub fn set_up_link(&self) -> Option<&str> {
        self.set_up_link.as_deref()
    }

    /// `http://127.0.0.1:PORT`, or with the name and scheme that it was started with.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The process, for `/proc`.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits until every record that is stored can be read in its session.
    ///
    /// # Errors
    /// The server does not answer, or is not done after 60 s.
    pub fn projected(&self) -> Result<()> {
        let deadline = Instant::now() + PROJECTED_WITHIN;
        while Instant::now() < deadline {
            let metrics = ureq::get(format!("{}/metrics", self.url))
                .call()
                .and_then(|mut answer| answer.body_mut().read_to_string())
                .map_err(|error| error.to_string())?;
            let mut lags = metrics
                .lines()
                .filter(|line| line.starts_with("argus_projection_lag_records"))
                .peekable();
            if lags.peek().is_some() && lags.all(|line| line.ends_with(" 0")) {
                return Ok(());
            }
            pause();
        }
        Err("the projection is still behind".to_owned())
    }

    /// kill -9: nothing of it runs any more when this returns.
    ///
    /// # Errors
    /// It had ended by itself.
    pub fn kill(mut self) -> Result<()> {
        match self.child.try_wait() {
            Ok(None) => {}
            Ok(Some(status)) => return Err(format!("argus serve had ended by itself ({status})")),
            Err(error) => return Err(error.to_string()),
        }
        self.child.kill().map_err(|error| error.to_string())?;
        self.child
            .wait()
            .map(drop)
            .map_err(|error| error.to_string())
    }

    /// Asks it to stop and waits for it.
    ///
    /// # Errors
    /// It did not end with 0.
    pub fn stop(mut self) -> Result<()> {
        let asked = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        asked.map_err(|error| format!("kill: {error}"))?;
        let status = self.child.wait().map_err(|error| error.to_string())?;
        if status.success() {
            Ok(())
        } else {
            Err(format!("argus serve ended with {status}"))
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail when it has been waited for, which is as well.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// One connection that sends with a key.
#[derive(Debug)]
pub struct Sender {
    agent: ureq::Agent,
    url: String,
    authorization: String,
}

impl Sender {
    /// A connection of its own; it opens with the first request.
    #[must_use]
    pub fn new(url: &str, key: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        Self {
            agent: config.into(),
            url: url.to_owned(),
            authorization: format!("Bearer {key}"),
        }
    }

    /// Sends a body and gives the status and the answer.
    ///
    /// # Errors
    /// No answer came.
    pub fn post(&self, path: &str, content_type: &str, body: &[u8]) -> Result<(u16, String)> {
        let mut answer = self
            .agent
            .post(format!("{}{path}", self.url))
            .header("authorization", &self.authorization)
            .header("content-type", content_type)
            .send(body)
            .map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        let text = answer
            .body_mut()
            .read_to_string()
            .map_err(|error| error.to_string())?;
        Ok((status, text))
    }
}
