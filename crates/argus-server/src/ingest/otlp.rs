//! OTLP over HTTP and gRPC, as version 1.11 of its specification says.

mod answer;
mod decode;
pub(crate) mod grpc;
pub(crate) mod http;
mod status;

use std::sync::Arc;

use axum::Router;
use axum::routing::any;

use crate::app::App;

pub use decode::{
    ATTRIBUTES_MAX, DecodeError, Decoded, Encoding, ITEM_VALUES_MAX, ITEMS_MAX, REQUEST_VALUES_MAX,
    Reason, Rejected, SHARED_BYTES_MAX, Signal, VALUE_NESTING_MAX, decode,
};
pub use grpc::unframed;

/// The routes of every signal, of both transports.
pub(crate) fn routes() -> Router<Arc<App>> {
    Signal::ALL
        .into_iter()
        .fold(Router::new(), |router, signal| {
            router
                .route(
                    &format!("/v1/{}", signal.as_str()),
                    any(move |app, request| http::handle(app, request, signal)),
                )
                .route(
                    grpc::method(signal),
                    any(move |app, request| grpc::handle(app, request, signal)),
                )
        })
}
