//! Networks whose weights files have recorded runs. Each brings its own test, and `tests/` replays all of them.

/// The networks of `tests/weights/` and of the examples, with recorded runs.
pub mod committed {
    use streaming_net_tests::Case;
    include!(concat!(env!("OUT_DIR"), "/committed.rs"));
}

/// The networks of `tests/weights/formats`, whose weights are in files of other formats than ours, with recorded runs.
pub mod formats {
    use streaming_net_tests::Case;
    include!(concat!(env!("OUT_DIR"), "/formats.rs"));
}

/// The networks of `shared/golden` beside the checkout, with recorded runs, where there is such a folder.
pub mod elsewhere {
    use streaming_net_tests::Case;
    include!(concat!(env!("OUT_DIR"), "/elsewhere.rs"));
}

/// The captures of `tests/weights/nam`, of every architecture and option.
pub mod captures {
    use streaming_net_tests::Case;
    include!(concat!(env!("OUT_DIR"), "/captures.rs"));
}

/// The captures of `tests/weights/captures`: those of GuitarML, AIDA-X and RTNeural, and state dictionaries.
pub mod captures_in_json {
    use streaming_net_tests::Case;
    include!(concat!(env!("OUT_DIR"), "/captures_in_json.rs"));
}

/// The captures of `shared/cases/audio` beside the checkout, where there is such a folder.
pub mod captures_made_up {
    use streaming_net_tests::Case;
    include!(concat!(env!("OUT_DIR"), "/captures_made_up.rs"));
}

/// The captures of `shared/golden/nam` beside the checkout, where there is such a folder.
pub mod captures_elsewhere {
    use streaming_net_tests::Case;
    include!(concat!(env!("OUT_DIR"), "/captures_elsewhere.rs"));
}
