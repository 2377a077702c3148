//! The names under which pages and API are served. A page elsewhere can point a name of its own at this address and would then be
//! "same origin": its name is not on this list.

use std::net::IpAddr;

use axum::http::{HeaderMap, Uri, header};

const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// The names that are served.
#[derive(Debug, Clone)]
pub(crate) struct Hosts {
    allowed: Vec<String>,
}

impl Hosts {
    /// Loopback's names, the address that is listened on, and what the operator adds.
    pub(crate) fn new(listen: IpAddr, added: &[String]) -> Self {
        let mut allowed: Vec<String> = LOOPBACK.map(str::to_owned).to_vec();
        if !listen.is_unspecified() {
            allowed.push(match listen {
                IpAddr::V4(address) => address.to_string(),
                IpAddr::V6(address) => format!("[{address}]"),
            });
        }
        allowed.extend(added.iter().map(|name| name.to_ascii_lowercase()));
        Self { allowed }
    }

    /// Whether a request is for one of the names, on whatever port.
    pub(crate) fn allow(&self, headers: &HeaderMap, uri: &Uri) -> bool {
        of(headers, uri).is_some_and(|host| {
            let name = without_port(host).to_ascii_lowercase();
            self.allowed.contains(&name)
        })
    }
}

/// The host that a request is for, with its port: HTTP/2 names it in the address, HTTP/1 in a header.
pub(crate) fn of<'a>(headers: &'a HeaderMap, uri: &'a Uri) -> Option<&'a str> {
    match uri.authority() {
        Some(authority) => Some(authority.as_str()),
        None => headers.get(header::HOST)?.to_str().ok(),
    }
}

/// Whether a request is for this machine by one of the names that every machine has.
pub(crate) fn is_loopback(headers: &HeaderMap, uri: &Uri) -> bool {
    of(headers, uri).is_some_and(|host| {
        let name = without_port(host).to_ascii_lowercase();
        LOOPBACK.contains(&name.as_str())
    })
}

/// Whether this is a host's name or address, without a port and without anything else.
pub(crate) fn is_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let is_v6 = name
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .is_some_and(|inner| inner.parse::<std::net::Ipv6Addr>().is_ok());
    is_v6 || (!name.is_empty() && name.chars().all(is_plain))
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => {
            name
        }
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_names_on_the_list_are_served() {
        let hosts = Hosts::new(
            IpAddr::from([10, 0, 0, 5]),
            &["Argus.Example.org".to_owned()],
        );
        let allows = |host: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_str(host).unwrap());
            hosts.allow(&headers, &Uri::from_static("/"))
        };
        for host in [
            "localhost",
            "LOCALHOST:4318",
            "127.0.0.1:1",
            "[::1]:4318",
            "[::1]",
            "10.0.0.5",
            "argus.example.org:443",
        ] {
            assert!(allows(host), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.2",
            "argus.example.org.",
            "::1",
            "",
        ] {
            assert!(!allows(host), "{host}");
        }
    }
}
