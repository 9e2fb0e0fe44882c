//! Links in the repository's Markdown lead to files and headings that exist, and so do paths in code spans.
//!
//! Links to files of the repository on GitHub are checked like relative links. Links to other sites are checked for their form alone:
//! the tests need no network.

use std::collections::HashMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A Markdown file: what it links to, its headings' anchors, and its code spans.
#[derive(Default)]
struct Page {
    links: Vec<String>,
    anchors: Vec<String>,
    code: Vec<String>,
}

impl Page {
    fn read(text: &str) -> Self {
        let mut page = Self::default();
        let mut heading: Option<String> = None;
        for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.links.push(dest_url.into_string());
                }
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => {
                    let text = heading.take().unwrap_or_default();
                    page.add_anchor(&text);
                }
                Event::Text(text) => {
                    if let Some(heading) = &mut heading {
                        *heading += &text;
                    }
                }
                Event::Code(code) => match &mut heading {
                    Some(heading) => *heading += &code,
                    None => page.code.push(code.into_string()),
                },
                _ => {}
            }
        }
        page
    }

    /// The anchor that GitHub gives a heading; the second one of a name ends in `-1`.
    fn add_anchor(&mut self, heading: &str) {
        let kept = |letter: &char| letter.is_alphanumeric() || [' ', '-', '_'].contains(letter);
        let anchor: String = heading.to_lowercase().chars().filter(kept).collect();
        let anchor = anchor.replace(' ', "-");
        let numbered = |count: usize| match count {
            0 => anchor.clone(),
            _ => format!("{anchor}-{count}"),
        };
        let free = |name: &String| !self.anchors.contains(name);
        let anchor = (0..=self.anchors.len()).map(numbered).find(free);
        self.anchors.extend(anchor);
    }
}

fn root() -> PathBuf {
    plain(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
}

/// A path without `..`, which symbolic links are not followed for.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

fn is_markdown(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "md")
}

/// All Markdown of the repository. `runtime/README.md`, a symbolic link, is read where it leads.
fn pages(folder: &Path, pages: &mut HashMap<PathBuf, Page>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        let name = entry.file_name().into_string().unwrap();
        if kind.is_dir() && name != "target" && !name.starts_with('.') {
            self::pages(&path, pages);
        } else if kind.is_file() && is_markdown(&path) {
            let page = Page::read(&fs::read_to_string(&path).unwrap());
            pages.insert(path, page);
        }
    }
}

/// Where files of the repository are on GitHub. The README, which is also on crates.io and PyPI, and the book link to them so.
const PUBLISHED: [&str; 3] = [
    "https://github.com/streaming-net/streaming-net/blob/main/",
    "https://github.com/streaming-net/streaming-net/tree/main/",
    "https://raw.githubusercontent.com/streaming-net/streaming-net/main/",
];

/// The folder of the book's pages. mdBook copies nothing else.
fn book() -> PathBuf {
    root().join("docs/book/src")
}

/// What is wrong with a link, if anything is.
fn mistake(link: &str, from: &Path, pages: &HashMap<PathBuf, Page>) -> Option<String> {
    if let Some(file) = PUBLISHED.iter().find_map(|site| link.strip_prefix(site)) {
        return local_mistake(file, &root().join("README.md"), pages);
    }
    if let Some(rest) = link.strip_prefix("https://") {
        let host = rest.split(['/', '#', '?']).next().unwrap_or_default();
        let is_host = host.contains('.') && !link.contains(char::is_whitespace);
        return (!is_host).then(|| "this is no address".to_owned());
    }
    if link.contains("://") || link.starts_with('/') {
        return Some("write `https://` or a relative path".to_owned());
    }
    // What rustdoc resolves.
    if link.contains("::") {
        return None;
    }
    local_mistake(link, from, pages)
}

/// What is wrong with a link to a file beside `from`.
fn local_mistake(link: &str, from: &Path, pages: &HashMap<PathBuf, Page>) -> Option<String> {
    let (file, anchor) = link.split_once('#').map_or((link, None), |(file, at)| (file, Some(at)));
    let target = match file {
        "" => from.to_owned(),
        _ => plain(&from.parent().unwrap().join(file)),
    };
    if !target.exists() {
        return Some(format!("no file {}", target.display()));
    }
    if from.starts_with(book()) && !target.starts_with(book()) {
        return Some(format!("outside of the book: write {}…", PUBLISHED[0]));
    }
    let anchor = anchor?;
    let Some(page) = pages.get(&target) else {
        return Some(format!("no Markdown: {}", target.display()));
    };
    let is_there = page.anchors.iter().any(|name| name == anchor);
    (!is_there).then(|| format!("no heading #{anchor}; there are {:?}", page.anchors))
}

