//! The one filter language: `key:value` terms, for the command line, the address bar and queries.
