//! Texts and payloads in JSON: what is read stands under its own name (`text`, `title`, `output`, …), its size and place
//! beside it (`text_bytes`, `text_ref`); without any, its name stays with null. Used as `#[serde(flatten, with = "flat::title")]`.

/// A module that writes an optional [`Text`](super::Text) as three fields.
macro_rules! text {
    ($module:ident, $value:literal, $bytes:literal, $place:literal, $shortened:literal) => {
        pub(super) mod $module {
            use crate::document::{Text, TextRef};
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
                }))
            }
        }
    };
}

/// A module that writes an optional [`Payload`](super::Payload) as up to four fields.
macro_rules! payload {
    ($module:ident, $value:literal, $bytes:literal, $place:literal, $shortened:literal) => {
        pub(super) mod $module {
            use crate::document::{Payload, TextRef};
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
    "title_shortened"
);
text!(text, "text", "text_bytes", "text_ref", "text_shortened");
text!(
    error,
    "error",
    "error_bytes",
    "error_ref",
    "error_shortened"
);
payload!(
    input,
    "input",
    "input_bytes",
    "input_ref",
    "input_shortened"
);
payload!(
    output,
    "output",
    "output_bytes",
    "output_ref",
    "output_shortened"
);
payload!(
    result,
    "result",
    "result_bytes",
    "result_ref",
    "result_shortened"
);

/// The same fields as types, for the API's description.
#[cfg(feature = "schema")]
pub(super) mod schema {
    use crate::document::TextRef;
    use serde_json::Value;

    /// A type with the fields of a text or payload.
    macro_rules! fields {
        ($name:ident, $doc:literal, $value_type:ty, $place_type:ty, $value:ident, $bytes:ident, $place:ident, $shortened:ident) => {
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
        title_shortened
    );
    fields!(
        TextFields,
        "A text.",
        String,
        Vec<TextRef>,
        text,
        text_bytes,
        text_ref,
        text_shortened
    );
    fields!(
        ErrorFields,
        "A tool's error.",
        String,
        Vec<TextRef>,
        error,
        error_bytes,
        error_ref,
        error_shortened
    );
    fields!(
        InputFields,
        "What a tool was given.",
        Value,
        TextRef,
        input,
        input_bytes,
        input_ref,
        input_shortened
    );
    fields!(
        OutputFields,
        "What the model saw of a tool's work.",
        Value,
        TextRef,
        output,
        output_bytes,
        output_ref,
        output_shortened
    );
    fields!(
        ResultFields,
        "The client's structured result of a tool.",
        Value,
        TextRef,
        result,
        result_bytes,
        result_ref,
        result_shortened
    );
}
