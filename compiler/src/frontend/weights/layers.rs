//! The layers of a file, one after the other, to a graph.

use proc_macro2::{Ident, Span, TokenStream};

use super::FileGraph;
use crate::errors::Message;
use crate::frontend::build::branches::Residual;
use crate::frontend::build::skips::{Conditioned, Skips};
use crate::frontend::build::{Branch, Builder, Said, Scope, Spec, Wrong, limits};
use crate::frontend::keys;
use crate::frontend::names::Namer;
use crate::frontend::needs::Needs;
use crate::graph::Value;

/// A graph that grows by the layers of a file.
pub(super) struct Layers {
    builder: Builder,
    /// The frame at hand, which the next layer takes.
    frame: Value,
    namer: Namer,
    needs: Vec<Needs<'static>>,
    /// Where in the file the next layer is, for messages.
    place: String,
    /// Why a layer could not be added. None is added behind it.
    wrong: Option<Message>,
}

impl Layers {
    /// No layer yet, and frames of so many channels.
    pub(super) fn new(inputs: usize) -> Self {
        let mut layers = Self {
            builder: Builder::new(inputs),
            frame: Value::INPUT,
            namer: Namer::default(),
            needs: Vec::new(),
            place: String::new(),
            wrong: None,
        };
        if let Err(wrong) = limits::count(keys::IN, inputs) {
            layers.refuse(wrong);
        }
        layers
    }

    /// The graph, whose output is the frame at hand.
    ///
    /// # Errors
    ///
    /// Where a layer could not be added.
    pub(super) fn finish(self) -> Result<FileGraph, Message> {
        if let Some(wrong) = self.wrong {
            return Err(wrong);
        }
        let mut graph = self.builder.graph;
        graph.output = self.frame;
        Ok(FileGraph { graph, needs: self.needs, unspecified: &[] })
    }

    /// Where in the file the layers to come are.
    pub(super) fn set_place(&mut self, place: String) {
        self.place = place;
    }

    /// Adds a layer of the frame at hand, which becomes its output.
    pub(super) fn add(&mut self, spec: &dyn Spec) {
        self.layer(spec, false);
    }

    /// The frame at hand as the output of a branch.
    pub(super) fn branch(&self) -> Branch {
        Branch { value: self.frame, outputs: self.builder.graph[self.frame].channels }
    }

    /// Begins the branches of a layer. Gives the frame that the layer takes, which each branch begins with.
    pub(super) fn enter(&mut self, scope: Scope) -> Value {
        self.builder.depth += 1;
        self.builder.scopes.push(scope);
        self.frame
    }

    /// Makes the condition of the surrounding layers the frame at hand, where there is one.
    pub(super) fn take_condition(&mut self) {
        if let Some(condition) = self.builder.scopes.condition() {
            self.builder.scopes.condition_is_read(condition);
            self.frame = condition;
        }
    }

    /// Makes `frame` the frame at hand.
    pub(super) fn take(&mut self, frame: Value) {
        self.frame = frame;
    }

    /// Ends the branches, and gives the sum of their skips.
    pub(super) fn leave(&mut self, scope: Scope) -> Option<Value> {
        self.builder.depth -= 1;
        self.builder.scopes.pop(scope)
    }

    /// Adds the layer whose branches have ended, which takes `frame`.
    pub(super) fn join(&mut self, frame: Value, spec: &dyn Spec) {
        self.frame = frame;
        self.layer(spec, true);
    }

    /// Ends a block, to whose output its input is added.
    pub(super) fn end_residual(&mut self, input: Value) {
        let block = self.branch();
        self.leave(Scope::Block);
        self.join(input, &Residual { block, projects: false, is_centred: false });
    }

    /// Ends layers of `frame` whose skips are summed up.
    pub(super) fn end_skips(&mut self, frame: Value) {
        let sum = self.leave(Scope::Skips);
        self.join(frame, &Skips { sum });
    }

    /// Begins layers of `frame` that see the frame at hand as their condition.
    pub(super) fn begin_condition(&mut self, frame: Value) {
        self.builder.scopes.push_condition(self.frame);
        self.frame = frame;
    }

    /// Ends them.
    pub(super) fn end_condition(&mut self, frame: Value) {
        let output = self.frame;
        self.leave(Scope::Branches);
        let reads_condition = self.builder.scopes.pop_condition(&self.builder.graph, Some(output));
        self.join(frame, &Conditioned { output, reads_condition });
    }

    fn layer(&mut self, spec: &dyn Spec, has_branches: bool) {
        if self.wrong.is_some() {
            return;
        }
        let said = Said { kind: spec.kind().to_owned(), has_branches, ..Said::default() };
        let Branch { value: frame, outputs: channels } = self.branch();
        self.builder.begin(said, frame, channels);
        let added = spec.add(&mut self.builder).and_then(|value| {
            let (layer, conventions) = self.builder.end(value)?;
            Ok((value, layer, conventions))
        });
        let (value, layer, conventions) = match added {
            Ok(added) => added,
            Err(wrong) => return self.refuse(wrong),
        };
        self.frame = value;
        let mut needs = Needs {
            kind: spec.kind().to_owned(),
            origin: TokenStream::new(),
            ast: None,
            name: None,
            conventions,
            layer,
        };
        let kind = Ident::new(spec.kind(), Span::call_site());
        needs.name = self.namer.next(&kind, needs.has_tensors());
        if let Some(layer) = self.builder.graph.layers.last_mut() {
            layer.name.clone_from(&needs.name);
        }
        self.needs.push(needs);
    }

    /// Keeps why a layer could not be added.
    fn refuse(&mut self, Wrong { message, .. }: Wrong) {
        let place = match self.place.as_str() {
            "" => String::new(),
            place => format!("{place}: "),
        };
        self.wrong.get_or_insert(message.after(place));
    }
}