#[test]
fn links_lead_somewhere() {
    let mut all = HashMap::new();
    pages(&root(), &mut all);
    let known = ["README.md", "CHANGELOG.md", "BENCHMARKS.md", "docs/book/src/SUMMARY.md"];
    for page in known {
        assert!(all.contains_key(&root().join(page)), "no {page}");
    }
    let mut mistakes = Vec::new();
    let mut count = 0;
    for (path, page) in &all {
        for link in &page.links {
            count += 1;
            if let Some(mistake) = mistake(link, path, &all) {
                mistakes.push(format!("{}: {link}: {mistake}", path.display()));
            }
        }
    }
    mistakes.sort();
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    assert!(count > 60, "{count} links");
}

#[test]
fn paths_in_code_spans_exist() {
    let folders = [
        "compiler/",
        "docs/",
        "examples/",
        "fuzz/",
        "macros/",
        "python/",
        "runtime/",
        "tests/",
        "xtask/",
    ];
    let mut all = HashMap::new();
    pages(&root(), &mut all);
    let mut mistakes = Vec::new();
    for (path, page) in &all {
        let is_path = |code: &&String| {
            folders.iter().any(|folder| code.starts_with(folder)) && !code.contains([' ', '*', '…'])
        };
        for code in page.code.iter().filter(is_path) {
            // Or in the page's own folder.
            let beside = path.parent().unwrap().join(code);
            if !root().join(code).exists() && !beside.exists() {
                mistakes.push(format!("{}: `{code}`", path.display()));
            }
        }
    }
    mistakes.sort();
    assert!(mistakes.is_empty(), "no such files:\n{}", mistakes.join("\n"));
}

/// The pages of the repository that files of Rust below a folder name by their addresses.
fn addresses(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            addresses(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let is_end = |letter: char| letter.is_whitespace() || "\"`;,)>".contains(letter);
            let links = text.split(PUBLISHED[0]).skip(1);
            found.extend(links.filter_map(|link| Some(link.split(is_end).next()?.to_owned())));
        }
    }
}

#[test]
fn addresses_in_messages_lead_somewhere() {
    let mut all = HashMap::new();
    pages(&root(), &mut all);
    let mut found = Vec::new();
    for folder in ["compiler/src", "cli/src", "macros/src", "runtime/src"] {
        addresses(&root().join(folder), &mut found);
    }
    let mistake = |link: &String| local_mistake(link, &root().join("README.md"), &all);
    let mistakes: Vec<_> = found.iter().filter_map(mistake).collect();
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    assert!(found.len() >= 9, "{found:?}");
}

#[test]
fn every_page_is_in_the_summary() {
    let summary = Page::read(&fs::read_to_string(book().join("SUMMARY.md")).unwrap());
    let mut book = HashMap::new();
    pages(&self::book(), &mut book);
    for path in book.keys() {
        let name = path.strip_prefix(self::book()).unwrap().to_str().unwrap().to_owned();
        let is_there = name == "SUMMARY.md" || summary.links.contains(&name);
        assert!(is_there, "docs/book/src/SUMMARY.md has no link to {name}");
    }
}

#[test]
fn anchors_are_those_of_github() {
    let page = Page::read("# What `a_push` costs, in *cycles*\n\n## Twice\n\n## Twice\n");
    assert_eq!(page.anchors, ["what-a_push-costs-in-cycles", "twice", "twice-1"]);
}

#[test]
fn a_link_that_leads_nowhere_is_a_mistake() {
    let here = root().join("docs/book/src/layers.md");
    let pages = HashMap::from([(here.clone(), Page::read("# Layers\n"))]);
    let published = format!("{}docs/book/src/layers.md", PUBLISHED[0]);
    let anchor = format!("{published}#layers");
    let nowhere = format!("{published}#layer");
    for good in
        ["layers.md#layers", "#layers", &published, &anchor, "https://docs.rs/x#y", "crate::X"]
    {
        assert_eq!(mistake(good, &here, &pages), None, "{good}");
    }
    let bad =
        ["layer.md", "#layer", &nowhere, "../book.toml", "http://docs.rs", "https://docs", "/x"];
    for bad in bad {
        assert!(mistake(bad, &here, &pages).is_some(), "{bad}");
    }
}
