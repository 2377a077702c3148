//! Lines G: OTLP over gRPC.

use argus_server::ingest::otlp::Signal;
use argus_server::{GRPC_PORT, Limits, ServerConfig};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::logs::v1::logs_service_client::LogsServiceClient;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::metrics_service_client::MetricsServiceClient;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_client::TraceServiceClient;
use prost::Message as _;
use tonic::codec::CompressionEncoding;
use tonic::transport::Channel;

use crate::support::Server;
use crate::support::http::{Reply, begin, call, frame};
use crate::support::payload::{
    ExportResponse, Status, coded, method, of_attributes, padded, payload,
};

const KIB: usize = 1024;

async fn export(server: &Server, signal: Signal, message: &[u8]) -> Reply {
    call(
        server.address,
        &server.key,
        method(signal),
        &[],
        frame(false, message),
    )
    .await
}

/// The answer's message, which has to be there and alone.
fn response(reply: &Reply) -> ExportResponse {
    assert_eq!(reply.grpc_status(), 0, "{reply:?}");
    assert_eq!(reply.body[0], 0);
    let length = u32::from_be_bytes(reply.body[1..5].try_into().unwrap()) as usize;
    assert_eq!(reply.body.len(), 5 + length);
    ExportResponse::decode(&reply.body[5..]).unwrap()
}

fn details(reply: &Reply) -> Vec<String> {
    let bytes = STANDARD_NO_PAD
        .decode(reply.header("grpc-status-details-bin"))
        .unwrap();
    let status = Status::decode(&*bytes).unwrap();
    assert_eq!(status.code, reply.grpc_status());
    status
        .details
        .into_iter()
        .map(|detail| detail.type_url.rsplit('.').next().unwrap().to_owned())
        .collect()
}

