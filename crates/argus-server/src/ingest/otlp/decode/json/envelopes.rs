//! The messages around the items: request, resources, scopes, metrics. A fault here ends the request: what is in there
//! cannot be counted.

use serde::de::{Error, MapAccess, SeqAccess};
use serde_json::{Map, Value};

use super::super::collect::{Collector, Group, Head, Scope};
use super::super::schema::{
    DATA, DATA_POINTS, Data, LOG, METRIC, Message, RESOURCE, SCOPE, SERIES, SPAN,
};
use super::super::tally::Tally;
use super::super::{DecodeError, Reason, Signal, metric_head};
use super::field::{Fields, OneMessage, Text, place};
use super::reads::{Lenient, Reads, element, key, value as next};
use super::scalar::Scalar;

/// What is known while a request is read.
pub(super) struct Reader {
    pub(super) signal: Signal,
    pub(super) tally: Tally,
    pub(super) collector: Collector,
    /// The fault that ends the request, which serde's error type cannot carry.
    pub(super) fatal: Option<DecodeError>,
}

impl Reader {
    fn fail<E: Error>(&mut self, error: DecodeError) -> E {
        self.fatal.get_or_insert(error);
        E::custom("refused")
    }

    fn misshapen<E: Error>(&mut self, member: &'static str, expected: &'static str) -> E {
        self.fail(DecodeError::Shape { member, expected })
    }

    /// What was read of an item, resource or scope, or what was wrong with it.
    fn ended<E: Error>(&mut self, read: Option<Map<String, Value>>) -> Result<Head, E> {
        if self.tally.is_over {
            return Err(self.fail(DecodeError::TooManyValues));
        }
        Ok(self
            .tally
            .begin()
            .map_or_else(|| Ok(read.unwrap_or_default()), Err))
    }

    const fn resources(&self) -> &'static str {
        match self.signal {
            Signal::Logs => "resourceLogs",
            Signal::Metrics => "resourceMetrics",
            Signal::Traces => "resourceSpans",
        }
    }

    const fn scopes(&self) -> &'static str {
        match self.signal {
            Signal::Logs => "scopeLogs",
            Signal::Metrics => "scopeMetrics",
            Signal::Traces => "scopeSpans",
        }
    }

    const fn items(&self) -> &'static str {
        match self.signal {
            Signal::Logs => "logRecords",
            Signal::Metrics => "metrics",
            Signal::Traces => "spans",
        }
    }
}

/// The body.
pub(super) struct Request<'r>(pub(super) &'r mut Reader);

impl<'de> Reads<'de> for Request<'_> {
    type Out = ();

    fn scalar<E: Error>(self, _: Scalar<'_>) -> Result<(), E> {
        Err(self.0.misshapen("body", "an object"))
    }

    fn object<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let name = self.0.resources();
        while key(&mut object, |member| (member == name).then_some(()))?.is_some() {
            next(
                &mut object,
                List {
                    of: Resource,
                    name,
                    reader: self.0,
                },
            )?;
        }
        Ok(())
    }
}

/// One of the messages around the items.
trait Envelope: Copy {
    type Found;

    fn read<'de, A: MapAccess<'de>>(
        self,
        reader: &mut Reader,
        object: A,
    ) -> Result<Option<Self::Found>, A::Error>;
}

/// A list of messages; null is an empty one, and a null in it is nothing.
struct List<'r, T> {
    of: T,
    name: &'static str,
    reader: &'r mut Reader,
}

impl<'de, T: Envelope> Reads<'de> for List<'_, T> {
    type Out = Vec<T::Found>;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Self::Out, E> {
        match scalar {
            Scalar::Null => Ok(Vec::new()),
            _ => Err(self.reader.misshapen(self.name, "a list")),
        }
    }

    fn list<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Out, A::Error> {
        let Self { of, name, reader } = self;
        let mut all = Vec::new();
        while let Some(found) = element(&mut list, One { of, name, reader })? {
            all.extend(found);
        }
        Ok(all)
    }
}

