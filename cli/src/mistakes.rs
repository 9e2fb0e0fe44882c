//! What is wrong with a network, shown at its words as rustc shows it.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};
use streaming_net_compiler::report::Mistake;

use crate::network::Text;

/// Prints every mistake to the standard error.
pub(crate) fn print(text: &Text, mistakes: &[Mistake]) {
    for mistake in mistakes {
        anstream::eprintln!("{}\n", render(text, mistake));
    }
}

/// What to write for a file without layers, which is all that the command line names.
fn layers_of(file: &str) -> String {
    format!(
        "write the network in quotes, with its layers: '#[weights = {file:?}] struct Net < layer; layer >'; or name the `.rs` file \
         that has the network"
    )
}

fn render(text: &Text, mistake: &Mistake) -> String {
    let mut lines = mistake.message.lines();
    let title = lines.next().unwrap_or_default();
    let mut group = Group::with_title(Level::ERROR.primary_title(title));
    // What the program wrote itself is nothing to look at.
    if let (Some(shown), false) = (&text.shown, text.file.is_some()) {
        let place = mistake.span.byte_range();
        let snippet = Snippet::source(&text.source).path(shown).fold(true);
        group =
            group.element(Element::from(snippet.annotation(AnnotationKind::Primary.span(place))));
    }
    for line in lines {
        group = match (line.strip_prefix("note: "), line.strip_prefix("help: ")) {
            (Some(note), _) => group.element(Element::from(Level::NOTE.message(note))),
            (_, Some(help)) => {
                let help = match (&text.file, help.strip_prefix("write the layers: ")) {
                    (Some(file), Some(_)) => layers_of(file),
                    _ => help.to_owned(),
                };
                group.element(Element::from(Level::HELP.message(help)))
            }
            _ => group.element(Element::from(Level::NOTE.no_name().message(line))),
        };
    }
    Renderer::styled().render(&[group])
}
