//! Input made to hurt: deep, wide, repeated, cut off.

use argus_server::ingest::otlp::{
    ATTRIBUTES_MAX, DecodeError, Decoded, Encoding, ITEM_VALUES_MAX, ITEMS_MAX, Reason, Signal,
    VALUE_NESTING_MAX, decode,
};

/// A length-delimited protobuf field.
fn field(number: u8, content: &[u8]) -> Vec<u8> {
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

/// A log request of one record in protobuf.
fn protobuf(record: &[u8]) -> Vec<u8> {
    field(1, &field(2, &field(2, record)))
}

fn json(record: &str) -> String {
    format!("{{\"resourceLogs\":[{{\"scopeLogs\":[{{\"logRecords\":[{record}]}}]}}]}}")
}

/// A record whose body is an array in an array in …, in both encodings.
fn nested(levels: usize) -> [Result<Decoded, DecodeError>; 2] {
    let mut value = field(1, b"x");
    for _ in 0..levels {
        value = field(5, &field(1, &value));
    }
    let text = format!(
        "{}{{\"stringValue\":\"x\"}}{}",
        "{\"arrayValue\":{\"values\":[".repeat(levels),
        "]}}".repeat(levels)
    );
    [
        decode(
            Signal::Logs,
            Encoding::Protobuf,
            &protobuf(&field(5, &value)),
        ),
        decode(
            Signal::Logs,
            Encoding::Json,
            json(&format!("{{\"body\":{text}}}")).as_bytes(),
        ),
    ]
}

#[test]
fn nesting_has_one_limit_in_both_encodings() {
    let most = VALUE_NESTING_MAX as usize;
    for decoded in nested(most) {
        assert_eq!(decoded.unwrap().items.len(), 1);
    }
    for decoded in nested(most + 1) {
        assert_eq!(decoded.unwrap().rejected[0].reason, Reason::TooDeep);
    }
    let mut value = "{\"kvlistValue\":{\"values\":[{\"key\":\"k\",\"value\":".repeat(most);
    value.push_str("{\"intValue\":1}");
    value.push_str(&"}]}}".repeat(most));
    let decoded = decode(
        Signal::Logs,
        Encoding::Json,
        json(&format!("{{\"body\":{value}}}")).as_bytes(),
    );
    assert_eq!(
        decoded.unwrap().items.len(),
        1,
        "the JSON reader's own limit is not reached first"
    );
}

#[test]
fn a_hundred_thousand_levels_are_refused_without_a_stack() {
    let [protobuf, json] = nested(100_000);
    assert_eq!(protobuf.unwrap().rejected[0].reason, Reason::TooDeep);
    assert_eq!(json.unwrap().rejected[0].reason, Reason::TooDeep);
    let unknown = format!(
        "{{\"later\":{}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert!(
        decode(Signal::Logs, Encoding::Json, unknown.as_bytes()).is_ok(),
        "unknown members are read past"
    );
    let groups: Vec<u8> = [vec![0x2b; 100_000], vec![0x2c; 100_000]].concat();
    assert!(decode(Signal::Logs, Encoding::Protobuf, &groups).is_ok());
}

#[test]
fn attribute_lists_are_bounded_and_equal_keys_are_cheap() {
    let record = |count: usize| field(6, &field(1, b"k")).repeat(count);
    let decoded = decode(
        Signal::Logs,
        Encoding::Protobuf,
        &protobuf(&record(ATTRIBUTES_MAX)),
    )
    .unwrap();
    let attributes = decoded.items[0].body["log"]["attributes"]
        .as_object()
        .unwrap();
    assert!(
        attributes.len() == ATTRIBUTES_MAX
            && attributes.contains_key(&format!("k#{ATTRIBUTES_MAX}"))
    );
    let decoded = decode(
        Signal::Logs,
        Encoding::Protobuf,
        &protobuf(&record(ATTRIBUTES_MAX + 1)),
    )
    .unwrap();
    assert_eq!(decoded.rejected[0].reason, Reason::TooManyAttributes);
}

#[test]
fn values_of_an_item_are_bounded_in_both_encodings() {
    let array = field(5, &field(5, &field(1, b"").repeat(ITEM_VALUES_MAX)));
    let text = json(&format!(
        "{{\"body\":{{\"arrayValue\":{{\"values\":[{}{{}}]}}}}}}",
        "{},".repeat(ITEM_VALUES_MAX - 1)
    ));
    for decoded in [
        decode(Signal::Logs, Encoding::Protobuf, &protobuf(&array)),
        decode(Signal::Logs, Encoding::Json, text.as_bytes()),
    ] {
        assert_eq!(decoded.unwrap().rejected[0].reason, Reason::TooManyValues);
    }
}

#[test]
fn values_of_a_request_are_bounded() {
    let array = field(
        2,
        &field(5, &field(5, &field(1, b"").repeat(ITEM_VALUES_MAX - 2))),
    );
    let body = field(1, &field(2, &array.repeat(41)));
    let error = decode(Signal::Logs, Encoding::Protobuf, &body).unwrap_err();
    assert!(error == DecodeError::TooManyValues && error.is_too_large());
}

#[test]
fn items_of_a_request_are_bounded_in_both_encodings() {
    let wire = field(1, &field(2, &field(2, b"").repeat(ITEMS_MAX + 1)));
    let text = json(&format!("{}{{}}", "{},".repeat(ITEMS_MAX)));
    for error in [
        decode(Signal::Logs, Encoding::Protobuf, &wire).unwrap_err(),
        decode(Signal::Logs, Encoding::Json, text.as_bytes()).unwrap_err(),
    ] {
        assert!(error == DecodeError::TooManyItems && error.is_too_large());
    }
}

#[test]
fn every_cut_of_a_message_is_an_error_or_whole() {
    let record = [
        field(
            6,
            &[field(1, b"key"), field(2, &field(1, b"value"))].concat(),
        ),
        field(9, &[7; 16]),
    ]
    .concat();
    let whole = protobuf(&record);
    for end in 1..whole.len() {
        let error = decode(Signal::Logs, Encoding::Protobuf, &whole[..end]).unwrap_err();
        assert!(matches!(error, DecodeError::Protobuf(_)));
    }
    assert_eq!(
        decode(Signal::Logs, Encoding::Protobuf, &whole)
            .unwrap()
            .items
            .len(),
        1
    );
}

#[test]
fn text_that_is_not_utf8_ends_a_protobuf_request() {
    let record = field(3, b"\xff\xfe");
    let error = decode(Signal::Logs, Encoding::Protobuf, &protobuf(&record)).unwrap_err();
    assert!(matches!(error, DecodeError::Protobuf(_)));
}

#[test]
fn a_large_resource_is_not_multiplied_by_empty_items() {
    let value = field(1, &vec![b'x'; 100_000]);
    let resource = field(1, &field(1, &[field(1, b"k"), field(2, &value)].concat()));
    let body = |items| {
        let scope = field(2, &field(2, b"").repeat(items));
        field(1, &[resource.clone(), scope].concat())
    };
    let error = decode(Signal::Logs, Encoding::Protobuf, &body(10_000)).unwrap_err();
    assert!(error == DecodeError::TooMuchShared && error.is_too_large());
    let decoded = decode(Signal::Logs, Encoding::Protobuf, &body(100)).unwrap();
    assert_eq!(decoded.items.len(), 100);
}
