//! Which entry of the file is whose.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::{Entry, Order, Source, Store};
use crate::errors::{Errors, Hint, Message};
use crate::frontend::ast::{self, Layer};
use crate::frontend::kinds::{is_weighted, kind};
use crate::frontend::names::are_labelled;
use crate::frontend::needs::Needs;
use crate::numbers::plural;
use crate::suggest::{list, suggestion};

/// The file's entry for each layer with weights, in their order. `layers` are those of [`walk`](ast::Net::walk).
pub(super) fn entries(
    net: &ast::Net,
    layers: &[Option<&Needs<'_>>],
    store: Store,
    source: &Source,
    errors: &mut Errors,
) -> Vec<Option<Entry>> {
    if !net.are_written {
        let layers: Vec<_> =
            layers.iter().copied().filter(|layer| layer.is_some_and(Needs::has_tensors)).collect();
        let mut assign = Assign { net, weighted: Vec::new(), source, errors };
        return assign.by_position(&layers, store.layers);
    }
    let weighted =
        net.walk().into_iter().zip(layers.iter().copied()).filter(|(layer, _)| is_weighted(layer));
    let (weighted, layers): (Vec<_>, Vec<_>) = weighted.unzip();
    let mut assign = Assign { net, weighted, source, errors };
    let are_known = store.order == Order::Layers;
    if !are_known && are_labelled(&net.walk()) {
        return assign.by_name(store.layers);
    }
    let is_model = matches!(store.order, Order::Model | Order::Classes | Order::Arrays);
    if store.order == Order::Nothing || is_model && !is_one_path(&net.layers) {
        return assign.unknown(&store);
    }
    match store.order {
        Order::Classes => assign.by_class(store.layers),
        Order::Arrays => assign.in_turn(&layers, store.layers),
        _ => assign.by_position(&layers, store.layers),
    }
}

struct Assign<'a> {
    net: &'a ast::Net,
    /// The layers that have weights.
    weighted: Vec<&'a Layer>,
    source: &'a Source,
    errors: &'a mut Errors,
}

