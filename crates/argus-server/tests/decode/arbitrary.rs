//! Whatever the bytes are: an answer, never a panic.

use argus_server::ingest::envelopes::{self, Form};
use argus_server::ingest::otlp::{Encoding, Signal, decode, unframed};
use argus_session::without_lone_surrogates;
use proptest::prelude::*;

fn try_all(bytes: &[u8]) {
    for signal in Signal::ALL {
        for encoding in [Encoding::Json, Encoding::Protobuf] {
            let _ = decode(signal, encoding, unframed(bytes));
        }
    }
    for form in [Form::Json, Form::Lines] {
        let _ = envelopes::decode(form, bytes);
    }
    let _ = without_lone_surrogates(&String::from_utf8_lossy(bytes));
}

/// A small request that uses most kinds of fields, to be damaged.
const SEED: &str = r#"{"resourceMetrics":[{"resource":{"attributes":[{"key":"a","value":{"kvlistValue":{"values":[{"key":"b","value":{"arrayValue":{"values":[{"intValue":"1"},{"doubleValue":"NaN"},{"bytesValue":"AA=="}]}}}]}}}]},"scopeMetrics":[{"scope":{"name":"s"},"metrics":[{"name":"m","exponentialHistogram":{"aggregationTemporality":1,"dataPoints":[{"count":"3","sum":1.5,"scale":-1,"positive":{"offset":1,"bucketCounts":["0",2]},"exemplars":[{"asInt":"5","traceId":"00112233445566778899aabbccddeeff"}]}]}},{"summary":{"dataPoints":[{"quantileValues":[{"quantile":0.5,"value":"Infinity"}]}]}}]}]}]}"#;

/// The same in protobuf, roughly: fields in fields.
fn wire_like() -> impl Strategy<Value = Vec<u8>> {
    let leaf = prop_oneof![
        (1_u8..17, any::<u64>()).prop_map(|(number, value)| [
            vec![number << 3 | 1],
            value.to_le_bytes().to_vec()
        ]
        .concat()),
        (1_u8..16, 0_u8..128).prop_map(|(number, value)| vec![number << 3, value]),
        (1_u8..16, any::<u32>()).prop_map(|(number, value)| [
            vec![number << 3 | 5],
            value.to_le_bytes().to_vec()
        ]
        .concat()),
        (1_u8..16, "[a-z]{0,16}")
            .prop_map(|(number, text)| length_delimited(number, text.as_bytes())),
        (1_u8..16, prop_oneof![Just(8_usize), Just(16)])
            .prop_map(|(number, length)| length_delimited(number, &vec![7; length])),
    ];
    leaf.prop_recursive(8, 256, 6, |inner| {
        (1_u8..16, prop::collection::vec(inner, 0..6))
            .prop_map(|(number, fields)| length_delimited(number, &fields.concat()))
    })
}

fn length_delimited(number: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![number << 3 | 2];
    let mut length = content.len();
    while length >= 0x80 {
        out.push(u8::try_from(length & 0x7f).unwrap() | 0x80);
        length >>= 7;
    }
    out.push(u8::try_from(length).unwrap());
    out.extend(content);
    out
}

proptest! {
    #[test]
    fn bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        try_all(&bytes);
    }

    #[test]
    fn fields_in_fields(bytes in prop::collection::vec(wire_like(), 0..6)) {
        try_all(&bytes.concat());
    }

    #[test]
    fn a_damaged_request(at in 0..SEED.len(), byte in any::<u8>(), cut in 0..SEED.len()) {
        let mut damaged = SEED.as_bytes().to_vec();
        damaged[at] = byte;
        try_all(&damaged);
        try_all(&damaged[cut..]);
        try_all(&damaged[..cut]);
    }
}
