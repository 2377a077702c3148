//! One canonical form of a JSON value: keys sorted by their bytes, no white space.
//!
//! Natural keys and hashes are made from this form only, so that the order in which a client wrote its keys, or a
//! library kept them, is never part of an identity.

use serde_json::Value;

/// Writes `value` in canonical form.
#[must_use]
pub fn to_vec(value: &Value) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    write(value, &mut out);
    out
}

/// Appends the canonical form of `value` to `out`.
pub fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_unstable_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
            out.push(b'{');
            for (i, (key, member)) in entries.into_iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                scalar(&Value::from(key.as_str()), out);
                out.push(b':');
                write(member, out);
            }
            out.push(b'}');
        }
        Value::Array(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                write(item, out);
            }
            out.push(b']');
        }
        other => scalar(other, out),
    }
}

fn scalar(value: &Value, out: &mut Vec<u8>) {
    serde_json::to_writer(out, value).expect("a JSON scalar is written to memory without fail");
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn key_order_is_not_part_of_the_form() {
        let a: Value = serde_json::from_str(r#"{"b":[1,{"y":null,"x":"é"}],"a":1.5}"#).unwrap();
        let b = json!({"a": 1.5, "b": [1, {"x": "é", "y": null}]});
        assert_eq!(to_vec(&a), to_vec(&b));
        assert_eq!(
            to_vec(&a),
            r#"{"a":1.5,"b":[1,{"x":"é","y":null}]}"#.as_bytes()
        );
    }

    #[test]
    fn an_integer_and_a_double_differ() {
        assert_ne!(to_vec(&json!(1)), to_vec(&json!(1.0)));
    }
}