impl Assign<'_> {
    fn report(&mut self, message: impl Into<Message>) -> Vec<Option<Entry>> {
        self.errors.report(&self.source.written, message);
        Vec::new()
    }

    fn by_position(
        &mut self,
        layers: &[Option<&Needs<'_>>],
        entries: Vec<Entry>,
    ) -> Vec<Option<Entry>> {
        let needed = layers.len();
        if entries.len() == needed {
            return entries.into_iter().map(Some).collect();
        }
        let (net, shown) = (&self.net.name, &self.source.shown);
        let text = format!(
            "`{net}` has {} with weights, but `{shown}` has {}",
            plural(needed, "layer"),
            entries.len()
        );
        let own = layers.iter().map(|layer| Some((*layer)?.name.as_ref()?.unraw().to_string()));
        let own: Option<Vec<_>> = own.collect();
        let own = own.filter(|own| !own.is_empty()).map(|own| {
            let are =
                if own.len() == 1 { "layer with weights is" } else { "layers with weights are" };
            Hint::note(format!("the {are} {}", list(own.iter().map(String::as_str))))
        });
        let names: Option<Vec<_>> = entries.iter().map(|entry| entry.name.as_deref()).collect();
        let found = match entries.iter().position(|entry| entry.tensors.is_empty()) {
            Some(place) => Some(format!("layer {} of the file has no tensors", place + 1)),
            None => names
                .filter(|names| !names.is_empty())
                .map(|names| format!("the file has {}", list(names))),
        };
        self.report(Message::new(text).hint(own).hint(found.map(Hint::Note)))
    }

    /// The next entry of its class for each layer.
    fn by_class(&mut self, mut left: Vec<Entry>) -> Vec<Option<Entry>> {
        let mut found = Vec::new();
        let classes: Vec<_> = left.iter().filter_map(|entry| entry.class.clone()).collect();
        for layer in &self.weighted {
            let class = kind(&layer.kind).and_then(|kind| kind.keras);
            let place = left.iter().position(|entry| entry.class.as_deref() == class);
            if place.is_none() {
                let shown = &self.source.shown;
                let class =
                    class.map_or("layer of this kind".to_owned(), |class| format!("`{class}`"));
                let has = list(classes.iter().map(String::as_str));
                let message = Message::new(format!("`{shown}` has no {class} left for this layer"))
                    .note(format!("the file has {has}"));
                self.errors.report(&layer.kind, message);
            }
            found.push(place.map(|place| left.remove(place)));
        }
        if !found.iter().all(Option::is_some) {
            // Those behind it may have what is not theirs.
            return Vec::new();
        }
        self.unused(&left, &[]);
        found
    }

    /// As many of the file's arrays for each layer as it needs.
    fn in_turn(&mut self, layers: &[Option<&Needs<'_>>], arrays: Vec<Entry>) -> Vec<Option<Entry>> {
        let need =
            |layer: &Needs<'_>| layer.conventions.first().map_or(0, |keras| keras.tensors.len());
        let needs: Option<Vec<_>> = layers.iter().map(|layer| layer.map(need)).collect();
        // Where a layer is wrong, nobody knows what it takes.
        let Some(needs) = needs else { return Vec::new() };
        let needed: usize = needs.iter().sum();
        if arrays.len() != needed {
            let each = layers.iter().zip(&needs).filter_map(|(layer, need)| {
                Some(format!("{need} for `{}`", (*layer)?.name.as_ref()?.unraw()))
            });
            let each = each.collect::<Vec<_>>().join(", ");
            let (name, shown) = (&self.net.name, &self.source.shown);
            let needed = plural(needed, "array");
            let text = format!("`{name}` needs {needed}, but `{shown}` has {}", arrays.len());
            return self.report(Message::new(text).note(each));
        }
        let mut arrays = arrays.into_iter();
        let entries = needs.into_iter().map(|need| {
            let tensors = arrays.by_ref().take(need).flat_map(|array| array.tensors).collect();
            Some(Entry { tensors, by_place: true, ..Entry::default() })
        });
        entries.collect()
    }

    /// The file's order does not say which layer is which.
    fn unknown(&mut self, store: &Store) -> Vec<Option<Entry>> {
        let shown = &self.source.shown;
        let message = match store.order {
            Order::Nothing => format!("`{shown}` does not state the order of its layers"),
            _ => format!("`{shown}` does not state which weights belong to which branch"),
        };
        let help = match store.order {
            Order::Arrays => {
                "save the arrays by name, such as `conv1.kernel`, and label the layers".to_owned()
            }
            _ => {
                let names = store.layers.iter().filter_map(|entry| entry.name.as_deref());
                format!("label the layers with the file's names: {}", list(names))
            }
        };
        self.report(Message::new(message).help(help))
    }

    fn by_name(&mut self, entries: Vec<Entry>) -> Vec<Option<Entry>> {
        let names: Vec<_> = entries.iter().filter_map(|entry| entry.name.clone()).collect();
        let mut left: Vec<_> = entries.into_iter().map(Some).collect();
        let mut found = Vec::new();
        let mut stack_is_told = false;
        for layer in &self.weighted {
            stack_is_told &= layer.stands_for.is_some();
            let name =
                layer.label.as_ref().and_then(|label| name(&label.unraw().to_string(), &names));
            let is_it = |entry: &Option<Entry>| {
                entry.as_ref().is_some_and(|entry| entry.name.is_some() && entry.name == name)
            };
            let entry = left.iter_mut().find(|entry| is_it(entry)).and_then(Option::take);
            if let (None, Some(label), false) = (&entry, &layer.label, stack_is_told) {
                self.errors.report(label, not_found(label, &names, self.source));
                // One error for all the layers that one stands for.
                stack_is_told = layer.stands_for.is_some();
            }
            found.push(entry);
        }
        // A label that is not found is likely to be meant for one of these.
        if found.iter().all(Option::is_some) {
            let left: Vec<_> = left.into_iter().flatten().collect();
            self.unused(&left, &names);
        }
        found
    }

    fn unused(&mut self, left: &[Entry], names: &[String]) {
        for entry in left {
            let name = match &entry.name {
                Some(name) => format!("layer `{name}`"),
                None => "layer without a name".to_owned(),
            };
            let again = entry.name.is_some()
                && names.iter().filter(|other| Some(*other) == entry.name.as_ref()).count() > 1;
            let why = if again { "twice" } else { "that the network does not use" };
            self.report(format!("`{}` has a {name} {why}", self.source.shown));
        }
    }
}

/// Whether the layers with weights follow one another, none beside another: then their order in a Keras model is theirs.
fn is_one_path(layers: &[Layer]) -> bool {
    let has_weights = |layers: &Vec<Layer>| {
        let mut walked = Vec::new();
        for layer in layers {
            layer.walk(&mut walked);
        }
        walked.into_iter().any(is_weighted)
    };
    layers.iter().all(|layer| {
        let weighted = layer.branches.iter().filter(|branch| has_weights(branch)).count();
        // What a block projects and what a tap takes is beside the layers behind it.
        let off_path = kind(&layer.kind).is_some_and(|kind| kind.off_path);
        let beside = is_weighted(layer) && (!layer.branches.is_empty() || off_path);
        weighted + usize::from(beside) <= usize::from(!off_path)
            && layer.branches.iter().all(|branch| is_one_path(branch))
    })
}

/// The name in the file that a label stands for: itself, or else the only one that is the label with dots in it, or ends
/// in it.
fn name(label: &str, names: &[String]) -> Option<String> {
    let mut meant = names.iter().filter(|name| matches(label, name));
    let exact = names.iter().find(|name| *name == label);
    let only = meant.next().filter(|_| meant.next().is_none());
    exact.or(only).cloned()
}

fn matches(label: &str, name: &str) -> bool {
    let end = name.rsplit(['.', '/']).next();
    name.replace(['.', '/'], "_") == label || end == Some(label)
}

/// What to say of a label that stands for nothing, or for more than one name.
fn not_found(label: &Ident, names: &[String], source: &Source) -> Message {
    let label = label.unraw().to_string();
    let shown = &source.shown;
    let meant = names.iter().filter(|name| matches(&label, name)).map(String::as_str);
    let meant: Vec<_> = meant.collect();
    if meant.len() > 1 {
        let help = "write the whole name, with `_` for each dot";
        let meant = list(meant.iter().copied());
        return Message::new(format!("`{label}` can mean each of {meant} in `{shown}`")).help(help);
    }
    let names = || names.iter().map(String::as_str);
    let hint = suggestion(&label, names()).unwrap_or_else(|| match names().count() {
        0 => Hint::help("give each layer of the file a `name`, or remove the labels"),
        _ => Hint::note(format!("the file has {}", list(names()))),
    });
    Message::new(format!("`{shown}` has no layer `{label}`")).hint(hint)
}
