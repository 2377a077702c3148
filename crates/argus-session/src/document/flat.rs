//! Texts and payloads in JSON: what is read stands under its own name (`text`, `title`, `output`, …), its size and place
//! beside it (`text_bytes`, `text_ref`); without any, its name stays with null. Used as `#[serde(flatten, with = "flat::title")]`.

/// A module that writes an optional [`Text`](super::Text) as three fields.
macro_rules! text {
    ($module:ident, $value:literal, $bytes:literal, $place:literal, $shortened:literal, $redactions:literal) => {
        pub(super) mod $module {
            use crate::document::{Redaction, Text, TextRef};
            use serde::ser::SerializeMap;
            use serde::{Deserialize, Deserializer, Serializer};

            #[derive(Deserialize)]
            struct Fields {
                #[serde(rename = $value)]
                value: Option<String>,
                #[serde(rename = $bytes)]
                bytes: Option<u64>,
                #[serde(rename = $place, default)]
                place: Vec<TextRef>,
                #[serde(rename = $shortened, default)]
                shortened: bool,
                #[serde(rename = $redactions, default)]
                redactions: Vec<Redaction>,
            }

            pub(in crate::document) fn serialize<S: Serializer>(
                text: &Option<Text>,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry($value, &text.as_ref().and_then(|text| text.text.as_ref()))?;
                if let Some(text) = text {
                    map.serialize_entry($bytes, &text.text_bytes)?;
                    map.serialize_entry($place, &text.text_ref)?;
                    if text.text_shortened {
                        map.serialize_entry($shortened, &true)?;
                    }
                    if !text.text_redactions.is_empty() {
                        map.serialize_entry($redactions, &text.text_redactions)?;
                    }
                }
                map.end()
            }

            pub(in crate::document) fn deserialize<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Option<Text>, D::Error> {
                let fields = Fields::deserialize(deserializer)?;
                Ok(fields.bytes.map(|text_bytes| Text {
                    text: fields.value,
                    text_bytes,
                    text_ref: fields.place,
                    text_shortened: fields.shortened,
                    text_redactions: fields.redactions,
                }))
            }
        }
    };
}

/// A module that writes an optional [`Payload`](super::Payload) as up to four fields.
macro_rules! payload {
    ($module:ident, $value:literal, $bytes:literal, $place:literal, $shortened:literal, $redactions:literal) => {
        pub(super) mod $module {
            use crate::document::{Payload, PayloadRedaction, TextRef};
            use serde::ser::SerializeMap;
            use serde::{Deserialize, Deserializer, Serializer};
            use serde_json::Value;

            #[derive(Deserialize)]
            struct Fields {
                #[serde(rename = $value)]
                value: Option<Value>,
                #[serde(rename = $bytes)]
                bytes: Option<u64>,
                #[serde(rename = $place)]
                place: Option<TextRef>,
                #[serde(rename = $shortened, default)]
                shortened: bool,
                #[serde(rename = $redactions, default)]
                redactions: Vec<PayloadRedaction>,
            }

            pub(in crate::document) fn serialize<S: Serializer>(
                payload: &Option<Payload>,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                let value = payload.as_ref().and_then(|payload| payload.json.as_ref());
                map.serialize_entry($value, &value)?;
                if let Some(payload) = payload {
                    map.serialize_entry($bytes, &payload.bytes)?;
                    map.serialize_entry($place, &payload.json_ref)?;
                    if payload.shortened {
                        map.serialize_entry($shortened, &true)?;
                    }
                    if !payload.redactions.is_empty() {
                        map.serialize_entry($redactions, &payload.redactions)?;
                    }
                }
                map.end()
            }

            pub(in crate::document) fn deserialize<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Option<Payload>, D::Error> {
                let fields = Fields::deserialize(deserializer)?;
                Ok(fields.bytes.map(|bytes| Payload {
                    json: fields.value,
                    bytes,
                    json_ref: fields.place,
                    shortened: fields.shortened,
                    redactions: fields.redactions,
                }))
            }
        }
    };
}

text!(
    title,
    "title",
    "title_bytes",
    "title_ref",
    "title_shortened",
    "title_redactions"
);
text!(
    text,
    "text",
    "text_bytes",
    "text_ref",
    "text_shortened",
    "text_redactions"
);
text!(
    error,
    "error",
    "error_bytes",
    "error_ref",
    "error_shortened",
    "error_redactions"
);
payload!(
    input,
    "input",
    "input_bytes",
    "input_ref",
    "input_shortened",
    "input_redactions"
);
payload!(
    output,
    "output",
    "output_bytes",
    "output_ref",
    "output_shortened",
    "output_redactions"
);
payload!(
    result,
    "result",
    "result_bytes",
    "result_ref",
    "result_shortened",
    "result_redactions"
);

/// The same fields as types, for the API's description.
#[cfg(feature = "schema")]
pub(super) mod schema {
    use crate::document::{PayloadRedaction, Redaction, TextRef};
    use serde_json::Value;

    /// A type with the fields of a text or payload.
    macro_rules! fields {
        ($name:ident, $doc:literal, $value_type:ty, $place_type:ty, $value:ident, $bytes:ident, $place:ident, $shortened:ident, $redactions:ident, $redaction_type:ty) => {
            #[doc = $doc]
            #[derive(utoipa::ToSchema)]
            #[expect(dead_code, reason = "only its description is used")]
            pub(in crate::document) struct $name {
                /// What is read; null when only its size is known, when it was erased, or (of JSON) when it is longer than asked for.
                #[schema(required = true)]
                $value: Option<$value_type>,
                /// The whole size in bytes.
                #[schema(nullable = false)]
                $bytes: Option<u64>,
                /// Where it stands.
                #[schema(nullable = false)]
                $place: Option<$place_type>,
                /// True when the only witness shortened it.
                #[schema(nullable = false)]
                $shortened: Option<bool>,
                /// What redaction replaced in it as it is given; left out where there is nothing.
                #[schema(nullable = false)]
                $redactions: Option<Vec<$redaction_type>>,
            }
        };
    }

    fields!(
        TitleFields,
        "A session's title.",
        String,
        Vec<TextRef>,
        title,
        title_bytes,
        title_ref,
        title_shortened,
        title_redactions,
        Redaction
    );
    fields!(
        TextFields,
        "A text.",
        String,
        Vec<TextRef>,
        text,
        text_bytes,
        text_ref,
        text_shortened,
        text_redactions,
        Redaction
    );
    fields!(
        ErrorFields,
        "A tool's error.",
        String,
        Vec<TextRef>,
        error,
        error_bytes,
        error_ref,
        error_shortened,
        error_redactions,
        Redaction
    );
    fields!(
        InputFields,
        "What a tool was given.",
        Value,
        TextRef,
        input,
        input_bytes,
        input_ref,
        input_shortened,
        input_redactions,
        PayloadRedaction
    );
    fields!(
        OutputFields,
        "What the model saw of a tool's work.",
        Value,
        TextRef,
        output,
        output_bytes,
        output_ref,
        output_shortened,
        output_redactions,
        PayloadRedaction
    );
    fields!(
        ResultFields,
        "The client's structured result of a tool.",
        Value,
        TextRef,
        result,
        result_bytes,
        result_ref,
        result_shortened,
        result_redactions,
        PayloadRedaction
    );
}
