//! Signing in: the device authorisation of RFC 8628, in the browser of whoever sits here.

use std::ffi::OsStr;
use std::process::{Command, Stdio};
use std::time::Duration;

use argus_session::Clock;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::config::Config;
use crate::device::Device;
use crate::error::CaptureError;
use crate::http::{Server, ServerError};
use crate::paths::StateFolder;
use crate::system::{self, SystemClock, SystemRandom};
use crate::token::{self, Token};
use crate::{output, platform, store_file};

/// A sign-in that was begun.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Begun {
    device_code: String,
    user_code: String,
    verification_uri: String,
    verification_uri_complete: String,
    expires_at_us: i64,
    interval_s: u64,
}

/// Signs in: shows the code, opens the browser, waits.
///
/// # Errors
/// The server's, or nobody said yes in time.
pub(crate) fn login(
    config: &Config,
    folder: &StateFolder,
    opens_browser: bool,
) -> Result<(), CaptureError> {
    let begun = begin(config, folder)?;
    output::line(&format!("Code: {}", begun.user_code));
    output::line(&format!(
        "Confirm it at {}",
        begun.verification_uri_complete
    ));
    if opens_browser {
        open_browser(&begun.verification_uri_complete);
    }
    let token = wait(config, folder, &begun)?;
    output::line(&match token.person {
        Some(person) => format!("Signed in as {person}."),
        None => "Signed in.".to_owned(),
    });
    Ok(())
}

/// Begins to sign in for somebody in a session: the words with the code. The rest is done beside it.
pub(crate) fn begin_for_plugin(config: &Config, folder: &StateFolder) -> String {
    let begun = match begin(config, folder) {
        Ok(begun) => begun,
        Err(error) => return format!("Argus: {error}"),
    };
    if let Ok(program) = std::env::current_exe() {
        // Without it the person signs in from a terminal.
        let _ = platform::spawn_detached(&program, &[OsStr::new("login"), OsStr::new("--finish")]);
    }
    open_browser(&begun.verification_uri_complete);
    format!(
        "Argus: confirm the code {} at {}",
        begun.user_code, begun.verification_uri_complete
    )
}

/// Waits for what `begin_for_plugin` began.
///
/// # Errors
/// The server's, or nothing was begun.
pub(crate) fn finish(config: &Config, folder: &StateFolder) -> Result<(), CaptureError> {
    let begun: Begun = store_file::read(&folder.login())
        .ok_or_else(|| CaptureError::user("no sign-in was begun").hint("argus-capture login"))?;
    wait(config, folder, &begun).map(drop)
}

/// Forgets the token.
///
/// # Errors
/// The store's.
pub(crate) fn logout(folder: &StateFolder) -> Result<(), CaptureError> {
    token::store(folder).delete()?;
    output::line("Signed out. What is captured from here on has no name.");
    Ok(())
}

fn begin(config: &Config, folder: &StateFolder) -> Result<Begun, CaptureError> {
    #[derive(Deserialize)]
    struct Answer {
        device_code: String,
        user_code: String,
        verification_uri: String,
        verification_uri_complete: Option<String>,
        expires_in: u64,
        interval: Option<u64>,
    }
    let Some(key) = &config.key else {
        return Err(
            CaptureError::config("there is no enrolment key to sign in with")
                .hint("the plugin that your Argus server hands out has one"),
        );
    };
    let device = Device::open(&SystemRandom)?;
    let body = json!({"device_name": device.name, "device_id": device.id()});
    let answer = Server::new(config)
        .post("/v1/device/authorize", Some(key), &body)
        .map_err(|error| said(&error))?;
    let answer: Answer = serde_json::from_value(answer).map_err(|error| {
        CaptureError::server(format!("the server's answer is not understood: {error}"))
    })?;
    let expires = i64::try_from(answer.expires_in.min(3_600)).unwrap_or(900) * 1_000_000;
    let begun = Begun {
        verification_uri_complete: answer
            .verification_uri_complete
            .unwrap_or_else(|| answer.verification_uri.clone()),
        device_code: answer.device_code,
        user_code: answer.user_code,
        verification_uri: answer.verification_uri,
        expires_at_us: SystemClock.now_us() + expires,
        interval_s: answer.interval.unwrap_or(5).clamp(1, 60),
    };
    store_file::write(&folder.login(), &begun)?;
    Ok(begun)
}

/// Asks until somebody has said yes or no.
fn wait(config: &Config, folder: &StateFolder, begun: &Begun) -> Result<Token, CaptureError> {
    let server = Server::new(config);
    let mut interval_s = begun.interval_s;
    let body = json!({
        "device_code": begun.device_code,
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
    });
    while SystemClock.now_us() < begun.expires_at_us {
        match server.post("/v1/device/token", None, &body) {
            Ok(answer) => {
                let token: Token = serde_json::from_value(answer).map_err(|error| {
                    CaptureError::server(format!("the server's answer is not understood: {error}"))
                })?;
                token::store(folder).set(&token)?;
                let _ = std::fs::remove_file(folder.login());
                return Ok(token);
            }
            Err(ServerError::Refused { code, .. }) if code == "authorization_pending" => {}
            Err(ServerError::Refused { code, .. }) if code == "slow_down" => interval_s += 5,
            Err(ServerError::Refused { code, .. }) if code == "access_denied" => {
                return Err(CaptureError::user("the sign-in was refused in the browser"));
            }
            Err(ServerError::Refused { code, .. }) if code == "expired_token" => break,
            Err(error) if error.passes() => {}
            Err(error) => return Err(said(&error)),
        }
        system::pause(Duration::from_secs(interval_s));
    }
    Err(CaptureError::user("nobody confirmed the code in time").hint("argus-capture login"))
}

fn said(error: &ServerError) -> CaptureError {
    CaptureError::server(error.to_string())
}

/// Where there is a browser; where there is none, the address was shown.
fn open_browser(address: &str) {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    if !is_web || system::variable("ARGUS_NO_BROWSER").is_some() {
        return;
    }
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else if system::variable("DISPLAY").is_some() || system::variable("WAYLAND_DISPLAY").is_some()
    {
        "xdg-open"
    } else {
        return;
    };
    let _ = Command::new(program)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}