fn small() -> Limits {
    Limits {
        encoded_bytes_max: 64 * KIB,
        decoded_bytes_max: 64 * KIB,
        ..Limits::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn g1_a_message_is_bounded_also_after_decompression() {
    let server = Server::with(small()).await;
    let message = payload(Signal::Logs, "s", 1, 0).protobuf;
    for coding in ["identity", "gzip", "zstd"] {
        for (length, status) in [(64 * KIB, 0), (64 * KIB + 1, 8)] {
            let body = frame(
                coding != "identity",
                &coded(coding, &padded(&message, length)),
            );
            let reply = call(
                server.address,
                &server.key,
                method(Signal::Logs),
                &[("grpc-encoding", coding)],
                body,
            )
            .await;
            assert_eq!(reply.grpc_status(), status, "{coding} {length}: {reply:?}");
        }
    }
    assert_eq!(server.stored(), 1);
    assert_eq!(Limits::default().decoded_bytes_max, 64 * KIB * KIB);
}

#[tokio::test(flavor = "multi_thread")]
async fn g2_above_the_limit_is_resource_exhausted_for_good() {
    let server = Server::with(small()).await;
    let reply = export(&server, Signal::Traces, &padded(&[], 64 * KIB + 1)).await;
    assert_eq!(reply.grpc_status(), 8);
    assert_eq!(details(&reply), Vec::<String>::new(), "no RetryInfo");
}

#[tokio::test(flavor = "multi_thread")]
async fn g3_the_own_response_is_bounded() {
    let server = Server::with(Limits {
        response_bytes_max: 100,
        ..Limits::default()
    })
    .await;
    let reply = export(
        &server,
        Signal::Logs,
        &payload(Signal::Logs, "s", 1, 3).protobuf,
    )
    .await;
    assert!(reply.body.len() <= 105, "{reply:?}");
    assert_eq!(Limits::default().response_bytes_max, 4 * KIB * KIB);
}

#[tokio::test(flavor = "multi_thread")]
async fn g4_a_partial_success_that_is_too_long_is_shortened_or_fails_for_good() {
    let server = Server::with(Limits {
        response_bytes_max: 40,
        ..Limits::default()
    })
    .await;
    let reply = export(
        &server,
        Signal::Logs,
        &payload(Signal::Logs, "s", 1, 300).protobuf,
    )
    .await;
    let partial = response(&reply).partial_success.unwrap();
    assert!(
        partial.rejected == 300 && !partial.error_message.is_empty(),
        "{partial:?}"
    );
    let server = Server::with(Limits {
        response_bytes_max: 3,
        ..Limits::default()
    })
    .await;
    let reply = export(
        &server,
        Signal::Logs,
        &payload(Signal::Logs, "s", 1, 1).protobuf,
    )
    .await;
    assert_eq!(reply.grpc_status(), 8);
    assert_eq!(details(&reply), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn g5_an_empty_request_succeeds() {
    let server = Server::start().await;
    for signal in Signal::ALL {
        assert_eq!(
            response(&export(&server, signal, &[]).await),
            ExportResponse::default()
        );
    }
}

async fn channel(server: &Server) -> Channel {
    Channel::from_shared(format!("http://{}", server.address))
        .unwrap()
        .connect()
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn g6_success_is_the_response_of_the_signal_with_nothing_set() {
    let server = Server::start().await;
    let channel = channel(&server).await;
    let authorization: tonic::metadata::AsciiMetadataValue =
        format!("Bearer {}", server.key).parse().unwrap();
    let with_key = move |mut request: tonic::Request<()>| {
        request
            .metadata_mut()
            .insert("authorization", authorization.clone());
        Ok(request)
    };
    // Somebody else's client, compressing both ways.
    macro_rules! exports {
        ($client:ident, $message:ty, $signal:expr, $coding:expr) => {{
            let message = <$message>::decode(&*payload($signal, "s", 2, 0).protobuf).unwrap();
            let mut client = $client::with_interceptor(channel.clone(), with_key.clone())
                .send_compressed($coding)
                .accept_compressed($coding);
            client
                .export(message)
                .await
                .unwrap()
                .into_inner()
                .partial_success
        }};
    }
    for coding in [CompressionEncoding::Gzip, CompressionEncoding::Zstd] {
        assert_eq!(
            exports!(
                LogsServiceClient,
                ExportLogsServiceRequest,
                Signal::Logs,
                coding
            ),
            None
        );
        assert_eq!(
            exports!(
                MetricsServiceClient,
                ExportMetricsServiceRequest,
                Signal::Metrics,
                coding
            ),
            None
        );
        assert_eq!(
            exports!(
                TraceServiceClient,
                ExportTraceServiceRequest,
                Signal::Traces,
                coding
            ),
            None
        );
    }
    assert_eq!(server.stored(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn g7_partly_accepted_says_exactly_how_many_and_why() {
    let server = Server::start().await;
    for (n, signal) in Signal::ALL.into_iter().enumerate() {
        let reply = export(&server, signal, &payload(signal, "s", 3, 2).protobuf).await;
        let partial = response(&reply).partial_success.unwrap();
        assert_eq!(partial.rejected, 2);
        assert!(partial.error_message.contains("attributes"), "{partial:?}");
        assert_eq!(server.stored(), (n as u64 + 1) * 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn g8_a_warning_on_full_acceptance_has_a_count_of_zero() {
    let server = Server::start().await;
    let sessionless = of_attributes(Signal::Logs, vec![Vec::new()]);
    let partial = response(&export(&server, Signal::Logs, &sessionless.protobuf).await)
        .partial_success
        .unwrap();
    assert!(
        partial.rejected == 0 && partial.error_message.contains("session.id"),
        "{partial:?}"
    );
    assert_eq!(server.stored(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn g9_a_passing_fault_is_unavailable_and_bad_data_invalid_argument() {
    let server = Server::start().await;
    for broken in [&b"\xff\xff\xff"[..], b"\x0a\x7f", b"{}"] {
        let reply = export(&server, Signal::Logs, broken).await;
        assert_eq!(
            (reply.grpc_status(), details(&reply)),
            (3, vec!["BadRequest".to_owned()]),
            "{broken:?}"
        );
    }
    server.workspace().limit_size_for_test(Some(0)).unwrap();
    let many = payload(Signal::Logs, "s", 500, 0).protobuf;
    let reply = export(&server, Signal::Logs, &many).await;
    assert_eq!(
        (reply.grpc_status(), details(&reply)),
        (14, vec!["RetryInfo".to_owned()])
    );
    server.workspace().limit_size_for_test(None).unwrap();
    response(&export(&server, Signal::Logs, &many).await);
    assert_eq!(server.stored(), 500);
}

#[tokio::test(flavor = "multi_thread")]
async fn g10_overload_is_unavailable_with_a_delay_and_other_keys_are_unhurt() {
    let server = Server::with(Limits {
        key_in_flight_bytes_max: 30_000,
        ..Limits::default()
    })
    .await;
    let other = server.another_key();
    let held = begin(server.address, &server.key, 29_000, &[b' '; 25_000]).await;
    server
        .wait_for_metric("argus_in_flight_bytes", |bytes| bytes == 25_000)
        .await;
    let message = frame(
        false,
        &padded(&payload(Signal::Logs, "s", 1, 0).protobuf, 10_000),
    );
    let reply = call(
        server.address,
        &server.key,
        method(Signal::Logs),
        &[],
        message.clone(),
    )
    .await;
    assert_eq!(
        (reply.grpc_status(), details(&reply)),
        (14, vec!["RetryInfo".to_owned()])
    );
    response(&call(server.address, &other, method(Signal::Logs), &[], message).await);
    drop(held);
}

#[test]
fn g11_the_default_port_is_4317() {
    assert_eq!(GRPC_PORT, 4317);
    assert_eq!(
        ServerConfig::default().grpc_listen(),
        Some("127.0.0.1:4317".parse().unwrap())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_and_methods_have_their_grpc_statuses() {
    let server = Server::start().await;
    let empty = frame(false, &[]);
    for (key, status) in [
        ("", 16),
        ("argus_ik_nonsense", 16),
        (&server.reading_key(), 7),
    ] {
        let reply = call(
            server.address,
            key,
            method(Signal::Logs),
            &[],
            empty.clone(),
        )
        .await;
        assert_eq!(
            (reply.status.as_u16(), reply.grpc_status()),
            (200, status),
            "{key}"
        );
    }
    for unknown in [
        "/opentelemetry.proto.collector.profiles.v1.ProfilesService/Export",
        "/x/y",
    ] {
        let reply = call(server.address, &server.key, unknown, &[], empty.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.grpc_status()), (200, 12));
    }
    let reply = call(
        server.address,
        &server.key,
        method(Signal::Logs),
        &[("grpc-encoding", "snappy")],
        empty,
    )
    .await;
    assert_eq!(reply.grpc_status(), 12);
    assert_eq!(reply.header("grpc-accept-encoding"), "gzip, zstd, identity");
}