struct One<'r, T> {
    of: T,
    name: &'static str,
    reader: &'r mut Reader,
}

impl<'de, T: Envelope> Reads<'de> for One<'_, T> {
    type Out = Option<T::Found>;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Self::Out, E> {
        match scalar {
            Scalar::Null => Ok(None),
            _ => Err(self.reader.misshapen(self.name, "a list of objects")),
        }
    }

    fn object<A: MapAccess<'de>>(self, object: A) -> Result<Self::Out, A::Error> {
        self.of.read(self.reader, object)
    }
}

#[derive(Clone, Copy)]
struct Resource;

impl Envelope for Resource {
    /// Nothing: its items go to the collector.
    type Found = std::convert::Infallible;

    fn read<'de, A: MapAccess<'de>>(
        self,
        reader: &mut Reader,
        object: A,
    ) -> Result<Option<Self::Found>, A::Error> {
        let name = reader.scopes();
        let (head, scopes) = headed(
            reader,
            object,
            ("resource", RESOURCE),
            name,
            |reader, object| {
                next(
                    object,
                    List {
                        of: ScopeOf,
                        name,
                        reader,
                    },
                )
            },
        )?;
        match reader.collector.resource(&head, scopes) {
            Ok(()) => Ok(None),
            Err(error) => Err(reader.fail(error)),
        }
    }
}

#[derive(Clone, Copy)]
struct ScopeOf;

impl Envelope for ScopeOf {
    type Found = Scope;

    fn read<'de, A: MapAccess<'de>>(
        self,
        reader: &mut Reader,
        object: A,
    ) -> Result<Option<Scope>, A::Error> {
        let name = reader.items();
        let (head, groups) = headed(reader, object, ("scope", SCOPE), name, |reader, object| {
            let table = match reader.signal {
                Signal::Metrics => {
                    return next(
                        object,
                        List {
                            of: Metric,
                            name,
                            reader,
                        },
                    );
                }
                Signal::Logs => LOG,
                Signal::Traces => SPAN,
            };
            let items = next(
                object,
                Items {
                    table,
                    name,
                    reader,
                },
            )?;
            Ok(if items.is_empty() {
                Vec::new()
            } else {
                vec![Group {
                    metric: None,
                    items,
                }]
            })
        })?;
        Ok((!groups.is_empty()).then_some(Scope { head, groups }))
    }
}

/// Reads a message that has a head (resource or scope), a schema URL and a list of children.
fn headed<'de, A: MapAccess<'de>, T>(
    reader: &mut Reader,
    mut object: A,
    (head_name, table): (&'static str, Message),
    children_name: &'static str,
    children: impl Fn(&mut Reader, &mut A) -> Result<Vec<T>, A::Error>,
) -> Result<(Head, Vec<T>), A::Error> {
    let known = [head_name, children_name, "schemaUrl"];
    let (mut head, mut found, mut schema_url) = (Ok(Map::new()), Vec::new(), None);
    while let Some(member) = key(&mut object, |name| {
        known.iter().position(|known| *known == name)
    })? {
        match member {
            0 => {
                reader.tally.begin();
                let read = next(
                    &mut object,
                    OneMessage {
                        table,
                        name: head_name,
                        tally: &mut reader.tally,
                    },
                )?;
                head = reader.ended(read)?;
            }
            1 => found = children(reader, &mut object)?,
            _ => schema_url = next(&mut object, Text)?,
        }
    }
    if let (Ok(map), Some(url)) = (&mut head, schema_url) {
        map.insert("schema_url".to_owned(), url);
    }
    Ok((head, found))
}

/// Log records, spans or data points.
struct Items<'r> {
    table: Message,
    name: &'static str,
    reader: &'r mut Reader,
}

