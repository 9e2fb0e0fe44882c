//! The body of `push`: a line for each operation, in the order of the graph.

mod residual;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};

use super::line::Lines;
use super::names::Names;
use crate::graph::{Graph, Table, Value};
use crate::numbers::count;
use crate::passes::inline::is_elementwise;

/// The body of `push`.
pub(crate) fn push(lines: &mut Lines<'_>, krate: &TokenStream) -> TokenStream {
    let graph = lines.graph;
    let values = graph.printed();
    let (is_optional, order) = (graph.table(false), Order::of(graph, &values));
    let mut push = Push { is_optional, order, values, done: Vec::new(), lines };
    let body = push.lines_of(0, push.values.len());
    let output = graph.output;
    let last = push.read(output);
    let uses = push.lines.uses(krate);
    quote! {
        #uses
        #body
        ::core::option::Option::Some(#last)
    }
}

struct Push<'l, 'a> {
    lines: &'l mut Lines<'a>,
    /// The nodes that have a line.
    values: Vec<Value>,
    /// Nodes that a line before their own has computed.
    done: Vec<Value>,
    /// Whether the variable of a value holds an `Option`.
    is_optional: Table<bool>,
    order: Order,
}

/// Which lines depend on which.
struct Order {
    /// For each line, the values that it depends on, itself among them. Empty where every push has every value.
    reaching: Vec<Table<bool>>,
}

impl Order {
    fn of(graph: &Graph, values: &[Value]) -> Self {
        let is_scheduled = values.iter().any(|value| graph[*value].op.clock().is_scheduled());
        let reaching = values.iter().filter(|_| is_scheduled);
        Self { reaching: reaching.map(|value| graph.reaching(*value)).collect() }
    }

    /// Whether each of these lines depends on `value`.
    fn all_need(&self, lines: std::ops::Range<usize>, value: Value) -> bool {
        let lines = self.reaching.get(lines).unwrap_or_default();
        lines.iter().all(|reaching| reaching[value])
    }
}

impl Push<'_, '_> {
    /// The lines from one place to another, after which the function, or the closure around them, gives what it has.
    fn lines_of(&mut self, from: usize, to: usize) -> TokenStream {
        let mut tokens = TokenStream::new();
        let mut place = from;
        while let Some(value) = self.values.get(place).copied().filter(|_| place < to) {
            if self.returns(place, to) {
                if !self.done.contains(&value) {
                    let residual = self.residual(place, value);
                    tokens.extend(residual.unwrap_or_else(|| self.line(value)));
                }
                place += 1;
                continue;
            }
            // Where there is no frame, lines behind these go on.
            let end = self.branch_end(place, to);
            let before = self.is_optional.clone();
            let lines = self.lines_of(place, end - 1);
            let last = self.values.get(end - 1).copied().unwrap_or(value);
            let expression = self.expression(last);
            let is_option = self.gives_option(last);
            self.is_optional = before;
            let name = self.lines.names.local(last).clone();
            tokens.extend(if lines.is_empty() && is_option && !self.reads_optional(last) {
                quote!(let #name = #expression;)
            } else {
                let branch = self.lines.function("branch");
                let expression = if is_option {
                    expression
                } else {
                    quote!(::core::option::Option::Some(#expression))
                };
                quote!(let #name = #branch(|| { #lines #expression });)
            });
            self.is_optional[last] = true;
            place = end;
        }
        tokens
    }

    /// Whether a line may return where there is no frame: all lines up to `to` need what it waits for.
    fn returns(&self, place: usize, to: usize) -> bool {
        let Some(value) = self.values.get(place).copied() else { return true };
        let reads = self.lines.reads(value);
        let mut optional = reads.into_iter().filter(|read| self.is_optional[*read]);
        optional.all(|read| self.order.all_need(place..to, read))
            && (!self.gives_option(value) || self.order.all_need(place + 1..to, value))
    }

    /// The end of the lines, from one place on, that no value but the last leaves, and that all need what the first waits for.
    fn branch_end(&self, place: usize, to: usize) -> usize {
        let fits = |end: usize| {
            let inside = place..end;
            let members = self.values.get(inside.clone()).unwrap_or_default();
            let Some((_, others)) = members.split_last() else { return false };
            let outside = self.values.get(end..).unwrap_or_default();
            let is_read_outside = |value: &Value| {
                *value == self.lines.graph.output
                    || outside.iter().any(|line| self.lines.reads(*line).contains(value))
            };
            inside.into_iter().all(|line| self.returns(line, end))
                && !others.iter().any(is_read_outside)
        };
        (place + 1..=to).rev().find(|end| fits(*end)).unwrap_or(place + 1)
    }

    /// Whether the expression of a node is an `Option`.
    fn gives_option(&self, value: Value) -> bool {
        self.lines.graph[value].op.clock().is_scheduled()
    }

    fn reads_optional(&self, value: Value) -> bool {
        self.lines.reads(value).iter().any(|read| self.is_optional[*read])
    }

    /// A line that gives a value its name, or returns.
    fn line(&mut self, value: Value) -> TokenStream {
        let expression = self.expression(value);
        let ask = self.gives_option(value).then(|| quote!(?));
        let name = self.lines.names.local(value);
        self.is_optional[value] = false;
        quote!(let #name = #expression #ask;)
    }

    /// What a line names a value by.
    fn read(&self, value: Value) -> TokenStream {
        named(self.lines.names, &self.is_optional, value)
    }

    fn expression(&mut self, value: Value) -> TokenStream {
        let (graph, names) = (self.lines.graph, self.lines.names);
        let state = self.lines.state(value, &quote!(self));
        let reads = self.lines.reads(value).into_iter();
        let several: Vec<_> = reads.filter(|read| graph[*read].clock.frames > 1).collect();
        let read = |value: Value| match graph[value].clock.frames {
            1 => named(names, &self.is_optional, value),
            _ => names.local(value).to_token_stream(),
        };
        let of_one = self.lines.expression(value, &state, &read);
        if several.is_empty() {
            return of_one;
        }
        let frames: Vec<_> = several.iter().map(|value| names.local(*value)).collect();
        let lists: Vec<_> = several.iter().map(|value| self.read(*value)).collect();
        let each = match (frames.as_slice(), lists.as_slice()) {
            // The expression of f32 is of two at most.
            ([a, b, c], [list, other, third]) => {
                let zip = self.lines.function("zip_three_frames");
                quote!(#zip(#list, #other, #third, |#a, #b, #c| #of_one))
            }
            ([a, b], [list, other]) => {
                let zip = self.lines.function("zip_frames");
                quote!(#zip(#list, #other, |#a, #b| #of_one))
            }
            ([a], [list]) => {
                let function = called_with(a, &of_one).unwrap_or_else(|| quote!(|#a| #of_one));
                quote!(#list.map(#function))
            }
            _ => quote!(#of_one),
        };
        debug_assert!(is_elementwise(&graph[value]) || several.len() == 1);
        if graph[value].op.clock().frames > 1 {
            let joined = self.lines.function("joined");
            // What is joined again does not say of how many frames it is.
            let (own, all) = (graph[value].op.clock().frames, graph[value].clock.frames);
            let [channels, frames, outputs, all] =
                [graph[value].channels, own, all / own, all].map(count);
            return quote!(#joined::<#channels, #frames, #outputs, #all>(#each));
        }
        each
    }
}

/// The variable of a value, where it is an `Option` with a `?`.
fn named(names: &Names, is_optional: &Table<bool>, value: Value) -> TokenStream {
    let name = names.local(value);
    let ask = is_optional[value].then(|| quote!(?));
    quote!(#name #ask)
}

/// The function that an expression calls with `argument` alone, where its path is all there is before that.
fn called_with(argument: &Ident, expression: &TokenStream) -> Option<TokenStream> {
    let mut tokens: Vec<_> = expression.clone().into_iter().collect();
    let Some(TokenTree::Group(arguments)) = tokens.pop() else { return None };
    let is_path = tokens.iter().all(|token| match token {
        TokenTree::Ident(_) | TokenTree::Literal(_) => true,
        TokenTree::Punct(punct) => ":<>,".contains(punct.as_char()),
        TokenTree::Group(_) => false,
    });
    let is_argument = *argument == arguments.stream().to_string();
    (is_path && is_argument).then(|| tokens.into_iter().collect())
}
