//! The names under which pages and API are served. A page elsewhere can point a name of its own at this address and would then be
//! "same origin": its name is not on this list.

use std::net::IpAddr;

use axum::http::{HeaderMap, Uri};

use super::origin;

/// The names that are served.
#[derive(Debug, Clone)]
pub(crate) struct Hosts {
    allowed: Vec<String>,
}

impl Hosts {
    /// Loopback's names, the address that is listened on, and what the operator adds.
    pub(crate) fn new(listen: IpAddr, added: &[String]) -> Self {
        let mut allowed = vec![
            "localhost".to_owned(),
            "127.0.0.1".to_owned(),
            "[::1]".to_owned(),
        ];
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
        // HTTP/2 names the host in the address.
        let host = uri
            .authority()
            .map(axum::http::uri::Authority::as_str)
            .or_else(|| origin::host(headers));
        host.is_some_and(|host| {
            let name = without_port(host).to_ascii_lowercase();
            self.allowed.contains(&name)
        })
    }
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
    use axum::http::{HeaderValue, header};

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