impl<'de> Reads<'de> for Items<'_> {
    type Out = Vec<Head>;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Self::Out, E> {
        match scalar {
            Scalar::Null => Ok(Vec::new()),
            _ => Err(self.reader.misshapen(self.name, "a list")),
        }
    }

    fn list<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Out, A::Error> {
        let Self { table, reader, .. } = self;
        let mut items = Vec::new();
        reader.tally.begin();
        loop {
            let item = Lenient(OneMessage {
                table,
                name: "item",
                tally: &mut reader.tally,
            });
            let Some(read) = list.next_element_seed(item)? else {
                return Ok(items);
            };
            if let Err(error) = reader.collector.count() {
                return Err(reader.fail(error));
            }
            if read.is_none() {
                // Before the type error that reading it may have noted: this says it better.
                reader.tally.begin();
                reader.tally.refuse(Reason::NotAnObject);
            }
            let head = reader.ended(read)?;
            items.push(head);
        }
    }
}

#[derive(Clone, Copy)]
struct Metric;

/// A member of a message of a metric: one of its own fields, or a list below it.
#[derive(Clone, Copy)]
enum Member {
    Field(usize),
    Below(usize),
}

impl Envelope for Metric {
    type Found = Group;

    fn read<'de, A: MapAccess<'de>>(
        self,
        reader: &mut Reader,
        mut object: A,
    ) -> Result<Option<Group>, A::Error> {
        let find = |name: &str| {
            let data = || {
                DATA.iter()
                    .position(|data| data.json == name)
                    .map(Member::Below)
            };
            place(METRIC, name).map(Member::Field).or_else(data)
        };
        let (mut own, mut bad, mut data) = (Fields::new(METRIC), None, None);
        reader.tally.begin();
        while let Some(member) = key(&mut object, find)? {
            match member {
                Member::Field(place) => {
                    own.read(place, &mut object, &mut reader.tally)?;
                    // The points' reasons are their own.
                    bad = bad.or(reader.tally.begin());
                }
                Member::Below(kind) => {
                    let read = next(
                        &mut object,
                        DataOf {
                            data: &DATA[kind],
                            reader,
                        },
                    )?;
                    data = read.or(data);
                }
            }
        }
        let head = head_of(reader, own, bad)?;
        Ok(data
            .filter(|(.., items)| !items.is_empty())
            .map(|(kind, series, items)| Group {
                metric: Some(metric_head(head, kind, series)),
                items,
            }))
    }
}

fn head_of<E: Error>(reader: &mut Reader, own: Fields, bad: Option<Reason>) -> Result<Head, E> {
    if reader.tally.is_over {
        return Err(reader.fail(DecodeError::TooManyValues));
    }
    Ok(bad.map_or_else(|| Ok(own.into_map()), Err))
}

/// A metric's data: what it says of the series, and its points.
struct DataOf<'r> {
    data: &'static Data,
    reader: &'r mut Reader,
}

impl<'de> Reads<'de> for DataOf<'_> {
    type Out = Option<(&'static str, Head, Vec<Head>)>;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Self::Out, E> {
        match scalar {
            Scalar::Null => Ok(None),
            _ => Err(self.reader.misshapen(self.data.json, "an object")),
        }
    }

    fn object<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Out, A::Error> {
        let Self { data, reader } = self;
        let find = |name: &str| {
            let points = || (name == DATA_POINTS.1).then_some(Member::Below(0));
            place(SERIES, name).map(Member::Field).or_else(points)
        };
        let (mut own, mut bad, mut items) = (Fields::new(SERIES), None, Vec::new());
        reader.tally.begin();
        while let Some(member) = key(&mut object, find)? {
            match member {
                Member::Field(place) => {
                    own.read(place, &mut object, &mut reader.tally)?;
                    bad = bad.or(reader.tally.begin());
                }
                Member::Below(_) => {
                    items = next(
                        &mut object,
                        Items {
                            table: data.point,
                            name: DATA_POINTS.1,
                            reader,
                        },
                    )?;
                }
            }
        }
        let series = head_of(reader, own, bad)?;
        Ok(Some((data.name, series, items)))
    }
}
