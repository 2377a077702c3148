//! The one port: OTLP (HTTP and gRPC) and capture envelopes in, health and metrics out; and the local socket by which the
//! command line works through a running server.

pub mod ingest;
